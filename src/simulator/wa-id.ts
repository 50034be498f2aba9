import { draw, hashText, Purpose } from './chance';
import type { Recipient } from './ledger';
import type { World } from './world';

/**
 * How WhatsApp names a person: the `wa_id`, which in three countries may differ from the number that
 * people dial, and the business-scoped user id, which is all that is told of people who hide their
 * number behind a username.
 */

/** One mobile number in both forms; only numbers that fit a pattern completely are changed. */
const FORMS: { dialled: RegExp; toWhatsApp: string; whatsApp: RegExp; toDialled: string }[] = [
  // Brazil: mobile numbers got a ninth digit, accounts older than that keep eight.
  {
    dialled: /^55(\d\d)9(\d{8})$/,
    toWhatsApp: '55$1$2',
    whatsApp: /^55(\d\d)([6-9]\d{7})$/,
    toDialled: '55$19$2',
  },
  // Mexico: the 1 after the country code was abolished in 2019, WhatsApp keeps it.
  { dialled: /^52(\d{10})$/, toWhatsApp: '521$1', whatsApp: /^521(\d{10})$/, toDialled: '52$1' },
  // Argentina: a 9 after the country code marks mobile numbers in calls from abroad.
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

/** Every way to write the number of the same person; one for most numbers. */
export function spellingsOf(digits: string): string[] {
  return [...new Set([digits, whatsAppForm(digits), dialledForm(digits)])];
}

/** The `wa_id` of answers, statuses and inbound messages: set for the person, or made by `rewriteWaId`. */
export function waIdOf(world: World, digits: string): string {
  const { rewriteWaId } = world.behaviour;
  const chosen = world.overrides.get(digits)?.waId;
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

/** The person's business-scoped user id: the same for every spelling of the number. */
export function userIdOf(digits: string): string {
  const person = whatsAppForm(digits);
  const country = USER_ID_COUNTRIES.find(([prefix]) => person.startsWith(prefix))?.[1] ?? 'GB';
  return `${country}.${1_000_000_000 + hashText(3, person)}${1_000_000_000 + hashText(4, person)}`;
}

/** Whether webhooks about this person leave the phone number out. */
export function hidesPhone(world: World, recipient: Recipient): boolean {
  const { withoutPhoneShare } = world.behaviour;
  const chosen = world.overrides.get(recipient.digits)?.withoutPhone;
  return (
    chosen ?? (withoutPhoneShare > 0 && draw(recipient.chance, 0, Purpose.WithoutPhone) < withoutPhoneShare)
  );
}
