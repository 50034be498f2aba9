import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';

/** Somebody stopped (or resumed) messages from a WhatsApp number: for the businesses that own it, on all campaigns. */
export async function recordPreference(
  sql: Sql,
  preference: { kind: 'stop' | 'resume'; phoneNumberId: string; phone: string; reason: string },
): Promise<void> {
  if (preference.kind === 'resume') {
    await rows(
      sql,
      `/* resume */ DELETE FROM suppressions WHERE phone = $2
       AND business_id IN (SELECT business_id FROM senders WHERE phone_number_id = $1)`,
      [preference.phoneNumberId, preference.phone],
    );
    return;
  }
  await rows(
    sql,
    `/* optOut */ INSERT INTO suppressions (business_id, phone, reason)
     SELECT DISTINCT business_id, $2, $3 FROM senders WHERE phone_number_id = $1
     ON CONFLICT DO NOTHING`,
    [preference.phoneNumberId, preference.phone, preference.reason],
  );
}

/** People whom WhatsApp reported as having stopped marketing (131050), by their places in campaigns. */
export async function suppressRecipients(
  sql: Sql,
  campaignIds: readonly string[],
  seqs: readonly number[],
): Promise<void> {
  await rows(
    sql,
    `/* suppressRecipients */ INSERT INTO suppressions (business_id, phone, reason)
     SELECT DISTINCT c.business_id, r.phone, 'stopped marketing messages in WhatsApp'
     FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
     JOIN campaign_recipients r USING (campaign_id, seq) JOIN campaigns c ON c.id = i.campaign_id
     ON CONFLICT DO NOTHING`,
    [campaignIds, seqs],
  );
}
