import type { ContactKind } from './filter/filter';

/** Who a campaign may go to. */
export enum AudienceType {
  ALL = 'ALL',
  LEADS = 'LEADS',
  CUSTOMERS = 'CUSTOMERS',
  SEGMENT = 'SEGMENT',
  CUSTOM = 'CUSTOM',
}

/** Why a contact that matched is not sent to. */
export enum ExclusionReason {
  DUPLICATE_PHONE = 'DUPLICATE_PHONE',
  INVALID_PHONE = 'INVALID_PHONE',
  OPTED_OUT = 'OPTED_OUT',
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
  if (audienceType === AudienceType.LEADS) return ['LEADS'];
  if (audienceType === AudienceType.CUSTOMERS) return ['CUSTOMERS'];
  return ['LEADS', 'CUSTOMERS'];
}
