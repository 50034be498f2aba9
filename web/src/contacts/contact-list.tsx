import { Checkbox } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ContactsQueryVariables } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { LoadMore } from '../ui/pager';
import { SkeletonRows } from '../ui/skeleton-rows';
import { Cell, Row, RowHeader, Table } from '../ui/table';
import type { ContactColumn } from './columns';
import styles from './contacts.module.css';
import { TagBar } from './tag-bar';
import { useContacts } from './use-contacts';
import { useContactWords } from './words';

interface Props {
  wanted: Omit<ContactsQueryVariables, 'first' | 'after'>;
  columns: readonly ContactColumn[];
  counted: (total: number | undefined) => void;
  /** Undefined when everybody is shown. */
  showAll: ReactNode;
}

/** The table of the contacts, and what is done with those that are selected. */
export function ContactList({ wanted, columns, counted, showAll }: Props) {
  const say = useText();
  const words = useContactWords();
  const mayChange = useMay('MARKETER');
  const { contacts, total, error, loading, hasMore, retry, more } = useContacts(wanted);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { kind } = wanted;

  useEffect(() => {
    counted(total);
    return () => counted(undefined);
  }, [counted, total]);

  const select = (ids: readonly string[], on: boolean) => {
    const next = new Set(selected);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setSelected(next);
  };

  if (error && !contacts) return <ErrorState title={say('contacts.failed')} error={error} retry={retry} />;
  if (!contacts) return <SkeletonRows rows={8} />;
  if (contacts.length === 0)
    return showAll === undefined ? (
      <EmptyState
        title={say(kind === 'LEAD' ? 'contacts.noLeads' : 'contacts.noCustomers')}
        action={
          mayChange && (
            <LinkButton to="/imports/new" search={{ kind: kind === 'LEAD' ? 'leads' : 'customers' }}>
              {say('contacts.importFile')}
            </LinkButton>
          )
        }
      >
        {say(mayChange ? 'contacts.noneNext' : 'contacts.noneViewer')}
      </EmptyState>
    ) : (
      <EmptyState
        title={say('contacts.noneFound')}
        action={
          <div className={styles.inline}>
            {showAll}
            {wanted.search != null && (
              <Link
                to="/contacts"
                search={{ kind: kind === 'LEAD' ? 'customers' : undefined, search: wanted.search }}
              >
                {say(kind === 'LEAD' ? 'contacts.searchCustomers' : 'contacts.searchLeads')}
              </Link>
            )}
          </div>
        }
      >
        {say(wanted.search == null ? 'contacts.noneFilter' : 'contacts.noneSearch', {
          search: wanted.search ?? '',
        })}
      </EmptyState>
    );

  const ids = contacts.map(({ id }) => id);
  const all = ids.every((id) => selected.has(id));
  const headers = [
    { key: 'name', header: say('contacts.name') },
    ...columns.map(({ key, header, numeric }) => ({ key, header: say(header), numeric })),
  ];
  return (
    <>
      {error && <ErrorState title={say('contacts.failed')} error={error} retry={retry} />}
      {mayChange && (
        <Checkbox
          radius={4}
          className={styles.selectAll}
          label={say('contacts.selectAll', { count: ids.length })}
          checked={all}
          indeterminate={!all && selected.size > 0}
          onChange={({ currentTarget }) => select(ids, currentTarget.checked)}
        />
      )}
      <div className={styles.scroll}>
        <Table
          caption={say('contacts.caption', { zone: words.timeZone })}
          className={styles.table}
          busy={loading}
          columns={
            mayChange
              ? [{ key: 'select', header: say('contacts.select'), hidden: true }, ...headers]
              : headers
          }
        >
          {contacts.map((contact) => (
            <Row key={contact.id} data-contact={contact.id}>
              {mayChange && (
                <Cell
                  className={styles.selectCell}
                  // A finger that misses the box by a little.
                  onClick={({ target, currentTarget }) => {
                    if (target === currentTarget) select([contact.id], !selected.has(contact.id));
                  }}
                >
                  <Checkbox
                    radius={4}
                    aria-label={say('contacts.selectOne', { name: words.name(contact) })}
                    checked={selected.has(contact.id)}
                    onChange={({ currentTarget }) => select([contact.id], currentTarget.checked)}
                  />
                </Cell>
              )}
              <RowHeader>
                <Link to="/contacts/$contactId" params={{ contactId: contact.id }} className={styles.name}>
                  {words.name(contact)}
                </Link>
                {contact.optedOut && <span className={styles.optedOut}>{say('contacts.optedOut')}</span>}
              </RowHeader>
              {columns.map(({ key, header, numeric, cell }) => {
                const value = cell(contact, words);
                return (
                  <Cell key={key} label={say(header)} numeric={numeric} data-empty={!value || undefined}>
                    {value || <span className="muted">–</span>}
                  </Cell>
                );
              })}
            </Row>
          ))}
        </Table>
      </div>
      <LoadMore
        shown={contacts.length}
        total={total}
        hasMore={hasMore}
        busy={loading}
        problem={more.problem}
        loadMore={more.loadMore}
      />
      {selected.size > 0 && (
        <TagBar
          contacts={contacts.filter(({ id }) => selected.has(id))}
          clear={() => setSelected(new Set())}
        />
      )}
    </>
  );
}
