/**
 * The wire of Meta's WhatsApp Cloud API: types only, no code. Names are Meta's JSON names, so that a
 * payload in a log, in Meta's documentation and in this file read alike. Shared by the client, the
 * webhook receiver and the simulator; each validates what it reads, nothing here is checked at run time. More than 300
 * lines, so that the whole wire can be read in one place beside Meta's documentation.
 */

// ---------------------------------------------------------------- sending

/** Uploaded media by `id`, or a public HTTPS `link` that Meta fetches and caches for ten minutes. Exactly one of the two. */
export interface MediaObject {
  id?: string;
  link?: string;
  /** At most 1024 characters; on image, video and document, never inside a template header. */
  caption?: string;
  /** Documents only; its extension picks the icon. */
  filename?: string;
}

export interface TextObject {
  /** At most 4096 characters. */
  body: string;
  preview_url?: boolean;
}

/** One value inside a header or body component. `parameter_name` is there for named templates, and only for them. */
export type TemplateParameter =
  | { type: 'text'; text: string; parameter_name?: string }
  | {
      type: 'currency';
      currency: { fallback_value: string; code: string; amount_1000: number };
      parameter_name?: string;
    }
  | { type: 'date_time'; date_time: { fallback_value: string }; parameter_name?: string }
  | { type: 'image'; image: MediaObject }
  | { type: 'video'; video: MediaObject }
  | { type: 'document'; document: MediaObject }
  /** A short mp4 that is played as an animation; only over the Marketing Messages API. */
  | { type: 'gif'; gif: MediaObject }
  | { type: 'product'; product: { catalog_id: string; product_retailer_id: string } }
  | {
      type: 'location';
      location: { latitude: number | string; longitude: number | string; name?: string; address?: string };
    }
  | { type: 'limited_time_offer'; limited_time_offer: { expiration_time_ms: number } };

/** What a flow, catalogue or multi-product button opens. */
export interface ButtonAction {
  /** FLOW: comes back with the answers of the flow. */
  flow_token?: string;
  /** CATALOG and MPM: the product whose picture is shown. */
  thumbnail_product_retailer_id?: string;
  /** MPM: at most 10 sections and 30 products in all. */
  sections?: { title: string; product_items: { product_retailer_id: string }[] }[];
}

/** What fills one button: a URL suffix (`text`), a quick reply's payload, a coupon code, or what is opened. */
export type ButtonParameter =
  | { type: 'text'; text: string }
  | { type: 'payload'; payload: string }
  | { type: 'coupon_code'; coupon_code: string }
  | { type: 'action'; action: ButtonAction };

export type TemplateSendComponent =
  | { type: 'header' | 'body' | 'limited_time_offer'; parameters: TemplateParameter[] }
  | {
      type: 'button';
      sub_type: 'url' | 'quick_reply' | 'copy_code' | 'flow' | 'catalog' | 'mpm';
      /** 0-based place in the template's BUTTONS array. Send a string; Meta's samples use both. */
      index: string | number;
      /** May be absent for `flow` only. */
      parameters?: ButtonParameter[];
    }
  | { type: 'carousel'; cards: CarouselCard[] };

/** Every card of the approved template, counted from 0. */
export interface CarouselCard {
  card_index: number;
  components: TemplateSendComponent[];
}

export interface TemplateObject {
  name: string;
  language: { code: string; policy?: 'deterministic' };
  /** Only the components that have variables or media. */
  components?: TemplateSendComponent[];
}

interface SendBase {
  messaging_product: 'whatsapp';
  recipient_type?: 'individual' | 'group';
  /** E.164 with the plus; without it Meta may prepend the business's own country code. */
  to?: string;
  /** WhatsApp's id of a person for the business (BSUID), instead of `to`, for people without a known phone. */
  recipient?: string;
  /** Makes the message a reply to an earlier one. */
  context?: { message_id: string };
  /** At most 512 characters; comes back in every status webhook of this message, not in the answer. */
  biz_opaque_callback_data?: string;
}

