import type { DataSource } from 'typeorm';
import type { PublishDeltas } from '../../campaigns/deltas';
import { pauseCampaign } from '../../campaigns/lifecycle';
import type { ReadChange } from '../../catalog/templates/store-templates';
import { rows, transact } from '../../infra/database';
import type { Log } from '../../infra/log';
import { pauseReason } from './template-reasons';
import { withWaiting } from './waiting';

/** Pauses the active campaigns that may not go on after a change of their template. */
export class TemplatePauses {
  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {}

  /**
   * After a list of WhatsApp's: a webhook about the change may have been missed. If the process dies before, the campaigns
   * go on until WhatsApp refuses a message or a webhook comes. @throws what the database threw
   */
  async afterRead(read: readonly ReadChange[]): Promise<void> {
    for (const { templateId, changes, categoryBefore, askedAt } of read) {
      const [reason] = changes.flatMap((change) => pauseReason(change, categoryBefore) ?? []);
      if (reason) await this.pause(templateId, reason, askedAt);
    }
  }

  /** @param since when the change was known: a campaign that was resumed later goes on */
  async pause(templateId: string, reason: string, since: Date): Promise<void> {
    const campaigns = await rows<{ id: string }>(
      this.database,
      `/* campaignsOfTemplate */ SELECT id FROM campaigns WHERE template_id = $1 AND status = 'ACTIVE' ORDER BY id`,
      [templateId],
    );
    for (const { id } of campaigns) {
      const deltas = await transact(this.database, async (transaction) =>
        pauseCampaign(transaction, id, await withWaiting(transaction, id, reason), since),
      );
      void this.publish(deltas);
      if (deltas.length > 0) this.log.warn({ campaignId: id, reason }, 'a campaign was paused');
    }
  }
}
