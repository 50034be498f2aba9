import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import { phoneIdentity } from '../contacts/phone';
import { enterOptOuts } from '../opt-outs/opt-outs';
import { OptOutSource } from '../opt-outs/suppression.entity';
import { ImportKind } from './kind';
import { planRows } from './plan';
import type { ExistingContact, PlannedContact } from './plan';
import type { ContactColumn } from './cell-values';
import type { BadRow, Person } from './row';

/** What has been done with the rows of a set. */
export interface Written {
  bad: BadRow[];
  createdRows: number;
  updatedRows: number;
  skippedRows: number;
}

export interface SetOptions {
  businessId: string;
  kind: ImportKind;
  skipDuplicates: boolean;
  /** For errors about phones. */
  phoneHeader: string | null;
  delimiter: string;
  /** When the import began: what opted-out people did after it counts more. */
  startedAt: Date;
}

const tables = {
  [ImportKind.LEADS]: {
    table: 'leads',
    own: { status: 'text', quality: 'text', city: 'text', state: 'text', assigned_user_id: 'text' },
  },
  [ImportKind.CUSTOMERS]: {
    table: 'customers',
    own: {
      engagement_score: 'integer',
      total_spent: 'numeric',
      total_orders: 'integer',
      last_order_at: 'timestamptz',
    },
  },
} as const;

/** What a new contact has where the file says nothing. */
const defaults: Partial<Record<ContactColumn, string>> = {
  name: '',
  phone: '',
  status: 'NEW',
  engagement_score: '0',
  total_spent: '0',
  total_orders: '0',
};

/**
 * Writes the good rows of a set. Imports into the same kind of contacts of a business take turns, so that two never create
 * the same person. To be run in the transaction that also stores how far the import is.
 */
export async function writeSet(
  transaction: EntityManager,
  people: readonly Person[],
  options: SetOptions,
): Promise<Written> {
  if (people.length === 0) return { bad: [], createdRows: 0, updatedRows: 0, skippedRows: 0 };
  // others may have large sets in front of this one
  await rows(
    transaction,
    `/* importTurn */ SELECT set_config('lock_timeout', '50s', true), pg_advisory_xact_lock(hashtextextended($1, 0))`,
    [`import ${options.businessId} ${options.kind}`],
  );
  return options.kind === ImportKind.OPTOUTS
    ? writeOptOuts(transaction, people, options)
    : writeContacts(transaction, people, options, tables[options.kind]);
}

async function writeContacts(
  transaction: EntityManager,
  people: readonly Person[],
  options: SetOptions,
  { table, own }: { table: string; own: Record<string, string> },
): Promise<Written> {
  // One look-up by index for each key: a new table has no statistics, and PostgreSQL would read all of it for each set.
  const having = (column: string, keys: string) =>
    `SELECT c.* FROM unnest(${keys}::text[]) AS wanted (key), LATERAL (
       SELECT id, external_id, bsuid, identity, created_at FROM ${table}
       WHERE business_id = $1 AND ${column} = wanted.key OFFSET 0) c`;
  const existing = await rows<ExistingContact>(
    transaction,
    `/* importMatches */ SELECT id, external_id, bsuid, identity FROM (
       ${having('identity', '$2')} UNION ${having('external_id', '$3')} UNION ${having('bsuid', '$4')}) found ORDER BY created_at, id`,
    [
      options.businessId,
      people.flatMap(({ columns: { phone_e164: phone } }) =>
        phone === undefined ? [] : phoneIdentity(phone),
      ),
      people.flatMap(({ columns: { external_id: id } }) => id ?? []),
      people.flatMap(({ columns: { bsuid } }) => bsuid ?? []),
    ],
  );
  const plan = planRows(people, existing, options);
  await create(transaction, plan.created, options.businessId, table, Object.keys(own) as ContactColumn[]);
  await update(transaction, plan.updated, options.businessId, table, own);
  return plan;
}

const shared: ContactColumn[] = ['name', 'phone', 'phone_e164', 'email', 'external_id', 'bsuid'];

async function create(
  transaction: EntityManager,
  contacts: readonly PlannedContact[],
  businessId: string,
  table: string,
  own: readonly ContactColumn[],
): Promise<void> {
  if (contacts.length === 0) return;
  const columns = [...shared, ...own];
  const lines = contacts.map((contact) => {
    let line = businessId;
    for (const column of columns) line += `\t${copyText(contact.columns[column] ?? defaults[column])}`;
    const { phone_e164: phone, bsuid } = contact.columns;
    // identity is given along: without it a trigger would run for each row
    line += `\t${copyText(phone === undefined ? bsuid : phoneIdentity(phone))}`;
    line += `\t${contact.tags ? copyText(arrayText(contact.tags)) : '{}'}`;
    return `${line}\t${contact.attributes ? copyText(JSON.stringify(Object.fromEntries(contact.attributes))) : '{}'}\n`;
  });
  await copy(
    transaction,
    `COPY ${table} (business_id, ${columns.join(', ')}, identity, tags, attributes) FROM STDIN`,
    lines,
  );
}

