import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { ImportDocument } from '../generated/graphql';
import type { ImportStateFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { When } from '../ui/when';
import { Announcer } from './announcer';
import { Bar } from '../ui/bar';
import { CancelImport } from './cancel-import';
import { ImportStatusChip } from './import-status';
import styles from './imports.module.css';
import { contactsShown, kindInAddress } from './kinds';
import { Problems } from './problems';
import { useImportName } from './use-import-name';
import { useLiveImport } from './use-live-import';
import { useSentence } from './use-sentence';

/** One import: how far it is, and what came of it. */
export function ImportScreen() {
  const say = useText();
  const { importId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(ImportDocument, {
    variables: { id: importId },
    fetchPolicy: 'cache-and-network',
  });
  if (data) return <OneImport import={data.import} />;
  return (
    <>
      <PageHeader title={say('imports.one')} />
      {error ? (
        <>
          <ErrorState
            title={say('imports.oneFailed')}
            error={error}
            retry={() => void refetch().catch(() => undefined)}
          />
          <Link to="/imports">{say('imports.toList')}</Link>
        </>
      ) : (
        <SkeletonRows rows={3} />
      )}
    </>
  );
}

const tones = { RUNNING: 'running', COMPLETED: 'good', FAILED: 'failed', CANCELLED: 'quiet' } as const;

function OneImport({ import: one }: { import: ImportStateFragment }) {
  const say = useText();
  const mayImport = useMay('MARKETER');
  const { timezone } = useBusiness();
  const name = useImportName()(one);
  useLiveImport(one);
  const sentence = useSentence(one);
  const { id, kind, status, importedRows, createdRows, updatedRows, failedRows } = one;
  const running = status === 'RUNNING';
  const same = importedRows - createdRows - updatedRows;
  const address = kindInAddress(kind);

  return (
    <>
      <PageHeader
        title={name}
        sentence={sentence}
        actions={
          <>
            {!running &&
              importedRows > 0 &&
              (kind === 'OPTOUTS' ? (
                <LinkButton to="/opt-outs">{say('imports.seeOptOuts')}</LinkButton>
              ) : (
                <LinkButton to="/contacts" search={({ business }) => ({ business, ...contactsShown(kind) })}>
                  {say('imports.seeContacts')}
                </LinkButton>
              ))}
            {mayImport &&
              (running ? (
                <CancelImport import={one} />
              ) : (
                <LinkButton variant="filled" to="/imports/new" search={{ kind: address }}>
                  {say('imports.another')}
                </LinkButton>
              ))}
          </>
        }
      />
      <Announcer text={sentence} now={!running} />
      <div className={styles.progress}>
        <p className="muted">
          <ImportStatusChip status={status} /> {say('imports.kind', { kind: address })} ·{' '}
          <When at={one.startedAt} timeZone={timezone} />
        </p>
        <Bar
          label={say('imports.progressOf', { name })}
          part={status === 'COMPLETED' ? 1 : one.bytesRead}
          whole={status === 'COMPLETED' ? 1 : one.bytesTotal}
          tone={tones[status]}
        />
      </div>
      <Outcome import={one} />
      <dl className={styles.figures}>
        <Figure name="imported" value={importedRows} />
        <Figure name="created" value={createdRows} />
        <Figure name="updated" value={updatedRows} />
        {same > 0 && <Figure name="unchanged" value={same} />}
        <Figure name="notImported" value={failedRows} bad={failedRows > 0} />
      </dl>
      {failedRows > 0 && (
        <Problems key={status} importId={id} name={name} count={failedRows} running={running} />
      )}
    </>
  );
}

interface FigureProps {
  name: 'imported' | 'created' | 'updated' | 'unchanged' | 'notImported';
  value: number;
  bad?: boolean;
}

function Figure({ name, value, bad = false }: FigureProps) {
  const say = useText();
  const format = useFormat();
  return (
    <div className={bad ? styles.bad : undefined}>
      <dt>{say(`imports.${name}`)}</dt>
      <dd data-figure={name}>{format.count(value)}</dd>
    </div>
  );
}

/** What is to be said besides the figures: why it ended early, what of it stays, what to do; columns that were left out. */
function Outcome({ import: one }: { import: ImportStateFragment }) {
  const say = useText();
  const { status, importedRows, ignoredColumns, reason } = one;
  const ignored = ignoredColumns.length > 0 && (
    <p className={styles.hint}>
      {say('imports.ignored', { columns: ignoredColumns.join(', '), count: ignoredColumns.length })}
    </p>
  );
  if (status !== 'FAILED') return ignored && <div className={styles.progress}>{ignored}</div>;
  return (
    <div className={styles.outcome} data-status={status}>
      {reason !== null && <p>{say('imports.failedReason', { reason })}</p>}
      <p>{say('imports.failedNext', { imported: importedRows })}</p>
      {ignored}
    </div>
  );
}
