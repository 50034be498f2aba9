import { fromLocal, toLocal } from '../../contacts/local-time';
import type { TemplateValueInput, WizardCampaignFragment } from '../../generated/graphql';
import { isAddress } from './address';
import { unknownPlaceholder } from './placeholders';
import type { Variable } from './variables';

/**
 * The values of a template as they are typed, by the keys of its variables. What a kind needs besides has longer keys:
 * `header.mediaId` and `header.fileName` of an upload, `header.product`, `header.latitude`; `body.1.literal` and
 * `body.1.fallback` are what was typed before a text came from the contact, or before it was the same for everybody again.
 */
export type Values = Readonly<Record<string, string>>;

/** A value as the API takes it; undefined while it is missing or wrong. */
export function valueInput(
  { key, kind }: Pick<Variable, 'key' | 'kind'>,
  values: Values,
  zone: string,
): TemplateValueInput | undefined {
  const at = (name: string) => (values[`${key}.${name}`] ?? '').trim();
  const text = (values[key] ?? '').trim();
  switch (kind) {
    case 'TEXT':
    case 'COUPON':
    case 'URL_SUFFIX':
    case 'FLOW':
      return text === '' || unknownPlaceholder(text) !== undefined ? undefined : { key, value: text };
    case 'IMAGE':
    case 'VIDEO':
    case 'GIF':
    case 'DOCUMENT':
      return mediaValue(key, kind, text, at);
    case 'EXPIRES_AT':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? { key, value: fromLocal(text, zone) } : undefined;
    case 'PRODUCT':
      return text === '' ? undefined : { key, productId: text };
    case 'PRODUCTS': {
      const productIds = text.split(',').filter(Boolean);
      const sectionTitles = at('titles').split('\n').filter(Boolean);
      if (productIds.length === 0) return undefined;
      return { key, productIds, ...(sectionTitles.length > 0 && { sectionTitles }) };
    }
    case 'LOCATION': {
      const [latitude, longitude] = [Number(at('latitude')), Number(at('longitude'))];
      const [name, address] = [at('name'), at('address')];
      const known = at('latitude') !== '' && at('longitude') !== '' && name !== '' && address !== '';
      if (!known || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return undefined;
      return { key, location: { latitude, longitude, name, address } };
    }
  }
}

function mediaValue(
  key: string,
  kind: Variable['kind'],
  text: string,
  at: (name: string) => string,
): TemplateValueInput | undefined {
  const fileName = kind === 'DOCUMENT' && at('fileName') !== '' ? { fileName: at('fileName') } : {};
  if (at('mediaId') !== '') return { key, mediaId: at('mediaId'), ...fileName };
  if (text === '' && at('product') !== '') return { key, productId: at('product') };
  return isAddress(text) ? { key, mediaUrl: text, ...fileName } : undefined;
}

/** The values of another template: its own where it had some before, else those of the same place and kind. */
export function valuesOfNext(
  values: Values,
  from: readonly Variable[],
  own: Values,
  to: readonly Variable[],
): Values {
  const taken = to.flatMap(({ key, kind }) => {
    const before = valuesAt(own, key);
    if (before.length > 0) return before;
    return from.some((one) => one.key === key && one.kind === kind) ? valuesAt(values, key) : [];
  });
  return Object.fromEntries(taken);
}

/** The value of a variable, with what its kind needs besides. */
function valuesAt(values: Values, key: string): [name: string, value: string][] {
  return Object.entries(values).filter(([name]) => name === key || name.startsWith(`${key}.`));
}

/** What is only beside a value, and not one itself. */
const besides = ['fileName', 'titles', 'literal', 'fallback'];

/** Whether something was given for a variable, complete or not. */
export function isGiven(values: Values, key: string): boolean {
  return valuesAt(values, key).some(
    ([name, value]) => value.trim() !== '' && !besides.some((part) => name === `${key}.${part}`),
  );
}

/** Stored values as they are typed. */
export function typedValues(stored: WizardCampaignFragment['templateValues'], zone: string): Values {
  const values: Record<string, string> = {};
  for (const {
    key,
    kind,
    value,
    mediaUrl,
    mediaId,
    fileName,
    location,
    productId,
    productIds,
    sectionTitles,
  } of stored) {
    if (kind === 'EXPIRES_AT') values[key] = value === null ? '' : toLocal(value, zone);
    else if (kind === 'PRODUCT') values[key] = productId ?? '';
    else if (kind === 'PRODUCTS') values[key] = (productIds ?? []).join(',');
    // The address of a product's picture is the product's.
    else values[key] = value ?? (productId === null ? (mediaUrl ?? '') : '');
    if (kind !== 'PRODUCT' && productId !== null) values[`${key}.product`] = productId;
    if (mediaId !== null) values[`${key}.mediaId`] = mediaId;
    if (fileName !== null) values[`${key}.fileName`] = fileName;
    if (sectionTitles) values[`${key}.titles`] = sectionTitles.join('\n');
    if (location) {
      values[`${key}.latitude`] = String(location.latitude);
      values[`${key}.longitude`] = String(location.longitude);
      values[`${key}.name`] = location.name;
      values[`${key}.address`] = location.address;
    }
  }
  return values;
}
