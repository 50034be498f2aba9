import { useQuery } from '@apollo/client/react';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { ProductsDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';

/** Pictures are linked and not shown: the page loads nothing from other hosts. */
export function ProductsScreen() {
  const say = useText();
  const format = useFormat();
  const { id: businessId } = useBusiness();
  const { data, error, refetch } = useQuery(ProductsDocument, { variables: { businessId } });
  const products = data?.products;
  return (
    <>
      <PageHeader
        title={say('products.title')}
        count={products?.length}
        sentence={say('products.sentence')}
      />
      {error && <ErrorState title={say('products.failed')} error={error} retry={() => void refetch()} />}
      {!products && !error && <SkeletonRows />}
      {products?.length === 0 && (
        <EmptyState title={say('products.none')}>{say('products.noneNext')}</EmptyState>
      )}
      {products && products.length > 0 && (
        <DataTable
          caption={say('products.caption')}
          rows={products}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', header: say('products.name'), cell: ({ name }) => name },
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
              cell: ({ name, imageUrl }) =>
                imageUrl === null ? (
                  <span className="muted">{say('products.noPicture')}</span>
                ) : (
                  <a href={imageUrl} target="_blank" rel="noreferrer">
                    {new URL(imageUrl).hostname}
                    <span className="visually-hidden"> {say('products.openPicture', { name })}</span>
                  </a>
                ),
            },
          ]}
        />
      )}
    </>
  );
}
