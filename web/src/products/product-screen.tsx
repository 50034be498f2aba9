import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { useFormat } from '../format/use-format';
import { ProductDocument } from '../generated/graphql';
import type { ProductFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { Picture } from './picture';
import { ProductForm } from './product-form';
import styles from './products.module.css';

/** Adds a product. */
export function NewProductScreen() {
  const say = useText();
  if (useMay('ADMIN')) return <ProductForm />;
  return (
    <>
      <PageHeader title={say('products.new')} />
      <EmptyState title={say('products.mayNot')} action={<Link to="/products">{say('products.back')}</Link>}>
        {say('products.mayNotNext')}
      </EmptyState>
    </>
  );
}

/** One product: to change, or to read for those who may not change it. */
export function ProductScreen() {
  const say = useText();
  const { productId = '' } = useParams({ strict: false });
  const mayChange = useMay('ADMIN');
  const { data, error, refetch } = useQuery(ProductDocument, {
    variables: { id: productId },
    // The form is filled once: with what holds now.
    fetchPolicy: 'no-cache',
  });
  const product = data?.product;
  if (!product)
    return (
      <>
        <PageHeader title={say('products.one')} />
        {error ? (
          <>
            <ErrorState
              title={say('products.oneFailed')}
              error={error}
              retry={() => void refetch().catch(() => undefined)}
            />
            <Link to="/products">{say('products.back')}</Link>
          </>
        ) : (
          <SkeletonRows />
        )}
      </>
    );
  return mayChange ? <ProductForm key={product.id} product={product} /> : <Reading product={product} />;
}

function Reading({ product }: { product: ProductFieldsFragment }) {
  const say = useText();
  const format = useFormat();
  const { name, price, currency, imageUrl, mediaId, retailerId, catalogId } = product;
  const facts = [
    ['price', price === null ? null : currency === null ? price : format.money(price, currency)],
    ['retailerId', retailerId],
    ['catalogId', catalogId],
  ] as const;
  return (
    <>
      <PageHeader title={name} sentence={say('products.sentence')} />
      <div className={styles.form}>
        <Picture mediaId={mediaId} alt={name} large />
        {imageUrl !== null && (
          <a href={imageUrl} target="_blank" rel="noreferrer">
            {imageUrl}
          </a>
        )}
        <dl className={styles.facts}>
          {facts.map(([key, value]) => (
            <div key={key}>
              <dt>{say(`products.${key}`)}</dt>
              <dd>{value ?? '–'}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
