// The worker role as it is deployed, with a report of its CPU time.
import { product } from '../rig.mjs';

const { startWorkerRole } = product('../dist/compose');
const { loadConfig } = product('../dist/config');
const { createLog } = product('../dist/infra/log');

const running = await startWorkerRole(loadConfig(process.env, 'worker'), createLog('error', 'worker'));
process.on('message', async () => {
  const { stageSeconds, sends } = running.metrics;
  const stages = Object.fromEntries(
    (await stageSeconds.get()).values.map(({ labels, value }) => [labels.stage, value]),
  );
  const posted = (await sends.get()).values.reduce((sum, { value }) => sum + value, 0);
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({
    stages,
    posted,
    cpuSeconds: (user + system) / 1e6,
    rssMb: rss / 1e6,
    heapMb: heapUsed / 1e6,
  });
});
process.on('SIGTERM', () => running.stop().then(() => process.exit(0)));
// the benchmark has ended
process.on('disconnect', () => process.exit(1));
process.send({ ready: true });
