import type { ContactKind } from '../audience';
import { attributeCondition } from './compile-attribute';
import type { Bind, CampaignActivity, FlatFilter, Range, ResolvedFilter } from './filter';
import { outcomeConditions } from './outcome';
import { simplify } from './simplify';

/**
 * A checked filter as one SQL expression over a contact of this kind (alias c, a row of `leads` or `customers`), for a
 * WHERE: true for the contacts that match. All values are bound.
 *
 * A comparison with a column that is NULL gives NULL. AND and OR treat NULL in a WHERE as they treat false, so nothing need
 * be done about it, and indexes stay usable; only `not` turns it into "true" by itself (IS NOT TRUE).
 */
export function filterCondition(
  filter: ResolvedFilter,
  kind: ContactKind,
  businessId: string,
  bind: Bind,
): string {
  const asked = simplify(filter, kind);
  return typeof asked === 'boolean' ? String(asked) : compile(asked, { kind, businessId, bind });
}

interface Compilation {
  kind: ContactKind;
  businessId: string;
  bind: Bind;
}

function compile(filter: ResolvedFilter, context: Compilation): string {
  const parts = fieldConditions(filter, context);
  parts.push(...(filter.and ?? []).map((one) => compile(one, context)));
  if (filter.or) parts.push(`(${filter.or.map((one) => compile(one, context)).join(' OR ')})`);
  if (filter.members) parts.push(isMember(filter.members, context));
  if (filter.not) parts.push(`(${compile(filter.not, context)}) IS NOT TRUE`);
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
}

function fieldConditions(filter: FlatFilter, { kind, businessId, bind }: Compilation): string[] {
  const found: string[] = [];
  if (filter.status) found.push(`c.status = ANY (${bind(filter.status)}::text[])`);
  if (filter.quality) found.push(`c.quality = ANY (${bind(filter.quality)}::text[])`);
  if (filter.city) found.push(anyCase('c.city', filter.city, bind));
  if (filter.state) found.push(anyCase('c.state', filter.state, bind));
  if (filter.assignedUserId) found.push(`c.assigned_user_id = ${bind(filter.assignedUserId)}`);
  if (filter.tags) found.push(`c.tags && ${bind(filter.tags)}::text[]`);
  if (filter.tagsAll) found.push(`c.tags @> ${bind(filter.tagsAll)}::text[]`);
  found.push(...range('c.engagement_score', 'integer', filter.engagementScore, bind));
  found.push(...range('c.total_spent', 'numeric', filter.totalSpent, bind));
  found.push(...range('c.total_orders', 'integer', filter.totalOrders, bind));
  found.push(...daysSince('c.last_order_at', filter.lastOrderDays, bind));
  found.push(...daysSince('c.created_at', filter.createdDays, bind));
  if (filter.hasEmail != null) found.push(`coalesce(btrim(c.email), '') ${filter.hasEmail ? '<>' : '='} ''`);
  found.push(...(filter.attributes ?? []).map((condition) => attributeCondition(condition, bind)));
  if (filter.campaign) found.push(wasInCampaign(filter.campaign, kind, businessId, bind));
  return found;
}

const comparisons = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
type Comparison = keyof typeof comparisons;

function range(
  column: string,
  type: string,
  value: Range<number | string> | null | undefined,
  bind: Bind,
): string[] {
  return (Object.keys(comparisons) as Comparison[]).flatMap((name) => {
    const end = value?.[name];
    return end == null ? [] : [`${column} ${comparisons[name]} ${bind(end)}::${type}`];
  });
}

/** n whole days have passed since t  ⇔  n·24h ≤ now − t < (n+1)·24h; written on the bare column. */
function daysSince(column: string, value: Range<number> | null | undefined, bind: Bind): string[] {
  if (!value) return [];
  const { eq, gt, gte, lt, lte } = value;
  const least = eq ?? gte ?? (gt == null ? undefined : gt + 1);
  const most = eq ?? lte ?? (lt == null ? undefined : lt - 1);
  const before = (days: number) => `now() - make_interval(hours => 24 * ${bind(days)}::integer)`;
  return [
    ...(least === undefined ? [] : [`${column} <= ${before(least)}`]),
    ...(most === undefined ? [] : [`${column} > ${before(most + 1)}`]),
  ];
}

/** One of the values, whatever the case; the database folds both sides, so that both are folded alike. */
function anyCase(column: string, values: readonly string[], bind: Bind): string {
  return `fold(btrim(${column})) = ANY (fold_all(${bind(values.map((value) => value.trim()))}::text[]))`;
}

/**
 * The contact's own recipients, not those of other contacts with the same number. The ids go through an array so that the
 * planner expects few of them and puts them into a hash table, whatever their number; as a plain subquery of more than
 * hash_mem, below OR or NOT, they would be searched through once for each contact.
 */
function wasInCampaign(
  { campaignId, outcome, errorCode }: CampaignActivity,
  kind: ContactKind,
  businessId: string,
  bind: Bind,
): string {
  const campaign = bind(campaignId);
  const outcomes = outcome ? `AND (${outcome.map((one) => outcomeConditions[one]).join(' OR ')})` : '';
  const failed = errorCode
    ? `AND r.status = 'FAILED' AND r.error_code = ANY (${bind(errorCode)}::int[])`
    : '';
  return `(c.id IN (SELECT unnest(ARRAY(SELECT r.contact_id FROM campaign_recipients r
    WHERE r.campaign_id = ${campaign}::uuid AND r.contact_kind = '${kind}' AND r.contact_id IS NOT NULL ${outcomes} ${failed}
      AND EXISTS (SELECT FROM campaigns k WHERE k.id = ${campaign}::uuid AND k.business_id = ${bind(businessId)}))))) IS TRUE`;
}

/** Whether the contact is one of the fixed people of a segment; through an array as in {@link wasInCampaign}. */
function isMember(segmentId: string, { kind, bind }: Compilation): string {
  return `(c.id IN (SELECT unnest(ARRAY(SELECT m.contact_id FROM segment_members m
    WHERE m.segment_id = ${bind(segmentId)}::uuid AND m.contact_kind = '${kind}'))))`;
}
