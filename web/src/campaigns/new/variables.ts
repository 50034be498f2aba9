import type { WizardTemplateFragment } from '../../generated/graphql';
import type { Say } from '../../i18n/text';

/** One value that a template needs. */
export type Variable = WizardTemplateFragment['variables'][number];

/** What the field of a variable is called, e.g. "Body {{1}}": the commonest ones in the page's language. */
export function labelOf(say: Say, { key, kind, label }: Variable): string {
  const [at, name] = key.split('.');
  if (key === 'header' && (kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT'))
    return say('campaigns.variable.media', { kind });
  if (at === 'header' && name) return say('campaigns.variable.header', { name: `{{${name}}}` });
  if (at === 'body' && name) return say('campaigns.variable.body', { name: `{{${name}}}` });
  return label;
}

/** The name of a field's upload: values of other templates have other fields. */
export function uploadNameOf(templateId: string, { key }: Variable): string {
  return `${templateId} ${key}`;
}

export function isMedia({ kind }: Variable): boolean {
  return kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT' || kind === 'GIF';
}

/** Whether it is a text that may take something from each contact. */
export function isText({ kind }: Variable): boolean {
  return kind === 'TEXT' || kind === 'COUPON' || kind === 'URL_SUFFIX' || kind === 'FLOW';
}
