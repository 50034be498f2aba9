import { badInput } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { ContactKind } from '../audience';
import { LeadStatus } from '../filter/filter';
import type { Customer, Lead } from './contact.entity';
import type { ContactFieldsInput } from './contact.graphql';
import { normalisePhone } from './phone';

export const maxTags = 100;
const maxAttributes = 100;
const maxAttributeName = 100;
const maxAttributeText = 10_000;

type AttributeValue = string | number | boolean;

/** Attributes to set, and names of attributes to remove. */
export interface AttributeChange {
  set: Record<string, AttributeValue>;
  removed: string[];
}

/** The columns that an input sets; what was left out is missing. */
export type ContactColumns = Partial<Omit<Lead & Customer, 'attributes'>>;

const fieldsOf: Record<ContactKind, readonly (keyof ContactFieldsInput)[]> = {
  LEAD: ['status', 'quality', 'city', 'state', 'assignedUserId'],
  CUSTOMER: ['engagementScore', 'totalSpent', 'totalOrders', 'lastOrderAt'],
};

/**
 * The columns that an input sets, checked and as they are stored. Null clears a column; one that cannot be empty gets its
 * default.
 * @param country of the business, for phones without a country code
 * @throws BAD_USER_INPUT naming the field
 */
export function checkContact(kind: ContactKind, input: ContactFieldsInput, country: string): ContactColumns {
  const other = kind === ContactKind.LEAD ? ContactKind.CUSTOMER : ContactKind.LEAD;
  for (const field of fieldsOf[other]) {
    if (input[field] != null) throw badInput(`input.${field}`, `no value, because the contact is a ${kind}`);
  }
  const columns: ContactColumns = {};
  if (input.name !== undefined) columns.name = text('name', input.name) ?? '';
  if (input.phone !== undefined) {
    columns.phone = text('phone', input.phone) ?? '';
    columns.phoneE164 = normalisePhone(columns.phone, country);
  }
  if (input.bsuid !== undefined) columns.bsuid = checkBsuid(input.bsuid);
  if (input.email !== undefined) columns.email = checkEmail(input.email);
  if (input.tags !== undefined) columns.tags = checkTags('input.tags', input.tags ?? []);
  if (input.externalId !== undefined) columns.externalId = text('externalId', input.externalId);
  if (kind === ContactKind.LEAD) {
    if (input.status !== undefined) columns.status = input.status ?? LeadStatus.NEW;
    if (input.quality !== undefined) columns.quality = input.quality;
    if (input.city !== undefined) columns.city = text('city', input.city);
    if (input.state !== undefined) columns.state = text('state', input.state);
    if (input.assignedUserId !== undefined)
      columns.assignedUserId = text('assignedUserId', input.assignedUserId);
  } else {
    if (input.engagementScore !== undefined)
      columns.engagementScore = notNegative('engagementScore', input.engagementScore);
    if (input.totalSpent !== undefined) columns.totalSpent = checkAmount(input.totalSpent);
    if (input.totalOrders !== undefined) columns.totalOrders = notNegative('totalOrders', input.totalOrders);
    if (input.lastOrderAt !== undefined) columns.lastOrderAt = input.lastOrderAt;
  }
  return columns;
}

/** @throws BAD_USER_INPUT naming the field: nothing could ever be sent to such a contact */
export function checkReachable(contact: { phone: string; bsuid: string | null }): void {
  if (contact.phone === '' && contact.bsuid === null) throw badInput('input.phone', 'a phone, or a bsuid');
}

/**
 * Names are trimmed; texts keep their blanks.
 * @throws BAD_USER_INPUT naming the attribute
 */
export function checkAttributes(given: Record<string, unknown> | null | undefined): AttributeChange {
  const set = new Map<string, AttributeValue | null>();
  for (const [key, value] of Object.entries(given ?? {})) {
    const name = key.trim().toWellFormed();
    const field = `input.attributes.${name.slice(0, maxAttributeName)}`;
    if (name === '' || name.length > maxAttributeName || name.includes('\0'))
      throw badInput(field, `a name of 1 to ${maxAttributeName} characters without NUL`);
    if (set.has(name)) throw badInput(field, 'each name once');
    set.set(name, checkAttribute(field, value));
  }
  const values = [...set].filter((entry): entry is [string, AttributeValue] => entry[1] !== null);
  return {
    set: Object.fromEntries(values),
    removed: [...set].flatMap(([name, value]) => (value === null ? [name] : [])),
  };
}

/** The attributes of a contact after a change. @throws BAD_USER_INPUT for too many */
export function mergeAttributes(
  attributes: Record<string, unknown>,
  { set, removed }: AttributeChange,
): Record<string, unknown> {
  const merged = new Map([...Object.entries(attributes), ...Object.entries(set)]);
  for (const name of removed) merged.delete(name);
  if (merged.size > maxAttributes) throw badInput('input.attributes', `at most ${maxAttributes} attributes`);
  return Object.fromEntries(merged);
}

function checkAttribute(field: string, value: unknown): AttributeValue | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') throw badInput(field, 'a text, a number, true, false or null');
  if (value.length > maxAttributeText || value.includes('\0'))
    throw badInput(field, `at most ${maxAttributeText} characters without NUL`);
  return value.toWellFormed();
}

/** Each tag once, in the order given. @throws BAD_USER_INPUT naming the tag */
export function checkTags(field: string, tags: readonly string[]): string[] {
  if (tags.length > maxTags) throw badInput(field, `at most ${maxTags} tags`);
  return [...new Set(tags.map((tag, i) => checkText(`${field}.${i}`, tag.toWellFormed(), 200)))];
}

/** A text without blanks around it; null when nothing is left. */
function text(field: keyof ContactFieldsInput, value: string | null): string | null {
  return checkText(`input.${field}`, (value ?? '').toWellFormed(), 200, 0) || null;
}

/** Whether a text can be WhatsApp's id of a person (BSUID): it is no phone number. */
export function isBsuid(text: string): boolean {
  return /^(?!\+)[\x21-\x7e]{1,150}$/.test(text);
}

function checkBsuid(value: string | null): string | null {
  const bsuid = text('bsuid', value);
  if (bsuid !== null && !isBsuid(bsuid))
    throw badInput('input.bsuid', "WhatsApp's id of a person, e.g. IN.1234567890");
  return bsuid;
}

function checkEmail(value: string | null): string | null {
  const email = checkText('input.email', (value ?? '').toWellFormed(), 320, 0);
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw badInput('input.email', 'an e-mail address, e.g. asha@example.com');
  return email || null;
}

function notNegative(field: keyof ContactFieldsInput, value: number | null): number {
  if (value !== null && value < 0) throw badInput(`input.${field}`, 'a whole number of 0 or more');
  return value ?? 0;
}

function checkAmount(value: string | null): string {
  if (value !== null && !/^\d{1,12}(\.\d{1,2}0*)?$/.test(value))
    throw badInput('input.totalSpent', 'an amount of 0 or more with at most two decimals, e.g. 49.90');
  return value ?? '0';
}
