import { Queue } from 'bullmq';
import type Redis from 'ioredis';
import { z } from 'zod';
import { NotConnected } from '../infra/errors';

/**
 * The jobs of the delivery. They only remind: a job names a campaign and carries nothing that is not in the tables.
 * Losing one costs the time to the next sweep; running one twice does nothing twice.
 */
export const queueName = 'campaign-messages';

export const deliveryJob = z.object({ kind: z.enum(['materialise', 'send']), campaignId: z.uuid() });
export type DeliveryJob = z.infer<typeof deliveryJob>;

/**
 * Jobs of one campaign that may be in the queue at once: enough to keep a number busy while answers are awaited,
 * few enough that campaigns share the workers fairly and a pause is prompt.
 */
export const sendWindow = 2;

const materialiseId = (campaignId: string): string => `materialise-${campaignId}`;
const sendId = (campaignId: string, place: number): string => `send-${campaignId}-${place}`;

export class DeliveryQueue {
  private readonly queue: Queue<DeliveryJob>;

  constructor(
    private readonly connection: Redis,
    prefix: string,
    onError: (error: Error) => void,
  ) {
    this.queue = new Queue<DeliveryJob>(queueName, {
      connection,
      prefix,
      skipVersionCheck: true,
    });
    this.queue.on('error', onError);
  }

  async materialise(campaignId: string): Promise<void> {
    this.mustBeReady();
    await this.queue.add(
      'materialise',
      { kind: 'materialise', campaignId },
      { jobId: materialiseId(campaignId) },
    );
  }

  /** Fills the campaign's window; a place that is taken stays as it is. */
  async send(campaignId: string, window = sendWindow): Promise<void> {
    this.mustBeReady();
    await this.queue.addBulk(
      Array.from({ length: window }, (_, place) => ({
        name: 'send',
        data: { kind: 'send' as const, campaignId },
        opts: { jobId: sendId(campaignId, place) },
      })),
    );
  }

  /**
   * Frees the places of jobs that no list of the queue holds: a Redis that lost a part of its keys left them, and
   * nobody would ever run them.
   */
  async freeLostPlaces(campaignId: string): Promise<void> {
    this.mustBeReady();
    const places = Array.from({ length: sendWindow }, (_, place) => sendId(campaignId, place));
    await Promise.all(
      [materialiseId(campaignId), ...places].map(async (id) => {
        if ((await this.queue.getJobState(id)) === 'unknown') await this.queue.remove(id);
      }),
    );
  }

  /** BullMQ would wait without end for a Redis that was never there yet; a start must not wait with it. */
  private mustBeReady(): void {
    if (this.connection.status !== 'ready') throw new NotConnected('Redis is not connected');
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}
