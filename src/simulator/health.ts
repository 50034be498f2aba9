import type { PhoneNumber } from '../whatsapp/wire';
import type { Sender, Waba } from './accounts';
import type { Problem } from './control-body';
import { refuse, type Refusal } from './errors';
import type { HealthChange, NumberHealth } from './health-change';
import type { Services } from './services';
import type { SimulatorState } from './state';
import type { OutgoingChange } from './webhook-body';

/** How WhatsApp sees numbers and accounts: quality, limits, restrictions, bans. Changed by `PUT /_simulator/health`. */

export function changeHealth(
  { state, webhooks }: Services,
  change: HealthChange,
): { webhooks: number } | Problem {
  const { wabaId, phoneNumberId, webhook, ...fields } = change;
  const sender = phoneNumberId === undefined ? undefined : state.accounts.sender(phoneNumberId);
  const waba = state.accounts.waba(wabaId ?? state.accounts.wabaOf(sender ?? state.accounts.sender('0')));
  const changes = webhook === false ? [] : [...numberChanges(sender, fields), ...accountChanges(fields)];
  setHealth(waba, sender, change);
  state.journal.write({ kind: 'health', change: { ...change, wabaId: waba.id } });
  for (const one of changes) webhooks.push({ kind: 'change', wabaId: waba.id, change: one });
  webhooks.flush();
  return { webhooks: changes.length };
}

/** Stores a change without webhooks. */
export function setHealth(waba: Waba, sender: Sender | undefined, change: HealthChange): void {
  const { status, quality, throughput, verification, platform, messagingLimit, webhookUrl } = change;
  const { restrictions, ban, review, payment, subscribed, otherApp } = change;
  if (sender)
    Object.assign(
      sender.health,
      given({ status, quality, throughput, verification, platform, messagingLimit, webhookUrl }),
    );
  Object.assign(waba.health, given({ restrictions, ban, review, payment, subscribed, otherApp }));
}

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function numberChanges(sender: Sender | undefined, fields: NumberHealth): OutgoingChange[] {
  if (!sender) return [];
  const { displayPhoneNumber: number, health } = sender;
  const { status, quality, throughput, messagingLimit } = fields;
  const changes: OutgoingChange[] = [];
  const tell = (event: string, more: object = {}) =>
    changes.push({
      field: 'phone_number_quality_update',
      value: { display_phone_number: number, event, ...more },
    });
  const low = (word: string | undefined) => word === 'RED' || word === 'FLAGGED';
  const wasLow = low(health.quality) || low(health.status);
  if (!wasLow && (low(quality) || low(status))) tell('FLAGGED');
  if (wasLow && (quality ?? status) && !low(quality) && !low(status)) tell('UNFLAGGED');
  if (throughput === 'HIGH') tell('THROUGHPUT_UPGRADE');
  if (messagingLimit !== undefined) {
    const value = { max_daily_conversations_per_business: messagingLimit };
    tell('ONBOARDING', { old_limit: health.messagingLimit ?? 'NOT_SET', ...value });
    changes.push({ field: 'business_capability_update', value });
  }
  return changes;
}

function accountChanges({
  restrictions,
  ban,
  banDate,
  review,
}: Omit<HealthChange, 'wabaId'>): OutgoingChange[] {
  const changes: OutgoingChange[] = [];
  if (restrictions)
    changes.push({
      field: 'account_update',
      value: {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: restrictions.map(({ type, ...end }) => ({ restriction_type: type, ...end })),
      },
    });
  if (ban)
    changes.push({
      field: 'account_update',
      value: {
        event: 'DISABLED_UPDATE',
        ban_info: { waba_ban_state: ban, ...(banDate && { waba_ban_date: banDate }) },
      },
    });
  if (review) changes.push({ field: 'account_review_update', value: { decision: review } });
  return changes;
}

/** The refusal of a send that WhatsApp forbids at present; null if it may go. */
export function checkForbidden(
  state: SimulatorState,
  sender: Sender,
  category: string | undefined,
): Refusal | null {
  const { ban, restrictions = [] } = state.accounts.healthOf(sender);
  if (ban === 'DISABLE') return refuse(131031);
  const current = restrictions.filter(({ expiration = Infinity }) => expiration * 1000 > Date.now());
  const forbidden = current.some(({ type }) => {
    if (type.includes('CUSTOMER_INITIATED')) return category === undefined;
    if (type.includes('BIZ_INITIATED')) return category !== undefined;
    return category !== undefined && type.includes(category);
  });
  return forbidden ? refuse(368, 'The account is temporarily restricted for a policy violation.') : null;
}

/** Fields of a number that `PUT /_simulator/health` can change. */
export function healthFields(state: SimulatorState, sender: Sender, webhookUrl: string | null) {
  const { health } = sender;
  const account = state.accounts.healthOf(sender);
  const limit = health.messagingLimit ?? state.behaviour.messagingLimit;
  const application = health.webhookUrl ?? webhookUrl ?? '';
  const blocked = account.payment === false || account.ban === 'DISABLE';
  const errors =
    account.payment === false
      ? [
          {
            error_code: 141006,
            error_description: 'There is an error with the payment method.',
            possible_solution: 'Add a payment method to the account.',
          },
        ]
      : [];
  return {
    quality_rating: (health.quality ?? 'GREEN') as PhoneNumber['quality_rating'],
    code_verification_status: health.verification ?? 'VERIFIED',
    platform_type: health.platform ?? 'CLOUD_API',
    status: health.status ?? 'CONNECTED',
    messaging_limit_tier: limit,
    whatsapp_business_manager_messaging_limit: limit,
    webhook_configuration: application ? { application } : {},
    health_status: {
      can_send_message: blocked ? 'BLOCKED' : 'AVAILABLE',
      entities: [
        { entity_type: 'PHONE_NUMBER', id: sender.phoneNumberId, can_send_message: 'AVAILABLE' },
        {
          entity_type: 'WABA',
          id: state.accounts.wabaOf(sender),
          can_send_message: blocked ? 'BLOCKED' : 'AVAILABLE',
          ...(errors.length > 0 && { errors }),
        },
      ],
    },
  };
}
