import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import { Scheduler } from './scheduler';
import { draw, drawWithin, hashText, Purpose } from './random';
import { envelopeOf, escapeLikeMeta, sign, type Update } from './webhook-body';
import { now, type SimulatorState } from './state';

export interface WebhookTarget {
  url: string;
  appSecret: string;
  verifyToken: string;
}

const HANDSHAKE_FIRST_GAP_MS = 250;
const HANDSHAKE_LAST_GAP_MS = 2_000;

/** A queued update and the callback for its acknowledgement. */
interface Queued {
  update: Update;
  acknowledged?: (() => void) | undefined;
}

/** A POST that the receiver has not yet answered with 200. */
interface Batch {
  body: string;
  items: Queued[];
  firstTry: number;
  tries: number;
}

/**
 * Sends webhooks. Updates wait in a queue until a batch is full or `flushMs` has passed, and until the
 * receiver has passed the verification handshake. A batch that is not answered with 200 is retried
 * unchanged, with increasing delays.
 *
 * States of an update: delayed (shuffle or duplicate) → queued → in flight → acknowledged, or waiting
 * for a retry. All but acknowledged updates count as pending.
 */
export class Webhooks {
  #target: WebhookTarget | null;
  #verified = false;
  #queue: Queued[] = [];
  /** Index of the first queued update. Array.shift would be slow, as a paused queue may hold a whole run. */
  #head = 0;
  #flushDue = false;
  #flushTimer: NodeJS.Timeout | undefined;
  #inFlight = 0;
  #unacknowledged = 0;
  #draws = 0;
  /** Incremented by a reset; requests of an earlier generation are neither counted nor retried. */
  #generation = 0;
  readonly #retries = new Set<NodeJS.Timeout>();
  #handshakeTimer: NodeJS.Timeout | undefined;
  readonly #delayed = new Scheduler<Queued>(now, (item) => this.#enqueue(item));
  readonly #agent = new Agent({ connections: 256, pipelining: 1 });

  constructor(
    private readonly state: SimulatorState,
    target: WebhookTarget | null,
  ) {
    this.#target = target;
    if (target) void this.#handshake(target, HANDSHAKE_FIRST_GAP_MS);
  }

  get pending(): number {
    return this.#delayed.size + this.#queued + this.#unacknowledged;
  }

