import { useFormat } from '../format/use-format';
import { useText } from '../i18n/text';
import { DataTable } from '../ui/data-table';
import styles from './new-import.module.css';
import type { RowProblem } from './preview';

interface Props {
  caption: string;
  problems: readonly RowProblem[];
  busy?: boolean;
}

/** Rows that are not imported: where, and why. */
export function RowProblems({ caption, problems, busy }: Props) {
  const say = useText();
  const format = useFormat();
  return (
    <DataTable
      caption={caption}
      busy={busy}
      rows={problems}
      rowKey={({ line }) => String(line)}
      columns={[
        {
          key: 'line',
          header: say('imports.line'),
          cell: ({ line }) => say('imports.lineOf', { line: format.count(line) }),
        },
        {
          key: 'column',
          header: say('imports.column'),
          cell: ({ column }) => column ?? say('imports.wholeRow'),
        },
        {
          key: 'value',
          header: say('imports.value'),
          cell: ({ value }) =>
            value === null || value.trim() === '' ? (
              <span className="muted">{say('imports.empty')}</span>
            ) : (
              <span className={styles.samples}>{value}</span>
            ),
        },
        { key: 'reason', header: say('imports.reason'), cell: ({ reason }) => reason },
      ]}
    />
  );
}
