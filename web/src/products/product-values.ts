import { isAddress } from '../campaigns/new/address';
import type { ProductFieldsFragment, UpdateProductInput } from '../generated/graphql';
import type { MessageId } from '../i18n/message-ids';
import { mostPictureBytes, pictureTypes } from './upload';

/** Where the picture comes from. */
export type PictureFrom = 'upload' | 'address' | 'none';

/** A product as it is typed. */
export interface ProductValues {
  name: string;
  price: string;
  currency: string;
  pictureFrom: PictureFrom;
  imageUrl: string;
  /** Of the picture that was uploaded before. */
  mediaId: string | null;
  /** Chosen now; it is uploaded when the product is saved. */
  file: File | undefined;
  catalogId: string;
  retailerId: string;
}

export type ProductErrors = Partial<Record<keyof ProductValues, string>>;

export function valuesOf(product: ProductFieldsFragment | undefined): ProductValues {
  const imageUrl = product?.imageUrl ?? '';
  return {
    name: product?.name ?? '',
    price: product?.price ?? '',
    currency: product?.currency ?? 'INR',
    pictureFrom: !product || product.mediaId !== null ? 'upload' : imageUrl === '' ? 'none' : 'address',
    imageUrl,
    mediaId: product?.mediaId ?? null,
    file: undefined,
    catalogId: product?.catalogId ?? '',
    retailerId: product?.retailerId ?? '',
  };
}

/** What is wrong, by field. Pure. */
export function problemsIn(values: ProductValues): Partial<Record<keyof ProductValues, MessageId>> {
  const { name, price, currency, pictureFrom, imageUrl, file, catalogId, retailerId } = values;
  return {
    ...(name.trim() === '' && { name: 'products.needsName' }),
    ...(price.trim() !== '' &&
      !/^\d{1,12}(\.\d{1,2})?$/.test(price.trim()) && { price: 'products.badPrice' }),
    ...(price.trim() !== '' && !/^[a-z]{3}$/i.test(currency.trim()) && { currency: 'products.badCurrency' }),
    ...(pictureFrom === 'address' && !isAddress(imageUrl) && { imageUrl: 'products.badAddress' }),
    ...(pictureFrom === 'upload' && file && problemOfFile(file)),
    ...(catalogId.trim() !== '' && retailerId.trim() === '' && { retailerId: 'products.needsRetailerId' }),
  };
}

function problemOfFile(file: File): { file: MessageId } | undefined {
  if (!pictureTypes.includes(file.type)) return { file: 'products.badType' };
  return file.size > mostPictureBytes ? { file: 'products.tooLarge' } : undefined;
}

/** The values as the API takes them; the picture is uploaded before. */
export function inputOf(
  values: ProductValues,
  mediaId: string | null,
): UpdateProductInput & { name: string } {
  const text = (value: string) => value.trim() || null;
  const { name, price, currency, pictureFrom, imageUrl, catalogId, retailerId } = values;
  return {
    name: name.trim(),
    price: text(price),
    currency: text(price) && text(currency),
    imageUrl: pictureFrom === 'address' ? text(imageUrl) : null,
    mediaId: pictureFrom === 'upload' ? mediaId : null,
    catalogId: text(catalogId),
    retailerId: text(retailerId),
  };
}

/** The field that the server named. */
export function fieldOf(path: string): keyof ProductValues | undefined {
  const name = path.replace(/^input\./, '');
  if (name === 'mediaId') return 'file';
  const fields: (keyof ProductValues)[] = [
    'name',
    'price',
    'currency',
    'imageUrl',
    'catalogId',
    'retailerId',
  ];
  return fields.find((field) => field === name);
}
