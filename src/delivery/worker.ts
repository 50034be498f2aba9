import { DelayedError, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type Redis from 'ioredis';
import { isBusy, isUnavailable } from '../infra/errors';
import type { Log } from '../infra/log';
import { deliveryJob, queueName } from './queue';
import type { DeliveryJob } from './queue';
import type { Next } from './send/dispatcher';

export interface DeliveryHandlers {
  materialise(campaignId: string): Promise<void>;
  sendBatch(campaignId: string): Promise<Next>;
}

export interface WorkerOptions {
  connection: Redis;
  prefix: string;
  concurrency: number;
  log: Log;
}

/**
 * Runs delivery jobs. One that has more to do goes back as delayed, so that no slot is slept away and campaigns take
 * turns. One that fails is dropped: the sweep brings it
 * back from the tables.
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
      const next = await handlers.sendBatch(campaignId);
      if (next.kind === 'done') return;
      await job.moveToDelayed(Date.now() + next.ms, token);
      throw new DelayedError();
    },
    {
      connection,
      prefix,
      concurrency,
      // here and not with the job: also one that lost its options must leave its place
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      // BullMQ's own 30 s would leave the jobs of a killed worker lying for a minute: it looks twice before it takes one
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
