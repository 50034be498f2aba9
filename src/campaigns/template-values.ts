import { cleanFileName } from '../catalog/file-name';
import { fileNameOfType, unfitMedia } from '../catalog/media/media-type';
import type { KnownMedia } from '../catalog/media/media-store';
import { hasImage } from '../catalog/products/product.entity';
import type { Product } from '../catalog/products/product.entity';
import { maxParameter, maxSectionTitle, shortestValue } from '../catalog/render-template';
import type {
  CatalogProduct,
  Place,
  TemplateValue,
  TemplateValues,
} from '../catalog/templates/template-value';
import { isMedia, isText, VariableKind } from '../catalog/templates/variables';
import type { TemplateVariable } from '../catalog/templates/variables';
import { cleanValue } from '../catalog/value';
import { badInput, notFound } from '../infra/errors';
import type { Missing } from './content-choice';
import { checkPattern } from './placeholder-input';
import type { LocationInput, TemplateValueGraphql, TemplateValueInput } from './template-value.graphql';

/** The products and the media that an input names, by their ids as they were given. */
export interface Named {
  products: Products;
  media: ReadonlyMap<string, KnownMedia>;
}

type Products = ReadonlyMap<string, Product>;

/** A value for one variable, and the path of the input that it came from. */
export interface GivenValue extends Omit<TemplateValueInput, 'key'> {
  /** `input.templateValues.2`, or of the guide's field that stands for the key. */
  at: string;
  /** The guide's fields have no fields inside: their errors name the field itself. */
  whole?: boolean;
}

/** WhatsApp's limits of a list of products. */
const mostProducts = 30;
const mostSections = 10;
const maxPlaceText = 1000;

type ValueField = Exclude<keyof TemplateValueInput, 'key'>;

/**
 * Checks one value against the kind of its variable.
 * @returns the value as it is stored; undefined for one that is empty: optional, or let through by `missing`
 * @throws BAD_USER_INPUT naming the field
 */
export function checkValue(
  variable: TemplateVariable,
  given: GivenValue,
  named: Named,
  missing: Missing,
): TemplateValue | undefined {
  const { kind, key } = variable;
  const allowed = fieldsOf[kind];
  for (const field of valueFields)
    if (isGiven(given[field]) && !allowed.includes(field))
      throw badInput(
        fieldAt(given, field),
        `no value: ${key} is ${kind}, which takes ${allowed.join(' or ')}`,
      );
  const { products } = named;
  const lacks = lackOf(variable, given);
  if (lacks) {
    missing(fieldAt(given, lacks.field), lacks.expected);
    return undefined;
  }
  if (isText(kind)) return checkTextValue(variable, given, missing);
  if (isMedia(kind)) return checkMedia(variable, given, named);
  if (kind === VariableKind.EXPIRES_AT)
    return { kind, value: checkEnd(fieldAt(given, 'value'), given.value ?? '') };
  if (kind === VariableKind.LOCATION)
    return { kind, location: checkLocation(`${given.at}.location`, given.location) };
  if (kind === VariableKind.PRODUCT) return { kind, products: [checkProduct(variable, given, products)] };
  return { kind, ...checkProducts(variable, given, products) };
}

/** What of a value was not given at all; undefined for texts, which may be optional. */
function lackOf(
  { kind, key }: TemplateVariable,
  given: GivenValue,
): { field: ValueField; expected: string } | undefined {
  const lack = (isThere: boolean, field: ValueField, expected: string) =>
    isThere ? undefined : { field, expected };
  if (isText(kind)) return undefined;
  if (isMedia(kind))
    return lack(
      Boolean(given.mediaUrl ?? given.mediaId ?? given.productId),
      'mediaUrl',
      `a URL: ${key} is ${kind}`,
    );
  if (kind === VariableKind.EXPIRES_AT) return lack(Boolean(given.value), 'value', timeWithZone);
  if (kind === VariableKind.LOCATION)
    return lack(Boolean(given.location), 'location', 'latitude, longitude, name and address');
  if (kind === VariableKind.PRODUCT)
    return lack(Boolean(given.productId), 'productId', `a product: ${key} is ${kind}`);
  const some = Boolean(given.productIds?.length);
  return lack(some, 'productIds', `1 to ${mostProducts} products: ${key} is ${kind}`);
}

