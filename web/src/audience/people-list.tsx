import { useApolloClient } from '@apollo/client/react';
import { Button, Drawer } from '@mantine/core';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useEffect, useState } from 'react';
import { phone } from '../format/phone';
import { useBusiness } from '../frame/business';
import { AudiencePeopleDocument } from '../generated/graphql';
import type {
  AudienceFilterInput,
  AudiencePeopleQuery,
  ContactKind,
  PreviewAudienceInput,
} from '../generated/graphql';
import { useText } from '../i18n/text';
import { DataTable } from '../ui/data-table';
import { ErrorState } from '../ui/error-state';
import { LoadMore } from '../ui/pager';
import { SkeletonRows } from '../ui/skeleton-rows';
import styles from './audience.module.css';
import { kindsOf } from './audience-kinds';

const pageSize = 50;
type Person = AudiencePeopleQuery['contacts']['nodes'][number];

interface Props {
  audience: Pick<PreviewAudienceInput, 'audienceType' | 'filter' | 'segmentId'>;
  /** How many there are, as it is shown. */
  matched: string;
  close: () => void;
}

/** Everybody who matches, a page at a time, leads and customers apart; mounted while it is open. */
export function PeopleList({ audience, matched, close }: Props) {
  const say = useText();
  const kinds = kindsOf(audience.audienceType);
  const [kind, setKind] = useState<ContactKind>(kinds[0] ?? 'LEAD');
  const filter =
    audience.audienceType === 'SEGMENT' ? { segmentId: audience.segmentId } : (audience.filter ?? {});
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={720}
      title={say('audience.matching')}
      closeButtonProps={{ 'aria-label': say('audience.closeList') }}
      classNames={{ title: styles.drawerTitle }}
    >
      <p className={styles.drawerWords}>{say('audience.matchingWords', { matched })}</p>
      {kinds.length > 1 && (
        <div className={styles.kinds} role="group" aria-label={say('audience.who')}>
          {kinds.map((one) => (
            <Button
              key={one}
              aria-pressed={one === kind}
              variant={one === kind ? 'light' : 'default'}
              onClick={() => setKind(one)}
            >
              {say('audience.kind', { kind: one })}
            </Button>
          ))}
        </div>
      )}
      <People key={kind} kind={kind} filter={filter} />
    </Drawer>
  );
}

function People({ kind, filter }: { kind: ContactKind; filter: AudienceFilterInput }) {
  const say = useText();
  const { people, hasMore, loading, error, load } = usePeople(kind, filter);
  if (error !== undefined && people.length === 0)
    return <ErrorState title={say('audience.peopleFailed')} error={error} retry={load} />;
  if (people.length === 0) return loading ? <SkeletonRows /> : <p>{say('audience.noneOf', { kind })}</p>;
  return (
    <>
      <DataTable
        caption={say('audience.matching')}
        rows={people}
        rowKey={({ id }) => id}
        busy={loading}
        columns={[
          { key: 'name', header: say('audience.name'), cell: ({ name }) => name || say('audience.noName') },
          { key: 'phone', header: say('audience.phone'), cell: (person) => <PhoneOf {...person} /> },
          { key: 'email', header: say('audience.email'), cell: ({ email }) => email },
          { key: 'tags', header: say('audience.tags'), cell: ({ tags }) => tags.join(', ') },
        ]}
      />
      <LoadMore shown={people.length} hasMore={hasMore} busy={loading} problem={error} loadMore={load} />
    </>
  );
}

function PhoneOf({ phone: number, optedOut }: Pick<Person, 'phone' | 'optedOut'>) {
  const say = useText();
  return (
    <span className={styles.phone}>
      {number === null ? say('audience.noPhone') : phone(number)}
      {optedOut && <span className={styles.optedOut}>{say('audience.optedOut')}</span>}
    </span>
  );
}

/** Contacts by keyset: each call of `load` adds a page. */
function usePeople(kind: ContactKind, filter: AudienceFilterInput) {
  const client = useApolloClient();
  const { id: businessId } = useBusiness();
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [page, setPage] = useState<{ after: string | null; attempt: number }>({ after: null, attempt: 0 });
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<unknown>();
  const asked = JSON.stringify(filter);
  useEffect(() => {
    let current = true;
    client
      .query({
        query: AudiencePeopleDocument,
        variables: {
          businessId,
          kind,
          filter: JSON.parse(asked) as AudienceFilterInput,
          first: pageSize,
          after: page.after,
        },
        fetchPolicy: 'no-cache',
      })
      .then(
        ({ data }) => {
          if (!current || !data) return;
          const { nodes, pageInfo } = data.contacts;
          setPeople((before) => (page.after === null ? nodes : [...before, ...nodes]));
          setNext(pageInfo.hasNextPage ? pageInfo.endCursor : null);
          setLoading(false);
        },
        (cause: unknown) => {
          if (!current) return;
          setError(cause);
          setLoading(false);
        },
      );
    return () => {
      current = false;
    };
  }, [client, businessId, kind, asked, page]);
  const load = () => {
    setLoading(true);
    setError(undefined);
    setPage({ after: next, attempt: page.attempt + 1 });
  };
  return { people, hasMore: next !== null, loading, error, load };
}
