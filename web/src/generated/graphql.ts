import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A date-time string at UTC, such as 2007-12-03T10:15:30Z, compliant with the `date-time` format outlined in section 5.6 of the RFC 3339 profile of the ISO 8601 standard for representation of dates and times using the Gregorian calendar. */
  DateTime: { input: string; output: string; }
  /** An exact decimal number: given as a number or as text, returned as text, e.g. "49.90". */
  Decimal: { input: string; output: string; }
  /** The `JSON` scalar type represents JSON values as specified by [ECMA-404](http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf). */
  JSON: { input: unknown; output: unknown; }
  /** An absolute http or https address of at most 2000 characters. */
  URL: { input: string; output: string; }
};

/** Conditions that must all hold. A list means any of; null or left out means not filtered. A field that the audienceType does not have is an error. */
export type AudienceFilterInput = {
  /** Leads. */
  assignedUserId?: InputMaybe<Scalars['ID']['input']>;
  /** Leads; compared without case. */
  city?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Customers. */
  engagementScore?: InputMaybe<IntRange>;
  /** Customers; whole days since the last order. */
  lastOrderDays?: InputMaybe<IntRange>;
  /** Leads. */
  quality?: InputMaybe<Array<LeadQuality>>;
  /** Leads; compared without case. */
  state?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Leads. */
  status?: InputMaybe<Array<LeadStatus>>;
  /** Leads and customers; has any of the tags. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Customers. */
  totalOrders?: InputMaybe<IntRange>;
  /** Customers; in the business's currency. */
  totalSpent?: InputMaybe<DecimalRange>;
};

/** Who a campaign goes to: leads, customers, both, a saved segment, or people named one by one. */
export type AudienceType =
  | 'ALL'
  | 'CUSTOM'
  | 'CUSTOMERS'
  | 'LEADS'
  | 'SEGMENT';

/** State of a campaign. */
export type CampaignStatus =
  /** Being sent. */
  | 'ACTIVE'
  /** Ended before everybody was sent to; the remaining people are counted as skipped. */
  | 'CANCELLED'
  /** Nobody is queued or being sent to any more. Statuses, clicks and orders are still counted. */
  | 'COMPLETED'
  /** Created; nothing is sent yet. */
  | 'DRAFT'
  | 'FAILED'
  /** Sending has stopped; statusReason says why. resumeCampaign continues it. */
  | 'PAUSED'
  | 'SCHEDULED';

/** What a campaign is for. */
export type CampaignType =
  | 'ANNOUNCEMENT'
  | 'FEEDBACK'
  | 'PROMOTIONAL'
  | 'REMINDER'
  | 'TRANSACTIONAL';

/** Send to a first slice of the audience (chosen by phone number) and wait for its outcomes; then send to the rest, or pause. */
export type CanaryInput = {
  /** The campaign pauses when more than this percentage of the slice fails, 0 to 100. */
  maxFailurePercent?: InputMaybe<Scalars['Float']['input']>;
  /** The campaign pauses when more than this percentage of the slice opts out, 0 to 100. */
  maxOptOutPercent?: InputMaybe<Scalars['Float']['input']>;
  /** Least number of people in the slice, 1 to 100,000. */
  minimum?: InputMaybe<Scalars['Int']['input']>;
  /** Share of the audience in percent, above 0 to 100. */
  percent?: InputMaybe<Scalars['Float']['input']>;
  /** Minutes to wait for deliveries, failures and opt-outs after the last message of the slice was sent, and again after a pause; 0 to 1440. */
  waitMinutes?: InputMaybe<Scalars['Float']['input']>;
};

/** State of the first slice of a campaign. */
export type CanaryState =
  /** Stopped, then resumed by a person. */
  | 'OVERRULED'
  /** Its outcomes were within the limits; everybody else is sent to. */
  | 'PASSED'
  /** Too many failures or opt-outs: the campaign is paused and statusReason says why. */
  | 'STOPPED'
  /** The slice is being sent, or its outcomes are awaited. */
  | 'WAITING';

/** How a campaign reaches people. */
export type Channel =
  | 'WHATSAPP';

/** A new business. */
export type CreateBusinessInput = {
  /** ISO 3166 alpha-2, e.g. IN. */
  defaultCountry: Scalars['String']['input'];
  /** 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** IANA time zone, e.g. Asia/Kolkata. */
  timezone?: Scalars['String']['input'];
};