/** The shortest that a value can be for any person, in characters; 0 for what is no text. */
export function shortestLength({ kind, value }: TemplateValue): number {
  return isText(kind) ? shortestValue(kind, checkPattern('', value ?? '', { link: false })) : 0;
}

/** Stored values in the form in which they are given. */
export function templateValuesOf(values: TemplateValues): TemplateValueGraphql[] {
  return Object.entries(values).map(([key, { kind, products = [], ...given }]) => {
    const ids = products.map(({ id }) => id);
    const one = kind === VariableKind.PRODUCT;
    return {
      key,
      kind,
      value: given.value ?? null,
      mediaUrl: given.mediaUrl ?? null,
      mediaId: given.mediaId ?? null,
      fileName: given.fileName ?? null,
      location: given.location ?? null,
      productId: one ? (ids[0] ?? null) : null,
      productIds: one || ids.length === 0 ? null : ids,
      sectionTitles: given.sectionTitles ?? null,
    };
  });
}

const valueFields: readonly ValueField[] = [
  'value',
  'mediaUrl',
  'mediaId',
  'fileName',
  'location',
  'productId',
  'productIds',
  'sectionTitles',
];

/** The fields that give a value of a kind. */
const fieldsOf: Record<VariableKind, readonly ValueField[]> = {
  TEXT: ['value'],
  IMAGE: ['mediaUrl', 'mediaId', 'productId'],
  VIDEO: ['mediaUrl', 'mediaId'],
  DOCUMENT: ['mediaUrl', 'mediaId', 'fileName'],
  GIF: ['mediaUrl', 'mediaId'],
  LOCATION: ['location'],
  COUPON: ['value'],
  URL_SUFFIX: ['value'],
  EXPIRES_AT: ['value'],
  PRODUCT: ['productId'],
  PRODUCTS: ['productIds', 'sectionTitles'],
  FLOW: ['value'],
};

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The path of a field of a value, for an error. */
export function fieldAt({ at, whole }: GivenValue, field: ValueField): string {
  return whole ? at : `${at}.${field}`;
}

function checkTextValue(
  { kind, required }: TemplateVariable,
  given: GivenValue,
  missing: Missing,
): TemplateValue | undefined {
  const field = fieldAt(given, 'value');
  const value = given.value ?? '';
  if (value.length > maxParameter) throw badInput(field, `at most ${maxParameter} characters`);
  if (shortestValue(kind, checkPattern(field, value, { link: false })) > 0) return { kind, value };
  if (required) missing(field, 'a value: WhatsApp refuses an empty one');
  return undefined;
}

function checkMedia(
  { kind, key }: TemplateVariable,
  given: GivenValue,
  { products, media: known }: Named,
): TemplateValue {
  const media = given.mediaId ? known.get(given.mediaId) : undefined;
  if (media && given.mediaUrl)
    throw badInput(fieldAt(given, 'mediaId'), 'no value, because mediaUrl is given');
  if (media && given.productId)
    throw badInput(fieldAt(given, 'productId'), 'no value, because mediaId is given');
  const unfit = media && unfitMedia(media, kind);
  if (unfit)
    throw badInput(fieldAt(given, 'mediaId'), `media that fits: ${key} is ${kind}, and this is ${unfit}`);
  const product = given.productId ? products.get(given.productId) : undefined;
  if (product && given.mediaUrl)
    throw badInput(fieldAt(given, 'productId'), 'no value, because mediaUrl is given');
  if (product && !hasImage(product)) throw badInput(fieldAt(given, 'productId'), 'a product with an image');
  const mediaUrl = given.mediaUrl ?? product?.imageUrl;
  const mediaId = media?.id ?? product?.mediaId;
  if (!mediaId && !mediaUrl) throw badInput(fieldAt(given, 'mediaUrl'), `a URL: ${key} is ${kind}`);
  const source = mediaId ? { kind, mediaId } : { kind, mediaUrl: mediaUrl ?? '' };
  if (given.fileName === undefined || given.fileName === null)
    return media && kind === VariableKind.DOCUMENT
      ? { ...source, fileName: fileNameOfType(media.type) }
      : source;
  const fileName = cleanFileName(given.fileName);
  if (fileName === '' || fileName !== given.fileName.trim())
    throw badInput(
      fieldAt(given, 'fileName'),
      '1 to 240 characters without / \\ : * ? " < > | and line breaks',
    );
  return { ...source, fileName };
}

