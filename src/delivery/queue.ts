import { DelayedError, Queue, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type Redis from 'ioredis';
import { z } from 'zod';
import { isBusy, isUnavailable, NotConnected } from '../infra/errors';
import type { Log } from '../infra/log';

/**
 * The jobs of the delivery. They only remind: a job names a campaign and carries nothing that is not in the tables.
 * Losing one costs the time to the next sweep; running one twice does nothing twice.
 */
export const queueName = 'campaign-messages';

const deliveryJob = z.object({
  kind: z.enum(['materialise', 'send', 'requeue']),
  campaignId: z.uuid(),
});
export type DeliveryJob = z.infer<typeof deliveryJob>;

/** A reminder of the sweep. */
export interface Reminder extends DeliveryJob {
  /** Nothing has moved since the last reminder: its job may be lost (see {@link DeliveryQueue.remind}). */
  stuck: boolean;
}

/**
 * Send jobs of one campaign that may be in the queue at once: enough to keep a sender busy while answers are awaited,
 * few enough that campaigns share the workers fairly and a pause is prompt.
 */
export const sendWindow = 2;

/** Jobs added in one command. */
const largestBulk = 500;

/** The ids of a campaign's jobs of a kind: one that is already in the queue is not added again. */
function jobIds({ kind, campaignId }: DeliveryJob): string[] {
  if (kind !== 'send') return [`${kind}-${campaignId}`];
  return Array.from({ length: sendWindow }, (_, place) => `send-${campaignId}-${place}`);
}

/** Adds jobs; used by the api, the workers and the sweep. */
export class DeliveryQueue {
  private readonly queue: Queue<DeliveryJob>;

  constructor(
    private readonly connection: Redis,
    private readonly prefix: string,
    onError: (error: Error) => void,
  ) {
    this.queue = new Queue<DeliveryJob>(queueName, {
      connection,
      prefix,
      skipVersionCheck: true,
    });
    this.queue.on('error', onError);
  }

  /** Turns the audience of a campaign into recipients. */
  materialise(campaignId: string): Promise<void> {
    return this.add([{ kind: 'materialise', campaignId }]);
  }

  /** Fills the campaign's window of send jobs. */
  send(campaignId: string): Promise<void> {
    return this.add([{ kind: 'send', campaignId }]);
  }

  /** Puts recipients back into the queue, as retryFailed and resendUnconfirmed recorded it. */
  requeue(campaignId: string): Promise<void> {
    return this.add([{ kind: 'requeue', campaignId }]);
  }

  /**
   * Adds the jobs of all reminders in one command. Of those that are stuck, jobs that no list of the queue holds are
   * removed first: a Redis that lost a part of its keys left them, nobody would ever run them, and their ids would
   * keep new ones out.
   */
  async remind(reminders: readonly Reminder[]): Promise<void> {
    this.mustBeReady();
    const suspects = reminders.filter(({ stuck }) => stuck).flatMap(jobIds);
    await Promise.all(
      suspects.map(async (id) => {
        if ((await this.queue.getJobState(id)) === 'unknown') await this.queue.remove(id);
      }),
    );
    await this.add(reminders);
  }

  /**
   * Whether this process sends the reminders of this round: the first to ask, until `ms` have passed. In Redis, since
   * without Redis there is nobody to remind.
   */
  async takeTurn(ms: number): Promise<boolean> {
    this.mustBeReady();
    return (await this.connection.set(`${this.prefix}:reminders`, '1', 'PX', ms, 'NX')) === 'OK';
  }

  async close(): Promise<void> {
    await this.queue.close();
  }

  private async add(jobs: readonly DeliveryJob[]): Promise<void> {
    this.mustBeReady();
    const all = jobs.flatMap(({ kind, campaignId }) =>
      jobIds({ kind, campaignId }).map((jobId) => ({
        name: kind,
        data: { kind, campaignId },
        opts: { jobId },
      })),
    );
    for (let from = 0; from < all.length; from += largestBulk)
      await this.queue.addBulk(all.slice(from, from + largestBulk));
  }

  /** BullMQ would wait without end for a Redis that was never reached yet, and the caller with it. */
  private mustBeReady(): void {
    if (this.connection.status !== 'ready') throw new NotConnected('Redis is not connected');
  }
}

/** What becomes of a job that ran: it is done, or runs again after a while. */
export type JobResult = { kind: 'done' } | { kind: 'later'; ms: number };

/** What runs the jobs, by kind. */
export interface DeliveryHandlers {
  materialise(campaignId: string): Promise<void>;
  send(campaignId: string): Promise<JobResult>;
  requeue(campaignId: string): Promise<JobResult>;
}

export interface WorkerOptions {
  connection: Redis;
  prefix: string;
  concurrency: number;
  log: Log;
}

/**
 * Runs delivery jobs. A job that has more to do goes back as delayed: it occupies no slot of the worker while it waits, and
 * campaigns take turns. A job that fails is dropped; the sweep adds it again from the tables.
 */
export function startWorker(
  handlers: DeliveryHandlers,
  { connection, prefix, concurrency, log }: WorkerOptions,
): Worker {
  const worker = new Worker<DeliveryJob>(
    queueName,
    async (job: Job<DeliveryJob>, token?: string) => {
      const { kind, campaignId } = deliveryJob.parse(job.data);
      if (kind === 'materialise') return handlers.materialise(campaignId);
      const next = await handlers[kind](campaignId);
      if (next.kind === 'done') return;
      await job.moveToDelayed(Date.now() + next.ms, token);
      throw new DelayedError();
    },
    {
      connection,
      prefix,
      concurrency,
      // set here and not with the job, because a job that lost its options must free its id, too
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      // BullMQ's default of 30 s would leave the jobs of a killed worker for a minute: it looks twice before it takes one
      lockDuration: 6_000,
      stalledInterval: 2_000,
      // the tables guard against sending twice; a job may be lost as often as it likes
      maxStalledCount: 100,
      // no skipVersionCheck: without the version BullMQ takes Redis for 5.0 and waits for delayed jobs in whole seconds
    },
  );
  worker.on('error', (error) => log.debug({ err: error }, 'worker error'));
  worker.on('failed', (job, error) => {
    const context = { err: error, job: job?.data };
    if (isUnavailable(error) || isBusy(error)) log.warn(context, 'a job has to wait');
    else log.error(context, 'a job failed');
  });
  return worker;
}
