import { randomUUID } from 'node:crypto';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';

/** A person who is ours to send to, until the claim's time is over. */
export interface ClaimedRecipient {
  seq: number;
  phone: string;
  name: string;
  email: string | null;
  claim_no: number;
  attempts: number;
  /** Asked for no more messages after the audience was fixed. */
  opted_out: boolean;
}

export interface Claim {
  id: string;
  recipients: ClaimedRecipient[];
}

/**
 * Takes up to `limit` people of an active campaign: due retries first, then the next of the feed. They are SENDING,
 * committed, before any message leaves. One statement:
 *
 * due      retries whose time has come
 * retry    those of them still QUEUED and not being claimed elsewhere
 * feed     the campaign's place, locked: claims of one campaign take turns here and nowhere else
 * claimed  everybody taken, with a claim number that fences whoever held them before
 */
export async function claimBatch(
  sql: Sql,
  campaignId: string,
  limit: number,
  leaseMs: number,
): Promise<Claim> {
  const id = randomUUID();
  const recipients = await rows<ClaimedRecipient>(sql, claimStatement, [
    campaignId,
    limit,
    id,
    leaseMs / 1000,
  ]);
  return { id, recipients: recipients.sort((a, b) => a.seq - b.seq) };
}

const claimStatement = `/* claimBatch */ WITH job AS (
  SELECT business_id, total_recipients FROM campaigns WHERE id = $1 AND status = 'ACTIVE' AND materialised_at IS NOT NULL
), due AS (
  SELECT f.seq FROM delivery_followups f, job
  WHERE f.campaign_id = $1 AND f.kind = 'RETRY' AND f.due_at <= now() ORDER BY f.due_at LIMIT $2
), retry AS (
  SELECT r.seq FROM campaign_recipients r
  WHERE r.campaign_id = $1 AND r.seq = ANY (ARRAY(SELECT seq FROM due)) AND r.status = 'QUEUED'
  FOR NO KEY UPDATE SKIP LOCKED
), place AS (
  SELECT f.next_seq FROM campaign_feeds f, job
  WHERE f.campaign_id = $1 AND f.next_seq <= job.total_recipients AND (SELECT count(*) FROM retry) < $2
  FOR NO KEY UPDATE OF f
), feed AS (
  UPDATE campaign_feeds f
  SET next_seq = least(place.next_seq + $2 - (SELECT count(*) FROM retry)::int, job.total_recipients + 1)
  FROM place, job WHERE f.campaign_id = $1
  RETURNING place.next_seq AS first, f.next_seq - 1 AS last
), claimed AS (
  UPDATE campaign_recipients r SET status = 'SENDING', claim_no = r.claim_no + 1
  WHERE r.campaign_id = $1 AND r.status = 'QUEUED'
    AND r.seq = ANY (ARRAY(SELECT seq FROM retry UNION ALL SELECT generate_series(first, last) FROM feed))
  RETURNING r.seq, r.phone, r.name, r.email, r.claim_no, r.attempts
), unfollowed AS (
  DELETE FROM delivery_followups f USING claimed WHERE f.campaign_id = $1 AND f.seq = claimed.seq
), held AS (
  INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at)
  SELECT $3, $1, array_agg(seq), array_agg(claim_no), now() + make_interval(secs => $4) FROM claimed HAVING count(*) > 0
)
SELECT claimed.*, EXISTS (
  SELECT FROM suppressions s WHERE s.business_id = (SELECT business_id FROM job) AND s.phone = claimed.phone) AS opted_out
FROM claimed`;

/** Ends a claim; in the transaction that settles its people. */
export async function releaseClaim(sql: Sql, id: string): Promise<void> {
  await rows(sql, `/* releaseClaim */ DELETE FROM delivery_claims WHERE id = $1`, [id]);
}

/**
 * How long until a campaign has somebody to claim, in milliseconds by the database's clock; 0 is now. Undefined when
 * nobody is left.
 */
export async function nextDue(sql: Sql, campaignId: string): Promise<number | undefined> {
  const [next] = await rows<{ wait_ms: number | null }>(
    sql,
    `/* nextDue */ SELECT CASE WHEN f.next_seq <= c.total_recipients THEN 0 ELSE (
       SELECT greatest(extract(epoch FROM min(due_at) - now()) * 1000, 0) FROM delivery_followups
       WHERE campaign_id = $1 AND kind = 'RETRY') END::float8 AS wait_ms
     FROM campaigns c JOIN campaign_feeds f ON f.campaign_id = c.id WHERE c.id = $1 AND c.status = 'ACTIVE'`,
    [campaignId],
  );
  return next?.wait_ms ?? undefined;
}
