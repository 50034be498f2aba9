import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../../infra/database';
import { failpoint } from '../../infra/failpoint';
import { chunkAt } from './chunks';
import type { Chunk } from './chunks';
import { ImportKind } from './kind';
import type { Layout } from './layout';
import { cellsOf, RecordReader } from './record-reader';
import { badRow, RowParser } from './row';
import type { BadRow, Person } from './row';
import { ContactsChanged, writeErrors, writeSet } from './write-set';
import type { SetOptions, Written } from './write-set';

/** An import that this worker runs; `claimNumber` is the proof. */
export interface ClaimedImport {
  id: string;
  businessId: string;
  kind: ImportKind;
  claimNumber: number;
  position: number;
  line: number;
  layout: Layout;
  startedAt: Date;
  country: string;
  timezone: string;
}

/** Rows that are written in one transaction, and how much text they may have. */
const setSize = 8_000;
const setUnits = 2_000_000;
/** The longest that the process does nothing but reading rows: it sends messages, too. */
const sliceMs = 6;
/** How long a claim lasts; whoever holds it renews it in time. */
export const claimSeconds = 8;

/** A part of a file, ready to be written. */
interface RowSet {
  people: Person[];
  bad: BadRow[];
  /** Where the next row begins. */
  position: number;
  line: number;
  bytesRead: number;
  /** No rows follow. */
  last: boolean;
}

/** What became of a run: the import has ended, another worker or its cancelling took it away, or it is to go on later. */
export type RunResult = 'ended' | 'lost' | 'paused';

/**
 * Runs an import from where it stands. Sets of rows are written one after the other, each in a transaction that also
 * stores the position after it: when the process dies, any worker goes on from there. While PostgreSQL writes a set, the
 * next is read.
 * @param mayGoOn asked after each set; false hands the import back
 */
export async function runImport(
  database: DataSource,
  claimed: ClaimedImport,
  mayGoOn: () => boolean,
): Promise<RunResult> {
  const sets = readSets(database, claimed);
  let reading = sets.next();
  for (;;) {
    const { value: set, done } = await reading;
    if (done || !set) return 'ended';
    reading = sets.next();
    // a failure of the reading is met when its set is awaited
    reading.catch(() => undefined);
    if (!(await writeAll(database, claimed, set))) return 'lost';
    failpoint('after_import_set');
    if (set.last) return 'ended';
    if (!mayGoOn()) return 'paused';
  }
}

async function* readSets(database: DataSource, claimed: ClaimedImport): AsyncGenerator<RowSet, undefined> {
  const { id, layout } = claimed;
  const parser = new RowParser(claimed);
  const reader = new RecordReader(layout.delimiter, claimed.position, claimed.line);
  let chunk: Chunk | undefined;
  let received = claimed.position;
  let ended = false;
  let set = emptySet(claimed.position, claimed.line);
  let began = claimed.position;
  let sliceBegan = performance.now();
  for (;;) {
    const row = reader.next();
    if (row) {
      const parsed = parser.parse(row);
      if ('columns' in parsed) set.people.push(parsed);
      else set.bad.push(parsed);
      set.position = row.end;
      set.line = row.endLine;
      if (set.people.length + set.bad.length >= setSize || row.end - began >= setUnits) {
        set.bytesRead = sourceBytes(chunk, row.end);
        began = row.end;
        yield set;
        set = emptySet(row.end, row.endLine);
        sliceBegan = performance.now();
      } else if (performance.now() - sliceBegan > sliceMs) {
        await nextTurn();
        sliceBegan = performance.now();
      }
      continue;
    }
    if (ended) break;
    chunk = await chunkAt(database, id, received);
    if (chunk) {
      reader.push(chunk.text.slice(Math.max(0, received - chunk.startsAt)));
      received = chunk.startsAt + chunk.text.length;
    } else {
      reader.end();
      ended = true;
    }
    sliceBegan = performance.now();
  }
  set.last = true;
  yield set;
  return undefined;
}

const emptySet = (position: number, line: number): RowSet => ({
  people: [],
  bad: [],
  position,
  line,
  bytesRead: 0,
  last: false,
});

/** About how many bytes of the file are read at a position; exact at the ends of its pieces. */
function sourceBytes(chunk: Chunk | undefined, position: number): number {
  if (!chunk || chunk.text.length === 0) return 0;
  const share = Math.max(0, (position - chunk.startsAt) / chunk.text.length);
  return Math.floor(chunk.sourceEnd - chunk.sourceBytes + share * chunk.sourceBytes);
}

