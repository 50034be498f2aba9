import type { Credentials, WhatsAppClient } from './client';
import { idText, list, object, text } from './webhook-values';
import type { Loose } from './webhook-values';

/** A number as WhatsApp has it; what is missing there is empty. Words are WhatsApp's own. */
export interface NumberAtWhatsApp {
  /** Digits only. */
  number: string;
  /** That people see. */
  name: string;
  status: string;
  qualityRating: string;
  /** NOT_VERIFIED: the number was never confirmed by a code. */
  verification: string;
  /** Where the number is registered: CLOUD_API, or elsewhere, or nowhere. */
  platform: string;
  throughput: string;
  messagingLimit: string;
  /** Where webhooks about the number go; empty: nowhere; undefined: WhatsApp does not say. */
  webhookUrl: string | undefined;
  hindrances: Hindrance[];
}

/** Something that keeps messages from being sent, as WhatsApp's health status tells it. */
export interface Hindrance {
  /** PHONE_NUMBER, WABA, BUSINESS or APP. */
  of: string;
  /** Undefined for a limitation without a code. */
  code: number | undefined;
  text: string;
  cure: string;
}

const fields = [
  'display_phone_number',
  'verified_name',
  'status',
  'quality_rating',
  'code_verification_status',
  'platform_type',
  'throughput',
  'whatsapp_business_manager_messaging_limit',
  'webhook_configuration',
  'health_status',
].join(',');

/** Missing settings for calls, which campaigns do not make. */
const aboutCalls = [138024, 138025];

/** @throws WhatsAppError, WhatsAppUnreachable */
export async function readNumber(
  client: WhatsAppClient,
  { phoneNumberId, accessToken }: Credentials,
): Promise<NumberAtWhatsApp> {
  const read = await client.read(`/${phoneNumberId}?fields=${fields}`, accessToken);
  const webhooks = object(read.webhook_configuration);
  return {
    number: words(read.display_phone_number).replace(/\D/g, ''),
    name: words(read.verified_name),
    status: words(read.status).toUpperCase(),
    qualityRating: words(read.quality_rating).toUpperCase(),
    verification: words(read.code_verification_status).toUpperCase(),
    platform: words(read.platform_type).toUpperCase(),
    throughput: words(object(read.throughput).level).toUpperCase(),
    messagingLimit: words(read.whatsapp_business_manager_messaging_limit).toUpperCase(),
    webhookUrl:
      read.webhook_configuration === undefined
        ? undefined
        : // the narrower setting counts
          words(webhooks.phone_number) ||
          words(webhooks.whatsapp_business_account) ||
          words(webhooks.application),
    hindrances: list(object(read.health_status).entities).map(object).flatMap(hindrancesOf),
  };
}

/**
 * What Meta decided about the account (APPROVED, PENDING, REJECTED …); empty if it does not say.
 * @throws WhatsAppError, WhatsAppUnreachable
 */
export async function readReview(client: WhatsAppClient, credentials: Credentials): Promise<string> {
  const { wabaId, accessToken } = credentials;
  const read = await client.read(`/${wabaId}?fields=account_review_status`, accessToken);
  return words(read.account_review_status).toUpperCase();
}

/** Whether an app gets the account's webhooks. @throws WhatsAppError, WhatsAppUnreachable */
export async function isSubscribed(client: WhatsAppClient, credentials: Credentials): Promise<boolean> {
  const { wabaId, accessToken } = credentials;
  const { data } = await client.read(`/${wabaId}/subscribed_apps`, accessToken);
  return list(data).length > 0;
}

/** Lets the token's own app get the account's webhooks. @throws WhatsAppError, WhatsAppUnreachable */
export async function subscribe(client: WhatsAppClient, credentials: Credentials): Promise<void> {
  await client.post(`/${credentials.wabaId}/subscribed_apps`, credentials.accessToken);
}

function hindrancesOf(entity: Loose): Hindrance[] {
  const of = words(entity.entity_type);
  const errors = list(entity.errors).map((given) => {
    const { error_code: code, error_description: description, possible_solution: solution } = object(given);
    return {
      of,
      code: typeof code === 'number' ? code : undefined,
      text: words(description),
      cure: words(solution),
    };
  });
  const notes = list(entity.additional_info).map((note) => ({
    of,
    code: undefined,
    text: words(note),
    cure: '',
  }));
  return [...errors, ...notes].filter(({ code, text: said }) => said && !aboutCalls.includes(code ?? 0));
}

/** Of at most 500 characters, as WhatsApp writes it. */
function words(value: unknown): string {
  return (text(value) ?? idText(value) ?? '').trim().slice(0, 500);
}
