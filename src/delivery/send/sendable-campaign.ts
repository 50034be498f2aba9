import { prepared, rows } from '../../infra/database';
import { dueInMs } from './due';
import type { Sql } from '../../infra/database';
import type { AccountsService } from '../../accounts/accounts.service';
import { isTracked, prepareMessage, sourcesOf } from '../../catalog/message';
import { shapeOf } from '../../catalog/templates/template-shape';
import { endedOffer, whyNotFitting } from '../../catalog/templates/template-value';
import type { TemplateValues } from '../../catalog/templates/template-value';
import type { Renderer, SendableTemplate } from '../../catalog/renderer';
import type { Credentials } from '../../whatsapp/client';
import { linkTokens } from '../../campaigns/link';
import { noMedia } from './campaign-media';
import type { CampaignMedia, PreparedMedia } from './campaign-media';
import type { CampaignRoute, CampaignRoutes } from './campaign-routes';
import type { MarketingApi } from '../../accounts/marketing-api';
import { closedForMs } from '../../campaigns/schedule/recipient-hours';
import { ScheduleTimeZone } from '../../campaigns/schedule/schedule';
import type { Schedule } from '../../campaigns/schedule/schedule';

/** An active campaign with all that is needed to send it. */
export interface SendableCampaign {
  id: string;
  render: Renderer;
  /** The click token of a recipient's link, by its place; undefined when the message has no tracked link. */
  linkToken: ((seq: number, link: number) => string) | undefined;
  /** As it was when this was read. */
  media: PreparedMedia;
  credentials: Credentials;
  /** Over which way; undefined while that is not known, and nobody may be claimed. */
  route: CampaignRoute | undefined;
  /** Whose rate limit applies. A sender is a number as one business has it, so another business's setting slows nobody. */
  senderId: string;
  messagesPerSecond: number;
  /** When this was read, by the database's clock. */
  readAt: Date;
  /** How long until there is somebody to claim, the media is ready and the way is known, in ms; 0 is now, undefined when nobody is left or the window is closed. */
  dueInMs: number | undefined;
  /** When its window closes or its deadline comes, in ms of the process's clock: who waits then is not posted. */
  closesAt: number;
  /** How long until the window opens where a person is, in ms; 0 while it is open. Undefined without such a window. */
  closedForMs: ((phone: string) => number) | undefined;
}

interface Row {
  template_values: TemplateValues;
  message_text: string | null;
  media_url: string | null;
  media_type: 'IMAGE' | 'VIDEO' | 'DOCUMENT' | null;
  media_id: string | null;
  fetched_media: Record<string, string | null>;
  business_id: string;
  link_id: Buffer;
  link_key: Buffer;
  sender_id: string;
  phone_number_id: string;
  waba_id: string;
  access_token_encrypted: string;
  messages_per_second: number;
  marketing_api: MarketingApi;
  marketing_onboarding: string | null;
  onboarding_age_ms: number | null;
  cloud_api_refused: boolean;
  marketing_refused: boolean;
  preparing_ms: number;
  category: string | null;
  template: SendableTemplate | null;
  read_at: Date;
  due_in_ms: number | null;
  closes_in_ms: number | null;
  schedule: Schedule | null;
}

/** A campaign that cannot be sent as it is, with the reason in words: the template changed, the token cannot be read. */
export class CampaignBroken extends Error {
  constructor(
    message: string,
    readonly readAt: Date,
  ) {
    super(message);
  }
}

/** What is prepared beside the jobs. */
export interface Preparations {
  media: CampaignMedia;
  routes: CampaignRoutes;
}

/**
 * Reads what sending needs, in one statement; undefined when the campaign is not active (any more).
 * @throws CampaignBroken
 */
