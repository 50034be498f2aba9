import { createHash } from 'node:crypto';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { Media } from './media.entity';

/** What is known of media besides its content. */
export type KnownMedia = Pick<Media, 'id' | 'type' | 'bytes' | 'sha256'>;

/**
 * Keeps a file whose type was checked. The same file again gives the same media.
 * @returns the media, as it is kept
 */
export async function storeMedia(
  sql: Sql,
  businessId: string,
  type: string,
  content: Buffer,
): Promise<KnownMedia> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const [stored] = await rows<{ id: string }>(
    sql,
    `/* storeMedia */ INSERT INTO media (business_id, type, bytes, sha256, content) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (business_id, sha256, type) DO UPDATE SET type = excluded.type RETURNING id`,
    [businessId, type, content.length, sha256, content],
  );
  if (!stored) throw new Error('INSERT INTO media gave no row');
  return { id: stored.id, type, bytes: content.length, sha256 };
}

/** Media with its bytes. */
export async function readMedia(
  sql: Sql,
  id: string,
): Promise<{ type: string; content: Buffer } | undefined> {
  const [found] = await rows<{ type: string; content: Buffer }>(
    sql,
    `/* readMedia */ SELECT type, content FROM media WHERE id = $1`,
    [id],
  );
  return found;
}