/** @throws when one of the contacts was deleted meanwhile: then the set is planned again */
async function update(
  transaction: EntityManager,
  contacts: readonly PlannedContact[],
  businessId: string,
  table: string,
  own: Record<string, string>,
): Promise<void> {
  if (contacts.length === 0) return;
  const set = [
    ...['name', 'phone', 'email', 'external_id', 'bsuid', ...Object.keys(own)].map(
      (column) => `${column} = coalesce(p.${column}, c.${column})`,
    ),
    `phone_e164 = CASE WHEN p.phone IS NULL THEN c.phone_e164 ELSE p.phone_e164 END`,
    `identity = CASE WHEN p.phone IS NULL AND p.bsuid IS NULL THEN c.identity
       ELSE coalesce(phone_identity(CASE WHEN p.phone IS NULL THEN c.phone_e164 ELSE p.phone_e164 END), p.bsuid, c.bsuid) END`,
    `tags = coalesce(p.tags, c.tags)`,
    `attributes = c.attributes || coalesce(p.attributes, '{}')`,
    `updated_at = now()`,
  ];
  const types = [
    ...shared.map((column) => `${column} text`),
    ...Object.entries(own).map(([column, type]) => `${column} ${type}`),
  ];
  const [done] = await rows<{ count: number }>(
    transaction,
    `/* importUpdates */ WITH changed AS (
       UPDATE ${table} c SET ${set.join(', ')}
       FROM jsonb_to_recordset($2::jsonb) AS p (id uuid, ${types.join(', ')}, tags text[], attributes jsonb)
       WHERE c.id = p.id AND c.business_id = $1 RETURNING 1)
     SELECT count(*)::int AS count FROM changed`,
    [
      businessId,
      JSON.stringify(
        contacts.map(({ id, columns, tags, attributes }) => ({
          id,
          ...columns,
          ...(tags ? { tags } : {}),
          ...(attributes ? { attributes: Object.fromEntries(attributes) } : {}),
        })),
      ),
    ],
  );
  if (done?.count !== contacts.length) throw new ContactsChanged();
}

/** Contacts were deleted between the planning and the writing of a set. */
export class ContactsChanged extends Error {}

async function writeOptOuts(
  transaction: EntityManager,
  people: readonly Person[],
  { businessId, skipDuplicates, startedAt }: SetOptions,
): Promise<Written> {
  const byIdentity = new Map<string, { phone: string; reason: string }>();
  for (const { columns, reason = 'imported from a file' } of people) {
    const phone = columns.phone_e164 ?? '';
    const known = byIdentity.get(phoneIdentity(phone));
    if (!known) byIdentity.set(phoneIdentity(phone), { phone, reason });
    else if (!skipDuplicates) known.reason = reason;
  }
  const { changed: createdRows } = await enterOptOuts(transaction, {
    businessId,
    source: OptOutSource.IMPORT,
    people: [...byIdentity.values()],
    at: startedAt,
  });
  const again = people.length - createdRows;
  return {
    bad: [],
    createdRows,
    updatedRows: skipDuplicates ? 0 : again,
    skippedRows: skipDuplicates ? again : 0,
  };
}

/** Keeps the bad rows of a set. */
export async function writeErrors(
  transaction: EntityManager,
  importId: string,
  bad: readonly BadRow[],
): Promise<void> {
  if (bad.length === 0) return;
  await copy(
    transaction,
    `COPY import_errors (import_id, line, column_name, value, reason, cells) FROM STDIN`,
    bad.map(
      ({ line, column, value, reason, cells }) =>
        `${importId}\t${line}\t${copyText(column)}\t${copyText(value)}\t${copyText(reason)}\t${copyText(arrayText(cells))}\n`,
    ),
  );
}

/** COPY is the fastest way into a table: a third of the time of an INSERT with arrays. */
async function copy(transaction: EntityManager, statement: string, lines: readonly string[]): Promise<void> {
  const { queryRunner } = transaction;
  if (!queryRunner) throw new Error('COPY needs a transaction');
  const connection = (await queryRunner.connect()) as PoolClient;
  const stream = connection.query(copyFrom(statement));
  stream.end(lines.join(''));
  await once(stream, 'finish');
}

const special = /[\\\t\n\r]/;

/** A value in COPY's text format; undefined and null are NULL. */
function copyText(value: string | null | undefined): string {
  if (value === undefined || value === null) return '\\N';
  if (!special.test(value)) return value;
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