export async function loadSendable(
  sql: Sql,
  campaignId: string,
  accounts: AccountsService,
  { media, routes }: Preparations,
  publicUrl: string,
): Promise<SendableCampaign | undefined> {
  const askedAt = performance.now();
  const [row] = await rows<Row>(sql, loadStatement, [campaignId]);
  if (!row) return undefined;
  const content = {
    template: row.template ?? undefined,
    templateValues: row.template_values,
    messageText: row.message_text,
    mediaUrl: row.media_url,
    mediaType: row.media_type,
    mediaId: row.media_id,
  };
  const shape = content.template && shapeOf(content.template.components, publicUrl);
  const changed = shape && (shape.problem ?? whyNotFitting(shape.variables, content.templateValues));
  if (changed) throw new CampaignBroken(`The template was changed at WhatsApp: ${changed}`, row.read_at);
  const ended = endedOffer(content.templateValues, row.read_at);
  if (ended) throw new CampaignBroken(ended, row.read_at);
  const credentials = credentialsOf(row, accounts);
  const prepared = media.state({
    id: campaignId,
    businessId: row.business_id,
    senderId: row.sender_id,
    credentials,
    sources: sourcesOf(content),
    fetched: row.fetched_media,
  });
  if (prepared.kind === 'refused') throw new CampaignBroken(prepared.reason, row.read_at);
  const mediaInMs = prepared.kind === 'waiting' ? prepared.ms : 0;
  const routed = routes.state({ id: campaignId, senderId: row.sender_id, credentials, ...routingOf(row) });
  const routeInMs = routed.kind === 'waiting' ? routed.ms : 0;
  const itsMedia = prepared.kind === 'ready' ? prepared.media : noMedia;
  return {
    id: campaignId,
    render: prepareMessage(content, publicUrl, itsMedia.ids),
    media: itsMedia,
    linkToken: isTracked(content, publicUrl)
      ? linkTokens({ linkId: row.link_id, linkKey: row.link_key })
      : undefined,
    credentials,
    route: routed.kind === 'ready' ? routed.route : undefined,
    senderId: row.sender_id,
    messagesPerSecond: row.messages_per_second,
    readAt: row.read_at,
    dueInMs: row.due_in_ms === null ? undefined : Math.max(row.due_in_ms, mediaInMs, routeInMs),
    closesAt: askedAt + (row.closes_in_ms ?? Infinity),
    closedForMs: windowOf(row, askedAt),
  };
}

function routingOf(row: Row) {
  return {
    choice: row.marketing_api,
    category: row.category ?? undefined,
    refused: { messages: row.cloud_api_refused, marketing_messages: row.marketing_refused },
    preparingMs: row.preparing_ms,
    onboarding: row.marketing_onboarding,
    onboardingAgeMs: row.onboarding_age_ms,
  };
}

/** With RECIPIENT the window is another in each zone; by the database's clock, as of the time of the call. */
function windowOf(
  { schedule, read_at: readAt }: Row,
  askedAt: number,
): ((phone: string) => number) | undefined {
  if (!schedule?.window || schedule.timeZone !== ScheduleTimeZone.RECIPIENT) return undefined;
  return (phone) => closedForMs(schedule, phone, new Date(readAt.getTime() + performance.now() - askedAt));
}

const loadStatement =
  prepared(`/* loadSendable */ SELECT c.template_values, c.message_text, c.media_url, c.media_type, c.media_id, c.fetched_media, c.business_id, c.link_id, c.link_key,
  c.sender_id, s.phone_number_id, s.waba_id, s.access_token_encrypted, s.messages_per_second,
  s.marketing_api, s.marketing_onboarding, (extract(epoch FROM now() - s.marketing_onboarding_read_at) * 1000)::float8 AS onboarding_age_ms,
  coalesce(c.cloud_api_refused_at >= coalesce(c.resumed_at, '-infinity'), false) AS cloud_api_refused,
  coalesce(c.marketing_refused_at >= coalesce(c.resumed_at, '-infinity'), false) AS marketing_refused,
  coalesce(greatest(extract(epoch FROM c.marketing_ready_at - now()) * 1000, 0), 0)::float8 AS preparing_ms, t.category,
  CASE WHEN t.id IS NULL THEN NULL ELSE jsonb_build_object('name', t.name, 'language', t.language,
    'parameterFormat', t.parameter_format, 'components', t.components, 'optOutChoice', t.opt_out_choice) END AS template,
  now() AS read_at, ${dueInMs('c', 'f')} AS due_in_ms,
  (extract(epoch FROM f.closes_at - now()) * 1000)::float8 AS closes_in_ms, c.schedule
FROM campaigns c JOIN campaign_feeds f ON f.campaign_id = c.id JOIN senders s ON s.id = c.sender_id
  LEFT JOIN templates t ON t.id = c.template_id
WHERE c.id = $1 AND c.status = 'ACTIVE' AND c.materialised_at IS NOT NULL`);

function credentialsOf(row: Row, accounts: AccountsService): Credentials {
  try {
    return accounts.credentials({
      phoneNumberId: row.phone_number_id,
      wabaId: row.waba_id,
      accessTokenEncrypted: row.access_token_encrypted,
    });
  } catch {
    throw new CampaignBroken(
      "The sender's access token cannot be decrypted: it was stored with another ENCRYPTION_KEY",
      row.read_at,
    );
  }
}
