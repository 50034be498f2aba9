import type { WizardTemplateFragment } from '../../generated/graphql';
import { fill } from './placeholders';
import type { Person } from './placeholders';
import { partsOf, templateVariable } from './template-parts';
import type { TemplateParts } from './template-parts';
import type { Variable } from './variables';

/** A message as one person will see it. What is not filled in yet stands as `{{1}}`. */
export interface ShownMessage {
  headerFormat: TemplateParts['headerFormat'];
  /** Of a text header; of media the address. */
  header: string | undefined;
  body: string;
  footer: string | undefined;
  buttons: readonly { type: string; text: string }[];
  /** Values that are given and empty for this person: WhatsApp would refuse the message. */
  emptyFor: readonly Variable[];
}

export function messageFor(
  template: WizardTemplateFragment,
  variables: readonly Variable[],
  values: Readonly<Record<string, string>>,
  person: Person,
): ShownMessage {
  const { headerFormat, headerText, body, footer, buttons } = partsOf(template.components);
  const filled = (at: 'header' | 'body', text: string) =>
    text.replaceAll(templateVariable, (whole: string, name: string) => {
      const value = values[`${at}.${name}`] ?? '';
      return value.trim() === '' ? whole : fill(value, person);
    });
  return {
    headerFormat,
    header: headerFormat === 'TEXT' ? filled('header', headerText ?? '') : values.header?.trim(),
    body: filled('body', body),
    footer,
    buttons: buttons.map(({ type, text }) => ({ type, text })),
    emptyFor: variables.filter(({ key }) => isEmptyFor(values[key] ?? '', person)),
  };
}

/** Whether a value is given, and is empty for this person. */
export function isEmptyFor(value: string, person: Person): boolean {
  return value.trim() !== '' && fill(value, person).trim() === '';
}
