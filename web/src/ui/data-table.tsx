import type { ReactNode } from 'react';
import { Cell, Row, RowHeader, Table } from './table';

export interface DataColumn<T> {
  key: string;
  /** A plain text: on a phone it stands beside each value. */
  header: string;
  cell: (row: T) => ReactNode;
  numeric?: boolean;
  /** The heading is for screen readers only, e.g. of a column of buttons. */
  hidden?: boolean;
}

interface Props<T> {
  caption: string;
  /** The first column names the row. */
  columns: DataColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  busy?: boolean;
}

/** A `Table` of rows that differ only in their data. */
export function DataTable<T>({ caption, columns, rows, rowKey, busy }: Props<T>) {
  const [first, ...others] = columns;
  return (
    <Table caption={caption} columns={columns} busy={busy}>
      {rows.map((row) => (
        <Row key={rowKey(row)}>
          {first && <RowHeader>{first.cell(row)}</RowHeader>}
          {others.map(({ key, header, cell, numeric, hidden }) => (
            <Cell key={key} label={hidden ? undefined : header} numeric={numeric}>
              {cell(row)}
            </Cell>
          ))}
        </Row>
      ))}
    </Table>
  );
}
