import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { App } from '../support/app';
import type { AppOptions } from '../support/app';
import { acceptedCount, createCampaign, people, sendCampaign, stats, told } from '../support/campaigns';
import { auditMoves } from '../support/consistency';
import type { AuditedMove } from '../support/consistency';
import { waitFor } from '../support/wait';
import { census } from './census';
import type { Census, CensusOptions } from './census';

/** An app without workers of its own, whose database writes down every move. */
export class FaultRig {
  /** Phones of the tests end in five digits, and WhatsApp minds who writes to one number too often. */
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

  /** A draft to `count` people whom no other campaign of this file has. */
  async draft(count: number, input: Record<string, unknown> = {}): Promise<string> {
    const from = this.nextPhone;
    this.nextPhone += count;
    return createCampaign(this.app, { customRecipients: people(count, from), ...input });
  }

  /** The same, started. */
  async campaign(count: number, input: Record<string, unknown> = {}): Promise<string> {
    const id = await this.draft(count, input);
    await sendCampaign(this.app, id);
    return id;
  }

  /** Waits until WhatsApp has accepted so many. */
  async accepted(id: string, atLeast: number, timeoutMs = 60_000): Promise<void> {
    await waitFor(async () => (await acceptedCount(this.app, id)) >= atLeast, {
      what: `${atLeast} are accepted`,
      timeoutMs,
    });
  }

  /** Waits until nobody is left to be sent to; who is unconfirmed may still be. */
  async sent(id: string, timeoutMs = 120_000): Promise<void> {
    await waitFor(
      async () => {
        const now = await stats(this.app, id);
        if (now.queuedCount > 0) throw new Error(JSON.stringify(now));
        return true;
      },
      { what: 'nobody is queued any more', timeoutMs },
    );
  }

  /** Waits until the campaign has ended and WhatsApp has told everything, then counts. */
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
    await told(this.app, 60_000);
    return census(app, id, { audited: this.audited, ...rest });
  }

  /** How many moved to a status, by the database's own record. */
  async moved(id: string, to: RecipientStatus): Promise<number> {
    return (await this.audited(id)).filter((move) => move.to_status === to && move.from_status !== to).length;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
