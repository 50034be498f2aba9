import type { ContactFieldsFragment, CreateContactInput, UpdateContactInput } from '../generated/graphql';
import { fromLocal, toLocal } from './local-time';

export type ContactKind = ContactFieldsFragment['kind'];

/** What stands in the fields of the form: texts, as they are typed. */
export interface ContactValues {
  name: string;
  phone: string;
  email: string;
  tags: string[];
  status: string;
  quality: string;
  city: string;
  state: string;
  assignedUserId: string;
  engagementScore: string;
  totalSpent: string;
  totalOrders: string;
  /** "2026-11-26T14:05" in the business's zone. */
  lastOrderAt: string;
  externalId: string;
  bsuid: string;
  attributes: AttributeValues[];
}

export interface AttributeValues {
  name: string;
  value: string;
  /** Tells rows apart while their names are typed. */
  key: number;
}

type Name = Exclude<keyof ContactValues, 'tags' | 'attributes'>;
export type FieldErrors = Partial<Record<keyof ContactValues, string>>;

export const fieldsOf: Record<ContactKind, readonly Name[]> = {
  LEAD: ['status', 'quality', 'city', 'state', 'assignedUserId'],
  CUSTOMER: ['totalSpent', 'totalOrders', 'lastOrderAt', 'engagementScore'],
};
const fieldsOfBoth: readonly Name[] = ['name', 'phone', 'email', 'externalId', 'bsuid'];
const wholeNumbers: readonly Name[] = ['engagementScore', 'totalOrders'];

/** What the form shows of a contact; of a new one, empty fields. */
export function valuesOf(contact: ContactFieldsFragment | undefined, timeZone: string): ContactValues {
  const text = (value: string | number | null | undefined) => String(value ?? '');
  return {
    name: text(contact?.name),
    phone: text(contact?.phone),
    email: text(contact?.email),
    tags: contact?.tags ?? [],
    // What the server gives to a new lead.
    status: contact ? text(contact.status) : 'NEW',
    quality: text(contact?.quality),
    city: text(contact?.city),
    state: text(contact?.state),
    assignedUserId: text(contact?.assignedUserId),
    engagementScore: text(contact?.engagementScore),
    totalSpent: text(contact?.totalSpent),
    totalOrders: text(contact?.totalOrders),
    lastOrderAt: contact?.lastOrderAt ? toLocal(contact.lastOrderAt, timeZone) : '',
    externalId: text(contact?.externalId),
    bsuid: text(contact?.bsuid),
    attributes: Object.entries(contact?.attributes ?? {}).map(([name, value], key) => ({
      name,
      value: attributeText(value),
      key,
    })),
  };
}

/** The value of an attribute as people read it. */
export function attributeText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The input of `createContact`: what was filled in. */
export function newContact(
  businessId: string,
  kind: ContactKind,
  values: ContactValues,
  timeZone: string,
): CreateContactInput {
  return { businessId, kind, ...changesOf(undefined, kind, values, timeZone) };
}

/**
 * The input of `updateContact`: only what was changed, so that what somebody else changed meanwhile stays. Attributes
 * that were taken away are null.
 */
export function changesOf(
  contact: ContactFieldsFragment | undefined,
  kind: ContactKind,
  values: ContactValues,
  timeZone: string,
): UpdateContactInput {
  const before = valuesOf(contact, timeZone);
  const input: Record<string, unknown> = {};
  for (const field of [...fieldsOfBoth, ...fieldsOf[kind]]) {
    const value = values[field].trim();
    if (value === before[field].trim()) continue;
    if (value === '') input[field] = null;
    else if (wholeNumbers.includes(field)) input[field] = Number(value);
    else if (field === 'lastOrderAt') input[field] = fromLocal(value, timeZone);
    else input[field] = value;
  }
  if (values.tags.join('\n') !== before.tags.join('\n')) input.tags = values.tags;
  const attributes = attributeChanges(contact?.attributes ?? {}, values.attributes);
  if (Object.keys(attributes).length > 0) input.attributes = attributes;
  return input;
}

function attributeChanges(
  before: Record<string, unknown>,
  after: readonly AttributeValues[],
): Record<string, unknown> {
  const changes = new Map<string, unknown>();
  for (const name of Object.keys(before)) changes.set(name, null);
  for (const { name, value } of after) {
    const key = name.trim();
    if (key === '') continue;
    const old = before[key];
    if (Object.hasOwn(before, key) && attributeText(old) === value) changes.delete(key);
    else changes.set(key, retyped(value, old));
  }
  return Object.fromEntries(changes);
}

/** A number stays a number, and true or false stay such, as long as what was typed can be read so. */
function retyped(value: string, old: unknown): unknown {
  if (typeof old === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (typeof old === 'boolean' && /^(true|false)$/.test(value.trim())) return value.trim() === 'true';
  return value;
}

/** What can be said about the fields without the server: the id of a text for each field. */
export function problemsIn(kind: ContactKind, values: ContactValues) {
  const wrong = <T extends string>(holds: boolean, id: T) => (holds ? id : undefined);
  const number = (value: string) => value.trim() !== '' && !/^\d{1,9}$/.test(value.trim());
  const names = values.attributes.map(({ name }) => name.trim());
  const customer = kind === 'CUSTOMER';
  return {
    phone: wrong(values.phone.trim() === '' && values.bsuid.trim() === '', 'contacts.form.phoneMissing'),
    engagementScore: wrong(customer && number(values.engagementScore), 'contacts.form.wholeNumber'),
    totalOrders: wrong(customer && number(values.totalOrders), 'contacts.form.wholeNumber'),
    totalSpent: wrong(
      customer &&
        values.totalSpent.trim() !== '' &&
        !/^\d{1,12}(\.\d{1,2}0*)?$/.test(values.totalSpent.trim()),
      'contacts.form.amount',
    ),
    attributes:
      wrong(
        values.attributes.some(({ name, value }) => name.trim() === '' && value.trim() !== ''),
        'contacts.form.attributeName',
      ) ??
      wrong(
        names.some((name, i) => name !== '' && names.indexOf(name) !== i),
        'contacts.form.attributeTwice',
      ),
  } as const;
}

/** The field of the form that an input path of the server means: `input.tags.2` is `tags`; undefined for another. */
export function fieldOf(path: string): keyof ContactValues | undefined {
  const name = path.split('.')[1] ?? '';
  return Object.hasOwn(emptyValues, name) ? (name as keyof ContactValues) : undefined;
}

const emptyValues = valuesOf(undefined, 'UTC');
