import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { OptOutSource } from './suppression.entity';

/** A person who opts out or in by themselves, and of which businesses. */
export interface OptOutChange {
  businessIds: readonly string[];
  /** E.164; all spellings and numbers that are known of the person. */
  phones: readonly string[];
  /** In words. */
  reason: string;
  /** When it happened, by the event's own time. */
  at: Date;
}

/**
 * Which opt-outs a person's own opt-in lifts, by its source. What the business entered itself (MANUAL, IMPORT) stays;
 * WhatsApp's own control lifts only opt-outs made in WhatsApp.
 */
export const liftedBy = {
  KEYWORD: [OptOutSource.KEYWORD, OptOutSource.BUTTON, OptOutSource.WHATSAPP, OptOutSource.REFUSED],
  WHATSAPP: [OptOutSource.WHATSAPP, OptOutSource.REFUSED],
} as const;

/**
 * Each business and person once; sorted, so that two transactions cannot deadlock. With the identity the database need
 * not derive it row by row.
 */
const people = `SELECT DISTINCT ON (business_id, identity) business_id, identity, phone
  FROM unnest($1::uuid[]) AS b (business_id), unnest($2::text[]) AS p (phone),
    LATERAL (SELECT phone_identity(phone) AS identity) i
  ORDER BY business_id, identity`;

/**
 * Opts people out. An event from before the latest change of the same source changes nothing; of two in the same second
 * the one that arrives later counts.
 */
export async function optOut(sql: Sql, source: OptOutSource, change: OptOutChange): Promise<void> {
  await rows(
    sql,
    `/* optOut */ INSERT INTO suppressions AS s (business_id, identity, phone, source, reason, changed_at, created_at)
     SELECT business_id, identity, phone, $3, $4, $5, $5 FROM (${people}) people ${onConflict(`s.lifted`)}`,
    [change.businessIds, change.phones, source, change.reason, change.at],
  );
}

/**
 * Lifts opt-outs of these sources, by the same rule. A source without an opt-out is stored as lifted, so that an earlier
 * "stop" that arrives later does not count.
 */
export async function optIn(sql: Sql, sources: readonly OptOutSource[], change: OptOutChange): Promise<void> {
  await rows(
    sql,
    `/* optIn */ INSERT INTO suppressions AS s (business_id, identity, phone, source, reason, changed_at, lifted)
     SELECT business_id, identity, phone, source, $4, $5, true FROM (${people}) people, unnest($3::text[]) AS source
     ORDER BY business_id, identity, source ${onConflict(`NOT s.lifted`)}`,
    [change.businessIds, change.phones, [...sources].sort(), change.reason, change.at],
  );
}

/**
 * A repeated event only moves `changed_at`: reason and beginning stay those of the change that the history tells.
 * @param changes SQL: whether the row would change
 */
function onConflict(changes: string): string {
  return `ON CONFLICT (business_id, identity, source) DO UPDATE
    SET lifted = excluded.lifted, changed_at = excluded.changed_at,
      reason = CASE WHEN s.lifted = excluded.lifted THEN s.reason ELSE excluded.reason END,
      created_at = CASE WHEN s.lifted AND NOT excluded.lifted THEN excluded.changed_at ELSE s.created_at END
    WHERE s.changed_at < excluded.changed_at OR (s.changed_at = excluded.changed_at AND ${changes})`;
}

/** Opt-outs that a business enters by itself: in the API (MANUAL) or as a list (IMPORT). */
export interface EnteredOptOuts {
  businessId: string;
  source: OptOutSource.MANUAL | OptOutSource.IMPORT;
  /** E.164, in any order and spelling, each with the reason in words; who occurs twice is entered once. */
  people: readonly { phone: string; reason: string }[];
  /** When they were entered; of a list, when its import began: an opt-in since then wins. */
  at: Date;
}

/** People, each counted once: `changed` were not opted out by this source before; `unchanged` were. */
export interface EnteredCount {
  changed: number;
  unchanged: number;
}

