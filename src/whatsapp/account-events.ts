import { idText, list, object, text } from './webhook-values';
import type { Loose } from './webhook-values';

/** What WhatsApp reports about an account or one of its numbers. */
export interface AccountEvent {
  wabaId: string;
  /** Of the number that it is about, digits only; empty when it concerns the whole account, or does not say. */
  number: string;
  change: AccountChange;
  /** By WhatsApp's clock, in whole seconds; never in the future. */
  at: Date;
}

/** A restriction as WhatsApp tells it. */
export interface ReportedRestriction {
  type: string;
  /** ISO 8601; null if it does not say when it ends. */
  until: string | null;
}

/**
 * - `quality`: of a number. `flagged` true: its quality is low, false: no longer; undefined: not told. `limit`: people in
 *   24 hours, in WhatsApp's words; `highThroughput`: it may send 1,000 messages a second now
 * - `limit`: people in 24 hours of all numbers of the account
 * - `restricted`: types that are forbidden now
 * - `lifted`: nothing is forbidden any more
 * - `trouble`, `notice`: in words, for people. `ends`: the trouble that is over with this notice
 */
export type AccountChange =
  | { kind: 'quality'; flagged: boolean | undefined; limit: string | undefined; highThroughput: boolean }
  | { kind: 'limit'; limit: string }
  | { kind: 'restricted'; restrictions: ReportedRestriction[] }
  | { kind: 'lifted' }
  | { kind: 'trouble'; topic: TroubleTopic; text: string }
  | { kind: 'notice'; text: string; ends?: TroubleTopic };

/**
 * What ends a trouble:
 * - `DISABLING`: the end of all restrictions
 * - `NAME`: an approved name, or accepted messages
 * - `SENDING`: accepted messages
 * - `WARNING`: a test of the number that finds nothing wrong, because WhatsApp does not report its end
 */
export type TroubleTopic = 'DISABLING' | 'NAME' | 'SENDING' | 'WARNING';

/** Restriction types of our own, for an account that cannot be used at all. */
export const accountDisabled = 'ACCOUNT_DISABLED';
export const accountDeleted = 'ACCOUNT_DELETED';

/** Reads one change of a webhook; undefined when it is not about an account or a number, or says nothing that we use. */
export function readAccountChange(
  { field, value: given }: Loose,
  account: Pick<AccountEvent, 'wabaId' | 'at'>,
): AccountEvent | undefined {
  const value = object(given);
  const change = changeOf(text(field), value, account.at);
  if (!change || !account.wabaId) return undefined;
  const ofNumber = change.kind === 'quality' || field === 'phone_number_name_update';
  const number = ofNumber ? (idText(value.display_phone_number)?.replace(/\D/g, '') ?? '') : '';
  return { ...account, number, change };
}

function changeOf(field: string | undefined, value: Loose, at: Date): AccountChange | undefined {
  switch (field) {
    case 'phone_number_quality_update':
      return qualityOf(value);
    case 'business_capability_update': {
      const limit = limitText(
        value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone,
      );
      return limit === undefined ? undefined : { kind: 'limit', limit };
    }
    case 'account_update':
      return accountUpdateOf(value, at);
    case 'account_review_update':
      return reviewOf(word(value.decision));
    case 'account_alerts':
      return alertOf({ ...value, ...object(value.alert_info) });
    case 'phone_number_name_update':
      return nameOf(value);
    case 'security':
      return securityOf(word(value.event));
    case undefined:
    default:
      return undefined;
  }
}

function qualityOf(value: Loose): AccountChange {
  const event = word(value.event);
  const flagged = event === 'FLAGGED' ? true : event === 'UNFLAGGED' ? false : undefined;
  const limit = limitText(value.max_daily_conversations_per_business ?? value.current_limit);
  return { kind: 'quality', flagged, limit, highThroughput: event === 'THROUGHPUT_UPGRADE' };
}

