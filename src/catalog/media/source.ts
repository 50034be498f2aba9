import type { VariableKind } from '../templates/variables';

/** Where the media of a message comes from: kept here, or at an address. */
export interface MediaSource {
  kind: VariableKind;
  mediaId?: string;
  mediaUrl?: string;
}

/** The ids under which WhatsApp has media, by its id here or by its address. */
export type UploadedMedia = ReadonlyMap<string, string>;
