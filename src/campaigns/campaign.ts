/** The words of a campaign, as the GraphQL enums and the tables spell them. */

export enum CampaignType {
  PROMOTIONAL = 'PROMOTIONAL',
  ANNOUNCEMENT = 'ANNOUNCEMENT',
  TRANSACTIONAL = 'TRANSACTIONAL',
  REMINDER = 'REMINDER',
  FEEDBACK = 'FEEDBACK',
}

export enum Channel {
  WHATSAPP = 'WHATSAPP',
}

export enum CampaignStatus {
  DRAFT = 'DRAFT',
  SCHEDULED = 'SCHEDULED',
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  COMPLETED = 'COMPLETED',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}

export enum MediaType {
  IMAGE = 'IMAGE',
  VIDEO = 'VIDEO',
  DOCUMENT = 'DOCUMENT',
}

/** The order of a list of campaigns. */
export enum CampaignSort {
  NEWEST = 'NEWEST',
  NAME = 'NAME',
  STARTED = 'STARTED',
}

/** What to do with a message whose outcome stays unknown: leave it counted, or send it again. */
export enum UnconfirmedPolicy {
  HOLD = 'HOLD',
  RESEND = 'RESEND',
}

/**
 * The canary, the first part of the audience: its size, and the limits that pause the campaign. `percent` is of the
 * audience, the other percentages are of the canary.
 */
export interface Canary {
  percent: number;
  minimum: number;
  waitMinutes: number;
  maxFailurePercent: number;
  maxOptOutPercent: number;
}

/** The state of the canary. */
export enum CanaryState {
  WAITING = 'WAITING',
  PASSED = 'PASSED',
  STOPPED = 'STOPPED',
  OVERRULED = 'OVERRULED',
}
