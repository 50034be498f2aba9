import { Link } from '@tanstack/react-router';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import type { ImportStateFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Cell, Row, RowHeader } from '../ui/table';
import { When } from '../ui/when';
import { Bar } from '../ui/bar';
import styles from './imports.module.css';
import { ImportStatusChip } from './import-status';
import { kindInAddress } from './kinds';
import { useImportName } from './use-import-name';
import { useLiveImport } from './use-live-import';

/** One import of the list; its figures are live while it runs. */
export function ImportRow({ import: one }: { import: ImportStateFragment }) {
  const say = useText();
  const format = useFormat();
  const name = useImportName()(one);
  const { timezone } = useBusiness();
  useLiveImport(one);
  const { id, kind, status, importedRows, failedRows, bytesRead, bytesTotal, startedAt } = one;
  return (
    <Row data-import={id}>
      <RowHeader>
        <Link to="/imports/$importId" params={{ importId: id }} className={styles.name}>
          {name}
        </Link>
        <span className={styles.under}>{say('imports.kind', { kind: kindInAddress(kind) })}</span>
      </RowHeader>
      <Cell label={say('imports.state')}>
        <span className={styles.state}>
          <ImportStatusChip status={status} />
          {status === 'RUNNING' && (
            <Bar label={say('imports.progressOf', { name })} part={bytesRead} whole={bytesTotal} />
          )}
        </span>
      </Cell>
      <Cell numeric label={say('imports.imported')}>
        {format.count(importedRows)}
      </Cell>
      <Cell numeric label={say('imports.notImported')} className={failedRows > 0 ? styles.bad : undefined}>
        {format.count(failedRows)}
      </Cell>
      <Cell label={say('imports.when')}>
        <When at={startedAt} timeZone={timezone} />
      </Cell>
    </Row>
  );
}
