import type { DataSource } from 'typeorm';
import { changeCampaign } from '../../campaigns/change';
import type { PublishDeltas } from '../../campaigns/deltas';
import { pauseCampaign } from '../../campaigns/lifecycle';
import type { ReadChange } from '../../catalog/templates/store-templates';
import { rows } from '../../infra/database';
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
   * After a list of WhatsApp's: a webhook about the change may have been missed. The library has the change already: if the
   * process dies now, the campaigns go on until WhatsApp refuses a message or a webhook comes.
   * @throws what the database threw, after all others were paused
   */
  afterRead(read: readonly ReadChange[]): Promise<void> {
    return oneByOne(read, async ({ templateId, changes, categoryBefore, askedAt }) => {
      const [reason] = changes.flatMap((change) => pauseReason(change, categoryBefore) ?? []);
      if (reason) await this.pause(templateId, reason, askedAt);
    });
  }

  /**
   * @param since when the change was known: a campaign that was resumed later goes on
   * @throws what the database threw, after all others were paused
   */
  async pause(templateId: string, reason: string, since: Date): Promise<void> {
    const campaigns = await rows<{ id: string }>(
      this.database,
      `/* campaignsOfTemplate */ SELECT id FROM campaigns WHERE template_id = $1 AND status = 'ACTIVE' ORDER BY id`,
      [templateId],
    );
    await oneByOne(campaigns, async ({ id }) => {
      const paused = await changeCampaign(this.database, this.publish, id, async (transaction) =>
        pauseCampaign(transaction, id, await withWaiting(transaction, id, reason), since),
      );
      if (paused) this.log.warn({ campaignId: id, reason }, 'a campaign was paused');
    });
  }
}

/** A failure concerns one of them: the others are done, and then it is thrown. */
async function oneByOne<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const one of all) await work(one).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
