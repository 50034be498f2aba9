import type { DataSource } from 'typeorm';

/** Gives a campaign recipients at these places who are being sent to, stored in this order, and makes it active. */
export async function storeSending(
  database: DataSource,
  campaignId: string,
  seqs: readonly number[],
): Promise<void> {
  await database.query(
    `INSERT INTO campaign_recipients (campaign_id, contact_kind, seq, phone, identity, status, claim_no)
     SELECT $1, 'CUSTOM', seq, phone, phone, 'SENDING', 1
     FROM unnest($2::int[]) seq, LATERAL (SELECT '+9198' || lpad(seq::text, 8, '0')) made (phone)`,
    [campaignId, seqs],
  );
  await database.query(`INSERT INTO campaign_recipient_blocks (campaign_id, block, seen) VALUES ($1, 0, 0)`, [
    campaignId,
  ]);
  await database.query(
    `UPDATE campaigns SET status = 'ACTIVE', started_at = now() - interval '1 hour', materialised_at = now(),
       queued_count = $2::int, total_recipients = $2::int WHERE id = $1`,
    [campaignId, seqs.length],
  );
}
