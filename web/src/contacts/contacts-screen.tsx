import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useId, useState } from 'react';
import { conditionCount } from '../audience/to-filter';
import { useBusiness } from '../frame/business';
import type { AudienceFilterInput } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { ColumnPicker } from './column-picker';
import { ContactList } from './contact-list';
import styles from './contacts.module.css';
import { FilterBar } from './filter-bar';
import { Notice } from './notice';
import type { ContactsSearch } from './routes';
import { useColumns } from './use-columns';

/** Loaded when it is first opened. */
const FilterPanel = lazy(() => import('./filter-panel'));

/** Otherwise the link to the leads is marked as current among the customers too. */
const exactly = { exact: true, includeSearch: true };

/** The leads or the customers of a business, newest first. */
export function ContactsScreen() {
  const say = useText();
  const business = useBusiness();
  const mayChange = useMay('MARKETER');
  const navigate = useNavigate();
  const { kind: tab, search, filter } = useSearch({ from: '/contacts' });
  const kind = tab === 'customers' ? 'CUSTOMER' : 'LEAD';
  const columns = useColumns(kind);
  const [total, setTotal] = useState<number>();
  const [filtering, setFiltering] = useState(false);
  const panelId = useId();
  const show = (next: Partial<ContactsSearch>, replace = false) =>
    void navigate({
      to: '/contacts',
      search: ({ business: id }) => ({ business: id, kind: tab, search, filter, ...next }),
      replace,
      resetScroll: false,
    });

  const narrow = (next: AudienceFilterInput | undefined) =>
    show({ filter: next && Object.keys(next).length > 0 ? next : undefined }, true);

  return (
    <>
      <PageHeader
        title={say('contacts.title')}
        count={total}
        sentence={say(kind === 'LEAD' ? 'contacts.sentenceLeads' : 'contacts.sentenceCustomers')}
        actions={
          mayChange && (
            <>
              <LinkButton to="/imports/new" search={{ kind: tab ?? 'leads' }}>
                {say('contacts.import')}
              </LinkButton>
              <LinkButton to="/contacts/new" search={{ kind: tab }} variant="filled">
                {say('contacts.add')}
              </LinkButton>
            </>
          )
        }
      />
      <Notice />
      <nav className={styles.tabs} aria-label={say('contacts.kinds')}>
        <Link
          to="/contacts"
          search={{}}
          activeOptions={exactly}
          aria-current={kind === 'LEAD' ? 'page' : undefined}
        >
          {say('contacts.leads')}
        </Link>
        <Link
          to="/contacts"
          search={{ kind: 'customers' }}
          activeOptions={exactly}
          aria-current={kind === 'CUSTOMER' ? 'page' : undefined}
        >
          {say('contacts.customers')}
        </Link>
      </nav>
      <div className={styles.toolbar}>
        <SearchBox
          className={styles.search}
          label={say('contacts.search')}
          placeholder={say('contacts.searchHint')}
          value={search ?? ''}
          search={(text) => show({ search: text || undefined }, true)}
        />
        <FilterBar filter={filter} change={narrow} />
        <Button
          aria-expanded={filtering}
          aria-controls={filtering ? panelId : undefined}
          onClick={() => setFiltering(!filtering)}
        >
          {say('contacts.moreFilters', { count: filter ? conditionCount(filter) : 0 })}
        </Button>
        <ColumnPicker kind={kind} {...columns} />
      </div>
      {filtering && (
        <Suspense fallback={null}>
          <FilterPanel key={kind} id={panelId} kind={kind} filter={filter ?? {}} change={narrow} />
        </Suspense>
      )}
      <ContactList
        // Another list, with nothing selected.
        key={JSON.stringify([kind, search, filter])}
        wanted={{ businessId: business.id, kind, filter, search }}
        columns={columns.shown}
        counted={setTotal}
        showAll={
          search === undefined && filter === undefined ? undefined : (
            <Button onClick={() => show({ search: undefined, filter: undefined })}>
              {say(kind === 'LEAD' ? 'contacts.showAllLeads' : 'contacts.showAllCustomers')}
            </Button>
          )
        }
      />
    </>
  );
}