/** A new campaign: what is sent, and to whom. Either a template, or free-form text or media. */
export type CreateCampaignInput = {
  /** For LEADS, CUSTOMERS and ALL. */
  audienceFilter?: InputMaybe<AudienceFilterInput>;
  audienceType: AudienceType;
  businessId: Scalars['ID']['input'];
  /** 1 to 200 characters. */
  campaignName: Scalars['String']['input'];
  campaignType: CampaignType;
  /** Send to a first slice and check its outcomes before sending to the rest. Left out: everybody is sent to at once. */
  canary?: InputMaybe<CanaryInput>;
  channel?: Channel;
  /** For CUSTOM; at most 10,000. */
  customRecipients?: InputMaybe<Array<CustomRecipientInput>>;
  /** Where the tracked link leads. */
  linkUrl?: InputMaybe<Scalars['URL']['input']>;
  /** IMAGE unless the template's header says otherwise. */
  mediaType?: InputMaybe<MediaType>;
  /** Image, video or document of the message. It is not fetched when the campaign is created. */
  mediaUrl?: InputMaybe<Scalars['URL']['input']>;
  /** Free-form text, or the caption of free-form media. Placeholders as in templateParameters, and {{link}}. */
  messageText?: InputMaybe<Scalars['String']['input']>;
  onUnconfirmed?: InputMaybe<UnconfirmedPolicy>;
  /** Use this product's image, unless mediaUrl is given. */
  productId?: InputMaybe<Scalars['ID']['input']>;
  /** For SEGMENT. */
  segmentId?: InputMaybe<Scalars['ID']['input']>;
  /** The number to send from; the business's first if left out. */
  senderId?: InputMaybe<Scalars['ID']['input']>;
  /** A template of the library. */
  templateId?: InputMaybe<Scalars['ID']['input']>;
  /** The template's values in order. {{name}} {{firstName}} {{phone}} {{email}} are replaced per person; {{firstName|there}} gives a fallback. */
  templateParameters?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Language of the named template, e.g. en or hi. */
  whatsappTemplateLanguage?: InputMaybe<Scalars['String']['input']>;
  /** A template by name; it is looked up at WhatsApp if the library does not have it. */
  whatsappTemplateName?: InputMaybe<Scalars['String']['input']>;
};

/** A new product. */
export type CreateProductInput = {
  businessId: Scalars['ID']['input'];
  /** ISO 4217, e.g. INR. */
  currency?: InputMaybe<Scalars['String']['input']>;
  imageUrl?: InputMaybe<Scalars['URL']['input']>;
  name: Scalars['String']['input'];
  price?: InputMaybe<Scalars['Decimal']['input']>;
};

/** An audience to save. */
export type CreateSegmentInput = {
  /** ALL, LEADS or CUSTOMERS. */
  audienceType: AudienceType;
  businessId: Scalars['ID']['input'];
  filter?: InputMaybe<AudienceFilterInput>;
  name: Scalars['String']['input'];
};

/** A WhatsApp number of a business. */
export type CreateSenderInput = {
  /** A token with permission to send from this number. It is stored encrypted and never returned. */
  accessToken: Scalars['String']['input'];
  businessId: Scalars['ID']['input'];
  /** The number as people see it. */
  displayPhoneNumber: Scalars['String']['input'];
  /** 1 to 1000. */
  messagesPerSecond?: InputMaybe<Scalars['Int']['input']>;
  /** Meta's id of the number: digits. */
  phoneNumberId: Scalars['String']['input'];
  /** Meta's id of the WhatsApp Business Account: digits. */
  wabaId: Scalars['String']['input'];
};

/** A person named in the request. */
export type CustomRecipientInput = {
  email?: InputMaybe<Scalars['String']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  /** E.164, or as written in the country of the business. */
  phone: Scalars['String']['input'];
};

/** A range of amounts, both ends included; at least one end. */
export type DecimalRange = {
  gte?: InputMaybe<Scalars['Decimal']['input']>;
  lte?: InputMaybe<Scalars['Decimal']['input']>;
};

/** What keeps an active campaign from being faster. */
export type DeliveryLimit =
  /** The campaign waits for the outcomes of the canary. */
  | 'CANARY'
  /** The list of recipients is being made. */
  | 'PREPARING'
  /** Everybody who is left waits for the time of the next attempt. */
  | 'RETRIES'
  /** The number's messagesPerSecond, which all campaigns on the number share. */
  | 'SENDER_SPEED'
  /** WhatsApp throttles the number, asked it to wait, cannot be reached, or has not answered the last messages yet; this ends by itself. */
  | 'WHATSAPP'
  /** The workers: too few, too slow, or none running. */
  | 'WORKERS';

