/** A lead may become a customer; a customer bought. */
export enum ContactKind {
  LEAD = 'LEAD',
  CUSTOMER = 'CUSTOMER',
}

/** Who a campaign may go to. */
export enum AudienceType {
  ALL = 'ALL',
  LEADS = 'LEADS',
  CUSTOMERS = 'CUSTOMERS',
  SEGMENT = 'SEGMENT',
  CUSTOM = 'CUSTOM',
}

/**
 * Why a contact that matched is not sent to; where several apply, the first in this order. UNREACHABLE: the latest
 * messages failed because the number is not on WhatsApp. FREQUENCY_CAPPED: got the most marketing messages that the
 * business allows. NO_OPEN_WINDOW: free-form messages reach only people who wrote within 24 hours. BLOCKED_COUNTRY: a
 * country that the business leaves out. HOLDOUT: kept apart to measure what the campaign earns.
 */
export enum ExclusionReason {
  INVALID_PHONE = 'INVALID_PHONE',
  DUPLICATE_PHONE = 'DUPLICATE_PHONE',
  OPTED_OUT = 'OPTED_OUT',
  UNREACHABLE = 'UNREACHABLE',
  FREQUENCY_CAPPED = 'FREQUENCY_CAPPED',
  NO_OPEN_WINDOW = 'NO_OPEN_WINDOW',
  BLOCKED_COUNTRY = 'BLOCKED_COUNTRY',
  HOLDOUT = 'HOLDOUT',
}

/** A person named in the request itself; `phoneE164` is null when `phone` is not a phone number. */
export interface CustomRecipient {
  name: string;
  phone: string;
  phoneE164: string | null;
  email: string | null;
}

/** The kinds of contact that an audience is taken from. */
export function kindsOf(audienceType: AudienceType): ContactKind[] {
  if (audienceType === AudienceType.LEADS) return [ContactKind.LEAD];
  if (audienceType === AudienceType.CUSTOMERS) return [ContactKind.CUSTOMER];
  return [ContactKind.LEAD, ContactKind.CUSTOMER];
}
