/** Who a campaign may go to. */
export enum AudienceType {
  ALL = 'ALL',
  LEADS = 'LEADS',
  CUSTOMERS = 'CUSTOMERS',
  SEGMENT = 'SEGMENT',
  CUSTOM = 'CUSTOM',
}

/** Why somebody who matched will not be sent to. */
export enum ExclusionReason {
  DUPLICATE_PHONE = 'DUPLICATE_PHONE',
  INVALID_PHONE = 'INVALID_PHONE',
  OPTED_OUT = 'OPTED_OUT',
}

/** Somebody named in the request itself; `phoneE164` is null when `phone` is no phone number. */
export interface CustomRecipient {
  name: string;
  phone: string;
  phoneE164: string | null;
  email: string | null;
}
