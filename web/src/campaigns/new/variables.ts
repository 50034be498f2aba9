import type { WizardTemplateFragment } from '../../generated/graphql';
import type { Say } from '../../i18n/text';
import { namesIn, partsOf } from './template-parts';

/** One value that a template needs. */
export interface Variable {
  /** Where it stands: `header`, `header.1`, `body.1`, `body.first_name`, `button.0`. */
  key: string;
  kind: 'TEXT' | 'COUPON' | 'URL_SUFFIX' | 'IMAGE' | 'VIDEO' | 'DOCUMENT';
  /** Of a button: what stands on it. */
  text: string;
  example: string | undefined;
}

const mediaKinds = ['IMAGE', 'VIDEO', 'DOCUMENT'] as const;

/** The values that a template needs, in the order of the API's `templateParameters`; media comes first. */
export function variablesOf({ components, hasTrackedLink }: WizardTemplateFragment): Variable[] {
  const { headerFormat, headerText = '', body, buttons, examples } = partsOf(components);
  const media = mediaKinds.find((kind) => kind === headerFormat);
  const text = (at: 'header' | 'body', name: string): Variable => {
    const key = `${at}.${name}`;
    return { key, kind: 'TEXT', text: '', example: examples[key] };
  };
  return [
    ...(media ? [{ key: 'header', kind: media, text: '', example: undefined }] : []),
    ...(headerFormat === 'TEXT' ? namesIn(headerText).map((name) => text('header', name)) : []),
    ...namesIn(body).map((name) => text('body', name)),
    ...buttons.flatMap(({ type, text: onIt, url }, index): Variable[] => {
      const key = `button.${index}`;
      if (type === 'COPY_CODE') return [{ key, kind: 'COUPON', text: onIt, example: undefined }];
      // Our own link is filled for each person by the server.
      if (type !== 'URL' || !url?.includes('{{') || (hasTrackedLink && url.endsWith('/r/{{1}}'))) return [];
      return [{ key, kind: 'URL_SUFFIX', text: onIt, example: url }];
    }),
  ];
}

/** What the field of a variable is called: "Body {{1}}". */
export function labelOf(say: Say, { key, kind, text }: Variable): string {
  const [at, name = ''] = key.split('.');
  if (key === 'header') return say('campaigns.variable.media', { kind });
  if (at === 'button') return say('campaigns.variable.button', { number: Number(name) + 1, text, kind });
  return say(at === 'header' ? 'campaigns.variable.header' : 'campaigns.variable.body', {
    name: `{{${name}}}`,
  });
}

export function isMedia({ kind }: Variable): boolean {
  return mediaKinds.some((media) => media === kind);
}
