import { prepared, rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { marketingOnly } from '../../audience/opt-outs/suppression.entity';
import { isOpen } from './due';

/** A recipient that this worker may send to, for as long as it holds the claim. */
export interface ClaimedRecipient {
  seq: number;
  phone: string;
  name: string;
  email: string | null;
  claim_no: number;
  attempts: number;
  /** Times that WhatsApp's limit for this pair of numbers refused the message. */
  pair_tries: number;
  /** Opted out of this kind of message, or was erased, after the campaign had started. */
  opted_out: boolean;
}

export interface Claim {
  id: string;
  /** In the order in which they are posted. */
  recipients: ClaimedRecipient[];
}

/** The lease: the worker of a claim that is not renewed for this long is taken for dead. */
const leaseMs = 8000;
/** How often a living worker renews its claims. */
export const renewEveryMs = 2000;

/**
 * Takes up to `limit` recipients of an active campaign: due retries first, then the next of the feed. They are SENDING,
 * committed, before any message is posted. One statement:
 *
 * job         the campaign, if it is active and its window open, and whether its template is of the category MARKETING
 * due         retries whose time has come
 * retry       those of them still QUEUED and not locked elsewhere
 * place       the campaign's row of the feed, locked: only here do claims of one campaign wait for each other
 * feed        the feed, advanced by as many as are still wanted
 * claimed     all recipients taken, with a new claim number, which fences reports of earlier claims
 * unfollowed  their follow-ups, deleted
 * held        the claim, stored with its lease
 * begun       its begun mark, 0 yet
 *
 * Two columns have the name `begun`. `delivery_claims.begun` is NULL while the claim is open; when it is closed, it is set
 * to how many may have been posted. `delivery_begun.begun` is the running count of an open claim.
 */
export async function claimBatch(sql: Sql, id: string, campaignId: string, limit: number): Promise<Claim> {
  const recipients = await rows<ClaimedRecipient>(sql, claimStatement, [campaignId, limit, id, leaseMs]);
  return { id, recipients: recipients.sort((a, b) => a.seq - b.seq) };
}

const lease = (parameter: string) => `now() + make_interval(secs => ${parameter}::float8 / 1000)`;

const claimStatement = prepared(`/* claimBatch */ WITH job AS (
  SELECT c.business_id, coalesce(t.category = 'MARKETING', false) AS marketing
  FROM campaigns c JOIN campaign_feeds w ON w.campaign_id = c.id LEFT JOIN templates t ON t.id = c.template_id
  WHERE c.id = $1 AND c.status = 'ACTIVE' AND c.materialised_at IS NOT NULL AND ${isOpen('w')}
), due AS (
  SELECT f.seq FROM delivery_followups f, job
  WHERE f.campaign_id = $1 AND f.kind = 'RETRY' AND f.due_at <= now() ORDER BY f.due_at LIMIT $2
), retry AS (
  SELECT r.seq FROM campaign_recipients r
  WHERE r.campaign_id = $1 AND r.seq = ANY (ARRAY(SELECT seq FROM due)) AND r.status = 'QUEUED'
  FOR NO KEY UPDATE SKIP LOCKED
), place AS (
  SELECT f.next_seq, f.open_until FROM campaign_feeds f, job
  WHERE f.campaign_id = $1 AND f.next_seq <= f.open_until AND (SELECT count(*) FROM retry) < $2
  FOR NO KEY UPDATE OF f
), feed AS (
  UPDATE campaign_feeds f
  SET next_seq = least(place.next_seq + $2 - (SELECT count(*) FROM retry)::int, place.open_until + 1)
  FROM place WHERE f.campaign_id = $1
  RETURNING place.next_seq AS first, f.next_seq - 1 AS last
), claimed AS (
  UPDATE campaign_recipients r SET status = 'SENDING', claim_no = r.claim_no + 1
  WHERE r.campaign_id = $1 AND r.status = 'QUEUED'
    AND r.seq = ANY (ARRAY(SELECT seq FROM retry UNION ALL SELECT generate_series(first, last) FROM feed))
  RETURNING r.seq, r.phone, r.identity, r.name, r.email, r.claim_no, r.attempts, r.pair_tries
), unfollowed AS (
  DELETE FROM delivery_followups f USING claimed WHERE f.campaign_id = $1 AND f.seq = claimed.seq
), held AS (
  INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at)
  SELECT $3, $1, array_agg(seq ORDER BY seq), array_agg(claim_no ORDER BY seq), ${lease('$4')} FROM claimed HAVING count(*) > 0
), begun AS (
  INSERT INTO delivery_begun (claim_id) SELECT $3 WHERE EXISTS (SELECT FROM claimed)
)
SELECT claimed.*, claimed.identity IS NULL OR EXISTS (
  SELECT FROM suppressions s WHERE s.business_id = (SELECT business_id FROM job)
    AND s.identity = phone_identity(claimed.phone) AND NOT s.lifted
    AND (s.source NOT IN (${marketingOnly}) OR (SELECT marketing FROM job))) AS opted_out
FROM claimed`);

/**
 * For a claim whose commit was not confirmed: it may be in the tables or not, and none of its recipients was posted. The
 * sweep puts them back into the queue.
 */
export async function abandonClaim(sql: Sql, id: string): Promise<void> {
  await rows(
    sql,
    `/* abandonClaim */ WITH abandoned AS (UPDATE delivery_claims SET begun = 0 WHERE id = $1 AND begun IS NULL RETURNING id)
     DELETE FROM delivery_begun b USING abandoned WHERE b.claim_id = abandoned.id`,
    [id],
  );
}

/** Extends the leases of a worker's claims; claims that are being released or closed at the moment are skipped. */
export async function renewClaims(sql: Sql, ids: readonly string[]): Promise<void> {
  await rows(
    sql,
    `/* renewClaims */ UPDATE delivery_claims c SET expires_at = ${lease('$2')} FROM (
       SELECT id FROM delivery_claims WHERE id = ANY ($1::uuid[]) AND begun IS NULL FOR UPDATE SKIP LOCKED) mine
     WHERE c.id = mine.id`,
    [ids, leaseMs],
  );
}

/** The first `begun` recipients of a claim are about to be posted. */
export interface Begun {
  claimId: string;
  begun: number;
}

/**
 * Marks, before the posts, how many recipients of each claim may have been posted: if the worker dies, all others can be sent
 * to again: they certainly got nothing.
 * @returns the claims that are still held, of campaigns that are still active; recipients of other claims must not be
 *   posted
 */
export async function markBegun(sql: Sql, marks: readonly Begun[]): Promise<Set<string>> {
  // sorted, so that two workers cannot deadlock
  const sorted = [...marks].sort((a, b) => (a.claimId < b.claimId ? -1 : 1));
  const held = await rows<{ claim_id: string }>(sql, markStatement, [
    sorted.map((mark) => mark.claimId),
    sorted.map((mark) => mark.begun),
  ]);
  return new Set(held.map((row) => row.claim_id));
}

const markStatement = prepared(`/* markBegun */ UPDATE delivery_begun b SET begun = i.begun
FROM unnest($1::uuid[], $2::int[]) AS i (claim_id, begun) JOIN delivery_claims d ON d.id = i.claim_id
  JOIN campaigns c ON c.id = d.campaign_id AND c.status = 'ACTIVE'
WHERE b.claim_id = i.claim_id RETURNING b.claim_id`);
