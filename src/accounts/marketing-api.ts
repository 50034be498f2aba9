/** Which way marketing templates of a number go. */
export enum MarketingApi {
  /** As WhatsApp allows it: as marketing messages where the account has them, else over the Cloud API. */
  AUTO = 'AUTO',
  CLOUD_API = 'CLOUD_API',
  MARKETING_MESSAGES = 'MARKETING_MESSAGES',
}

/** WhatsApp's word for an account that may send over the Marketing Messages API. */
export const onboarded = 'ONBOARDED';
