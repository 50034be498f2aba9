import type { Business } from '../accounts/business.entity';
import { ExclusionReason } from './audience';
import { blockedCondition } from './blocked-countries';
import type { Bind } from './filter/filter';
import type { Audience } from './source';
import { optedOut } from './source';

/** What is sent, as far as it decides who may get it. A free-form message has no category. */
export type MessageKind = 'MARKETING' | 'UTILITY' | 'FREE_FORM';

/** Who of an audience is left out, and why; invalid and duplicate phones always are. */
export interface ExclusionPolicy {
  marketing: boolean;
  freeForm: boolean;
  /** The message shows the phone, or WhatsApp takes it for phones only: people known by a BSUID alone are left out. */
  needsPhone?: boolean;
  unreachableAfter: number | null;
  frequencyCap: { messages: number; days: number } | null;
  blockedCountries: readonly string[];
}

/** People to send to: an audience, and who of it is left out. What preview and materialise work on. */
export interface Selection {
  businessId: string;
  audience: Audience;
  policy: ExclusionPolicy;
  /** Percent of the people who could be sent to that are held out by chance. Left out: nobody. */
  holdoutPercent?: number;
}

/** The policy of a business for a kind of message. The frequency cap concerns marketing only. */
export function exclusionPolicy(business: Business, message: MessageKind): ExclusionPolicy {
  const marketing = message === 'MARKETING';
  const { frequencyCapMessages: messages, frequencyCapDays: days } = business;
  return {
    marketing,
    freeForm: message === 'FREE_FORM',
    unreachableAfter: business.unreachableAfter,
    frequencyCap: marketing && messages !== null && days !== null ? { messages, days } : null,
    blockedCountries: business.blockedCountries,
  };
}

/** SQL on a person, alias p with `identity`. */
export interface Exclusions {
  joins: string;
  /** Why the person is left out; NULL for who is sent to. */
  reason: string;
  /** Whether the person is sent to: the same, in a form that the planner can estimate. */
  allowed: string;
  /** Those that can occur, in the order of precedence. */
  reasons: ExclusionReason[];
}

/**
 * Why a person (alias p, with `identity`) is left out, as LEFT JOINs and an expression that is NULL for who is sent to. In
 * the order of precedence, after INVALID_PHONE and DUPLICATE_PHONE, which are not about the person. Everything is found by
 * identity, so it does not matter which of a person's contacts is looked at. Only what the policy asks for is joined.
 * @param people name of a relation with the identities of the audience
 */
export function exclusions({ businessId, policy }: Selection, people: string, bind: Bind): Exclusions {
  const business = bind(businessId);
  const joins: string[] = [];
  const cases: string[] = [];
  const reasons: ExclusionReason[] = [];
  const allowed: string[] = [];
  const when = (condition: string, reason: ExclusionReason, otherwise: string) => {
    reasons.push(reason);
    allowed.push(otherwise);
    cases.push(`WHEN ${condition} THEN '${reason}'`);
  };
  const join = (reason: ExclusionReason, alias: string, select: string) => {
    joins.push(`LEFT JOIN (${select}) ${alias} ON ${alias}.identity = p.identity`);
    when(`${alias}.identity IS NOT NULL`, reason, `${alias}.identity IS NULL`);
  };
  join(ExclusionReason.OPTED_OUT, 'opted_out', optedOut(business, policy.marketing));
  if (policy.unreachableAfter !== null)
    join(ExclusionReason.UNREACHABLE, 'unreachable', unreachable(business, bind(policy.unreachableAfter)));
  if (policy.frequencyCap) {
    const { messages, days } = policy.frequencyCap;
    join(ExclusionReason.FREQUENCY_CAPPED, 'capped', capped(business, people, bind(messages), bind(days)));
  }
  if (policy.freeForm) {
    joins.push(`LEFT JOIN (${openWindows(business)}) open_window ON open_window.identity = p.identity`);
    when('open_window.identity IS NULL', ExclusionReason.NO_OPEN_WINDOW, 'open_window.identity IS NOT NULL');
  }
  const blocked = blockedCondition('p.identity', policy.blockedCountries, bind);
  if (blocked) when(blocked, ExclusionReason.BLOCKED_COUNTRY, `NOT ${blocked}`);
  return {
    joins: joins.join('\n'),
    reason: `CASE ${cases.join(' ')} END`,
    allowed: allowed.join(' AND '),
    reasons,
  };
}

/**
 * People whose latest messages, as many as `after` says, all failed because the number is not on WhatsApp. Those messages
 * are kept apart (`unreachable_failures`), so that only the few people with so many of them are looked up among the
 * recipients, and only in campaigns that moved since.
 */
function unreachable(business: string, after: string): string {
  return `SELECT u.identity FROM (
      SELECT f.identity, coalesce(r.sent_at, r.failed_at) AS at,
        row_number() OVER (PARTITION BY f.identity ORDER BY coalesce(r.sent_at, r.failed_at) DESC) AS place
      FROM unreachable_failures f JOIN campaign_recipients r USING (campaign_id, seq)
      WHERE f.business_id = ${business} AND r.status = 'FAILED' AND r.error_code = 131026
    ) u
    WHERE u.place = ${after}::integer AND NOT EXISTS (
      SELECT FROM campaigns k JOIN campaign_recipients r ON r.campaign_id = k.id
      WHERE k.business_id = ${business} AND k.materialised_at IS NOT NULL AND k.updated_at >= u.at
        AND r.identity = u.identity AND r.excluded_reason IS NULL
        AND ((r.status IN ('SENT', 'DELIVERED', 'READ') AND greatest(r.sent_at, r.delivered_at, r.read_at) > u.at)
          OR (r.status = 'FAILED' AND r.error_code IS DISTINCT FROM 131026 AND coalesce(r.sent_at, r.failed_at) > u.at)))`;
}

/**
 * People who got as many marketing messages in so many days: accepted by WhatsApp and not since reported failed. Only
 * campaigns that moved in these days can have sent one; in them people are found by campaign and identity, or all
 * recipients are read, whichever the planner finds cheaper.
 */
function capped(business: string, people: string, messages: string, days: string): string {
  const since = `now() - make_interval(days => ${days}::integer)`;
  return `SELECT r.identity FROM campaign_recipients r
    WHERE r.campaign_id = ANY (ARRAY(SELECT k.id FROM campaigns k JOIN templates t ON t.id = k.template_id
        WHERE k.business_id = ${business} AND t.category = 'MARKETING' AND k.materialised_at IS NOT NULL AND k.updated_at >= ${since}))
      AND r.excluded_reason IS NULL AND r.status IN ('SENT', 'DELIVERED', 'READ') AND r.sent_at > ${since}
      AND r.identity IN (SELECT identity FROM ${people})
    GROUP BY r.identity HAVING count(*) >= ${messages}::integer`;
}

/** People to whom WhatsApp delivers free-form messages: they wrote within 24 hours. */
function openWindows(business: string): string {
  return `SELECT identity FROM conversation_windows
    WHERE business_id = ${business} AND last_inbound_at > now() - interval '24 hours'`;
}
