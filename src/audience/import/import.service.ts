import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../../infra/database';
import type { Viewer } from '../../accounts/viewer';
import { csvLine } from '../../infra/csv';
import { notFound, UserError } from '../../infra/errors';
import { checkFirst, keyAfter, page } from '../../infra/pagination';
import type { Page } from '../../infra/pagination';
import { Import, ImportStatus } from './import.entity';
import { importRepository } from './import.repository';
import type { ImportErrorRow } from './import.repository';

/** A watcher gets at most one event in this time. */
const eventMs = 250;
/** Bad rows that are read at once when they are given back. */
const rowsAtOnce = 500;

/** Imports as they are: looking at them, following them, ending them. */
export class ImportService {
  /** The latest reading of each watched import: however many watch it, it is read four times a second. */
  private readonly readings = new Map<string, { at: number; found: Promise<Import | null> }>();
  private readonly stopping = new AbortController();

  constructor(private readonly database: Sql) {}

  /** @throws NOT_FOUND for an import that is not there or of a business that the viewer does not see */
  async import(viewer: Viewer, id: string): Promise<Import> {
    const found = await importRepository(this.database).byId(id);
    if (!found || !viewer.sees(found.businessId)) throw notFound('Import');
    return found;
  }

  async imports(
    businessId: string,
    first: number | null | undefined,
    after: string | null | undefined,
  ): Promise<Page<Import> & { businessId: string }> {
    const size = checkFirst(first);
    const scope = ['imports', businessId];
    const found = await importRepository(this.database).ofBusiness(
      businessId,
      keyAfter(scope, after),
      size + 1,
    );
    return { ...page(found, size, scope, ({ id }) => [id]), businessId };
  }

  count(businessId: string): Promise<number> {
    return importRepository(this.database).countBy({ businessId });
  }

  async errors(
    { id, failedRows }: Pick<Import, 'id' | 'failedRows'>,
    first: number | null | undefined,
    after: string | null | undefined,
  ): Promise<Page<ImportErrorRow> & { totalCount: number }> {
    const size = checkFirst(first);
    const scope = ['importErrors', id];
    const [line = 0] = keyAfter(scope, after) ?? [];
    const found = await importRepository(this.database).errorsOf(id, Number(line), size + 1);
    return { ...page(found, size, scope, (one) => [one.line]), totalCount: failedRows };
  }

  /** Ends a running import; the rows imported so far stay. @throws CONFLICT when it has ended already */
  async cancelImport(viewer: Viewer, id: string): Promise<Import> {
    const { status } = await this.import(viewer, id);
    const cancelled = status === ImportStatus.RUNNING && (await importRepository(this.database).cancel(id));
    const now = await this.import(viewer, id);
    if (!cancelled) throw new UserError('CONFLICT', `The import is ${now.status.toLowerCase()} already`);
    return now;
  }

  /** The import as it is, then whenever it has changed, and at its end for the last time. */
  async watchImport(viewer: Viewer, id: string): Promise<AsyncIterableIterator<Import>> {
    return this.follow(await this.import(viewer, id));
  }

  private async *follow(first: Import): AsyncGenerator<Import, void> {
    const { signal } = this.stopping;
    let told = '';
    for (let now: Import | null = first; now; now = await this.read(first.id)) {
      const state = JSON.stringify([now.status, now.totalRows, now.bytesRead, now.bytesTotal]);
      if (state !== told) yield now;
      told = state;
      if (now.status !== ImportStatus.RUNNING) return;
      await delay(eventMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }

  private read(id: string): Promise<Import | null> {
    const now = Date.now();
    const latest = this.readings.get(id);
    if (latest && now - latest.at < eventMs / 2) return latest.found;
    for (const [other, { at }] of this.readings) if (now - at > 10 * eventMs) this.readings.delete(other);
    const found = importRepository(this.database).byId(id);
    this.readings.set(id, { at: now, found });
    return found;
  }

  /** The bad rows of an import as a file that can be mended and imported again, line by line. */
  async *badRows({ id, layout }: Import): AsyncGenerator<string, void> {
    const repository = importRepository(this.database);
    const { headers = [], remarks = 0 } = layout;
    yield csvLine(['line', 'reason', ...headers.slice(remarks)]);
    for (let line = 0, more = true; more;) {
      const bad = await repository.badRowsOf(id, line, rowsAtOnce);
      for (const { line: at, reason, cells } of bad)
        yield csvLine([String(at), reason, ...cells.slice(remarks)]);
      line = bad.at(-1)?.line ?? line;
      more = bad.length === rowsAtOnce;
    }
  }

  /** Ends everybody's watching. */
  close(): void {
    this.stopping.abort();
  }
}
