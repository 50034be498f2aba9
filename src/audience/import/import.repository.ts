import type { Repository } from 'typeorm';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { Key } from '../../infra/pagination';
import { isUuid } from '../../infra/input';
import { Import } from './import.entity';

/** A row that was not imported. */
export interface ImportErrorRow {
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
}

interface ImportStatements {
  /** Null for an id that is none. */
  byId(id: string): Promise<Import | null>;
  /** Newest first; `limit` of them after the key, which is that of {@link importKey}. */
  ofBusiness(businessId: string, after: Key | undefined, limit: number): Promise<Import[]>;
  /** By line. */
  errorsOf(importId: string, afterLine: number, limit: number): Promise<ImportErrorRow[]>;
  /** The bad rows as in the file, by line. */
  badRowsOf(
    importId: string,
    afterLine: number,
    limit: number,
  ): Promise<{ line: number; reason: string; cells: string[] }[]>;
  /** @returns whether it was running, and is not any more */
  cancel(id: string): Promise<boolean>;
}

export type ImportRepository = Repository<Import> & ImportStatements;

/** Imports and their bad rows; read through the pool or the caller's transaction. */
export function importRepository(source: Sql): ImportRepository {
  return source.getRepository(Import).extend<ImportStatements>({
    async byId(this: Repository<Import>, id) {
      return isUuid(id) ? this.findOneBy({ id }) : null;
    },

    async ofBusiness(this: Repository<Import>, businessId, after, limit) {
      const query = this.createQueryBuilder('i')
        .where('i.business_id = :businessId', { businessId })
        .orderBy('i.createdAt', 'DESC')
        .addOrderBy('i.id', 'DESC')
        .take(limit);
      if (after)
        query.andWhere(
          `(i.created_at, i.id) < ((SELECT created_at FROM imports WHERE id = :id AND business_id = :businessId), :id)`,
          { id: after[0] },
        );
      return query.getMany();
    },

    errorsOf(this: Repository<Import>, importId, afterLine, limit) {
      return rows<ImportErrorRow>(
        this.manager,
        `/* importErrors */ SELECT line, column_name AS column, value, reason FROM import_errors
         WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3`,
        [importId, afterLine, limit],
      );
    },

    badRowsOf(this: Repository<Import>, importId, afterLine, limit) {
      return rows(
        this.manager,
        `/* importBadRows */ SELECT line, reason, cells FROM import_errors
         WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3`,
        [importId, afterLine, limit],
      );
    },

    async cancel(this: Repository<Import>, id) {
      const cancelled = await rows(
        this.manager,
        `/* cancelImport */ UPDATE imports SET status = 'CANCELLED', completed_at = now()
         WHERE id = $1 AND status = 'RUNNING' RETURNING 1`,
        [id],
      );
      return cancelled.length > 0;
    },
  });
}
