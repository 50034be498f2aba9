// Requests of the benchmarks to the simulator. Its ledger shows which messages were accepted, and when.
import { child } from './rig.mjs';

/**
 * Accepts everything and posts no webhooks. Nothing is delivered either: simulated recipients who click would request
 * links of a product that does not run, and use CPU time of the simulator during the measurement.
 */
const sendingOnly = {
  messagesPerSecond: 0,
  pairLimit: false,
  webhooks: { enabled: false },
  failures: {},
  deliveredShare: 0,
};

export async function prepareSimulator(rig) {
  await rig.steer('PUT', 'behaviour', sendingOnly);
}

export async function emptyLedger(rig) {
  await rig.steer('POST', 'reset', { keepBehaviour: true });
}

/** @throws unless exactly so many messages were accepted, none refused and none twice */
export async function expectLedger(rig, count) {
  const { accepted, attempts, duplicates } = await rig.steer('GET', 'summary');
  if (accepted !== count || attempts !== count || duplicates !== 0) {
    throw new Error(
      `${attempts} messages posted, ${accepted} accepted, ${duplicates} of them twice; expected ${count}`,
    );
  }
}

/**
 * Messages per second between two positions of the ledger, which is in order of acceptance; only these two entries are
 * read, so that a ledger of a million costs no more than a short one.
 */
export async function rateBetween(rig, first, last) {
  const [start, end] = [await acceptedAt(rig, first), await acceptedAt(rig, last)];
  return (last - first) / ((end - start) / 1000);
}

async function acceptedAt(rig, place) {
  const { messages } = await rig.steer('GET', `messages?limit=1&after=${place}&fields=acceptedAtMs`);
  return messages[0].acceptedAtMs;
}

/**
 * Messages per second from the first to the last, and for the middle 80 %: in a run of seconds the start and the last
 * messages are a large part.
 */
export async function throughput(rig, count) {
  const place = (share) => Math.round((count - 1) * share);
  return {
    whole: await rateBetween(rig, 0, count - 1),
    middle: await rateBetween(rig, place(0.1), place(0.9)),
  };
}

/** When each message was accepted, in Unix milliseconds with a fraction, in order. */
export async function acceptedTimes(rig) {
  const times = [];
  for (let after = 0; after !== null;) {
    const page = await rig.steer('GET', `messages?limit=10000&after=${after}&fields=acceptedAtMs`);
    times.push(...page.messages.map((message) => message.acceptedAtMs));
    after = page.next;
  }
  return times;
}

/** Connections of the bare poster. */
export const bareConnections = 200;

/**
 * Posts messages with the product's client alone: the upper limit of client and simulator.
 * @param warmUp posted first, and not counted
 * @returns messages per second, and the client's CPU a message
 */
export async function barePosts(rig, count, warmUp = 0) {
  const poster = await child(
    import.meta.resolve('./dispatch/bare.mjs'),
    [rig.simulatorUrl, String(count), String(bareConnections), String(warmUp)],
    {},
  );
  await poster.stop();
  return poster.ready;
}
