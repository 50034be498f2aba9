// Posts webhooks over keep-alive connections, from a process of its own: as fast as the answers come, or at a given rate.
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { quantile } from '../report.mjs';
import { signedRequests } from './bodies.mjs';

let requests = [];

function post(pool, { headers, body }) {
  return new Promise((resolve, reject) => {
    let status;
    pool.dispatch(
      { path: '/webhooks/whatsapp', method: 'POST', headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => (status = statusCode),
        onResponseData: () => undefined,
        onResponseEnd: () => (status === 200 ? resolve() : reject(new Error(`answered ${status}`))),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

/** Each connection posts the next request as soon as its last one is answered. */
async function asFastAsAnswered(pool, connections, ms) {
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < requests.length) {
        const request = requests[next++];
        const start = performance.now();
        await post(pool, request);
        ms.push(performance.now() - start);
      }
    }),
  );
}

/** At a given rate; the time of an answer counts from the moment when the request was due. */
async function atRate(pool, perSecond, ms) {
  const start = performance.now();
  const posted = [];
  for (const [i, request] of requests.entries()) {
    const due = start + (i / perSecond) * 1000;
    while (due > performance.now()) await delay(1);
    posted.push(post(pool, request).then(() => ms.push(performance.now() - due)));
  }
  await Promise.all(posted);
}

async function run({ url, connections, perSecond }) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const ms = [];
  const before = process.cpuUsage();
  const start = performance.now();
  if (perSecond) await atRate(pool, perSecond, ms);
  else await asFastAsAnswered(pool, connections, ms);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  await pool.close();
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    p50: quantile(ms, 0.5),
    p99: quantile(ms, 0.99),
    most: quantile(ms, 1),
  };
}

process.on('message', (question) => {
  if (question.make) {
    requests = signedRequests(question.make);
    process.send(requests.length);
  } else {
    run(question.run).then(
      (measured) => process.send(measured),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  }
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
process.send({ ready: true });
