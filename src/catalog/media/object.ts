import type { MediaObject } from '../../whatsapp/wire';
import type { UploadedMedia } from './source';

interface Given {
  mediaId?: string | null | undefined;
  mediaUrl?: string | null | undefined;
}

/** Media as a message names it: by WhatsApp's id, else by its address. In a preview media kept here has its own id. */
export function mediaObject({ mediaId, mediaUrl }: Given, uploaded: UploadedMedia): MediaObject {
  const id = uploaded.get(mediaId ?? mediaUrl ?? '') ?? mediaId;
  return id ? { id } : { link: mediaUrl ?? '' };
}
