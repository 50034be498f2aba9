import type { Credentials, WhatsAppClient } from '../../whatsapp/client';
import { WhatsAppError, WhatsAppUnreachable } from '../../whatsapp/client';
import { policyFor } from '../../whatsapp/error-catalogue';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { readMedia } from './media-store';

/** A WhatsApp number, as one business has it. */
export interface UploadingSender {
  senderId: string;
  credentials: Credentials;
}

/**
 * What became of the wish for an id.
 * - `wait`: another process uploads the file now, or WhatsApp cannot take it for the moment
 * - `refused`: WhatsApp does not take the file, or nothing from this number; in words
 */
export type UploadResult =
  | { kind: 'uploaded'; whatsappId: string }
  | { kind: 'wait'; ms: number }
  | { kind: 'refused'; reason: string };

/** WhatsApp keeps media for 30 days. A campaign that begins with an id may last for a day. */
const usableDays = 28;
/** Longer than an upload may take: then the process that began it is dead. */
const leaseSeconds = 180;
const othersUploadMs = 250;
const troubleMs = 3000;

/** The ids under which WhatsApp has our media: one upload for each number, whoever asks, until shortly before it expires. */
export class MediaUploads {
  constructor(
    private readonly database: Sql,
    private readonly whatsapp: WhatsAppClient,
  ) {}

  /** The id of media for messages of a number; uploads it unless that was done. */
  async upload({ senderId, credentials }: UploadingSender, mediaId: string): Promise<UploadResult> {
    const [known] = await rows<{ id: string }>(
      this.database,
      `/* uploadedMedia */ SELECT whatsapp_id AS id FROM media_uploads
       WHERE sender_id = $1 AND media_id = $2 AND usable_until > now()`,
      [senderId, mediaId],
    );
    if (known) return { kind: 'uploaded', whatsappId: known.id };
    const leased = await rows(
      this.database,
      `/* leaseUpload */ INSERT INTO media_uploads AS u (sender_id, media_id, leased_until)
       VALUES ($1, $2, now() + make_interval(secs => $3))
       ON CONFLICT (sender_id, media_id) DO UPDATE SET leased_until = excluded.leased_until
         WHERE coalesce(u.usable_until, '-infinity') <= now() AND coalesce(u.leased_until, '-infinity') <= now()
       RETURNING media_id`,
      [senderId, mediaId, leaseSeconds],
    );
    if (leased.length === 0) return { kind: 'wait', ms: othersUploadMs };
    try {
      const file = await readMedia(this.database, mediaId);
      if (!file) throw new Error(`media ${mediaId} is gone`);
      const whatsappId = await this.whatsapp.uploadMedia(credentials, file);
      await rows(
        this.database,
        `/* keepUpload */ UPDATE media_uploads SET whatsapp_id = $3, leased_until = NULL,
           usable_until = now() + make_interval(days => $4) WHERE sender_id = $1 AND media_id = $2`,
        [senderId, mediaId, whatsappId, usableDays],
      );
      return { kind: 'uploaded', whatsappId };
    } catch (error) {
      await rows(
        this.database,
        `/* endLease */ UPDATE media_uploads SET leased_until = NULL WHERE sender_id = $1 AND media_id = $2`,
        [senderId, mediaId],
      );
      return failed(error);
    }
  }

  /** WhatsApp does not know these ids of a number (any more): they are not used again. */
  async forget(senderId: string, whatsappIds: readonly string[]): Promise<void> {
    await rows(
      this.database,
      `/* forgetUploads */ DELETE FROM media_uploads WHERE sender_id = $1 AND whatsapp_id = ANY ($2::text[])`,
      [senderId, whatsappIds],
    );
  }
}

/** @throws what is neither WhatsApp's refusal nor trouble on the way to it */
function failed(error: unknown): UploadResult {
  if (error instanceof WhatsAppUnreachable) return { kind: 'wait', ms: troubleMs };
  if (!(error instanceof WhatsAppError)) throw error;
  const { code } = error.reported;
  const known = policyFor(error.reported);
  if (known.class === 'retry' || known.class === 'throttle')
    return { kind: 'wait', ms: known.restMs ?? troubleMs };
  const text =
    known.class === 'sender'
      ? known.text
      : 'WhatsApp did not take the image, video or document. Use another file';
  return { kind: 'refused', reason: `WhatsApp refused the campaign: ${text} (error ${code})` };
}