function accountUpdateOf(value: Loose, at: Date): AccountChange | undefined {
  switch (word(value.event)) {
    case 'ACCOUNT_RESTRICTION': {
      const restrictions = list(value.restriction_info)
        .map(object)
        .flatMap(({ restriction_type: type, expiration }) =>
          word(type) ? [{ type: word(type), until: endOf(expiration, at) }] : [],
        );
      return restrictions.length > 0 ? { kind: 'restricted', restrictions } : { kind: 'lifted' };
    }
    case 'ACCOUNT_DELETED':
      return { kind: 'restricted', restrictions: [{ type: accountDeleted, until: null }] };
    case 'DISABLED_UPDATE': {
      const { waba_ban_state: state, waba_ban_date: date } = object(value.ban_info);
      if (word(state) === 'REINSTATE') return { kind: 'lifted' };
      if (word(state) === 'SCHEDULE_FOR_DISABLE')
        return { kind: 'trouble', topic: 'DISABLING', text: disabledSoon(date) };
      return { kind: 'restricted', restrictions: [{ type: accountDisabled, until: null }] };
    }
    case 'ACCOUNT_VIOLATION': {
      const violation = word(object(value.violation_info).violation_type);
      return {
        kind: 'trouble',
        topic: 'WARNING',
        text: `WhatsApp found that this account broke a policy${violation && ` (${violation})`}. Look in WhatsApp Manager, or it may be restricted.`,
      };
    }
    case 'MM_LITE_TERMS_SIGNED':
      return { kind: 'notice', text: 'The terms for marketing messages are accepted.' };
    default:
      return undefined;
  }
}

function disabledSoon(date: unknown): string {
  const on = idText(date)?.slice(0, 60);
  return `WhatsApp will disable this account${on ? ` on ${on}` : ' soon'} because it broke a policy. Ask for a review in WhatsApp Manager.`;
}

function reviewOf(decision: string): AccountChange | undefined {
  if (decision === 'APPROVED') return { kind: 'notice', text: 'WhatsApp approved this account.' };
  if (decision === 'REJECTED')
    return {
      kind: 'trouble',
      topic: 'WARNING',
      text: 'WhatsApp rejected this account. Ask for a review in WhatsApp Manager.',
    };
  return decision
    ? { kind: 'notice', text: `WhatsApp reviews this account (${decision.toLowerCase()}).` }
    : undefined;
}

function alertOf(value: Loose): AccountChange | undefined {
  const type = word(value.alert_type);
  const said = text(value.alert_description)?.trim().slice(0, 500);
  if (!type && !said) return undefined;
  const about = [said, type && `(${type})`].filter(Boolean).join(' ');
  const resolved = word(value.alert_status) === 'RESOLVED';
  const harmless = word(value.alert_severity).startsWith('INFO') || resolved;
  return harmless
    ? { kind: 'notice', text: `WhatsApp about this account: ${about}` }
    : {
        kind: 'trouble',
        topic: 'WARNING',
        text: `WhatsApp warns about this account: ${about}. Look in WhatsApp Manager.`,
      };
}

function nameOf(value: Loose): AccountChange | undefined {
  const decision = word(value.decision);
  const name = text(value.requested_verified_name)?.trim().slice(0, 100) ?? '';
  if (decision === 'APPROVED')
    return { kind: 'notice', text: `WhatsApp approved the name "${name}".`, ends: 'NAME' };
  if (decision !== 'REJECTED') return undefined;
  const reason = word(value.rejection_reason);
  const because = reason && reason !== 'NONE' ? ` (${reason})` : '';
  return {
    kind: 'trouble',
    topic: 'NAME',
    text: `WhatsApp rejected the name "${name}"${because}. Ask for another name in WhatsApp Manager.`,
  };
}

/** Who turned two-step verification off, or changed its PIN, could take the number away. */
function securityOf(event: string): AccountChange | undefined {
  if (event === 'PIN_RESET_REQUEST')
    return {
      kind: 'trouble',
      topic: 'WARNING',
      text: 'Somebody asked to turn two-step verification off for a number of this account. If that was nobody of yours, change the password of the Meta account.',
    };
  if (event === 'PIN_CHANGED' || event === 'PIN_RESET_SUCCESS')
    return {
      kind: 'notice',
      text: 'The two-step PIN of a number of this account was changed or turned off. Sending goes on.',
    };
  return undefined;
}

/** An integer, as text too, or TIER_…; -1 is unlimited. */
function limitText(value: unknown): string | undefined {
  const given = typeof value === 'number' ? String(value) : word(value);
  if (given === '-1') return 'UNLIMITED';
  return given || undefined;
}

/**
 * Unix seconds, as a number or as text. An end before the event itself makes no sense: then the restriction holds until
 * WhatsApp says otherwise.
 */
function endOf(value: unknown, at: Date): string | null {
  const ms = (typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN) * 1000;
  return ms > at.getTime() && ms < 8.64e15 ? new Date(ms).toISOString() : null;
}

function word(value: unknown): string {
  return idText(value)?.toUpperCase().slice(0, 64) ?? '';
}
