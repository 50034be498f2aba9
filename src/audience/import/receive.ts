import type { IncomingMessage } from 'node:http';
import type { DataSource } from 'typeorm';
import type { Business } from '../../accounts/business.entity';
import { rows } from '../../infra/database';
import { UserError } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { piecesOf, UploadBroke } from './body';
import { addChunk } from './chunks';
import { Import } from './import.entity';
import { openFile } from './layout';
import type { ImportParameters } from './layout';

/** How often the import says that its file is still being received, however slowly. */
const aliveMs = 8_000;

/**
 * Receives files: the body of a request goes to the database in pieces, so that memory stays flat and workers need no
 * shared disk. Rows are not looked at here, except for the header.
 */
export class ImportReceiver {
  constructor(
    private readonly database: DataSource,
    private readonly log: Log,
  ) {}

  /**
   * Stores the whole file. The import exists from the first piece on.
   * @throws BAD_USER_INPUT when the header cannot be read or the file not unpacked; CONFLICT when it was cancelled
   * meanwhile; UploadBroke
   */
  async receive(business: Business, parameters: ImportParameters, request: IncomingMessage): Promise<string> {
    let id: string | undefined;
    let alive: NodeJS.Timeout | undefined;
    let startsAt = 0;
    try {
      for await (const { text, sourceEnd, last } of piecesOf(request)) {
        if (id === undefined) {
          id = await this.begin(business, parameters, text, last);
          alive = setInterval(() => this.sayAlive(id ?? ''), aliveMs);
        }
        if (!(await addChunk(this.database, id, { startsAt, text, sourceEnd }))) throw ended();
        startsAt += text.length;
        if (last) await this.finish(id, sourceEnd);
      }
      return id ?? '';
    } catch (error) {
      if (id !== undefined) await this.fail(id, error);
      throw error;
    } finally {
      clearInterval(alive);
    }
  }

  private async begin(
    business: Business,
    parameters: ImportParameters,
    text: string,
    whole: boolean,
  ): Promise<string> {
    const { layout, ignoredColumns, position, line } = openFile(text, whole, parameters);
    const { kind, fileName } = parameters;
    const imports = this.database.getRepository(Import);
    const { id } = await imports.save(
      imports.create({
        businessId: business.id,
        kind,
        fileName,
        layout,
        ignoredColumns,
        position: String(position),
        line,
      }),
    );
    return id;
  }

  private async finish(id: string, bytes: number): Promise<void> {
    const done = await rows(
      this.database,
      `/* importReceived */ UPDATE imports SET received_at = now(), bytes_total = $2
       WHERE id = $1 AND status = 'RUNNING' AND received_at IS NULL RETURNING 1`,
      [id, bytes],
    );
    if (done.length === 0) throw ended();
  }

  private sayAlive(id: string): void {
    rows(
      this.database,
      `/* importAlive */ UPDATE imports SET alive_at = now() WHERE id = $1 AND status = 'RUNNING' AND received_at IS NULL`,
      [id],
    ).catch((err: unknown) => this.log.warn({ err }, 'an upload could not be marked as alive'));
  }

  private async fail(id: string, error: unknown): Promise<void> {
    const reason =
      error instanceof UserError
        ? error.message
        : error instanceof UploadBroke
          ? 'The upload broke off'
          : 'The file could not be stored; please send it again';
    // if this fails, too, a worker ends the import (failBrokenUploads)
    await rows(
      this.database,
      `/* failImport */ UPDATE imports SET status = 'FAILED', completed_at = now(), reason = $2
       WHERE id = $1 AND status = 'RUNNING' AND received_at IS NULL`,
      [id, reason],
    ).catch((err: unknown) => this.log.warn({ err }, 'a failed upload could not be recorded'));
  }
}

const ended = () =>
  new UserError('CONFLICT', 'The import was cancelled or has failed while its file was being sent');