/** What the engine does when WhatsApp reports an error. */
export type ErrorAction =
  /** Every message of the campaign would fail the same way: the campaign pauses with a statusReason, and recipients stay queued for resumeCampaign. Where others were accepted, a bad value belongs to one recipient, and only that one fails. */
  | 'CAMPAIGN'
  /** Not now: failed; retryFailed sends again after 24 hours. */
  | 'LATER'
  /** Too many messages to this recipient: only this recipient waits and stays queued; no attempt is used up. */
  | 'PAIR'
  /** This recipient cannot get this message: failed, and never sent again. */
  | 'RECIPIENT'
  /** A transient error: sent again after a wait that doubles, up to DELIVERY_ATTEMPTS in all, then failed. retryFailed sends again. */
  | 'RETRY'
  /** Every message from the number would fail the same way: the campaign pauses with a statusReason, and recipients stay queued for resumeCampaign. */
  | 'SENDER'
  /** Sending too fast: the number slows down and the recipient stays queued; no attempt is used up. */
  | 'THROTTLE';

/** Why a contact that matched is not sent to. */
export type ExclusionReason =
  /** Another contact of the audience has the same WhatsApp number, in this or another spelling, and is sent to instead. */
  | 'DUPLICATE_PHONE'
  /** The contact has no phone, or its phone is not a valid phone number. */
  | 'INVALID_PHONE'
  /** The person opted out of messages from this business. */
  | 'OPTED_OUT';

/** A range of whole numbers, both ends included; at least one end. */
export type IntRange = {
  gte?: InputMaybe<Scalars['Int']['input']>;
  lte?: InputMaybe<Scalars['Int']['input']>;
};

/** How promising a lead is. */
export type LeadQuality =
  | 'COLD'
  | 'HOT'
  | 'WARM';

/** The stage that a lead has reached. */
export type LeadStatus =
  | 'CONTACTED'
  | 'CONVERTED'
  | 'LOST'
  | 'NEW'
  | 'QUALIFIED';

/** Kinds of media a message can carry. */
export type MediaType =
  | 'DOCUMENT'
  | 'IMAGE'
  | 'VIDEO';

/** An audience to look at before a campaign is made of it. */
export type PreviewAudienceInput = {
  audienceType: AudienceType;
  businessId: Scalars['ID']['input'];
  /** For CUSTOM; at most 10,000. */
  customRecipients?: InputMaybe<Array<CustomRecipientInput>>;
  /** For LEADS, CUSTOMERS and ALL. */
  filter?: InputMaybe<AudienceFilterInput>;
  /** How many people to show: 0 to 100. */
  sampleSize?: InputMaybe<Scalars['Int']['input']>;
  /** For SEGMENT. */
  segmentId?: InputMaybe<Scalars['ID']['input']>;
};

/** An order of a shop, with the click that led to it or the phone of the person who ordered. */
export type RecordConversionInput = {
  businessId: Scalars['ID']['input'];
  /** The dakiya_click that came with the visit. */
  clickId?: InputMaybe<Scalars['String']['input']>;
  /** ISO 4217, in any case, e.g. INR. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** At most 24 hours ahead; now if left out. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The shop's own id: an order counts once. */
  orderId: Scalars['String']['input'];
  /** For an order without a click: it is attributed to the latest message that was delivered to this number and sent in the 7 days before the order. */
  phone?: InputMaybe<Scalars['String']['input']>;
  value?: InputMaybe<Scalars['Decimal']['input']>;
};

/** WhatsApp's rating of a template by people's blocks and reports. */
export type TemplateQuality =
  | 'GREEN'
  | 'RED'
  | 'UNKNOWN'
  | 'YELLOW';

/** What to do with a message when it is not known whether WhatsApp accepted it. */
export type UnconfirmedPolicy =
  /** Do not send it again automatically: nobody gets it twice. */
  | 'HOLD'
  /** Send it again when no status arrives in time: nobody is left out, but a person may get it twice. */
  | 'RESEND';

/** Changes to a WhatsApp number; what is left out stays. */
export type UpdateSenderInput = {
  /** A new token that replaces an expired one. It is stored encrypted and never returned. Campaigns resumed afterwards use it at once. */
  accessToken?: InputMaybe<Scalars['String']['input']>;
  /** The number as people see it. */
  displayPhoneNumber?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 1000. */
  messagesPerSecond?: InputMaybe<Scalars['Int']['input']>;
};

/** Changes to a template; what is left out stays. */
export type UpdateTemplateInput = {
  /** Places of the quick replies that mean "no more messages", from 0; an empty list for none, null to go back to the suggestion. */
  optOutButtons?: InputMaybe<Array<Scalars['Int']['input']>>;
};

export type BusinessesQueryVariables = Exact<{ [key: string]: never; }>;


