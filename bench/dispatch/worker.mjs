// The worker role as it is deployed, with a report of where its time went.
import { product } from '../rig.mjs';

const { startWorkerRole } = product('../dist/compose');
const { loadConfig } = product('../dist/config');
const { createLog } = product('../dist/infra/log');

const running = await startWorkerRole(loadConfig(process.env, 'worker'), createLog('error', 'worker'));
process.on('message', async () => {
  const metric = await running.metrics.stageSeconds.get();
  const stages = Object.fromEntries(metric.values.map(({ labels, value }) => [labels.stage, value]));
  const { user, system } = process.cpuUsage();
  process.send({ stages, cpuSeconds: (user + system) / 1e6, rssMb: process.memoryUsage().rss / 1e6 });
});
process.on('SIGTERM', () => running.stop().then(() => process.exit(0)));
process.send({ ready: true });