/** The body of `POST /{phone-number-id}/messages`. */
export type SendRequest =
  | (SendBase & { type: 'text'; text: TextObject })
  | (SendBase & { type: 'image'; image: MediaObject })
  | (SendBase & { type: 'video'; video: MediaObject })
  | (SendBase & { type: 'document'; document: MediaObject })
  | (SendBase & { type: 'template'; template: TemplateObject });

/** HTTP 200: accepted, not delivered. Delivery is told by status webhooks only. */
export interface SendResponse {
  messaging_product: 'whatsapp';
  /** `wa_id` is WhatsApp's own form of the number and may differ from `input`; absent after a send to a `recipient`. */
  contacts: { input: string; wa_id?: string; user_id?: string }[];
  /** `message_status` comes with templates only; absent means accepted. */
  messages: { id: string; message_status?: MessageAcceptance }[];
}

export type MessageAcceptance = 'accepted' | 'held_for_quality_assessment' | 'paused';

export interface SuccessResponse {
  success: boolean;
}

// ---------------------------------------------------------------- errors

/** The body of a refused call. Decide on `code`, read `error_data.details`; the HTTP status is not reliable. */
export interface ErrorBody {
  error: {
    message: string;
    type: string;
    code: number;
    error_subcode?: number;
    error_data?: { messaging_product?: 'whatsapp'; details?: string };
    error_user_title?: string;
    error_user_msg?: string;
    is_transient?: boolean;
    fbtrace_id?: string;
  };
}

/** An error that is told later, in a webhook. */
export interface WebhookError {
  code: number;
  title: string;
  message?: string;
  error_data?: { details: string };
  href?: string;
}

// ---------------------------------------------------------------- webhooks

export interface WebhookEnvelope {
  object: 'whatsapp_business_account';
  entry: WebhookEntry[];
}

export interface WebhookEntry {
  /** The WABA id. */
  id: string;
  /** Unix seconds; on fields other than `messages`. */
  time?: number;
  changes: WebhookChange[];
}

export type WebhookChange =
  | { field: 'messages'; value: MessagesValue }
  | { field: 'user_preferences'; value: UserPreferencesValue }
  | { field: 'message_template_status_update'; value: TemplateStatusUpdateValue }
  | { field: 'message_template_quality_update'; value: TemplateQualityUpdateValue }
  | { field: 'template_category_update'; value: TemplateCategoryUpdateValue }
  | { field: 'phone_number_quality_update'; value: PhoneNumberQualityUpdateValue }
  | { field: 'account_update'; value: AccountUpdateValue }
  | { field: 'business_capability_update'; value: BusinessCapabilityUpdateValue };

export interface WebhookMetadata {
  display_phone_number: string;
  phone_number_id: string;
}

export interface WebhookContact {
  profile?: { name?: string; username?: string };
  wa_id?: string;
  user_id?: string;
}

/** One or more of the four lists; loop over all of them and over every element. */
export interface MessagesValue {
  messaging_product: 'whatsapp';
  metadata: WebhookMetadata;
  contacts?: WebhookContact[];
  statuses?: StatusObject[];
  messages?: InboundMessage[];
  errors?: WebhookError[];
}

/** `sent`, `delivered`, `read` and `failed` matter; anything else must be tolerated. */
export type StatusName = 'sent' | 'delivered' | 'read' | 'failed' | 'played' | 'deleted' | 'warning';

export interface StatusObject {
  /** The wamid of the send's answer. */
  id: string;
  status: StatusName;
  /** Unix seconds, as a string. Two statuses of one message may carry the same. */
  timestamp: string;
  /** Digits without the plus, WhatsApp's own form; absent for users known only by a user id. */
  recipient_id?: string;
  recipient_user_id?: string;
  biz_opaque_callback_data?: string;
  /** Gone from v24.0 on, except for free entry points. Never require it. */
  conversation?: { id: string; expiration_timestamp?: string; origin?: { type: string } };
  pricing?: StatusPricing;
  errors?: WebhookError[];
}

