import type { ContactKind } from '../audience';

export enum LeadStatus {
  NEW = 'NEW',
  CONTACTED = 'CONTACTED',
  QUALIFIED = 'QUALIFIED',
  CONVERTED = 'CONVERTED',
  LOST = 'LOST',
}

export enum LeadQuality {
  HOT = 'HOT',
  WARM = 'WARM',
  COLD = 'COLD',
}

/**
 * What became of a campaign's message to a person. SENT, DELIVERED and READ mean at least that far; NOT_x is SENT without
 * x, so that people to whom sending failed are in none of the NOT_x.
 */
export enum RecipientOutcome {
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  CLICKED = 'CLICKED',
  CONVERTED = 'CONVERTED',
  REPLIED = 'REPLIED',
  FAILED = 'FAILED',
  UNCONFIRMED = 'UNCONFIRMED',
  SKIPPED = 'SKIPPED',
  EXCLUDED = 'EXCLUDED',
  NOT_DELIVERED = 'NOT_DELIVERED',
  NOT_READ = 'NOT_READ',
  NOT_CLICKED = 'NOT_CLICKED',
  NOT_CONVERTED = 'NOT_CONVERTED',
}

type Optional<T> = T | null | undefined;

/** `eq` alone, or at most one lower and one upper end. */
export interface Range<T> {
  eq?: Optional<T>;
  gt?: Optional<T>;
  gte?: Optional<T>;
  lt?: Optional<T>;
  lte?: Optional<T>;
}

/** The value of an attribute, and what it is compared with. */
export type Scalar = string | number | boolean;

/** A condition on one attribute: exactly one operator, or one range. Checked by check-attribute.ts. */
export interface AttributeCondition extends Range<unknown> {
  name: string;
  in?: Optional<unknown[]>;
  contains?: Optional<string>;
  exists?: Optional<boolean>;
}

/** People who were in a campaign, with any of these outcomes; with any at all when `outcome` is left out. */
export interface CampaignActivity {
  campaignId: string;
  outcome?: Optional<RecipientOutcome[]>;
  /** Only those whose message failed for good with any of these codes. */
  errorCode?: Optional<number[]>;
}

/** What is compared with the contact itself, without the branches. */
export interface FlatFilter {
  kind?: Optional<ContactKind>;
  status?: Optional<LeadStatus[]>;
  quality?: Optional<LeadQuality[]>;
  city?: Optional<string[]>;
  state?: Optional<string[]>;
  assignedUserId?: Optional<string>;
  engagementScore?: Optional<Range<number>>;
  /** Decimal strings. */
  totalSpent?: Optional<Range<string>>;
  totalOrders?: Optional<Range<number>>;
  /** Whole days since the last order; customers without an order do not match. */
  lastOrderDays?: Optional<Range<number>>;
  tags?: Optional<string[]>;
  tagsAll?: Optional<string[]>;
  /** Whole days since the contact was created. */
  createdDays?: Optional<Range<number>>;
  hasEmail?: Optional<boolean>;
  attributes?: Optional<AttributeCondition[]>;
  campaign?: Optional<CampaignActivity>;
}

/**
 * A filter as people write it, and as it is stored. All of its fields must hold; a list means any of; null or absent means
 * not filtered.
 */
export interface AudienceFilter extends FlatFilter {
  and?: Optional<AudienceFilter[]>;
  or?: Optional<AudienceFilter[]>;
  not?: Optional<AudienceFilter>;
  segmentId?: Optional<string>;
}

/** A checked filter with the filters of its segments in place of their ids: what is compiled to SQL. */
export interface ResolvedFilter extends FlatFilter {
  and?: ResolvedFilter[];
  or?: ResolvedFilter[];
  not?: ResolvedFilter;
  segment?: { kinds: readonly ContactKind[]; filter: ResolvedFilter };
  /** The id of a fixed segment: its members. */
  members?: string;
}

/** Adds a value to the parameters of a statement and returns its placeholder, `$n`. */
export type Bind = (value: unknown) => string;
