// What benchmarks ask of the simulator. Its ledger is the truth of every run: what WhatsApp took, and when.
import { child } from './rig.mjs';

/**
 * Takes everything and tells nothing. Nothing is delivered either: people who read and click would go on visiting
 * a product that is not there, and take the simulator's time from the run that is measured.
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

/** @throws unless exactly so many messages were taken, none refused and none twice */
export async function expectLedger(rig, count) {
  const { accepted, attempts, duplicates } = await rig.steer('GET', 'summary');
  if (accepted !== count || attempts !== count || duplicates !== 0) {
    throw new Error(
      `${attempts} messages posted, ${accepted} accepted, ${duplicates} of them twice; expected ${count}`,
    );
  }
}

/**
 * Messages a second between two places of the ledger, which is in the order of acceptance; its two ends are read
 * alone, so that a ledger of a million costs no more than a short one.
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
 * Messages a second from the first to the last, and of the middle 80 %: of a run of seconds the start and the last
 * stragglers are a large part.
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

/** Open connections of the bare poster. */
export const bareConnections = 200;

/**
 * Posts messages with the product's client alone: the limit of client and simulator.
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
