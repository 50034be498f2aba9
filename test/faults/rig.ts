import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { App } from '../support/app';
import type { AppOptions } from '../support/app';
import {
  acceptedCount,
  createCampaign,
  people,
  sendCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { auditMoves } from '../support/consistency';
import type { AuditedMove } from '../support/consistency';
import { waitFor } from '../support/wait';
import { census } from './census';
import type { Census, CensusOptions } from './census';

/** An app without workers, whose database records every change of a recipient's status. */
export class FaultRig {
  /** Each campaign gets phone numbers of its own: WhatsApp limits how often one number can be written to. */
  nextPhone = 0;

  private constructor(
    readonly app: App,
    readonly audited: (campaignId: string) => Promise<AuditedMove[]>,
  ) {}

  static async start(options: AppOptions = {}): Promise<FaultRig> {
    const app = await App.start({ workers: 0, ...options });
    await app.behave({ webhooks: { retryFirstMs: 100, retryMaxMs: 500 } });
    return new FaultRig(app, await auditMoves(app));
  }

  /** A draft to `count` people who are in no other campaign of this file. */
  async draft(count: number, input: Record<string, unknown> = {}): Promise<string> {
    const from = this.nextPhone;
    this.nextPhone += count;
    return createCampaign(this.app, { customRecipients: people(count, from), ...input });
  }

  /** A started campaign, otherwise like `draft`. */
  async campaign(count: number, input: Record<string, unknown> = {}): Promise<string> {
    const id = await this.draft(count, input);
    await sendCampaign(this.app, id);
    return id;
  }

  /** Waits until WhatsApp has accepted at least so many messages. */
  async accepted(id: string, atLeast: number, timeoutMs = 60_000): Promise<void> {
    await waitFor(async () => (await acceptedCount(this.app, id)) >= atLeast, {
      what: `${atLeast} are accepted`,
      timeoutMs,
    });
  }

  /** Waits until nobody is queued; unconfirmed recipients may be queued again later. */
  async sent(id: string, timeoutMs = 120_000): Promise<void> {
    await waitFor(
      async () => {
        const now = await stats(this.app, id);
        if (now.queuedCount > 0) throw new Error(JSON.stringify(now));
        return true;
      },
      { what: 'nobody is queued', timeoutMs },
    );
  }

  /** Waits until the campaign has ended and all webhooks are delivered, then counts. */
  async ended(
    id: string,
    options: CensusOptions & { timeoutMs?: number; seenBy?: App } = {},
  ): Promise<Census> {
    const { timeoutMs = 120_000, seenBy: app = this.app, ...rest } = options;
    await waitFor(
      async () => {
        const now = await stats(app, id);
        if (now.status !== 'COMPLETED' && now.status !== 'CANCELLED') throw new Error(JSON.stringify(now));
        return now.queuedCount === 0;
      },
      { what: 'the campaign ends', timeoutMs },
    );
    await webhooksDelivered(this.app, 60_000);
    return census(app, id, { audited: this.audited, ...rest });
  }

  /** How many recipients moved to a status, as recorded by the database. */
  async moved(id: string, to: RecipientStatus): Promise<number> {
    return (await this.audited(id)).filter((move) => move.to_status === to && move.from_status !== to).length;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
