import type { DataSource, EntityManager } from 'typeorm';
import type { Viewer } from '../../accounts/viewer';
import { currencyCode } from '../../infra/currency';
import { transact } from '../../infra/database';
import { badInput, notFound, UserError } from '../../infra/errors';
import { checkText, isUuid } from '../../infra/input';
import { kindOfMedia } from '../media/media-type';
import { Media } from '../media/media.entity';
import { campaignsOfProduct, removeFromCampaign } from './product-use';
import { Product } from './product.entity';
import type { CreateProductInput, UpdateProductInput } from './products.graphql';

const mostProducts = 1000;
/** A campaign in one of them may send the product now or later, by itself. */
const sendingStatuses = ['SCHEDULED', 'ACTIVE', 'PAUSED'];
/** SQLSTATE. */
const foreignKeyViolation = '23503';
/** An error names so many campaigns, and counts the others. */
const mostNamed = 3;

/** The products of a business. */
export class ProductsService {
  constructor(private readonly database: DataSource) {}

  /**
   * By name, at most 1000.
   * @param search part of the name or of the id in the catalogue
   */
  products(businessId: string, search?: string | null): Promise<Product[]> {
    const list = this.database
      .getRepository(Product)
      .createQueryBuilder('p')
      .where('p.businessId = :businessId', { businessId });
    const text = checkText('search', search ?? '', 200, 0);
    if (text !== '') {
      const part = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
      list.andWhere('(fold(p.name) LIKE fold(:part) OR fold(p.retailerId) LIKE fold(:part))', { part });
    }
    return list.orderBy('p.name').addOrderBy('p.id').limit(mostProducts).getMany();
  }

  /** @throws NOT_FOUND for an unknown id, and for a product of a business that the viewer does not see */
  async product(viewer: Viewer, id: string): Promise<Product> {
    const product = isUuid(id) ? await this.database.getRepository(Product).findOneBy({ id }) : null;
    if (!product || !viewer.sees(product.businessId)) throw notFound('Product');
    return product;
  }

  /** @throws BAD_USER_INPUT naming the field; NOT_FOUND for media of another business */
  async createProduct(businessId: string, input: CreateProductInput): Promise<Product> {
    const nothing = { imageUrl: null, mediaId: null, price: null, currency: null };
    const product = { ...nothing, catalogId: null, retailerId: null, businessId };
    const fields = await this.checked(businessId, input);
    mustHaveRetailerId({ ...product, ...fields });
    const products = this.database.getRepository(Product);
    const { id } = await products.save(products.create({ ...product, ...fields }));
    // read back, so that the answer shows the price as it is stored
    return products.findOneByOrFail({ id });
  }

  /**
   * Changes a product; what is left out stays. Campaigns keep what they were saved with.
   * @throws BAD_USER_INPUT naming the field; NOT_FOUND also for media of another business
   */
  async updateProduct(viewer: Viewer, id: string, input: UpdateProductInput): Promise<Product> {
    const { businessId } = await this.product(viewer, id);
    const fields = await this.checked(businessId, input);
    return transact(this.database, async (transaction) => {
      const products = transaction.getRepository(Product);
      const product = await lockProduct(transaction, id);
      mustHaveRetailerId({ ...product, ...fields });
      if (Object.keys(fields).length > 0) await products.update({ id: product.id }, fields);
      return products.findOneByOrFail({ id: product.id });
    });
  }

  /**
   * Deletes a product. Drafts keep its image.
   * @returns the product as it was
   * @throws CONFLICT naming the campaigns that may still send it
   */
  async deleteProduct(viewer: Viewer, id: string): Promise<Product> {
    const found = await this.product(viewer, id);
    return transact(this.database, async (transaction) => {
      // campaigns first, as everything that writes a campaign does
      const users = await campaignsOfProduct(transaction, found);
      const sending = users.filter(({ status }) => sendingStatuses.includes(status));
      if (sending.length > 0) throw new UserError('CONFLICT', usedBy(sending.map(({ name }) => name)));
      const product = await lockProduct(transaction, found.id);
      for (const user of users) await removeFromCampaign(transaction, user, product);
      await transaction
        .getRepository(Product)
        .delete({ id: product.id })
        .catch((error: unknown) => {
          if ((error as { code?: unknown }).code !== foreignKeyViolation) throw error;
          throw new UserError('CONFLICT', 'A campaign with this product was just saved; please try again');
        });
      return product;
    });
  }

  /** The fields that an input gives, checked, as they are stored. */
  private async checked(businessId: string, input: UpdateProductInput): Promise<Partial<Product>> {
    const { name, imageUrl, mediaId, price, currency, catalogId, retailerId } = input;
    if (name === null) throw badInput('input.name', '1 to 200 characters, because it cannot be cleared');
    const code = currency ? currencyCode(currency) : null;
    if (code === undefined) throw badInput('input.currency', 'an ISO 4217 code, e.g. INR');
    if (price && !/^\d+(\.\d{1,2})?$/.test(price))
      throw badInput('input.price', 'an amount with at most two decimals, not negative');
    if (imageUrl && mediaId) throw badInput('input.mediaId', 'no value, because imageUrl is given');
    return {
      ...(name === undefined ? {} : { name: checkText('input.name', name, 200) }),
      ...(price === undefined ? {} : { price }),
      ...(currency === undefined ? {} : { currency: code }),
      ...(catalogId === undefined ? {} : { catalogId: catalogText('input.catalogId', catalogId) }),
      ...(retailerId === undefined ? {} : { retailerId: catalogText('input.retailerId', retailerId) }),
      ...(imageUrl === undefined ? {} : { imageUrl, ...(imageUrl ? { mediaId: null } : {}) }),
      ...(mediaId === undefined ? {} : await this.uploaded(businessId, mediaId)),
    };
  }

  private async uploaded(businessId: string, mediaId: string | null): Promise<Partial<Product>> {
    if (mediaId === null) return { mediaId };
    const media = isUuid(mediaId)
      ? await this.database.getRepository(Media).findOneBy({ id: mediaId, businessId })
      : null;
    if (!media) throw notFound('Media');
    if (kindOfMedia(media.type) !== 'IMAGE')
      throw badInput('input.mediaId', `an image (JPEG or PNG); this is ${media.type}`);
    return { mediaId: media.id, imageUrl: null };
  }
}

async function lockProduct(transaction: EntityManager, id: string): Promise<Product> {
  const product = await transaction
    .getRepository(Product)
    .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!product) throw notFound('Product');
  return product;
}

function mustHaveRetailerId({ catalogId, retailerId }: Partial<Product>): void {
  if (catalogId && !retailerId)
    throw badInput('input.retailerId', "the product's id in the catalogue when catalogId is given");
}

function catalogText(field: string, text: string | null): string | null {
  return text === null ? null : checkText(field, text, 100);
}

/** "The product is used by the campaigns "A", "B" and 3 more". */
function usedBy(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map((name) => `"${name}"`);
  const more = names.length > mostNamed ? [`${names.length - mostNamed} more`] : [];
  const list = new Intl.ListFormat('en-GB').format([...named, ...more]);
  return `The product is used by the campaign${names.length === 1 ? '' : 's'} ${list}. Wait until they are sent, or cancel them`;
}