const timeWithZone = 'a time with its zone in ISO 8601, e.g. 2030-11-15T23:59:00+05:30';
/** The local date and time of a text in ISO 8601 with a zone. */
const isoTime = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

function checkEnd(field: string, value: string): string {
  const [, year, month, day] = isoTime.exec(value) ?? [];
  const ends = Date.parse(value);
  // Date.parse takes 31 February for 3 March
  const exists =
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (!exists || Number.isNaN(ends)) throw badInput(field, timeWithZone);
  if (ends <= Date.now()) throw badInput(field, 'a time in the future');
  return value;
}

function checkLocation(field: string, location: LocationInput | null | undefined): Place {
  if (!location) throw badInput(field, 'latitude, longitude, name and address');
  const { latitude, longitude } = location;
  if (Math.abs(latitude) > 90) throw badInput(`${field}.latitude`, 'degrees from -90 to 90');
  if (Math.abs(longitude) > 180) throw badInput(`${field}.longitude`, 'degrees from -180 to 180');
  const text = (name: 'name' | 'address') => {
    const given = location[name];
    if (given.length > maxPlaceText || given.includes('\0') || given.includes('{{'))
      throw badInput(
        `${field}.${name}`,
        `at most ${maxPlaceText} characters, the same for everybody: without placeholders and NUL`,
      );
    const cleaned = cleanValue(given);
    if (cleaned === '') throw badInput(`${field}.${name}`, 'a value: WhatsApp refuses an empty one');
    return cleaned;
  };
  return { latitude, longitude, name: text('name'), address: text('address') };
}

function checkProduct(
  { key, kind, place }: TemplateVariable,
  given: GivenValue,
  products: Products,
): CatalogProduct {
  const field = fieldAt(given, 'productId');
  const product = given.productId ? products.get(given.productId) : undefined;
  if (!product) throw badInput(field, `a product: ${key} is ${kind}`);
  // in a header the catalogue is named, a button opens the one of the account
  if (place.at === 'header' && !product.catalogId)
    throw badInput(field, 'a product with a catalogId and a retailerId');
  return catalogProduct(field, product);
}

function checkProducts(
  { key, kind }: TemplateVariable,
  given: GivenValue,
  known: Products,
): Pick<TemplateValue, 'products' | 'sectionTitles'> {
  const field = fieldAt(given, 'productIds');
  const ids = given.productIds ?? [];
  if (ids.length === 0 || ids.length > mostProducts)
    throw badInput(field, `1 to ${mostProducts} products: ${key} is ${kind}`);
  const products = ids.map((id, i) => {
    const product = known.get(id);
    if (!product) throw notFound('Product');
    return catalogProduct(`${field}.${i}`, product);
  });
  products.forEach(({ id }, i) => {
    if (products.findIndex((one) => one.id === id) < i) throw badInput(`${field}.${i}`, 'each product once');
  });
  const titles = given.sectionTitles;
  if (!titles) return { products };
  const titlesField = fieldAt(given, 'sectionTitles');
  const most = Math.min(mostSections, products.length);
  if (titles.length === 0 || titles.length > most)
    throw badInput(titlesField, `1 to ${most} titles, no more than there are products`);
  const sectionTitles = titles.map((title, i) => {
    const cleaned = cleanValue(title);
    if (cleaned === '' || cleaned.length > maxSectionTitle || title.includes('\0'))
      throw badInput(`${titlesField}.${i}`, `1 to ${maxSectionTitle} characters`);
    return cleaned;
  });
  return { products, sectionTitles };
}

function catalogProduct(field: string, { id, catalogId, retailerId }: Product): CatalogProduct {
  if (!retailerId) throw badInput(field, 'a product with a retailerId, its id in the WhatsApp catalogue');
  return { id, catalogId, retailerId };
}