  get #queued(): number {
    return this.#queue.length - this.#head;
  }

  /** Where they go; null: nowhere. */
  get url(): string | null {
    return this.#target?.url ?? null;
  }

  get verified(): boolean {
    return this.#verified;
  }

  /** Changes the receiver; the new one must pass the handshake first. */
  setTarget(target: WebhookTarget): void {
    this.#target = target;
    this.#verified = false;
    void this.#handshake(target, HANDSHAKE_FIRST_GAP_MS);
  }

  /** Calls `acknowledged` when the receiver has answered 200, or immediately if webhooks are off. */
  push(update: Update, acknowledged?: () => void): void {
    const { webhooks } = this.state.behaviour;
    if (!this.#target || !webhooks.enabled) {
      acknowledged?.();
      return;
    }
    if (
      update.kind === 'status' &&
      webhooks.withoutCallbackDataShare > 0 &&
      draw(this.#next(), 0, Purpose.WithoutCallbackData) < webhooks.withoutCallbackDataShare
    ) {
      update.withoutCallbackData ??= true;
    }
    const hold = webhooks.shuffle
      ? drawWithin({ min: 0, max: webhooks.shuffleWindowMs }, this.#next(), 0, Purpose.ShuffleDelay)
      : 0;
    if (hold > 0) this.#delayed.add({ update, acknowledged }, hold);
    else this.#enqueue({ update, acknowledged });
    if (draw(this.#next(), 0, Purpose.Duplicate) < webhooks.duplicateShare) {
      for (let i = 0; i < webhooks.duplicateTimes; i++) {
        this.#delayed.add({ update }, 1 + draw(this.#next(), i, Purpose.DuplicateDelay) * 1000);
      }
    }
    if (
      update.kind === 'status' &&
      draw(this.#next(), 0, Purpose.UnknownStatus) < webhooks.unknownStatusShare
    ) {
      this.#enqueue({ update: { kind: 'status', entry: update.entry, status: 'warning', at: update.at } });
    }
  }

  /** Sends queued updates without waiting for a full batch. Must be called when the behaviour changes. */
  flush(): void {
    this.#flushDue = true;
    this.#pump();
  }

  reset(): void {
    this.#generation++;
    this.#queue = [];
    this.#head = 0;
    this.#delayed.clear();
    this.#unacknowledged = 0;
    this.#inFlight = 0;
    this.#draws = 0;
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    for (const timer of this.#retries) clearTimeout(timer);
    this.#retries.clear();
  }

  async close(): Promise<void> {
    this.#target = null;
    clearTimeout(this.#handshakeTimer);
    this.reset();
    await this.#agent.destroy();
  }

  /** Random numbers of the transport depend only on the seed and on how many were used before. */
  #next(): number {
    return hashText(this.state.behaviour.seed + ++this.#draws, 'webhook');
  }

  #enqueue(item: Queued): void {
    this.#queue.push(item);
    this.#pump();
  }

  #pump(): void {
    const { webhooks } = this.state.behaviour;
    if (!this.#verified || webhooks.pauseUntilResumed) return;
    if (webhooks.flushMs === 0) this.#flushDue = true;
    while (
      this.#inFlight < webhooks.connections &&
      this.#queued > 0 &&
      (this.#queued >= webhooks.batchSize || this.#flushDue)
    ) {
      if (webhooks.shuffle) this.#shuffleQueue();
      this.#sendNew(this.#takeBatch(webhooks.batchSize));
    }
    if (this.#queued === 0) this.#flushDue = false;
    else if (!this.#flushDue) {
      this.#flushTimer ??= setTimeout(() => {
        this.#flushTimer = undefined;
        this.flush();
      }, webhooks.flushMs);
    }
  }

  #takeBatch(size: number): Queued[] {
    const batch = this.#queue.slice(this.#head, this.#head + size);
    this.#head += batch.length;
    if (this.#head > 10_000 || this.#queued === 0) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return batch;
  }

  /** Moves randomly chosen updates to the front of the queue, enough for the next batch. */
  #shuffleQueue(): void {
    const end = Math.min(this.#head + this.state.behaviour.webhooks.batchSize, this.#queue.length);
    for (let i = this.#head; i < end; i++) {
      const other = i + Math.floor(draw(this.#next(), i, Purpose.ShuffleDelay) * (this.#queue.length - i));
      const [a, b] = [this.#queue[i], this.#queue[other]];
      if (a && b) [this.#queue[i], this.#queue[other]] = [b, a];
    }
  }

  #sendNew(items: Queued[]): void {
    const envelope = envelopeOf(
      this.state,
      items.map((item) => item.update),
    );
    this.#unacknowledged += items.length;
    void this.#send({ body: escapeLikeMeta(JSON.stringify(envelope)), items, firstTry: now(), tries: 0 });
  }

  async #send(batch: Batch): Promise<void> {
    const target = this.#target;
    if (!target) return;
    const generation = this.#generation;
    this.#inFlight++;
    const acknowledged = await this.#post(target, batch);
    if (generation !== this.#generation) return;
    this.#inFlight--;
    if (acknowledged) {
      this.#unacknowledged -= batch.items.length;
      for (const item of batch.items) item.acknowledged?.();
    } else {
      this.#retryLater(batch);
    }
    this.#pump();
  }

  async #post(target: WebhookTarget, batch: Batch): Promise<boolean> {
    const { webhooks } = this.state.behaviour;
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
    };
    const chance = batch.tries++ === 0 ? draw(this.#next(), 0, Purpose.Signature) : 1;
    if (chance < webhooks.badSignatureShare) {
      headers['x-hub-signature-256'] = `sha256=${randomBytes(32).toString('hex')}`;
    } else if (chance >= webhooks.badSignatureShare + webhooks.unsignedShare) {
      headers['x-hub-signature-256'] = sign(batch.body, target.appSecret);
    }
    try {
      const answer = await request(target.url, {
        method: 'POST',
        dispatcher: this.#agent,
        headers,
        body: batch.body,
        headersTimeout: webhooks.timeoutMs,
        bodyTimeout: webhooks.timeoutMs,
      });
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }

  #retryLater(batch: Batch): void {
    const { retryFirstMs, retryMaxMs, giveUpAfterMs } = this.state.behaviour.webhooks;
    if (now() - batch.firstTry > giveUpAfterMs) {
      this.state.log(`Webhook with ${batch.items.length} updates dropped after ${batch.tries} attempts`);
      this.#unacknowledged -= batch.items.length;
      return;
    }
    const gap = Math.min(retryMaxMs, retryFirstMs * 2 ** (batch.tries - 1));
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      void this.#send(batch);
    }, gap);
    this.#retries.add(timer);
  }

  async #handshake(target: WebhookTarget, gapMs: number): Promise<void> {
    const challenge = String(1_000_000_000 + Math.floor(Math.random() * 1_000_000_000));
    const problem = await this.#verify(target, challenge);
    if (this.#target !== target || this.#verified) return;
    if (problem === null) {
      this.#verified = true;
      this.state.log(`Webhook receiver ${target.url} verified`);
      this.flush();
      return;
    }
    if (gapMs === HANDSHAKE_FIRST_GAP_MS)
      this.state.log(`Webhook handshake with ${target.url} failed (${problem}); retrying`);
    this.#handshakeTimer = setTimeout(() => {
      void this.#handshake(target, Math.min(gapMs * 2, HANDSHAKE_LAST_GAP_MS));
    }, gapMs);
  }

  /** Runs the handshake; returns the error message, or null if the receiver is verified. */
  async #verify(target: WebhookTarget, challenge: string): Promise<string | null> {
    const url = new URL(target.url);
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', challenge);
    url.searchParams.set('hub.verify_token', target.verifyToken);
    try {
      const answer = await request(url, {
        dispatcher: this.#agent,
        headersTimeout: 5_000,
        bodyTimeout: 5_000,
      });
      const body = await answer.body.text();
      if (answer.statusCode !== 200) return `HTTP ${answer.statusCode}`;
      return body === challenge ? null : 'the response does not contain the challenge';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
