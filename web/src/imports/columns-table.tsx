import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../i18n/text';
import { DataTable } from '../ui/data-table';
import { LoadMore } from '../ui/pager';
import styles from './new-import.module.css';
import { asAttribute, choiceOf, isRemark, leftOut, optionsOf } from './preview';
import type { Choices, PreviewColumn } from './preview';

const pageSize = 50;

interface Props {
  columns: readonly PreviewColumn[];
  choices: Choices;
  choose: (header: string, choice: string) => void;
  busy: boolean;
  disabled: boolean;
}

/** What each column of the file becomes. */
export function ColumnsTable({ columns, choices, choose, busy, disabled }: Props) {
  const say = useText();
  const [shown, setShown] = useState(pageSize);
  const label = (choice: string) =>
    choice === asAttribute
      ? say('imports.asAttribute')
      : choice === leftOut
        ? say('imports.leaveOut')
        : say('imports.field', { field: choice });
  const rows = columns.slice(0, shown).map((column, index) => ({ column, index }));
  return (
    <div>
      <DataTable
        caption={say('imports.columnsCaption')}
        busy={busy}
        rows={rows}
        rowKey={({ index }) => String(index)}
        columns={[
          {
            key: 'header',
            header: say('imports.column'),
            cell: ({ column: { header } }) =>
              header === '' ? <span className="muted">{say('imports.noHeader')}</span> : header,
          },
          {
            key: 'samples',
            header: say('imports.samples'),
            cell: ({ column: { samples } }) =>
              samples.length === 0 ? (
                <span className="muted">{say('imports.noSamples')}</span>
              ) : (
                <span className={styles.samples}>{samples.join(', ')}</span>
              ),
          },
          {
            key: 'becomes',
            header: say('imports.becomes'),
            cell: ({ column, index }) =>
              column.header === '' || isRemark(columns, index) ? (
                <span className="muted">
                  {say(column.header === '' ? 'imports.noHeaderOut' : 'imports.remarkOut')}
                </span>
              ) : (
                <NativeSelect
                  className={styles.becomes}
                  aria-label={say('imports.becomesOf', { header: column.header })}
                  value={choiceOf(column)}
                  disabled={disabled}
                  onChange={({ currentTarget }) => choose(column.header, currentTarget.value)}
                >
                  {optionsOf(column, choices).map((choice) => (
                    <option key={choice} value={choice}>
                      {label(choice)}
                    </option>
                  ))}
                </NativeSelect>
              ),
          },
        ]}
      />
      {columns.length > pageSize && (
        <LoadMore
          shown={rows.length}
          total={columns.length}
          hasMore={shown < columns.length}
          busy={false}
          loadMore={() => setShown(shown + pageSize)}
        />
      )}
    </div>
  );
}
