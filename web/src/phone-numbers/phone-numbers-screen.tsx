import { useQuery } from '@apollo/client/react';
import { useBusiness } from '../frame/business';
import { SendersDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { When } from '../ui/when';

export function PhoneNumbersScreen() {
  const say = useText();
  const { id: businessId, timezone } = useBusiness();
  const { data, error, refetch } = useQuery(SendersDocument, { variables: { businessId } });
  const senders = data?.senders;
  return (
    <>
      <PageHeader
        title={say('phoneNumbers.title')}
        count={senders?.length}
        sentence={say('phoneNumbers.sentence')}
      />
      {error && <ErrorState title={say('phoneNumbers.failed')} error={error} retry={() => void refetch()} />}
      {!senders && !error && <SkeletonRows rows={2} />}
      {senders?.length === 0 && (
        <EmptyState title={say('phoneNumbers.none')}>{say('phoneNumbers.noneNext')}</EmptyState>
      )}
      {senders && senders.length > 0 && (
        <DataTable
          caption={say('phoneNumbers.caption')}
          rows={senders}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'number',
              header: say('phoneNumbers.number'),
              cell: ({ displayPhoneNumber }) => displayPhoneNumber,
            },
            {
              key: 'speed',
              header: say('phoneNumbers.speed'),
              cell: ({ messagesPerSecond }) => say('phoneNumbers.perSecond', { count: messagesPerSecond }),
            },
            { key: 'id', header: say('phoneNumbers.id'), cell: ({ phoneNumberId }) => phoneNumberId },
            { key: 'account', header: say('phoneNumbers.account'), cell: ({ wabaId }) => wabaId },
            {
              key: 'added',
              header: say('phoneNumbers.added'),
              cell: ({ createdAt }) => <When at={createdAt} timeZone={timezone} />,
            },
          ]}
        />
      )}
    </>
  );
}