/** With `sent` and one of delivered/read; never with `failed`. */
export interface StatusPricing {
  billable?: boolean;
  pricing_model: string;
  type?: string;
  category: string;
  subtype?: string;
}

interface InboundBase {
  /** Digits without the plus; may be absent for users known only by a user id. */
  from?: string;
  from_user_id?: string;
  id: string;
  /** Unix seconds, as a string. */
  timestamp: string;
  /** `id` is the wamid of the message of ours that is answered. */
  context?: { from?: string; id?: string; forwarded?: boolean; frequently_forwarded?: boolean };
  errors?: WebhookError[];
}

/** Other types (location, contacts, order, system, unsupported …) exist and must be tolerated. */
export type InboundMessage =
  | (InboundBase & { type: 'text'; text: { body: string } })
  /** A tap on a template's quick reply. */
  | (InboundBase & { type: 'button'; button: { payload: string; text: string } })
  | (InboundBase & { type: 'interactive'; interactive: InteractiveReply })
  /** An absent or empty `emoji` takes the reaction back. */
  | (InboundBase & { type: 'reaction'; reaction: { message_id: string; emoji?: string } })
  | (InboundBase & { type: 'image'; image: InboundMedia })
  | (InboundBase & { type: 'video'; video: InboundMedia })
  | (InboundBase & { type: 'document'; document: InboundMedia });

export type InteractiveReply =
  | { type: 'button_reply'; button_reply: { id: string; title: string } }
  | { type: 'list_reply'; list_reply: { id: string; title: string; description?: string } };

export interface InboundMedia {
  id: string;
  mime_type: string;
  sha256: string;
  caption?: string;
  filename?: string;
  url?: string;
}

/** WhatsApp's own "stop marketing messages" control. */
export interface UserPreferencesValue {
  messaging_product: 'whatsapp';
  metadata: WebhookMetadata;
  contacts?: WebhookContact[];
  user_preferences: UserPreference[];
}

export interface UserPreference {
  wa_id?: string;
  user_id?: string;
  detail?: string;
  category: string;
  value: 'stop' | 'resume' | 'signup';
  /** Unix seconds, an integer here, unlike in statuses and messages. */
  timestamp: number;
}

export type TemplateEvent =
  | 'APPROVED'
  | 'REJECTED'
  | 'PENDING'
  | 'PAUSED'
  | 'DISABLED'
  | 'IN_APPEAL'
  | 'FLAGGED'
  | 'REINSTATED'
  | 'PENDING_DELETION'
  | 'DELETED'
  | 'LIMIT_EXCEEDED'
  | 'LOCKED'
  | 'ARCHIVED'
  | 'UNARCHIVED';

export interface TemplateStatusUpdateValue {
  event: TemplateEvent;
  /** An integer here, a string everywhere else. */
  message_template_id: number;
  message_template_name: string;
  message_template_language: string;
  message_template_category?: TemplateCategory;
  reason?: string | null;
  disable_info?: { disable_date: string };
  other_info?: { title: string; description: string };
  rejection_info?: { reason: string; recommendation?: string };
}

export interface TemplateQualityUpdateValue {
  previous_quality_score: QualityScore;
  new_quality_score: QualityScore;
  message_template_id: number;
  message_template_name: string;
  message_template_language: string;
}

export interface TemplateCategoryUpdateValue {
  message_template_id: number;
  message_template_name: string;
  message_template_language: string;
  new_category?: TemplateCategory;
  previous_category?: TemplateCategory;
  correct_category?: TemplateCategory;
  category_update_timestamp?: number;
}

export interface PhoneNumberQualityUpdateValue {
  display_phone_number: string;
  event: string;
  old_limit?: string;
  max_daily_conversations_per_business?: string | number;
}

export interface AccountUpdateValue {
  event: string;
  restriction_info?: { restriction_type: string; expiration?: number; remediation?: string }[];
  violation_info?: { violation_type: string };
  ban_info?: { waba_ban_state: string; waba_ban_date?: string };
}

