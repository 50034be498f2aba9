import type { Say } from '../i18n/text';
import type { FieldName } from './tree';

/** An option of a field in the page's language. */
export function optionWords(field: FieldName, option: string, say: Say): string {
  if (field === 'status') return say('audience.status', { status: option });
  return field === 'quality'
    ? say('audience.quality', { quality: option })
    : say('audience.kind', { kind: option });
}
