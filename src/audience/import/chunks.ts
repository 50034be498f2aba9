import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';

/** A piece of a received file. */
export interface Chunk {
  /** In UTF-16 units from the beginning of the file. */
  startsAt: number;
  text: string;
  /** Bytes of the file as it was sent, up to the end of the piece, and how many of them are this piece's. */
  sourceEnd: number;
  sourceBytes: number;
}

/** The piece in which a position lies, or that follows it; undefined after the last. */
export async function chunkAt(sql: Sql, importId: string, position: number): Promise<Chunk | undefined> {
  const [found] = await rows<{ starts_at: string; source_end: string; source_bytes: string; bytes: Buffer }>(
    sql,
    `/* importChunk */ SELECT starts_at, source_end, bytes, source_end - coalesce((
       SELECT b.source_end FROM import_chunks b WHERE b.import_id = c.import_id AND b.starts_at < c.starts_at
       ORDER BY b.starts_at DESC LIMIT 1), 0) AS source_bytes
     FROM import_chunks c WHERE import_id = $1 AND starts_at + units > $2 AND starts_at >= coalesce((
       SELECT max(starts_at) FROM import_chunks WHERE import_id = $1 AND starts_at <= $2), 0)
     ORDER BY starts_at LIMIT 1`,
    [importId, position],
  );
  if (!found) return undefined;
  return {
    startsAt: Number(found.starts_at),
    text: found.bytes.toString(),
    sourceEnd: Number(found.source_end),
    sourceBytes: Number(found.source_bytes),
  };
}

/**
 * Stores the next piece of a file that is being received, and that the process receiving it is alive.
 * @returns false when the import is not running any more: it was cancelled, or taken for broken off
 */
export async function addChunk(
  sql: Sql,
  importId: string,
  piece: { startsAt: number; text: string; sourceEnd: number },
): Promise<boolean> {
  const stored = await rows(
    sql,
    `/* addImportChunk */ WITH alive AS (
       UPDATE imports SET alive_at = now() WHERE id = $1 AND status = 'RUNNING' AND received_at IS NULL RETURNING id)
     INSERT INTO import_chunks (import_id, starts_at, units, source_end, bytes)
     SELECT id, $2, $3, $4, $5 FROM alive RETURNING 1`,
    [importId, piece.startsAt, piece.text.length, piece.sourceEnd, Buffer.from(piece.text)],
  );
  return stored.length > 0;
}
