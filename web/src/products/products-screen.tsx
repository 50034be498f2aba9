import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Notice } from '../contacts/notice';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { ProductsDocument } from '../generated/graphql';
import type { ProductFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { SkeletonRows } from '../ui/skeleton-rows';
import { Picture } from './picture';
import styles from './products.module.css';

/** The products of a business, by name. Pictures at other addresses are linked and not shown. */
export function ProductsScreen() {
  const say = useText();
  const navigate = useNavigate();
  const { id: businessId } = useBusiness();
  const mayChange = useMay('ADMIN');
  const { search = '' } = useSearch({ strict: false });
  const { data, previousData, error, refetch } = useQuery(ProductsDocument, {
    variables: { businessId, search: search || null },
    fetchPolicy: 'cache-and-network',
  });
  const products = (data ?? previousData)?.products;
  const find = (text: string) =>
    void navigate({
      to: '.',
      search: ({ business }) => ({ business, ...(text && { search: text }) }),
      replace: true,
    });
  const create = mayChange && (
    <LinkButton to="/products/new" variant="filled">
      {say('products.new')}
    </LinkButton>
  );
  const none = products?.length === 0;
  return (
    <>
      <PageHeader
        title={say('products.title')}
        count={products?.length}
        sentence={say('products.sentence')}
        actions={!(none && search === '') && create}
      />
      <Notice />
      {error && (
        <ErrorState
          title={say('products.failed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!products && !error && <SkeletonRows />}
      {none && search === '' && (
        <EmptyState title={say('products.none')} action={create}>
          {say(mayChange ? 'products.noneNext' : 'products.noneAsk')}
        </EmptyState>
      )}
      {products && !(none && search === '') && (
        <SearchBox
          className={styles.search}
          label={say('products.search')}
          placeholder={say('products.search')}
          value={search}
          search={find}
        />
      )}
      {none && search !== '' && (
        <EmptyState
          title={say('products.notFound', { search })}
          action={<Button onClick={() => find('')}>{say('products.showAll')}</Button>}
        >
          {say('products.notFoundNext')}
        </EmptyState>
      )}
      {products && !none && <ProductTable products={products} />}
    </>
  );
}

function ProductTable({ products }: { products: readonly ProductFieldsFragment[] }) {
  const say = useText();
  const format = useFormat();
  return (
    <DataTable
      caption={say('products.caption')}
      rows={products}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: say('products.name'),
          cell: ({ id, name, mediaId }) => (
            <Link to="/products/$productId" params={{ productId: id }} className={styles.nameLink}>
              <Picture mediaId={mediaId} alt="" />
              {name}
            </Link>
          ),
        },
        {
          key: 'price',
          header: say('products.price'),
          numeric: true,
          cell: ({ price, currency }) =>
            price === null ? '–' : currency === null ? price : format.money(price, currency),
        },
        {
          key: 'picture',
          header: say('products.picture'),
          cell: ({ name, imageUrl, mediaId }) =>
            mediaId !== null ? (
              say('products.uploaded')
            ) : imageUrl === null ? (
              <span className="muted">{say('products.noPicture')}</span>
            ) : (
              <a href={imageUrl} target="_blank" rel="noreferrer" className={styles.address}>
                {new URL(imageUrl).hostname}
                <span className="visually-hidden"> {say('products.openPicture', { name })}</span>
              </a>
            ),
        },
        {
          key: 'retailerId',
          header: say('products.retailerId'),
          cell: ({ retailerId }) => retailerId ?? '–',
        },
        { key: 'catalogId', header: say('products.catalogId'), cell: ({ catalogId }) => catalogId ?? '–' },
      ]}
    />
  );
}
