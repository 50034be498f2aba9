import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { Product } from './product.entity';

/** What a campaign names of products, as the campaigns store it. */
interface GivenContent {
  productId?: string | null;
  mediaUrl?: string | null;
  mediaId?: string | null;
  templateValues?: GivenValue[] | null;
}

interface GivenValue {
  key: string;
  productId?: string | null;
  productIds?: string[] | null;
  mediaUrl?: string | null;
  mediaId?: string | null;
}

/** Values of a campaign by the keys of its template's variables. */
type StoredValues = Record<string, { kind: string; products?: { id: string }[] }>;

/** A campaign that names a product. */
export interface ProductUser {
  id: string;
  name: string;
  status: string;
  given: GivenContent | null;
  values: StoredValues;
}

/** The campaigns of a business that name a product, by name. Their rows stay locked until the transaction ends. */
export function campaignsOfProduct(sql: Sql, { id, businessId }: Product): Promise<ProductUser[]> {
  return rows<ProductUser>(
    sql,
    `/* campaignsOfProduct */ SELECT id, campaign_name AS name, status, given_content AS given, template_values AS values
     FROM campaigns WHERE business_id = $1
       AND (product_id = $2 OR given_content::text ILIKE '%' || $2 || '%' OR template_values::text LIKE '%' || $2 || '%')
     ORDER BY campaign_name, id FOR NO KEY UPDATE`,
    [businessId, id],
  );
}

/**
 * Takes a product out of a campaign that is not being sent: what used its image keeps the image, what showed it from the
 * catalogue lacks a product.
 */
export async function removeFromCampaign(sql: Sql, user: ProductUser, product: Product): Promise<void> {
  const { given, values, lacks } = without(user, product);
  await rows(
    sql,
    `/* removeFromCampaign */ UPDATE campaigns SET product_id = NULL, given_content = $2, template_values = $3,
       incomplete = incomplete OR ($4 AND status = 'DRAFT'),
       version = CASE WHEN status = 'DRAFT' THEN version + 1 ELSE version END
     WHERE id = $1`,
    [user.id, given && JSON.stringify(given), JSON.stringify(values), lacks],
  );
}

/** The content of a campaign without a product; `lacks`: it showed the product itself, not just its image. Pure. */
function without(
  { given, values }: Pick<ProductUser, 'given' | 'values'>,
  product: Pick<Product, 'id' | 'imageUrl' | 'mediaId'>,
): { given: GivenContent | null; values: StoredValues; lacks: boolean } {
  const isIt = (id: string | null | undefined) => id?.toLowerCase() === product.id;
  const image = product.mediaId ? { mediaId: product.mediaId } : { mediaUrl: product.imageUrl };
  const shows = (key?: string) =>
    Object.entries(values).some(
      ([name, { products }]) => (key ?? name) === name && products?.some(({ id }) => isIt(id)),
    );
  const left = Object.entries(values).flatMap(([key, value]) => {
    if (!value.products?.some(({ id }) => isIt(id))) return [[key, value] as const];
    const products = value.products.filter(({ id }) => !isIt(id));
    return products.length > 0 ? [[key, { ...value, products }] as const] : [];
  });
  const result = { given, values: Object.fromEntries(left), lacks: shows() };
  if (!given) return result;
  const changed = { ...given };
  if (isIt(given.productId)) {
    delete changed.productId;
    if (!shows() && !given.mediaUrl && !given.mediaId) Object.assign(changed, image);
  }
  if (given.templateValues)
    changed.templateValues = given.templateValues.map((value) => {
      if (value.productIds?.some(isIt))
        return { ...value, productIds: value.productIds.filter((id) => !isIt(id)) };
      if (!isIt(value.productId)) return value;
      return { ...value, productId: null, ...(shows(value.key) ? {} : image) };
    });
  return { ...result, given: changed };
}
