/** The components that a new template makes, and which field a path of the API is about. Pure. */
import {
  buttonsOf,
  formatOf,
  headerOf,
  isDynamic,
  isMediaHeader,
  rulesOf,
  variablesIn,
} from './new-template';
import type { NewButton, NewCard, NewTemplate } from './new-template';

type Component = Record<string, unknown> & { type: string };

/** WhatsApp's components. */
export function componentsOf(template: NewTemplate): Component[] {
  const { kind, headerText, mediaId, body, footer, offer, expires, label, flowId } = template;
  const header = headerOf(template);
  const buttons = buttonsOf(template);
  const { hasFooter, only } = rulesOf[kind];
  const isOfMessage = only !== undefined && kind !== 'PRODUCT_CARDS';
  return [
    ...(header === 'TEXT'
      ? [{ type: 'HEADER', format: 'TEXT', text: headerText, ...exampleOf(template, 'header', headerText) }]
      : []),
    ...(header === 'LOCATION' ? [{ type: 'HEADER', format: 'LOCATION' }] : []),
    ...(kind === 'PRODUCT' ? [{ type: 'HEADER', format: 'PRODUCT' }] : []),
    ...(isMediaHeader(header) ? [mediaHeader(header, mediaId)] : []),
    ...(kind === 'OFFER'
      ? [{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: offer, has_expiration: expires } }]
      : []),
    { type: 'BODY', text: body, ...exampleOf(template, 'body', body) },
    ...(!hasFooter || footer.trim() === '' ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: 'BUTTONS', buttons: buttons.map(buttonOf) }]),
    ...(isOfMessage ? [{ type: 'BUTTONS', buttons: [onlyButton(only.type, label, flowId)] }] : []),
    ...(kind === 'CARDS' || kind === 'PRODUCT_CARDS' ? [{ type: 'CAROUSEL', cards: cardsOf(template) }] : []),
  ];
}

function cardsOf(template: NewTemplate): { components: Component[] }[] {
  const { kind, cards, cardHeader, label, productCards } = template;
  if (kind === 'PRODUCT_CARDS')
    return Array.from({ length: productCards }, () => ({
      components: [
        { type: 'HEADER', format: 'PRODUCT' },
        { type: 'BUTTONS', buttons: [{ type: 'SPM', text: label }] },
      ],
    }));
  const withText = hasCardTexts(template);
  return cards.map(({ key, mediaId, body, buttons }) => ({
    components: [
      mediaHeader(cardHeader, mediaId),
      ...(withText ? [{ type: 'BODY', text: body, ...exampleOf(template, `card.${key}.body`, body) }] : []),
      { type: 'BUTTONS', buttons: buttons.map(buttonOf) },
    ],
  }));
}

/** All cards have a text as soon as one has. */
function hasCardTexts({ cards }: NewTemplate): boolean {
  return cards.some(({ body }) => body.trim() !== '');
}

function mediaHeader(format: string, mediaId: string): Component {
  return { type: 'HEADER', format, ...(mediaId !== '' && { example: { mediaId } }) };
}

/** @param at where the variables are: `header`, `body`, `card.3.body` */
function exampleOf(template: NewTemplate, at: string, text: string): object {
  const names = variablesIn(text);
  if (names.length === 0) return {};
  const values = names.map((name) => (template.examples[`${at}.${name}`] ?? '').trim());
  const field = at === 'header' ? 'header_text' : 'body_text';
  if (formatOf(template) === 'NAMED')
    return {
      example: {
        [`${field}_named_params`]: names.map((name, i) => ({ param_name: name, example: values[i] })),
      },
    };
  return { example: { [field]: at === 'header' ? values : [values] } };
}

function buttonOf(button: NewButton): Component {
  const { kind, text, value, example } = button;
  switch (kind) {
    case 'QUICK_REPLY':
    case 'VOICE_CALL':
      return { type: kind, text };
    case 'URL':
      return { type: kind, text, url: value.trim(), ...(isDynamic(button) && { example: [example.trim()] }) };
    case 'PHONE_NUMBER':
      return { type: kind, text, phone_number: value.trim() };
    case 'COPY_CODE':
      return { type: kind, example: value.trim() };
  }
}

function onlyButton(type: string, text: string, flowId: string): Component {
  return { type, text, ...(type === 'FLOW' && { flow_id: flowId.trim() }) };
}

/**
 * The field that a path of the API is about: `name`, `body`, `bodyExamples`, `header`, `footer`, `button.2.text`, of a
 * card `card.3.body`; undefined for what has no field.
 */
export function fieldAt(template: NewTemplate, path: string): string | undefined {
  const [, first = '', index = '', ...rest] = path.split('.');
  if (first === 'name' || first === 'language' || first === 'category') return first;
  if (first !== 'components') return undefined;
  const component = componentsOf(template)[Number(index)];
  if (!component) return undefined;
  switch (component.type) {
    case 'FOOTER':
      return 'footer';
    case 'LIMITED_TIME_OFFER':
      return rest.at(-1) === 'has_expiration' ? 'buttons' : 'offer';
    case 'BUTTONS':
      if (rulesOf[template.kind].only) return rest.at(-1) === 'flow_id' ? 'flowId' : 'label';
      return fieldIn('', component, rest, buttonsOf(template));
    case 'CAROUSEL':
      return fieldOfCard(template, rest);
    default:
      return fieldIn('', component, rest, []);
  }
}

function fieldOfCard(template: NewTemplate, [, place, , index, ...rest]: string[]): string {
  if (template.kind === 'PRODUCT_CARDS') return 'label';
  const card: NewCard | undefined = template.cards[Number(place)];
  const component = cardsOf(template)[Number(place)]?.components[Number(index)];
  if (!card || !component) return 'cards';
  return fieldIn(`card.${card.key}.`, component, rest, card.buttons);
}

/** @param of the beginning of the field: `card.3.`, or nothing */
function fieldIn(
  of: string,
  { type, format }: Component,
  [inner = '', place = '', field = '']: string[],
  buttons: readonly NewButton[],
): string {
  if (type === 'HEADER') return inner === 'example' && format === 'TEXT' ? 'headerExamples' : `${of}header`;
  if (type === 'BODY') return inner === 'example' ? `${of}bodyExamples` : `${of}body`;
  const button = buttons[Number(place)];
  if (inner !== 'buttons' || !button) return of === '' ? 'buttons' : 'cards';
  const part =
    field === 'text' || field === 'type'
      ? 'text'
      : field === 'example' && button.kind === 'URL'
        ? 'example'
        : 'value';
  return `${of}button.${button.key}.${part}`;
}

/** What stands in place of the variables and media in the preview, by the keys that a campaign has for them. */
export function shownValues({
  header,
  mediaId,
  fileName,
  cards,
  examples,
}: NewTemplate): Record<string, string> {
  const values: Record<string, string> = { ...examples, header: fileName };
  if (header === 'IMAGE') values['header.mediaId'] = mediaId;
  cards.forEach((card, index) => {
    const of = `card.${index + 1}.`;
    values[`${of}header`] = card.fileName;
    values[`${of}header.mediaId`] = card.mediaId;
    for (const name of variablesIn(card.body))
      values[`${of}body.${name}`] = examples[`card.${card.key}.body.${name}`] ?? '';
  });
  return values;
}
