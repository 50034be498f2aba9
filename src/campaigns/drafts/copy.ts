import type { Campaign } from '../campaign.entity';
import type { CounterFields } from '../counters';

/** What a copy takes over: what is sent, and to whom. Every column is named, so that a new one is decided about. */
const copied = {
  businessId: true,
  campaignType: true,
  channel: true,
  senderId: true,
  templateId: true,
  whatsappTemplateName: true,
  whatsappTemplateLanguage: true,
  templateParameters: true,
  templateValues: true,
  messageText: true,
  mediaUrl: true,
  mediaId: true,
  mediaType: true,
  productId: true,
  linkUrl: true,
  utm: true,
  givenContent: true,
  audienceType: true,
  audienceFilter: true,
  excludeFilter: true,
  segmentId: true,
  holdoutPercent: true,
  onUnconfirmed: true,
  maxCost: true,
  canary: true,
  incomplete: true,
  // read by a statement of their own
  customRecipients: false,
  // the copy's own
  fetchedMedia: false,
  notices: false,
  id: false,
  campaignName: false,
  status: false,
  statusReason: false,
  idempotencyKey: false,
  linkId: false,
  linkKey: false,
  audienceFixedAt: false,
  canarySize: false,
  schedule: false,
  dueAt: false,
  deadlineAt: false,
  canaryState: false,
  version: false,
  createdAt: false,
  startedAt: false,
  materialisedAt: false,
  resumedAt: false,
  completedAt: false,
  parentCampaignId: false,
  cloudApiRefusedAt: false,
  marketingRefusedAt: false,
  marketingReadyAt: false,
  updatedAt: false,
  holdoutSize: false,
  holdoutConverted: false,
  // relations
  business: false,
  sender: false,
  template: false,
  media: false,
  product: false,
  segment: false,
  parent: false,
} as const satisfies Record<Exclude<keyof Campaign, keyof CounterFields>, boolean>;

/** The columns of a campaign that a copy of it begins with. */
export function copiedColumns(campaign: Campaign): Partial<Campaign> {
  const names = (Object.keys(copied) as (keyof typeof copied)[]).filter((name) => copied[name]);
  return Object.fromEntries(names.map((name) => [name, campaign[name]]));
}
