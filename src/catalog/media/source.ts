import { VariableKind } from '../templates/variables';
import type { MessageContent } from '../message';

/** Where the media of a message comes from: kept here, or at an address. */
export interface MediaSource {
  kind: VariableKind;
  mediaId?: string;
  mediaUrl?: string;
}

/** The ids under which WhatsApp has media, by its id here or by its address. */
export type UploadedMedia = ReadonlyMap<string, string>;

/** All media of a campaign's content. */
export function sourcesOf(content: MessageContent): MediaSource[] {
  if (content.template)
    return Object.values(content.templateValues).filter(({ mediaId, mediaUrl }) => mediaId ?? mediaUrl);
  const { mediaId, mediaUrl, mediaType } = content;
  if (!mediaType || (!mediaId && !mediaUrl)) return [];
  return [{ kind: VariableKind[mediaType], ...(mediaId ? { mediaId } : { mediaUrl: mediaUrl ?? '' }) }];
}
