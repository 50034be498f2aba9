import { accountDeleted, accountDisabled } from '../whatsapp/account-events';

/** What WhatsApp forbids a number at present, and what that means for campaigns. Pure. */

/** The kinds of messages that a restriction may forbid. */
export type RestrictedKind = 'MARKETING' | 'UTILITY' | 'FREE_FORM';

/** One thing that WhatsApp forbids, as it is stored; times are ISO 8601. */
export interface Restriction {
  /** WhatsApp's `restriction_type`, or one of `accountDisabled`, `accountDeleted` and {@link numberBanned}. */
  type: string;
  /** When it was stored first, by the database's clock: a campaign that was resumed after this time is not paused for it again. */
  since: string;
  /** Null: until WhatsApp says otherwise. */
  until: string | null;
}

/** Not told by a webhook: the number was read as BANNED. */
export const numberBanned = 'NUMBER_BANNED';

const everything: readonly RestrictedKind[] = ['MARKETING', 'UTILITY', 'FREE_FORM'];

/** The account or the number cannot be used at all. */
const endingTexts: Readonly<Record<string, string>> = {
  [accountDisabled]:
    'WhatsApp disabled this account because it broke a policy. Ask for a review in WhatsApp Manager',
  [accountDeleted]: 'This WhatsApp account was deleted. Send from a number of another account',
  [numberBanned]: 'WhatsApp banned this number. Ask for a review in WhatsApp Manager',
};

/** Which messages a restriction forbids. WhatsApp adds types: one that is not known forbids what its name says. */
export function forbids({ type }: Pick<Restriction, 'type'>): readonly RestrictedKind[] {
  if (type in endingTexts) return everything;
  // messages that answer a customer, within the 24 hours: a template is not needed for them
  if (type.includes('CUSTOMER_INITIATED')) return ['FREE_FORM'];
  if (type.includes('BIZ_INITIATED') || type.includes('BUSINESS_INITIATED')) return ['MARKETING', 'UTILITY'];
  const named = (['MARKETING', 'UTILITY'] as const).filter((kind) => type.includes(kind));
  if (named.length > 0) return named;
  return type.includes('MESSAGING') ? everything : [];
}

const kindNames: Readonly<Record<RestrictedKind, string>> = {
  MARKETING: 'marketing templates',
  UTILITY: 'utility templates',
  FREE_FORM: 'messages without a template',
};

/** What happened, as the beginning of a sentence; the same for a restriction as long as it lasts. */
export function restrictionText(restriction: Pick<Restriction, 'type'>): string {
  const ending = endingTexts[restriction.type];
  if (ending) return ending;
  const kinds = forbids(restriction);
  if (restriction.type === 'RESTRICTED_ADD_PHONE_NUMBER_ACTION')
    return 'WhatsApp does not let this account add phone numbers. Look in WhatsApp Manager for the reason';
  if (kinds.length === 0)
    return `WhatsApp restricted this account (${restriction.type}). Look in WhatsApp Manager for what it may not do`;
  const names = kinds.map((kind) => kindNames[kind]);
  const last = names.pop() ?? '';
  const listed = names.length > 0 ? `${names.join(', ')} and ${last}` : last;
  return `WhatsApp restricted this account: it may not send ${listed}. Look in WhatsApp Manager for the reason`;
}

/** {@link restrictionText} with when it ends. */
export function restrictionSentence(restriction: Restriction): string {
  const { until } = restriction;
  const end = until && ` It ends on ${until.slice(0, 10)} at ${until.slice(11, 16)} UTC.`;
  return `${restrictionText(restriction)}.${end ?? ''}`;
}

/** Of the same type the later one counts, with the time at which the type was stored first. */
export function restrictedBy(
  present: readonly Restriction[],
  added: readonly Pick<Restriction, 'type' | 'until'>[],
  now: Date,
): Restriction[] {
  const types = added.map(({ type }) => type);
  return [
    ...present.filter(({ type }) => !types.includes(type)),
    ...added.map(({ type, until }) => {
      const known = present.find((one) => one.type === type);
      return { type, until, since: known?.since ?? now.toISOString() };
    }),
  ];
}

/** The restrictions that are over at a moment. */
export function expired(restrictions: readonly Restriction[], now: Date): Restriction[] {
  return restrictions.filter(({ until }) => until !== null && new Date(until) <= now);
}
