import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldError } from '../api/use-error-words';
import { Notice } from '../contacts/notice';
import { useFormat } from '../format/use-format';
import { useNow } from '../format/use-now';
import { useBusiness } from '../frame/business';
import { SyncTemplatesDocument, TemplatesDocument } from '../generated/graphql';
import type { TemplateCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { Action } from '../ui/action';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { LoadMore } from '../ui/pager';
import { SkeletonRows } from '../ui/skeleton-rows';
import { FilterBar, filtered } from './filter-bar';
import { TemplateGroup } from './template-card';
import styles from './templates.module.css';
import { Trouble } from './trouble';
import { reviewMs } from './words';

/** Names shown at first, and with each step of more. */
const step = 30;

/** The library of templates, as it was last read from WhatsApp. */
export function TemplatesScreen() {
  const say = useText();
  const format = useFormat();
  const now = useNow(30_000);
  const { id: businessId } = useBusiness();
  const mayChange = useMay('ADMIN');
  const [isPending, setPending] = useState(false);
  const { data, error, refetch } = useQuery(TemplatesDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
    pollInterval: isPending ? reviewMs : 0,
  });
  const [sync, syncing] = useMutation(SyncTemplatesDocument, { variables: { businessId } });
  const templates = data?.templates;
  const pending = templates?.some(({ status }) => status === 'PENDING') ?? false;
  if (pending !== isPending) setPending(pending);
  const latest = data?.templateLibrary.syncedAt;
  const synced = latest && say('templates.synced', { ago: format.ago(latest, now) ?? say('ui.justNow') });
  const readAgain = () => {
    // The list learns of new ones by reading it again.
    sync()
      .then(() => refetch())
      .catch(() => undefined); // shown by `syncing.error`, or by `error`
  };
  return (
    <>
      <PageHeader
        title={say('templates.title')}
        count={templates?.filter(({ status }) => status !== 'DELETED').length}
        sentence={[say('templates.sentence'), synced].filter(Boolean).join(' ')}
        actions={
          mayChange && (
            <>
              <Action run={readAgain} busy={syncing.loading}>
                {say('templates.sync')}
              </Action>
              <LinkButton to="/templates/new" variant="filled">
                {say('templates.new')}
              </LinkButton>
            </>
          )
        }
      />
      <Notice />
      {syncing.error && (
        <ErrorState
          title={say('templates.syncFailed')}
          error={syncing.error}
          // The only thing that the server can miss here is a number.
          words={
            fieldError(syncing.error)?.field === 'businessId' ? (
              <>
                {say('templates.noNumber')} <Link to="/phone-numbers">{say('templates.toPhoneNumbers')}</Link>
              </>
            ) : undefined
          }
        />
      )}
      {error && (
        <ErrorState
          title={say('templates.failed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!templates && !error && <SkeletonRows />}
      {templates?.length === 0 && (
        <EmptyState title={say('templates.none')}>
          {say(mayChange ? 'templates.noneNext' : 'templates.noneAsk')}
        </EmptyState>
      )}
      {templates && templates.length > 0 && (
        <>
          <Trouble templates={templates} />
          <FilterBar templates={templates} />
          <Groups templates={templates} />
        </>
      )}
    </>
  );
}

/** The templates that the address asks for, by name. */
function Groups({ templates }: { templates: readonly TemplateCardFragment[] }) {
  const say = useText();
  const navigate = useNavigate();
  const asked = useSearch({ from: '/templates' });
  const [most, setMost] = useState(step);
  const groups = byName(filtered(templates, asked));
  const showAll = () =>
    void navigate({ to: '/templates', search: ({ business }) => ({ business }), replace: true });
  if (groups.length === 0)
    return (
      <EmptyState
        title={say('templates.notFound')}
        action={<Button onClick={showAll}>{say('templates.showAll')}</Button>}
      >
        {say('templates.notFoundNext')}
      </EmptyState>
    );
  return (
    <>
      <div className={styles.groups}>
        {groups.slice(0, most).map(([name, languages]) => (
          <TemplateGroup key={name} name={name} templates={languages} />
        ))}
      </div>
      {groups.length > step && (
        <LoadMore
          shown={Math.min(most, groups.length)}
          total={groups.length}
          hasMore={groups.length > most}
          busy={false}
          loadMore={() => setMost(most + step)}
        />
      )}
    </>
  );
}

/** The languages of each name together; the order stays. */
function byName(templates: readonly TemplateCardFragment[]): [string, TemplateCardFragment[]][] {
  const groups = new Map<string, TemplateCardFragment[]>();
  for (const template of templates)
    groups.set(template.name, [...(groups.get(template.name) ?? []), template]);
  return [...groups];
}
