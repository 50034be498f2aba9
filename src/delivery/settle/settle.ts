import { isInTransaction, persistently, prepared, rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { SettledCounter } from '../../campaigns/counters';
import type { CampaignDelta } from '../../campaigns/deltas';
import { codesOf } from '../../whatsapp/error-catalogue';
import { counted, fencedTargets, RecipientStatus } from '../../campaigns/recipient-status';
import type { StatusCounter } from '../../campaigns/recipient-status';
import { failures, noted, reopened, retried, returnedBefore } from './kept-with-moves';
import { combine } from './move';
import type { Move } from './move';
import { isProgress, settleProgress } from './progress';
import { isAllowed, plausible, quoted } from './statement-parts';
import type { ChangedCampaign } from './statement-parts';

/** What a settle changed. */
export interface Settled {
  /** One per campaign that changed, to be published after the commit. */
  deltas: CampaignDelta[];
  /** Of these, the campaigns in which nobody is queued or being sent any more: they may be done. */
  drained: string[];
  /**
   * Whether a report of a setback (to QUEUED, UNCONFIRMED, FAILED or SKIPPED) moved its recipient. Always false for
   * other reports.
   */
  applied: (report: Pick<Move, 'campaignId' | 'seq' | 'claimNo' | 'to'>) => boolean;
}

/**
 * The one writer of recipients' statuses and campaigns' counters. Counters change by exactly the moves that happened, in
 * the statement that moves the rows. Late, repeated and reordered reports change nothing.
 *
 * Lock order everywhere: recipients by (campaign_id, seq), then campaigns by id. That order and the sorted input
 * keep two writers from waiting for each other. So in a transaction there is one statement; outside of one, progress has
 * a quicker statement of its own, committed before the rest.
 *
 * @param ended claims that end with these reports, which are about the last of their recipients
 */
export async function settle(
  sql: Sql,
  reports: readonly Move[],
  ended: readonly string[] = [],
): Promise<Settled> {
  const sorted = combine(reports);
  const progress = isInTransaction(sql) ? [] : sorted.filter(isProgress);
  if (progress.length === 0) return settledBy(await settleAll(sql, sorted, ended));
  const isAll = progress.length === sorted.length;
  const { changed, left } = await settleProgress(sql, progress, isAll ? ended : []);
  if (isAll && left.length === 0) return settledBy(changed);
  const rest = combine([...left, ...sorted.filter((move) => !isProgress(move))]);
  // not all of it again after a deadlock: what progress has changed would be reported to nobody
  return settledBy([...changed, ...(await persistently(() => settleAll(sql, rest, ended)))]);
}

/** Settles reports of every kind. */
async function settleAll(
  sql: Sql,
  reports: readonly Move[],
  ended: readonly string[],
): Promise<ChangedCampaign[]> {
  if (reports.length === 0) return [];
  return rows<ChangedCampaign>(sql, settleStatement, [
    reports.map((move) => move.campaignId),
    reports.map((move) => move.seq),
    reports.map((move) => move.to),
    reports.map((move) => move.claimNo),
    column(reports, (move) => move.attempts || undefined),
    column(reports, (move) => move.wamid),
    column(reports, (move) => move.errorCode),
    column(reports, (move) => move.errorMessage?.slice(0, 1000)),
    column(reports, (move) => move.sentAt),
    column(reports, (move) => move.deliveredAt),
    column(reports, (move) => move.readAt),
    column(reports, (move) => move.dueInMs),
    column(reports, (move) => move.from),
    ended,
    column(reports, (move) => move.waId),
    column(reports, (move) => move.skippedReason),
    column(reports, (move) => move.messageStatus),
    column(reports, (move) => move.charges && JSON.stringify(move.charges)),
    column(reports, (move) => move.userId),
  ]);
}

function settledBy(changed: readonly ChangedCampaign[]): Settled {
  return {
    deltas: changed.map((campaign) => {
      const {
        id,
        business_id: businessId,
        version,
        at,
        reopened,
        cost,
        drained: _,
        setbacks: __,
        ...counts
      } = campaign;
      return {
        campaignId: id,
        businessId,
        version,
        at: at.toISOString(),
        deltas: Object.fromEntries(Object.entries(counts).filter(([, by]) => by !== 0)),
        ...(reopened ? { set: reopened } : {}),
        ...(cost ? { amounts: { cost } } : {}),
      };
    }),
    drained: changed.filter(({ drained }) => drained).map(({ id }) => id),
    applied: appliedIn(changed),
  };
}

/** Most sets have no setbacks, and some callers never ask: the lookup table is built at the first question. */
function appliedIn(changed: readonly ChangedCampaign[]): Settled['applied'] {
  let places: Set<string> | undefined;
  return ({ campaignId, seq, claimNo, to }) => {
    places ??= new Set(
      changed.flatMap(({ id, setbacks }) =>
        Object.entries(setbacks ?? {}).flatMap(([status, moved]) =>
          moved.map(([movedSeq, movedClaim]) => `${id}:${movedSeq}:${movedClaim}:${status}`),
        ),
      ),
    );
    return places.has(`${campaignId}:${seq}:${claimNo}:${to}`);
  };
}

/** One column of the reports for unnest; empty when no report has a value, since unnest then fills it with nulls. */
function column<T>(reports: readonly Move[], of: (report: Move) => T | undefined): (T | null)[] {
  let values: (T | null)[] | undefined;
  for (const [i, report] of reports.entries()) {
    const value = of(report) ?? null;
    if (value === null) continue;
    values ??= reports.map(() => null);
    values[i] = value;
  }
  return values ?? [];
}

/** How a counter changes by the moves of a set of rows from `old` to `status`. */
const change = (statuses: readonly RecipientStatus[]) =>
  `(count(*) FILTER (WHERE status IN (${quoted(statuses)})) - count(*) FILTER (WHERE old IN (${quoted(statuses)})))::int`;

const counters: [SettledCounter, string][] = [
  ...(Object.entries(counted) as [StatusCounter, readonly RecipientStatus[]][]).map(
    ([name, statuses]): [SettledCounter, string] => [name, change(statuses)],
  ),
  ['held', '(count(message_status) - count(*) FILTER (WHERE was_held))::int'],
];
const { QUEUED, UNCONFIRMED, SENT, FAILED, SKIPPED } = RecipientStatus;
/** Statuses that report a setback. */
const setbacks = [QUEUED, UNCONFIRMED, FAILED, SKIPPED];

/**
 * report      what came in
 * before      the rows as they are, locked in order
 * started     when the campaigns started: no time of a message can be earlier. MATERIALIZED: PostgreSQL estimates ten reports,
 *             however many there are, and would read all of them again for each of them
 * decided     the core: whether the move of each report is allowed (`moves`), and whether it ends the holding of a message
 *             (`releases`). MATERIALIZED: these conditions would be evaluated again wherever they are used
 * after       the rows, moved where allowed; times and the wamid are filled in even when the status stays
 * special     the moves that need more than to be counted; most sets have none, and the parts that read it have nothing to do
 * followed    follow-ups written for those who need another look
 * unfollowed  follow-ups deleted of those who need none any more
 * setback     the reports of setbacks that moved their recipient, by campaign
 * spent       what the charges that are new add up to, by campaign
 * total       how the counters change, by campaign
 * minute      the same in the timeline
 * released    claims that are over, deleted; taken after the campaigns
 * unmarked    their begun marks, deleted
 * ordered     the campaigns, locked in order
 * retried, noted, failures, reopened: kept-with-moves.ts
 *
 * Data-modifying parts see one snapshot; `before` holds the locks, so `old` is what is really replaced.
 */
const settleStatement = prepared(`/* settle */ WITH report AS (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::smallint[], $6::text[], $7::int[], $8::text[],
      $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::float8[], $13::text[], $15::text[], $16::text[], $17::text[], $18::jsonb[], $19::text[])
    AS i (campaign_id, seq, status, claim_no, attempts, wamid, error_code, error_message, sent_at, delivered_at, read_at, due_in_ms, expected, wa_id, skipped_reason, message_status, charges, user_id)
), before AS (
  SELECT r.campaign_id, r.seq, r.status, r.claim_no, r.wamid, r.sent_at, r.message_status, r.charges FROM campaign_recipients r JOIN report USING (campaign_id, seq)
  ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
), started AS MATERIALIZED (
  SELECT id, started_at FROM campaigns WHERE id IN (SELECT campaign_id FROM report WHERE coalesce(sent_at, delivered_at, read_at) IS NOT NULL)
), decided AS MATERIALIZED (
  SELECT i.campaign_id, i.seq, i.status, i.claim_no, i.attempts, i.wamid, i.error_code, i.error_message, i.due_in_ms, i.wa_id, i.skipped_reason, i.message_status, i.user_id,
    -- a message whose charge is known is not charged again
    CASE WHEN b.charges IS NULL THEN i.charges ELSE nullif(i.charges - ARRAY(SELECT jsonb_object_keys(b.charges)), '{}') END AS charges,
    ${['sent_at', 'delivered_at', 'read_at'].map((time) => `${plausible(`i.${time}`, 'coalesce(b.sent_at, s.started_at)')} AS ${time}`).join(', ')}, b.status AS old,
    b.message_status IS NOT NULL AS was_held,
    -- WhatsApp sent a held message on
    b.message_status IS NOT NULL AND i.status = '${SENT}' AND i.message_status IS NULL AND i.claim_no = b.claim_no AS releases,
    ${isAllowed('b.status', 'i.status')} AND (i.expected IS NULL OR i.expected = b.status)
      AND (i.status NOT IN (${quoted(fencedTargets)}) OR i.claim_no = b.claim_no)
      -- a failed recipient goes back to the queue only by a decision about failures, never by a late report
      AND NOT (i.status = '${QUEUED}' AND b.status = '${FAILED}' AND i.expected IS NULL)
      -- a late "sent", or the answer to the post, about a message that failed meanwhile takes nobody off the queue
      AND NOT (i.status = '${SENT}' AND b.status IN ('${QUEUED}', '${FAILED}') AND i.wamid = b.wamid) IS TRUE AS moves
  FROM report i JOIN before b USING (campaign_id, seq) LEFT JOIN started s ON s.id = i.campaign_id
), after AS (
  UPDATE campaign_recipients r SET
    status = CASE WHEN d.moves THEN d.status ELSE r.status END,
    attempts = r.attempts + CASE WHEN d.moves THEN coalesce(d.attempts, 0) ELSE 0 END,
    pair_tries = CASE WHEN NOT d.moves THEN r.pair_tries WHEN d.old = '${FAILED}' THEN 0
      WHEN d.error_code IN (${codesOf('pair').join()}) THEN r.pair_tries + 1 ELSE r.pair_tries END,
    -- WhatsApp's ids contain the number: of an erased person, who has no identity, they are not kept
    wamid = CASE WHEN r.identity IS NULL THEN r.wamid ELSE coalesce(d.wamid, r.wamid) END,
    message_status = CASE WHEN d.moves THEN d.message_status WHEN d.releases THEN NULL ELSE r.message_status END,
    wa_id = CASE WHEN r.identity IS NULL THEN r.wa_id ELSE coalesce(d.wa_id, r.wa_id) END,
    user_id = CASE WHEN r.identity IS NULL THEN r.user_id ELSE coalesce(d.user_id, r.user_id) END,
    error_code = CASE WHEN d.moves THEN d.error_code ELSE r.error_code END,
    error_message = CASE WHEN d.moves THEN d.error_message ELSE r.error_message END,
    skipped_reason = CASE WHEN d.moves THEN d.skipped_reason ELSE r.skipped_reason END,
    skipped_at = CASE WHEN NOT d.moves THEN r.skipped_at WHEN d.status = '${SKIPPED}' THEN now() END,
    -- the time of the latest message: a recipient who goes back to the queue has none
    sent_at = CASE WHEN d.moves AND d.status = '${QUEUED}' THEN NULL
      WHEN d.moves AND d.status = '${SENT}' THEN coalesce(d.sent_at, now())
      ELSE coalesce(r.sent_at, d.sent_at, d.delivered_at, d.read_at) END,
    -- a click may have told of the delivery before WhatsApp did
    delivered_at = least(coalesce(r.delivered_at, d.delivered_at), d.read_at),
    read_at = coalesce(r.read_at, d.read_at),
    charges = CASE WHEN d.charges IS NULL THEN r.charges ELSE coalesce(r.charges, '{}') || d.charges END,
    failed_at = CASE WHEN d.moves THEN CASE WHEN d.status = '${FAILED}' THEN now() END ELSE r.failed_at END
  FROM decided d
  WHERE r.campaign_id = d.campaign_id AND r.seq = d.seq
    AND (d.moves OR d.releases OR d.charges IS NOT NULL OR (r.wamid IS NULL AND d.wamid IS NOT NULL)
      OR (d.sent_at IS NOT NULL AND r.sent_at IS NULL) OR (d.delivered_at IS NOT NULL AND r.delivered_at IS NULL))
  RETURNING r.campaign_id, r.seq, r.status, r.claim_no, r.message_status, d.old, d.was_held, d.moves, d.releases, d.due_in_ms,
    d.charges, ${returnedBefore}
), special AS (
  SELECT * FROM after WHERE moves AND (status IN (${quoted(setbacks)}) OR old IN ('${QUEUED}', '${UNCONFIRMED}', '${FAILED}'))
), followed AS (
  INSERT INTO delivery_followups (campaign_id, seq, kind, due_at)
  SELECT campaign_id, seq, CASE status WHEN '${UNCONFIRMED}' THEN 'UNCONFIRMED' ELSE 'RETRY' END,
    statement_timestamp() + make_interval(secs => due_in_ms / 1000) FROM special
  WHERE status IN ('${QUEUED}', '${UNCONFIRMED}') AND due_in_ms IS NOT NULL
  ON CONFLICT (campaign_id, seq) DO UPDATE SET kind = excluded.kind, due_at = excluded.due_at
), unfollowed AS (
  DELETE FROM delivery_followups f USING special a
  WHERE a.old IN ('${QUEUED}', '${UNCONFIRMED}') AND a.status NOT IN ('${QUEUED}', '${UNCONFIRMED}')
    AND f.campaign_id = a.campaign_id AND f.seq = a.seq
), retried AS (
  ${retried}
), setback AS (
  SELECT campaign_id, jsonb_object_agg(status, places) AS by_status FROM (
    SELECT campaign_id, status, jsonb_agg(jsonb_build_array(seq, claim_no)) AS places FROM special
    WHERE status IN (${quoted(setbacks)}) GROUP BY campaign_id, status) AS by_campaign
  GROUP BY campaign_id
), spent AS (
  SELECT campaign_id, jsonb_object_agg(currency, amount::text) AS cost FROM (
    SELECT a.campaign_id, c.value->>1 AS currency, sum((c.value->>0)::numeric) AS amount
    FROM after a, jsonb_each(a.charges) AS c GROUP BY 1, 2) AS by_currency
  GROUP BY campaign_id
), total AS (
  SELECT campaign_id, ${counters.map(([name, by]) => `${by} AS ${name}`).join(', ')}
  FROM after WHERE moves OR releases OR charges IS NOT NULL GROUP BY campaign_id
), minute AS (
  INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, sent, delivered, read, failed)
  SELECT campaign_id, date_trunc('minute', now()), sent, delivered, read, failed FROM total
  ORDER BY campaign_id
  ON CONFLICT (campaign_id, minute) DO UPDATE SET sent = m.sent + excluded.sent,
    delivered = m.delivered + excluded.delivered, read = m.read + excluded.read, failed = m.failed + excluded.failed
), released AS (
  DELETE FROM delivery_claims WHERE id = ANY ($14::uuid[]) RETURNING id
), unmarked AS (
  DELETE FROM delivery_begun b USING released WHERE b.claim_id = released.id
), ordered AS (
  SELECT c.id, c.status FROM campaigns c JOIN total t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
), noted AS (
  ${noted}
), failures AS (
  ${failures}
), reopened AS (
  ${reopened}
)
UPDATE campaigns c SET
  ${counters.map(([name]) => `${name}_count = c.${name}_count + t.${name}`).join(', ')},
  -- somebody goes back to the queue just after the campaign was completed: then it is not complete
  status = CASE WHEN c.status = 'COMPLETED' AND t.queued > 0 THEN 'ACTIVE' ELSE c.status END,
  completed_at = CASE WHEN c.status = 'COMPLETED' AND t.queued > 0 THEN NULL ELSE c.completed_at END,
  cost = CASE WHEN p.cost IS NULL THEN c.cost ELSE add_amounts(c.cost, p.cost) END,
  version = c.version + 1, updated_at = now()
FROM total t JOIN ordered o ON o.id = t.campaign_id LEFT JOIN setback x ON x.campaign_id = t.campaign_id
  LEFT JOIN spent p ON p.campaign_id = t.campaign_id
WHERE c.id = t.campaign_id
RETURNING c.id, c.business_id, c.version, c.updated_at AS at, c.queued_count = 0 AND c.status IN ('ACTIVE', 'PAUSED') AS drained, x.by_status AS setbacks, CASE WHEN p.cost IS NOT NULL THEN c.cost END AS cost, ${counters.map(([name]) => `t.${name}`).join(', ')},
  CASE WHEN o.status = 'COMPLETED' AND c.status = 'ACTIVE' THEN jsonb_build_object('status', c.status, 'startedAt', c.started_at,
    'completedAt', c.completed_at, 'totalRecipients', c.total_recipients, 'excludedCount', c.excluded_count) END AS reopened`);