export type BusinessesQuery = { __typename?: 'Query', businesses: Array<{ __typename?: 'Business', id: string, name: string, timezone: string }> };

export type CampaignsQueryVariables = Exact<{
  businessId: Scalars['ID']['input'];
  page: Scalars['Int']['input'];
  limit: Scalars['Int']['input'];
}>;


export type CampaignsQuery = { __typename?: 'Query', campaigns: { __typename?: 'CampaignPage', total: number, campaigns: Array<{ __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } }> } };

export type CampaignQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CampaignQuery = { __typename?: 'Query', campaign: { __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } } };

export type SendCampaignMutationVariables = Exact<{
  campaignId: Scalars['ID']['input'];
}>;


export type SendCampaignMutation = { __typename?: 'Mutation', sendCampaign: { __typename?: 'SendCampaignPayload', message: string, campaign: { __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } } } };

export type PauseCampaignMutationVariables = Exact<{
  campaignId: Scalars['ID']['input'];
}>;


export type PauseCampaignMutation = { __typename?: 'Mutation', pauseCampaign: { __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } } };

export type ResumeCampaignMutationVariables = Exact<{
  campaignId: Scalars['ID']['input'];
}>;


export type ResumeCampaignMutation = { __typename?: 'Mutation', resumeCampaign: { __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } } };

export type CancelCampaignMutationVariables = Exact<{
  campaignId: Scalars['ID']['input'];
}>;


export type CancelCampaignMutation = { __typename?: 'Mutation', cancelCampaign: { __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } } };

export type CampaignSummaryFragment = { __typename?: 'Campaign', id: string, campaignName: string, campaignType: CampaignType, status: CampaignStatus, statusReason: string | null, createdAt: string, notices: Array<string>, stats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } };

export type FiguresFragment = { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null };

export type LiveFiguresSubscriptionVariables = Exact<{
  campaignId: Scalars['ID']['input'];
}>;


export type LiveFiguresSubscription = { __typename?: 'Subscription', campaignStats: { __typename?: 'CampaignStats', id: string, campaignName: string, status: CampaignStatus, version: number, totalRecipients: number, queuedCount: number, sentCount: number, deliveredCount: number, readCount: number, failedCount: number, skippedCount: number, unconfirmedCount: number, excludedCount: number, clickedCount: number, convertedCount: number, deliveryRate: number | null, clickRate: number | null, conversionRate: number | null, startedAt: string | null, completedAt: string | null } };

export const FiguresFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<FiguresFragment, unknown>;
export const CampaignSummaryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<CampaignSummaryFragment, unknown>;
export const BusinessesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Businesses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"businesses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"timezone"}}]}}]}}]} as unknown as DocumentNode<BusinessesQuery, BusinessesQueryVariables>;
export const CampaignsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Campaigns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"businessId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"page"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaigns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"businessId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"businessId"}}},{"kind":"Argument","name":{"kind":"Name","value":"page"},"value":{"kind":"Variable","name":{"kind":"Name","value":"page"}}},{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaigns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CampaignSummary"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]} as unknown as DocumentNode<CampaignsQuery, CampaignsQueryVariables>;
export const CampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Campaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CampaignSummary"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]} as unknown as DocumentNode<CampaignQuery, CampaignQueryVariables>;
export const SendCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CampaignSummary"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]} as unknown as DocumentNode<SendCampaignMutation, SendCampaignMutationVariables>;
export const PauseCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CampaignSummary"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]} as unknown as DocumentNode<PauseCampaignMutation, PauseCampaignMutationVariables>;
export const ResumeCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CampaignSummary"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]} as unknown as DocumentNode<ResumeCampaignMutation, ResumeCampaignMutationVariables>;
export const CancelCampaignDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CampaignSummary"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CampaignSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"campaignType"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusReason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"notices"}},{"kind":"Field","name":{"kind":"Name","value":"stats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}}]} as unknown as DocumentNode<CancelCampaignMutation, CancelCampaignMutationVariables>;
export const LiveFiguresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LiveFigures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignStats"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figures"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figures"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"campaignName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"totalRecipients"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredCount"}},{"kind":"Field","name":{"kind":"Name","value":"readCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"unconfirmedCount"}},{"kind":"Field","name":{"kind":"Name","value":"excludedCount"}},{"kind":"Field","name":{"kind":"Name","value":"clickedCount"}},{"kind":"Field","name":{"kind":"Name","value":"convertedCount"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryRate"}},{"kind":"Field","name":{"kind":"Name","value":"clickRate"}},{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<LiveFiguresSubscription, LiveFiguresSubscriptionVariables>;