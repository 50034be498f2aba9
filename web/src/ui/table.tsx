import type { ComponentProps, ReactNode } from 'react';
import styles from './table.module.css';

export interface Column {
  key: string;
  header: ReactNode;
  /** Figures stand at the right, under each other. */
  numeric?: boolean;
  /** The heading is for screen readers only, e.g. of a column of buttons. */
  hidden?: boolean;
}

interface Props {
  /** What the table shows and in which order, for people who use a screen reader. */
  caption: string;
  columns: Column[];
  busy?: boolean;
  className?: string;
  /** `Row`s. */
  children: ReactNode;
}

/**
 * A table that shows its rows as cards on a phone. The roles are explicit because CSS layout removes the roles of a
 * table. For rows without hooks of their own, `DataTable` is shorter.
 */
export function Table({ caption, columns, busy = false, className, children }: Props) {
  return (
    <table className={classes(styles.table, className)} role="table" aria-busy={busy}>
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, header, numeric, hidden }) => (
            <th key={key} role="columnheader" scope="col" className={numeric ? styles.numeric : undefined}>
              {hidden ? <span className="visually-hidden">{header}</span> : header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

export function Row(props: ComponentProps<'tr'>) {
  return <tr role="row" {...props} />;
}

/** The first cell of a row: it names the row. */
export function RowHeader({ className, ...props }: ComponentProps<'th'>) {
  return <th role="rowheader" scope="row" className={classes(styles.name, className)} {...props} />;
}

interface CellProps extends ComponentProps<'td'> {
  /** The column's heading, shown beside the value on a phone. */
  label?: string;
  numeric?: boolean;
}

export function Cell({ label, numeric, className, ...props }: CellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      className={classes(numeric ? styles.numeric : undefined, className)}
      {...props}
    />
  );
}

function classes(...names: (string | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined;
}
