import type { WizardTemplateFragment } from '../../generated/graphql';
import type { Draft } from './draft';
import { fill } from './placeholders';
import type { Person } from './placeholders';
import { partsOf, templateVariable } from './template-parts';
import type { TemplateParts } from './template-parts';
import type { Values } from './values';
import { isText } from './variables';
import type { Variable } from './variables';

/** A message, or a card of it, as one person will see it. What is not filled in yet stands as `{{1}}`. */
export interface ShownMessage {
  headerFormat: string | undefined;
  /** Of a text header; of media the address. */
  header: string | undefined;
  /** The id of a picture that was uploaded. */
  picture: string | undefined;
  offer: string | undefined;
  body: string;
  footer: string | undefined;
  buttons: readonly { type: string; text: string }[];
  cards: readonly ShownMessage[];
}

export function messageFor(
  { components }: Pick<WizardTemplateFragment, 'components'>,
  values: Values,
  person: Person,
): ShownMessage {
  return shown(partsOf(components), '', values, person);
}

/**
 * A message without a template, as one person will see it.
 * @param tracked the address of a link that counts clicks, with {{1}} for what is each person's own
 */
export function freeFormFor(
  { text, mediaKind, media }: Draft,
  person: Person,
  tracked: string,
): ShownMessage {
  return {
    headerFormat: mediaKind ?? undefined,
    header: mediaName(media, 'media'),
    picture: mediaKind === 'IMAGE' ? media['media.mediaId'] : undefined,
    offer: undefined,
    // each person's own: what stands in it is not known beforehand
    body: fill(text.replaceAll(/\{\{\s*link\s*\}\}/g, tracked.replace('{{1}}', '…')), person),
    footer: undefined,
    buttons: [],
    cards: [],
  };
}

/** The name of a file, or the address; undefined while there is none. */
function mediaName(values: Values, key: string): string | undefined {
  return values[`${key}.fileName`]?.trim() || values[key]?.trim() || undefined;
}

/** The texts whose value is given and empty for this person: WhatsApp would refuse the message. */
export function emptyFor(variables: readonly Variable[], values: Values, person: Person): Variable[] {
  return variables.filter((one) => isText(one) && isEmptyFor(values[one.key] ?? '', person));
}

/** Whether a value is given, and is empty for this person. */
export function isEmptyFor(value: string, person: Person): boolean {
  return value.trim() !== '' && fill(value, person).trim() === '';
}

/** @param card the beginning of the keys: `card.1.`, or nothing */
function shown(parts: TemplateParts, card: string, values: Values, person: Person): ShownMessage {
  const { headerFormat, headerText = '', offer, body, footer, buttons, cards } = parts;
  const filled = (at: 'header' | 'body', text: string) =>
    text.replaceAll(templateVariable, (whole: string, name: string) => {
      const value = values[`${card}${at}.${name}`] ?? '';
      return value.trim() === '' ? whole : fill(value, person);
    });
  const key = `${card}header`;
  const media = mediaName(values, key) ?? values[`${key}.name`]?.trim();
  return {
    headerFormat,
    header: headerFormat === 'TEXT' ? filled('header', headerText) : media,
    picture: headerFormat === 'IMAGE' ? values[`${key}.mediaId`] : undefined,
    offer,
    body: filled('body', body),
    footer,
    buttons,
    cards: cards.map((one, index) => shown(one, `card.${index + 1}.`, values, person)),
  };
}
