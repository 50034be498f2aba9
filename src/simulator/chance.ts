/**
 * Seeded chance without a stream: every draw is a hash of (seed, phone number, counter, purpose), so
 * the outcome for a person is the same whatever order messages arrive in and however many workers
 * send them. A stream of random numbers would make a run depend on arrival order.
 */

/** What a draw decides. Two purposes never share a draw; the numbers are part of a seed's meaning. */
export enum Purpose {
  Fault = 1,
  Failure,
  FailAfterSent,
  Delivered,
  Read,
  SkipDelivered,
  Preview,
  Click,
  Conversion,
  SentDelay,
  DeliveredDelay,
  ReadDelay,
  ClickDelay,
  ConversionDelay,
  Latency,
  Race,
  Duplicate,
  DuplicateDelay,
  Signature,
  ShuffleDelay,
  UnknownStatus,
  OrderValue,
  WithoutPhone,
  WithoutCallbackData,
  Held,
}

/** FNV-1a over the text, starting from the seed. */
export function hashText(seed: number, text: string): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A number in [0, 1) for one purpose of one counted event (murmur3's finaliser over the mix). */
export function draw(base: number, counter: number, purpose: Purpose): number {
  let h = base ^ Math.imul(counter + 1, 0x85ebca6b) ^ Math.imul(purpose, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

export interface Range {
  min: number;
  max: number;
}

/** A whole number of milliseconds inside the range; whole because Node's timers share one list per duration. */
export function drawWithin(range: Range, base: number, counter: number, purpose: Purpose): number {
  if (range.max <= range.min) return Math.round(range.min);
  return Math.round(range.min + draw(base, counter, purpose) * (range.max - range.min));
}

/** Picks a key of a map of shares; null when the draw falls in what is left over. */
export function pickShare<Key extends string>(shares: Partial<Record<Key, number>>, at: number): Key | null {
  let edge = 0;
  for (const key in shares) {
    edge += shares[key] ?? 0;
    if (at < edge) return key;
  }
  return null;
}
