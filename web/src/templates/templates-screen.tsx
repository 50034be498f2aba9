import { useMutation, useQuery } from '@apollo/client/react';
import { useBusiness } from '../frame/business';
import { useFormat } from '../format/use-format';
import { useNow } from '../format/use-now';
import { SyncTemplatesDocument, TemplatesDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { Action } from '../ui/action';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import styles from './templates.module.css';

/** The library of templates, as it was last read from WhatsApp. */
export function TemplatesScreen() {
  const say = useText();
  const format = useFormat();
  const now = useNow(30_000);
  const { id: businessId } = useBusiness();
  const mayChange = useMay('ADMIN');
  const { data, error, refetch } = useQuery(TemplatesDocument, { variables: { businessId } });
  const [sync, syncing] = useMutation(SyncTemplatesDocument, { variables: { businessId } });
  const templates = data?.templates;
  const latest = templates
    ?.map(({ syncedAt }) => syncedAt)
    .sort()
    .at(-1);
  const synced = latest && say('templates.synced', { ago: format.ago(latest, now) ?? say('ui.justNow') });
  const readAgain = () => {
    // What the mutation returns are all templates; the list learns of new ones by reading it again.
    sync().then(
      () => refetch(),
      () => undefined, // shown by `syncing.error`
    );
  };
  return (
    <>
      <PageHeader
        title={say('templates.title')}
        count={templates?.length}
        sentence={[say('templates.sentence'), synced].filter(Boolean).join(' ')}
        actions={
          mayChange && (
            <Action variant="filled" run={readAgain} busy={syncing.loading}>
              {say('templates.sync')}
            </Action>
          )
        }
      />
      {syncing.error && <ErrorState title={say('templates.syncFailed')} error={syncing.error} />}
      {error && <ErrorState title={say('templates.failed')} error={error} retry={() => void refetch()} />}
      {!templates && !error && <SkeletonRows />}
      {templates?.length === 0 && (
        <EmptyState title={say('templates.none')}>{say('templates.noneNext')}</EmptyState>
      )}
      {templates && templates.length > 0 && (
        <DataTable
          caption={say('templates.caption')}
          rows={templates}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', header: say('templates.name'), cell: ({ name }) => name },
            { key: 'language', header: say('templates.language'), cell: ({ language }) => language },
            {
              key: 'category',
              header: say('templates.category'),
              cell: ({ category }) => say('templates.categoryName', { category }),
            },
            {
              key: 'status',
              header: say('templates.status'),
              cell: ({ status, notSendable }) => (
                <span className={styles.status}>
                  {say('templates.statusName', { status })}
                  {notSendable !== null && (
                    <span className="muted small">
                      {status === 'APPROVED' ? notSendable : say('templates.notApproved')}
                    </span>
                  )}
                </span>
              ),
            },
            {
              key: 'quality',
              header: say('templates.quality'),
              cell: ({ quality }) => (quality === null ? '–' : say('templates.qualityName', { quality })),
            },
            {
              key: 'text',
              header: say('templates.text'),
              cell: ({ bodyText, language }) => (
                <span className={styles.text} lang={language.replace('_', '-')} data-content>
                  {bodyText}
                </span>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
