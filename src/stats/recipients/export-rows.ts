import { binder } from '../../audience/source';
import { recipientConditions } from '../../campaigns/recipients/filter';
import { csvCell, csvLine } from '../../infra/csv';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { searchConditions } from './read-recipients';
import type { RecipientList } from './read-recipients';

/** Places that one statement looks at: about 400 kB of the file, so that memory stays flat. */
const window = 2_000;

const times = [
  'sent',
  'delivered',
  'read',
  'failed',
  'clicked',
  'converted',
  'replied',
  'skipped',
  'opted_out',
];
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const header = csvLine([
  ...['name', 'phone', 'email', 'status', 'errorCode', 'errorMessage', 'excludedReason', 'skippedReason'],
  ...times.map((name) => `${camel(name)}At`),
]);

interface Row {
  name: string;
  phone: string;
  email: string;
  error: string;
  /** Cells that need no quotes, joined by the database: parsing each of them would cost more than all the rest. */
  status: string;
  tail: string;
}

const iso = (column: string) =>
  `coalesce(to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '')`;
const tail = [
  `coalesce(r.excluded_reason, '')`,
  `coalesce(r.skipped_reason, '')`,
  ...times.map((name) => iso(`r.${name}_at`)),
].join(` || ',' || `);

/**
 * The recipients of a list as lines of a CSV file, in order of their places, several lines at once; the first are the
 * names of the columns.
 * @param excluded whether those who were left out beforehand are among them
 */
export async function* recipientLines(
  sql: Sql,
  list: RecipientList,
  excluded: boolean,
): AsyncGenerator<string> {
  yield header;
  const { size } = list;
  const read = (after: number) => readWindow(sql, list, after, excluded);
  let next = read(0);
  for (let after = 0; after < size; after += window) {
    const found = await next;
    // the database reads the next lines while these are written
    next = after + window < size ? read(after + window) : next;
    // of a reader that has gone away nobody waits for them
    next.catch(() => undefined);
    if (found.length > 0) yield found.map(lineOf).join('');
  }
}

function readWindow(sql: Sql, list: RecipientList, after: number, excluded: boolean): Promise<Row[]> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const conditions = [
    `r.campaign_id = ${bind(list.campaign.id)} AND r.seq > ${bind(after)} AND r.seq <= ${bind(after + window)}`,
    ...recipientConditions(list.filter, bind),
    ...searchConditions(list, bind),
    ...(excluded ? [] : [`r.status <> 'EXCLUDED'`]),
  ];
  return rows<Row>(
    sql,
    `/* exportRecipients */ SELECT r.name, r.phone, coalesce(r.email, '') AS email, coalesce(r.error_message, '') AS error,
       r.status || ',' || coalesce(r.error_code::text, '') AS status, ${tail} AS tail
     FROM campaign_recipients r WHERE ${conditions.join(' AND ')} ORDER BY r.seq`,
    parameters,
  );
}

function lineOf({ name, phone, email, error, status, tail: rest }: Row): string {
  return `${csvCell(name)},${csvCell(phone)},${csvCell(email)},${status},${csvCell(error)},${rest}\r\n`;
}