export interface BusinessCapabilityUpdateValue {
  max_daily_conversations_per_business?: string | number;
  max_phone_numbers_per_business?: number;
  max_phone_numbers_per_waba?: number;
}

// ---------------------------------------------------------------- templates

/** Only APPROVED can be sent. */
export type TemplateStatus =
  | 'APPROVED'
  | 'PENDING'
  | 'REJECTED'
  | 'PAUSED'
  | 'DISABLED'
  | 'IN_APPEAL'
  | 'PENDING_DELETION'
  | 'DELETED'
  | 'LIMIT_EXCEEDED'
  | 'ARCHIVED';

export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
export type ParameterFormat = 'POSITIONAL' | 'NAMED';
export type QualityScore = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';

/** A template of the library. Identity is (name, language); each language has an id and a status of its own. */
export interface MessageTemplate {
  id: string;
  name: string;
  language: string;
  status: TemplateStatus;
  category: TemplateCategory;
  /** Absent means POSITIONAL. */
  parameter_format?: ParameterFormat;
  components: TemplateComponent[];
  quality_score?: { score: QualityScore; date?: number };
  rejected_reason?: string;
}

export type HeaderFormat = 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION' | 'GIF' | 'PRODUCT';

export type TemplateComponent =
  | { type: 'HEADER'; format: HeaderFormat; text?: string; example?: TemplateExample }
  | { type: 'BODY'; text: string; example?: TemplateExample }
  | { type: 'FOOTER'; text: string }
  | { type: 'BUTTONS'; buttons: TemplateButton[] }
  /** `text` has at most 16 characters; the body then has at most 600, and there is no footer. */
  | { type: 'LIMITED_TIME_OFFER'; limited_time_offer: { text: string; has_expiration?: boolean } }
  | { type: 'CAROUSEL'; cards: { components: TemplateComponent[] }[] };

export interface TemplateExample {
  header_handle?: string[];
  header_text?: string[];
  header_text_named_params?: { param_name: string; example: string }[];
  body_text?: string[][];
  body_text_named_params?: { param_name: string; example: string }[];
}

export type TemplateButton =
  /** `url` has at most one `{{1}}`, at its very end. */
  | { type: 'URL'; text: string; url: string; example?: string[] }
  | { type: 'QUICK_REPLY'; text: string }
  | { type: 'PHONE_NUMBER'; text: string; phone_number: string }
  | { type: 'COPY_CODE'; text?: string; example?: string | string[] }
  | { type: 'FLOW'; text: string; flow_id: string; flow_action?: string; navigate_screen?: string }
  | { type: 'CATALOG' | 'MPM' | 'SPM' | 'VOICE_CALL'; text: string };

export interface Paging {
  cursors: { before: string; after: string };
  /** Absent on the last page. */
  next?: string;
  previous?: string;
}

export interface TemplateList {
  data: MessageTemplate[];
  /** Absent when the list is empty. */
  paging?: Paging;
}

// ---------------------------------------------------------------- media and numbers

/** `url` lives five minutes and needs the Bearer token. */
export interface MediaInfo {
  messaging_product: 'whatsapp';
  id: string;
  url: string;
  mime_type: string;
  sha256: string;
  file_size: number;
}

/** Fields of `GET /{phone-number-id}?fields=…`; only `id` and what was asked for come back. */
export interface PhoneNumber {
  id: string;
  display_phone_number?: string;
  verified_name?: string;
  quality_rating?: 'GREEN' | 'YELLOW' | 'RED' | 'NA' | 'UNKNOWN';
  code_verification_status?: string;
  platform_type?: string;
  status?: string;
  /** STANDARD, HIGH, NOT_APPLICABLE. */
  throughput?: { level: string };
  messaging_limit_tier?: string;
  whatsapp_business_manager_messaging_limit?: string;
  webhook_configuration?: { application?: string; whatsapp_business_account?: string; phone_number?: string };
  health_status?: { can_send_message: string; entities: object[] };
}
