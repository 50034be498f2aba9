import { ContactKind } from '../../src/audience/audience';
import type {
  AttributeCondition,
  AudienceFilter,
  Range,
  ResolvedFilter,
  Scalar,
} from '../../src/audience/filter/filter';

/** A contact as a test knows it: what the filters look at, and its recipients by campaign. */
export interface KnownContact {
  id: string;
  kind: ContactKind;
  status: string;
  quality: string | null;
  city: string | null;
  state: string | null;
  assignedUserId: string | null;
  engagementScore: number;
  totalSpent: string;
  totalOrders: number;
  lastOrderHoursAgo: number | null;
  createdHoursAgo: number;
  tags: string[];
  email: string | null;
  attributes: Record<string, unknown>;
  recipients: {
    campaignId: string;
    status: string;
    clicked: boolean;
    converted: boolean;
    replied: boolean;
  }[];
}

/** Whether a contact matches, by the contract's words and without any third truth value. */
export function matches(filter: ResolvedFilter, contact: KnownContact): boolean {
  return conditionsOf(filter, contact).every(Boolean);
}

function conditionsOf(filter: ResolvedFilter, contact: KnownContact): boolean[] {
  const found: boolean[] = [];
  const { kind, and, or, not, segment } = filter;
  if (kind) found.push(contact.kind === kind);
  if (and) found.push(and.every((one) => matches(one, contact)));
  if (or) found.push(or.some((one) => matches(one, contact)));
  if (not) found.push(!matches(not, contact));
  if (segment) found.push(segment.kinds.includes(contact.kind) && matches(segment.filter, contact));
  found.push(...fieldsOf(filter, contact));
  return found;
}

function fieldsOf(filter: AudienceFilter, contact: KnownContact): boolean[] {
  const lead = contact.kind === ContactKind.LEAD;
  const found: boolean[] = [];
  const within = (list: readonly string[], value: string | null) =>
    lead && value !== null && list.includes(value);
  const anyCase = (list: readonly string[], value: string | null) =>
    lead && value !== null && list.some((one) => fold(one.trim()) === fold(trimmed(value)));
  const customers = <T>(range: Range<T>, value: number | null) =>
    !lead && value !== null && inRange(range as Range<number | string>, value);
  if (filter.status) found.push(within(filter.status, contact.status));
  if (filter.quality) found.push(within(filter.quality, contact.quality));
  if (filter.city) found.push(anyCase(filter.city, contact.city));
  if (filter.state) found.push(anyCase(filter.state, contact.state));
  if (filter.assignedUserId) found.push(within([filter.assignedUserId], contact.assignedUserId));
  if (filter.engagementScore) found.push(customers(filter.engagementScore, contact.engagementScore));
  if (filter.totalSpent) found.push(customers(filter.totalSpent, Number(contact.totalSpent)));
  if (filter.totalOrders) found.push(customers(filter.totalOrders, contact.totalOrders));
  if (filter.lastOrderDays) found.push(customers(filter.lastOrderDays, days(contact.lastOrderHoursAgo)));
  if (filter.createdDays) found.push(inRange(filter.createdDays, days(contact.createdHoursAgo) ?? 0));
  if (filter.tags) found.push(filter.tags.some((tag) => contact.tags.includes(tag)));
  if (filter.tagsAll) found.push(filter.tagsAll.every((tag) => contact.tags.includes(tag)));
  if (filter.hasEmail != null) found.push(filter.hasEmail === (trimmed(contact.email ?? '') !== ''));
  for (const condition of filter.attributes ?? []) found.push(attributeMatches(condition, contact));
  if (filter.campaign) {
    const { campaignId, outcome } = filter.campaign;
    found.push(
      contact.recipients.some(
        (one) => one.campaignId === campaignId && (!outcome || outcome.some((each) => hasOutcome(each, one))),
      ),
    );
  }
  return found;
}

function hasOutcome(outcome: string, recipient: KnownContact['recipients'][number]): boolean {
  const { status, clicked, converted, replied } = recipient;
  const steps = ['SENT', 'DELIVERED', 'READ'];
  const far = steps.indexOf(status);
  if (steps.includes(outcome)) return far >= steps.indexOf(outcome);
  if (outcome === 'CLICKED') return clicked;
  if (outcome === 'CONVERTED') return converted;
  if (outcome === 'REPLIED') return replied;
  if (outcome.startsWith('NOT_')) return far >= 0 && !hasOutcome(outcome.slice(4), recipient);
  return status === outcome;
}

function attributeMatches(condition: AttributeCondition, { attributes }: KnownContact): boolean {
  const value = attributes[condition.name];
  const has = value !== undefined && value !== null;
  if (condition.exists != null) return condition.exists === has;
  if (!has) return false;
  if (condition.contains != null) return fold(textOf(value)).includes(fold(condition.contains));
  if (condition.in != null) return condition.in.some((one) => equals(value, one as Scalar));
  if (condition.eq != null) return equals(value, condition.eq as Scalar);
  const { gt, gte, lt, lte } = condition as Range<Scalar>;
  const ends: [Scalar | null | undefined, (order: number) => boolean][] = [
    [gt, (order) => order > 0],
    [gte, (order) => order >= 0],
    [lt, (order) => order < 0],
    [lte, (order) => order <= 0],
  ];
  return ends.every(([end, holds]) => {
    if (end == null) return true;
    const [number, mine] = [numberOf(end), numberOf(value)];
    if (number !== undefined) return mine !== undefined && holds(mine - number);
    return typeof value === 'string' && holds(byCodePoint(fold(trimmed(value)), fold(trimmed(String(end)))));
  });
}

function equals(value: unknown, given: Scalar): boolean {
  const [number, mine] = [numberOf(given), numberOf(value)];
  if (number !== undefined && number === mine) return true;
  return typeof given !== 'number' && fold(trimmed(textOf(value))) === fold(trimmed(String(given)));
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[ \t\r\n]*[+-]?[0-9]+(\.[0-9]+)?[ \t\r\n]*$/.test(value)
    ? Number(value)
    : undefined;
}

function inRange({ eq, gt, gte, lt, lte }: Range<number | string>, value: number): boolean {
  return (
    (eq == null || value === Number(eq)) &&
    (gt == null || value > Number(gt)) &&
    (gte == null || value >= Number(gte)) &&
    (lt == null || value < Number(lt)) &&
    (lte == null || value <= Number(lte))
  );
}

const days = (hours: number | null) => (hours === null ? null : Math.floor(hours / 24));
const trimmed = (text: string) => text.replace(/^ +| +$/g, '');
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
/** Full case folding for the letters of the tests: by way of upper case, one sigma. */
const fold = (text: string) => text.toUpperCase().toLowerCase().replaceAll('ς', 'σ');

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
