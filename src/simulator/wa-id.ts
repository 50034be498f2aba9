import { draw, hashText, Purpose } from './random';
import type { Recipient } from './ledger';
import type { SimulatorState } from './state';

/**
 * WhatsApp's identifiers of a person: the `wa_id`, which in three countries may differ from the dialled
 * number, and the business-scoped user id, the only identifier of people who use a username and hide
 * their number.
 */

/** Conversions between the two forms of a mobile number; other numbers stay unchanged. */
const FORMS: { dialled: RegExp; toWhatsApp: string; whatsApp: RegExp; toDialled: string }[] = [
  // Brazil: mobile numbers were extended to nine digits; older WhatsApp accounts keep eight.
  {
    dialled: /^55(\d\d)9(\d{8})$/,
    toWhatsApp: '55$1$2',
    whatsApp: /^55(\d\d)([6-9]\d{7})$/,
    toDialled: '55$19$2',
  },
  // Mexico: the 1 after the country code was abolished in 2019; WhatsApp keeps it.
  { dialled: /^52(\d{10})$/, toWhatsApp: '521$1', whatsApp: /^521(\d{10})$/, toDialled: '52$1' },
  // Argentina: a 9 after the country code marks mobile numbers in international format.
  {
    dialled: /^54([1-8]\d{9})$/,
    toWhatsApp: '549$1',
    whatsApp: /^549(\d{10})$/,
    toDialled: '54$1',
  },
];

/** The number without Brazil's ninth digit, with Mexico's 1, with Argentina's 9. */
function whatsAppForm(digits: string): string {
  const form = FORMS.find(({ dialled }) => dialled.test(digits));
  return form ? digits.replace(form.dialled, form.toWhatsApp) : digits;
}

/** The number with Brazil's ninth digit, without Mexico's 1, without Argentina's 9. */
function dialledForm(digits: string): string {
  const form = FORMS.find(({ whatsApp }) => whatsApp.test(digits));
  return form ? digits.replace(form.whatsApp, form.toDialled) : digits;
}

/** All forms of the same number; only one for most countries. */
export function spellingsOf(digits: string): string[] {
  return [...new Set([digits, whatsAppForm(digits), dialledForm(digits)])];
}

/** The `wa_id` in send responses, statuses and inbound messages: the person's `waId`, or the result of `rewriteWaId`. */
export function waIdOf(state: SimulatorState, digits: string): string {
  const { rewriteWaId } = state.behaviour;
  const chosen = state.overrides.get(digits)?.waId;
  if (chosen !== undefined) return chosen.replace(/\D/g, '');
  if (rewriteWaId === false) return digits;
  return rewriteWaId === 'dialled' ? dialledForm(digits) : whatsAppForm(digits);
}

const USER_ID_COUNTRIES: [prefix: string, country: string][] = [
  ['91', 'IN'],
  ['55', 'BR'],
  ['52', 'MX'],
  ['54', 'AR'],
  ['1', 'US'],
];

const USER_ID = /^[A-Z]{2}\.[\w-]{1,128}$/;

export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

/** Whom a user id belongs to: the digits of a person who was sent to or who wrote before; for others the id itself. */
export function personOf(state: SimulatorState, userId: string): string {
  const known = state.userIds.get(userId);
  if (known !== undefined) return known;
  for (const digits of state.ledger.recipients.keys())
    if (userIdOf(digits) === userId) {
      state.userIds.set(userId, digits);
      return digits;
    }
  return userId;
}

/** The person's business-scoped user id; the same for all forms of the number. */
export function userIdOf(digits: string): string {
  if (isUserId(digits)) return digits;
  const person = whatsAppForm(digits);
  const country = USER_ID_COUNTRIES.find(([prefix]) => person.startsWith(prefix))?.[1] ?? 'GB';
  return `${country}.${1_000_000_000 + hashText(3, person)}${1_000_000_000 + hashText(4, person)}`;
}

/** Whether webhooks about this person omit the phone number. */
export function hidesPhone(state: SimulatorState, recipient: Recipient): boolean {
  const { withoutPhoneShare } = state.behaviour;
  // nobody knows the number of a person who is known by the id alone
  if (isUserId(recipient.digits)) return true;
  const chosen = state.overrides.get(recipient.digits)?.withoutPhone;
  return (
    chosen ??
    (withoutPhoneShare > 0 && draw(recipient.randomBase, 0, Purpose.WithoutPhone) < withoutPhoneShare)
  );
}
