import { counted, RecipientStatus } from '../../campaigns/recipient-status';
import { movedBits, noteBlocks } from '../../campaigns/recipients/blocks';
import { prepared, rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { Charge } from '../webhook/charge';
import type { Move } from './move';
import { isAllowed, plausible, quoted } from './statement-parts';
import type { ChangedCampaign } from './statement-parts';

const { SENDING, SENT, DELIVERED, READ } = RecipientStatus;

/** The statuses of those with whom all goes well, and so nearly all that is reported: each only leads to a later one. */
const onTheWay = [SENDING, SENT, DELIVERED, READ];

/** What a statement of progress changed. */
export interface Progress {
  changed: ChangedCampaign[];
  /** Reports about recipients with another status, e.g. FAILED: the statement of settle.ts settles these. */
  left: Move[];
}

/** Whether a report says no more than that a message was sent, delivered or read, and what it costs. */
export function isProgress(move: Move): boolean {
  return (
    onTheWay.includes(move.to) &&
    move.from === undefined &&
    !move.attempts &&
    move.errorCode === undefined &&
    move.errorMessage === undefined &&
    move.messageStatus === undefined &&
    move.dueInMs === undefined &&
    move.skippedReason === undefined &&
    (move.charges === undefined || Object.keys(move.charges).length === 1)
  );
}

/**
 * Settles progress: the same as the whole statement, in half of the time, since it locks each row by moving it and has
 * nothing to do for setbacks. It changes only rows of people on the way; all others it leaves.
 * @param reports progress, at most one for each recipient, in the order of the locks
 * @param ended claims that end with these reports; they stay when anything is left
 */
export async function settleProgress(
  sql: Sql,
  reports: readonly Move[],
  ended: readonly string[],
): Promise<Progress> {
  const charges = new Charges();
  const [first, ...more] = await rows<{ places: number[] | null } & Partial<ChangedCampaign>>(
    sql,
    statement,
    [
      listOf(reports, ({ campaignId }) => campaignId),
      listOf(reports, ({ seq }) => seq),
      listOf(reports, ({ to }) => to),
      listOf(reports, ({ claimNo }) => claimNo),
      listOf(reports, ({ wamid }) => wamid && quotedText(wamid)),
      listOf(reports, ({ waId }) => waId && quotedText(waId)),
      listOf(reports, ({ userId }) => userId && quotedText(userId)),
      listOf(reports, ({ sentAt }) => sentAt?.toISOString()),
      listOf(reports, ({ deliveredAt }) => deliveredAt?.toISOString()),
      listOf(reports, ({ readAt }) => readAt?.toISOString()),
      listOf(reports, (move) => charges.placeOf(move)),
      charges.claims,
      charges.amounts,
      charges.currencies,
      ended,
    ],
  );
  const changed = [first, ...more].filter((row): row is ChangedCampaign & { places: null } => !!row?.id);
  return {
    changed: changed.map(({ places: _, ...campaign }) => campaign),
    left: (first?.places ?? []).flatMap((place) => reports[place - 1] ?? []),
  };
}

/** The charges of a set, each different one once: nearly all messages of a campaign cost the same. */
class Charges {
  readonly claims: string[] = [];
  readonly amounts: string[] = [];
  readonly currencies: string[] = [];
  private readonly places = new Map<string, number>();

  /** Where the charge of a report is, from 1 on; undefined if it has none. */
  placeOf({ charges }: Move): number | undefined {
    const [entry] = charges ? Object.entries(charges) : [];
    return entry && this.place(...entry);
  }

  private place(claim: string, [amount, currency]: Charge): number {
    const key = `${claim} ${amount} ${currency}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.claims.push(claim);
    this.amounts.push(amount);
    this.currencies.push(currency);
    this.places.set(key, this.claims.length);
    return this.claims.length;
  }
}

/**
 * A column of the reports as PostgreSQL spells arrays, empty when no report has a value. Joined here: pg looks at each value
 * for what it might be, which takes longer than all else of a report.
 */
function listOf(reports: readonly Move[], of: (report: Move) => string | number | undefined): string {
  const values = reports.map((report) => of(report) ?? 'NULL');
  return values.every((value) => value === 'NULL') ? '{}' : `{${values.join()}}`;
}

function quotedText(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}

const since = 'coalesce(r.sent_at, (SELECT started_at FROM campaigns c WHERE c.id = r.campaign_id))';
const [sentAt, deliveredAt, readAt] = [
  plausible('i.sent_at', since),
  plausible('i.delivered_at', since),
  plausible('i.read_at', since),
];
/** The person is on the way, the message not held back, and the person not erased. */
const isOnTheWay = `r.status IN (${quoted(onTheWay)}) AND r.message_status IS NULL AND r.identity IS NOT NULL`;
/** As in the whole statement; that a message was sent only the latest claim may say. */
const moves = `(${isAllowed('r.status', 'i.status')} AND (i.status <> '${SENT}' OR i.claim_no = r.claim_no))`;
/** The charge of the report, if it is not known yet. @param r the row as it was */
const newCharge = (r: string) =>
  `CASE WHEN i.charge IS NOT NULL AND NOT coalesce(${r}.charges ? ($12::text[])[i.charge], false) THEN i.charge END`;
const changesAnything = `(${moves} OR ${newCharge('r')} IS NOT NULL OR (r.wamid IS NULL AND i.wamid IS NOT NULL)
  OR (i.sent_at IS NOT NULL AND r.sent_at IS NULL) OR (i.delivered_at IS NOT NULL AND r.delivered_at IS NULL))`;

/** The counters that progress moves, from rows (`old`, `status`, `people`). */
const counters = Object.entries(counted)
  .map(
    ([name, statuses]) =>
      [name, onTheWay.filter((one) => (statuses as readonly RecipientStatus[]).includes(one))] as const,
  )
  .filter(([, statuses]) => statuses.length > 0);
const sumOf = (column: string, statuses: readonly RecipientStatus[]) =>
  `coalesce(sum(people) FILTER (WHERE ${column} IN (${quoted(statuses)})), 0)::int`;

/**
 * i          the reports. Its conditions hold for all, and let PostgreSQL estimate one report: so it goes through the reports in
 *            their order, which is that of the locks, and looks up the row of each. With more it would read the recipients
 *            from first to last, if there are not many, and lock them in the order in which they are stored
 * after      the rows, moved where allowed; times and ids are filled in even when the status stays
 * left_over  the reports that changed nothing, except those to which there was nothing to change
 * moved      how many people moved from where to where, and with which new charge
 * spent, total, minute, released, unmarked, ordered, noted: as in the whole statement
 * changed    the campaigns
 */
const statement = prepared(`/* settleProgress */ WITH i AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[],
      $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::int[])
    WITH ORDINALITY AS i (campaign_id, seq, status, claim_no, wamid, wa_id, user_id, sent_at, delivered_at, read_at, charge, place)
  WHERE place = abs(place) AND seq = abs(seq)
), after AS (
  UPDATE campaign_recipients r SET
    status = CASE WHEN ${moves} THEN i.status ELSE r.status END,
    wamid = coalesce(i.wamid, r.wamid),
    wa_id = coalesce(i.wa_id, r.wa_id),
    user_id = coalesce(i.user_id, r.user_id),
    error_code = CASE WHEN ${moves} THEN NULL ELSE r.error_code END,
    error_message = CASE WHEN ${moves} THEN NULL ELSE r.error_message END,
    sent_at = CASE WHEN i.status = '${SENT}' AND ${moves} THEN coalesce(${sentAt}, now())
      ELSE coalesce(r.sent_at, ${sentAt}, ${deliveredAt}, ${readAt}) END,
    delivered_at = least(coalesce(r.delivered_at, ${deliveredAt}), ${readAt}),
    read_at = coalesce(r.read_at, ${readAt}),
    charges = CASE WHEN ${newCharge('r')} IS NULL THEN r.charges ELSE coalesce(r.charges, '{}')
      || jsonb_build_object(($12::text[])[i.charge], jsonb_build_array(($13::text[])[i.charge], ($14::text[])[i.charge])) END
  FROM i WHERE r.campaign_id = i.campaign_id AND r.seq = i.seq AND ${isOnTheWay} AND ${changesAnything}
  RETURNING r.campaign_id, r.seq, r.status, i.place, OLD.status AS old, ${newCharge('OLD')} AS charge
), left_over AS (
  SELECT place FROM i WHERE place NOT IN (SELECT place FROM after) AND NOT EXISTS (
    SELECT FROM campaign_recipients r
    WHERE r.campaign_id = i.campaign_id AND r.seq = i.seq AND ${isOnTheWay} AND NOT ${changesAnything})
), moved AS (
  SELECT campaign_id, old, status, charge, count(*)::int AS people FROM after
  WHERE old <> status OR charge IS NOT NULL GROUP BY 1, 2, 3, 4
), spent AS (
  SELECT campaign_id, jsonb_object_agg(currency, amount::text) AS cost FROM (
    SELECT campaign_id, ($14::text[])[charge] AS currency, sum(people * ($13::numeric[])[charge]) AS amount
    FROM moved WHERE charge IS NOT NULL GROUP BY 1, 2) AS by_currency
  GROUP BY campaign_id
), total AS (
  SELECT campaign_id, ${counters.map(([name, statuses]) => `${sumOf('status', statuses)} - ${sumOf('old', statuses)} AS ${name}`).join(', ')}
  FROM moved GROUP BY campaign_id
), minute AS (
  INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, sent, delivered, read, failed)
  SELECT campaign_id, date_trunc('minute', now()), sent, delivered, read, 0 FROM total
  ORDER BY campaign_id
  ON CONFLICT (campaign_id, minute) DO UPDATE SET sent = m.sent + excluded.sent,
    delivered = m.delivered + excluded.delivered, read = m.read + excluded.read
), released AS (
  DELETE FROM delivery_claims WHERE id = ANY ($15::uuid[]) AND NOT EXISTS (SELECT FROM left_over) RETURNING id
), unmarked AS (
  DELETE FROM delivery_begun b USING released WHERE b.claim_id = released.id
), ordered AS (
  SELECT c.id FROM campaigns c JOIN total t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
), noted AS (
  ${noteBlocks('after WHERE old <> status', movedBits('status', 'NULL::int'))}
), changed AS (
  UPDATE campaigns c SET
    ${counters.map(([name]) => `${name}_count = c.${name}_count + t.${name}`).join(', ')},
    cost = CASE WHEN p.cost IS NULL THEN c.cost ELSE add_amounts(c.cost, p.cost) END,
    version = c.version + 1, updated_at = now()
  FROM total t JOIN ordered o ON o.id = t.campaign_id LEFT JOIN spent p ON p.campaign_id = t.campaign_id
  WHERE c.id = t.campaign_id
  RETURNING c.id, c.business_id, c.version, c.updated_at AS at, c.queued_count = 0 AND c.status IN ('ACTIVE', 'PAUSED') AS drained,
    CASE WHEN p.cost IS NOT NULL THEN c.cost END AS cost, ${counters.map(([name]) => `t.${name}`).join(', ')}
)
SELECT l.places, changed.* FROM (SELECT array_agg(place::int) AS places FROM left_over) l LEFT JOIN changed ON true`);
