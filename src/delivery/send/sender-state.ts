import type { SenderLoad } from './decisions';
import { SenderQueue } from './sender-queue';

/** One sender in this worker. It is here while recipients wait or answers are awaited. */
export interface SenderState {
  senderId: string;
  messagesPerSecond: number;
  queue: SenderQueue;
  /** Posts without an answer yet. */
  posting: number;
  /** When permits were last asked for, in ms of the process's clock. */
  askedAt: number;
  /** When to ask again after a denial, by the same clock. */
  askAt: number;
  /** Since when it sends, in ms of the process's clock. */
  since: number;
}

export function newSender(senderId: string, messagesPerSecond: number, now: number): SenderState {
  return {
    senderId,
    messagesPerSecond,
    queue: new SenderQueue(),
    posting: 0,
    askedAt: 0,
    askAt: 0,
    since: now,
  };
}

/** What the decisions need to know of a sender. */
export function loadOf({ messagesPerSecond, queue, posting }: SenderState): SenderLoad {
  return { messagesPerSecond, waiting: queue.waiting(), posting };
}