/** Opts out a set of people of one business. Can run twice: the second time everybody is unchanged. */
export async function enterOptOuts(sql: Sql, entered: EnteredOptOuts): Promise<EnteredCount> {
  const { businessId, source, at } = entered;
  const [count] = await rows<EnteredCount>(
    sql,
    `/* enterOptOuts */ WITH people AS (
       SELECT DISTINCT ON (identity) identity, phone, reason FROM unnest($2::text[], $4::text[]) AS p (phone, reason),
         LATERAL (SELECT phone_identity(phone) AS identity) i
       -- sorted, so that two transactions cannot deadlock
       ORDER BY identity
     ), changed AS (
       INSERT INTO suppressions AS s (business_id, identity, phone, source, reason, changed_at, created_at)
       SELECT $1, identity, phone, $3, reason, $5, $5 FROM people
       ON CONFLICT (business_id, identity, source) DO UPDATE SET lifted = false, reason = excluded.reason,
         changed_at = excluded.changed_at, created_at = excluded.created_at
       WHERE s.lifted AND s.changed_at <= excluded.changed_at
       RETURNING 1
     ) SELECT (SELECT count(*) FROM changed)::int AS changed,
       (SELECT count(*) FROM people)::int - (SELECT count(*) FROM changed)::int AS unchanged`,
    [
      businessId,
      entered.people.map(({ phone }) => phone),
      source,
      entered.people.map(({ reason }) => reason),
      at,
    ],
  );
  return count ?? { changed: 0, unchanged: 0 };
}

/** Opt-ins that a business enters by itself. */
export interface EnteredOptIns {
  businessId: string;
  /** E.164, in any order and spelling. */
  phones: readonly string[];
  /** In words. */
  reason: string;
  at: Date;
}

/** Sources of opt-outs that may arrive after a later opt-in. */
const mayBeLate = Object.values(OptOutSource).filter((source) => source !== OptOutSource.MANUAL);

/**
 * Lifts all opt-outs of a set of people of one business, and keeps stops from before from counting when they arrive later.
 * Can run twice.
 */
export async function enterOptIns(sql: Sql, entered: EnteredOptIns): Promise<EnteredCount> {
  const { businessId, phones, reason, at } = entered;
  const [count] = await rows<EnteredCount>(
    sql,
    `/* enterOptIns */ WITH people AS (${people}), known AS (
       SELECT s.* FROM people p CROSS JOIN LATERAL (
         SELECT s.business_id, s.identity, s.phone, s.source, s.lifted OR s.changed_at > $5 AS stays FROM suppressions s
         -- one index lookup for each: with a table that was never analysed the planner would compare all with all
         WHERE s.business_id = p.business_id AND s.identity = p.identity OFFSET 0) s
     ), lifted AS (
       INSERT INTO suppressions AS s (business_id, identity, phone, source, reason, changed_at, lifted)
       SELECT business_id, identity, phone, source, $4, $5, true FROM (
         SELECT business_id, identity, phone, source FROM people, unnest($3::text[]) AS source
         UNION ALL SELECT business_id, identity, phone, source FROM known WHERE source <> ALL ($3::text[])) sources
       ORDER BY business_id, identity, source ${onConflict(`NOT s.lifted`)}
     ), counted AS (
       SELECT count(DISTINCT identity)::int AS changed FROM known WHERE NOT stays
     ) SELECT changed, (SELECT count(*) FROM people)::int - changed AS unchanged FROM counted`,
    [[businessId], phones, mayBeLate, reason, at],
  );
  return count ?? { changed: 0, unchanged: 0 };
}

/** A message that WhatsApp refused with 131050, by its place in a campaign. */
export interface RefusedMessage {
  campaignId: string;
  seq: number;
  /** When WhatsApp refused it. */
  at: Date;
}

/** WhatsApp refuses marketing messages to people who stopped them there (131050), even if no webhook reported it. */
export async function recordRefusals(sql: Sql, refused: readonly RefusedMessage[]): Promise<void> {
  await rows(
    sql,
    `/* recordRefusals */ INSERT INTO suppressions AS s (business_id, phone, source, reason, changed_at, created_at)
     SELECT DISTINCT ON (c.business_id, phone_identity(r.phone)) c.business_id, r.phone, '${OptOutSource.REFUSED}',
       'WhatsApp refused a message: the person stopped marketing messages', i.at, i.at
     FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS i (campaign_id, seq, at)
     JOIN campaign_recipients r USING (campaign_id, seq) JOIN campaigns c ON c.id = i.campaign_id
     ORDER BY c.business_id, phone_identity(r.phone), i.at DESC ${onConflict(`s.lifted`)}`,
    [refused.map((one) => one.campaignId), refused.map((one) => one.seq), refused.map((one) => one.at)],
  );
}
