import { isAddress } from '../campaigns/new/address';
import type { ProductFieldsFragment, UpdateProductInput } from '../generated/graphql';
import type { MessageId } from '../i18n/message-ids';

/** Where the picture comes from. */
export type PictureFrom = 'upload' | 'address' | 'none';

/** A product as it is typed. */
export interface ProductValues {
  name: string;
  price: string;
  currency: string;
  pictureFrom: PictureFrom;
  imageUrl: string;
  /** Of the picture that was uploaded. */
  mediaId: string | null;
  /** Of a picture that was uploaded now. */
  fileName: string;
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
    fileName: '',
    catalogId: product?.catalogId ?? '',
    retailerId: product?.retailerId ?? '',
  };
}

/** What is wrong, by field. Pure. */
export function problemsIn(values: ProductValues): Partial<Record<keyof ProductValues, MessageId>> {
  const { name, price, currency, pictureFrom, imageUrl, catalogId, retailerId } = values;
  return {
    ...(name.trim() === '' && { name: 'products.needsName' }),
    ...(price.trim() !== '' &&
      !/^\d{1,12}(\.\d{1,2})?$/.test(price.trim()) && { price: 'products.badPrice' }),
    ...(price.trim() !== '' && !/^[a-z]{3}$/i.test(currency.trim()) && { currency: 'products.badCurrency' }),
    ...(pictureFrom === 'address' && !isAddress(imageUrl) && { imageUrl: 'products.badAddress' }),
    ...(catalogId.trim() !== '' && retailerId.trim() === '' && { retailerId: 'products.needsRetailerId' }),
  };
}

/** The values as the API takes them. */
export function inputOf(values: ProductValues): UpdateProductInput & { name: string } {
  const text = (value: string) => value.trim() || null;
  const { name, price, currency, pictureFrom, imageUrl, mediaId, catalogId, retailerId } = values;
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
  const fields: (keyof ProductValues)[] = [
    'name',
    'price',
    'currency',
    'imageUrl',
    'mediaId',
    'catalogId',
    'retailerId',
  ];
  return fields.find((field) => field === name);
}
