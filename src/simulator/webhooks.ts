import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import { Agenda } from './agenda';
import { draw, drawWithin, hashText, Purpose } from './chance';
import { envelopeOf, escapeLikeMeta, sign, type Update } from './webhook-body';
import { now, type World } from './world';

export interface WebhookTarget {
  url: string;
  appSecret: string;
  verifyToken: string;
}

const HANDSHAKE_FIRST_GAP_MS = 250;
const HANDSHAKE_LAST_GAP_MS = 2_000;

/** An update on its way, with who wants to know that the receiver took it. */
interface Queued {
  update: Update;
  acknowledged?: (() => void) | undefined;
}

/** A POST that the receiver has not answered with 200. */
interface Batch {
  body: string;
  items: Queued[];
  firstTry: number;
  tries: number;
}

/**
 * The way out of the simulator. Updates wait in a queue until a batch is full or `flushMs` has gone by,
 * and until the receiver has passed the handshake, as Meta sends nothing to a callback that never
 * verified. A batch that is not answered with 200 is sent again with growing gaps and stays one batch.
 *
 * An update is: held (shuffle, or a duplicate to come) → queued → in flight → acknowledged, or back to
 * waiting for its retry. All of them count as pending.
 */
export class Webhooks {
  #target: WebhookTarget | null;
  #verified = false;
  #queue: Queued[] = [];
  /** Where the queue begins; moved instead of shifting, since a paused queue may hold a whole run. */
  #head = 0;
  #flushDue = false;
  #flushTimer: NodeJS.Timeout | undefined;
  #inFlight = 0;
  #unacknowledged = 0;
  #draws = 0;
  /** A reset makes what is in flight a stranger: it is neither counted nor repeated. */
  #generation = 0;
  readonly #retries = new Set<NodeJS.Timeout>();
  #handshakeTimer: NodeJS.Timeout | undefined;
  readonly #held = new Agenda<Queued>(now, (item) => this.#enqueue(item));
  readonly #agent = new Agent({ connections: 256, pipelining: 1 });

  constructor(
    private readonly world: World,
    target: WebhookTarget | null,
  ) {
    this.#target = target;
    if (target) void this.#handshake(target, HANDSHAKE_FIRST_GAP_MS);
  }

  get pending(): number {
    return this.#held.size + this.#queued + this.#unacknowledged;
  }

  get #queued(): number {
    return this.#queue.length - this.#head;
  }

  get verified(): boolean {
    return this.#verified;
  }

  /** Sends to another receiver from now on; it has to pass the handshake first. */
  retarget(target: WebhookTarget): void {
    this.#target = target;
    this.#verified = false;
    void this.#handshake(target, HANDSHAKE_FIRST_GAP_MS);
  }

  /** `acknowledged` is called once the receiver answered 200, or at once when nobody listens. */
  push(update: Update, acknowledged?: () => void): void {
    const { webhooks } = this.world.behaviour;
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
    if (hold > 0) this.#held.add({ update, acknowledged }, hold);
    else this.#enqueue({ update, acknowledged });
    if (draw(this.#next(), 0, Purpose.Duplicate) < webhooks.duplicateShare) {
      for (let i = 0; i < webhooks.duplicateTimes; i++) {
        this.#held.add({ update }, 1 + draw(this.#next(), i, Purpose.DuplicateDelay) * 1000);
      }
    }
    if (
      update.kind === 'status' &&
      draw(this.#next(), 0, Purpose.UnknownStatus) < webhooks.unknownStatusShare
    ) {
      this.#enqueue({ update: { kind: 'status', entry: update.entry, status: 'warning', at: update.at } });
    }
  }

  /** Sends what is queued without waiting for a full batch; also called when the behaviour changed. */
  flush(): void {
    this.#flushDue = true;
    this.#pump();
  }

  reset(): void {
    this.#generation++;
    this.#queue = [];
    this.#head = 0;
    this.#held.clear();
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

  /** One draw after the other: the transport's mishaps depend on the seed and on their order alone. */
  #next(): number {
    return hashText(this.world.behaviour.seed + ++this.#draws, 'webhook');
  }

  #enqueue(item: Queued): void {
    this.#queue.push(item);
    this.#pump();
  }

  #pump(): void {
    const { webhooks } = this.world.behaviour;
    if (!this.#verified || webhooks.pauseUntilResumed) return;
    if (webhooks.flushMs === 0) this.#flushDue = true;
    while (
      this.#inFlight < webhooks.connections &&
      this.#queued > 0 &&
      (this.#queued >= webhooks.batchSize || this.#flushDue)
    ) {
      if (webhooks.shuffle) this.#mixQueue();
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

  /** Brings random updates to the front: enough for the next batch. */
  #mixQueue(): void {
    const end = Math.min(this.#head + this.world.behaviour.webhooks.batchSize, this.#queue.length);
    for (let i = this.#head; i < end; i++) {
      const other = i + Math.floor(draw(this.#next(), i, Purpose.ShuffleDelay) * (this.#queue.length - i));
      const [a, b] = [this.#queue[i], this.#queue[other]];
      if (a && b) [this.#queue[i], this.#queue[other]] = [b, a];
    }
  }

  #sendNew(items: Queued[]): void {
    const envelope = envelopeOf(
      this.world,
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
    const taken = await this.#post(target, batch);
    if (generation !== this.#generation) return;
    this.#inFlight--;
    if (taken) {
      this.#unacknowledged -= batch.items.length;
      for (const item of batch.items) item.acknowledged?.();
    } else {
      this.#retryLater(batch);
    }
    this.#pump();
  }

  async #post(target: WebhookTarget, batch: Batch): Promise<boolean> {
    const { webhooks } = this.world.behaviour;
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
    };
    const mishap = batch.tries++ === 0 ? draw(this.#next(), 0, Purpose.Signature) : 1;
    if (mishap < webhooks.badSignatureShare) {
      headers['x-hub-signature-256'] = `sha256=${randomBytes(32).toString('hex')}`;
    } else if (mishap >= webhooks.badSignatureShare + webhooks.unsignedShare) {
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
    const { retryFirstMs, retryMaxMs, giveUpAfterMs } = this.world.behaviour.webhooks;
    if (now() - batch.firstTry > giveUpAfterMs) {
      this.world.log(`webhook dropped after ${batch.tries} tries`);
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
      this.world.log(`webhook ${target.url} verified`);
      this.flush();
      return;
    }
    if (gapMs === HANDSHAKE_FIRST_GAP_MS)
      this.world.log(`webhook handshake with ${target.url} failed (${problem}), will be retried`);
    this.#handshakeTimer = setTimeout(() => {
      void this.#handshake(target, Math.min(gapMs * 2, HANDSHAKE_LAST_GAP_MS));
    }, gapMs);
  }

  /** What went wrong with the handshake, in words; null when the receiver is verified. */
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
      return body === challenge ? null : 'the challenge did not come back';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
