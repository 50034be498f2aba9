import type { SenderCardFragment } from '../generated/graphql';
import type { Tone } from '../ui/state-chip';

type Status = SenderCardFragment['status'];

const tones: Record<Status, Tone> = {
  CONNECTED: 'good',
  FLAGGED: 'waiting',
  RATE_LIMITED: 'waiting',
  PENDING: 'waiting',
  UNVERIFIED: 'waiting',
  RESTRICTED: 'bad',
  DISCONNECTED: 'bad',
  BANNED: 'bad',
  MIGRATED: 'bad',
  DELETED: 'bad',
  UNKNOWN: 'quiet',
};

/** A connected number with an error can be seen to need somebody. */
export function toneOf({ status, lastError }: SenderCardFragment): Tone {
  return lastError !== null && tones[status] === 'good' ? 'waiting' : tones[status];
}

/** Messages a second that really go out: WhatsApp takes 80, of some numbers 1,000. */
export function speedOf({ messagesPerSecond, throughput }: SenderCardFragment): number {
  return Math.min(messagesPerSecond, throughput === 'STANDARD' ? 80 : 1000);
}