/** @returns false when the import is not this worker's any more */
async function writeAll(database: DataSource, claimed: ClaimedImport, set: RowSet): Promise<boolean> {
  let rowByRow = false;
  for (let tries = 1; ; tries++) {
    try {
      return await transact(database, (transaction) => commitSet(transaction, claimed, set, rowByRow));
    } catch (error) {
      if (error instanceof ClaimLost) return false;
      // contacts that others created or deleted meanwhile are found by planning the set again
      const changed = error instanceof ContactsChanged || sqlState(error) === uniqueViolation;
      if (changed && tries < 5) continue;
      if (rowByRow || !isOfTheRows(error)) throw error;
      rowByRow = true;
    }
  }
}

class ClaimLost extends Error {}

/** Writes a set, its bad rows and the position after it, all or nothing. */
async function commitSet(
  transaction: EntityManager,
  { id, businessId, kind, claimNumber, layout, startedAt }: ClaimedImport,
  set: RowSet,
  rowByRow: boolean,
): Promise<true> {
  const mine = await rows(
    transaction,
    `/* importIsMine */ SELECT FROM imports WHERE id = $1 AND claim_number = $2 AND status = 'RUNNING'`,
    [id, claimNumber],
  );
  if (mine.length === 0) throw new ClaimLost();
  const phoneAt = layout.targets.findIndex((one) => one && 'field' in one && one.field === 'phone');
  const written = await (rowByRow ? writeTolerantly : writeSet)(transaction, set.people, {
    businessId,
    kind,
    startedAt,
    skipDuplicates: layout.skipDuplicates,
    delimiter: layout.delimiter,
    phoneHeader: layout.headers[phoneAt] ?? null,
  });
  const bad = [...set.bad, ...written.bad];
  await writeErrors(transaction, id, bad);
  const imported = written.createdRows + written.updatedRows + written.skippedRows;
  const stored = await rows(
    transaction,
    `/* importProgress */ UPDATE imports SET total_rows = total_rows + $3 + $4, imported_rows = imported_rows + $3,
       failed_rows = failed_rows + $4, created_rows = created_rows + $5, updated_rows = updated_rows + $6,
       position = $7, line = $8, bytes_read = CASE WHEN $10 THEN bytes_total ELSE greatest(bytes_read, $9::bigint) END,
       status = CASE WHEN $10 THEN 'COMPLETED' ELSE status END,
       completed_at = CASE WHEN $10 THEN clock_timestamp() END,
       claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds}), tries = 0
     WHERE id = $1 AND claim_number = $2 AND status = 'RUNNING' RETURNING 1`,
    [
      id,
      claimNumber,
      imported,
      bad.length,
      written.createdRows,
      written.updatedRows,
      set.position,
      set.line,
      set.bytesRead,
      set.last,
    ],
  );
  if (stored.length === 0) throw new ClaimLost();
  return true;
}

/** Finds the rows that PostgreSQL refuses by halving the set, so that they take no other along. */
async function writeTolerantly(
  transaction: EntityManager,
  people: readonly Person[],
  options: SetOptions,
): Promise<Written> {
  try {
    return await transaction.transaction((savepoint) => writeSet(savepoint, people, options));
  } catch (error) {
    if (!isOfTheRows(error)) throw error;
    const [only] = people;
    if (people.length === 1 && only) {
      const row = { line: only.line, cells: cellsOf(only.raw, options.delimiter) };
      return { ...nothing, bad: [badRow(row, null, '', 'the row cannot be stored')] };
    }
    const half = people.length >> 1;
    const first = await writeTolerantly(transaction, people.slice(0, half), options);
    const second = await writeTolerantly(transaction, people.slice(half), options);
    return {
      bad: [...first.bad, ...second.bad],
      createdRows: first.createdRows + second.createdRows,
      updatedRows: first.updatedRows + second.updatedRows,
      skippedRows: first.skippedRows + second.skippedRows,
    };
  }
}

const nothing: Written = { bad: [], createdRows: 0, updatedRows: 0, skippedRows: 0 };

const uniqueViolation = '23505';

function sqlState(error: unknown): string {
  // TypeORM copies the fields of pg's errors to its own
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (limits): a value is at fault, not the server. */
function isOfTheRows(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error));
}
