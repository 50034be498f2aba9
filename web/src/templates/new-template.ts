/** A new template as it is typed, the components that it makes, and which field a path of the API is about. Pure. */

export type HeaderKind = 'NONE' | 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION';
export type ButtonKind = 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE';

export const headerKinds: readonly HeaderKind[] = ['NONE', 'TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];
/** WhatsApp's most of each kind; ten of all together. */
export const mostOfKind: Readonly<Record<ButtonKind, number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
};
export const mostButtons = 10;

export interface NewButton {
  /** Stays when others are removed. */
  key: number;
  kind: ButtonKind;
  text: string;
  /** An address, a phone number, or a code. */
  value: string;
  /** Of an address that ends in {{1}}: the whole of it. */
  example: string;
}

export interface NewTemplate {
  name: string;
  language: string;
  category: 'MARKETING' | 'UTILITY';
  header: HeaderKind;
  headerText: string;
  /** The picture, video or document that shows WhatsApp what the header looks like. */
  mediaId: string;
  fileName: string;
  body: string;
  footer: string;
  buttons: readonly NewButton[];
  /** By variable, e.g. `body.1`. */
  examples: Readonly<Record<string, string>>;
}

export const emptyTemplate: NewTemplate = {
  name: '',
  language: 'en',
  category: 'MARKETING',
  header: 'NONE',
  headerText: '',
  mediaId: '',
  fileName: '',
  body: '',
  footer: '',
  buttons: [],
  examples: {},
};

export function isMediaHeader(header: HeaderKind): header is 'IMAGE' | 'VIDEO' | 'DOCUMENT' {
  return header === 'IMAGE' || header === 'VIDEO' || header === 'DOCUMENT';
}

/** The names of the variables in a text, each once, in the order in which they come. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? ''))];
}

/** The variable that a button "Add variable" adds: the next number, or the next name. */
export function nextVariable(text: string): string {
  const names = variablesIn(text);
  const numbers = names.map(Number).filter((number) => Number.isInteger(number));
  if (numbers.length === 0 && names.length > 0) return `{{name_${names.length + 1}}}`;
  return `{{${Math.max(0, ...numbers) + 1}}}`;
}

/** Adds a button; quick replies stand together, before the others, as WhatsApp wants them. */
export function withButton({ buttons }: NewTemplate, kind: ButtonKind): NewButton[] {
  const key = Math.max(0, ...buttons.map((one) => one.key)) + 1;
  const added = { key, kind, text: '', value: '', example: '' };
  const replies = buttons.filter((one) => one.kind === 'QUICK_REPLY');
  const others = buttons.filter((one) => one.kind !== 'QUICK_REPLY');
  return kind === 'QUICK_REPLY' ? [...replies, added, ...others] : [...replies, ...others, added];
}

export function isDynamic({ kind, value }: NewButton): boolean {
  return kind === 'URL' && variablesIn(value).length > 0;
}

/** POSITIONAL while all variables are numbers. */
export function formatOf({ header, headerText, body }: NewTemplate): 'POSITIONAL' | 'NAMED' {
  const names = [...variablesIn(header === 'TEXT' ? headerText : ''), ...variablesIn(body)];
  return names.every((name) => /^\d+$/.test(name)) ? 'POSITIONAL' : 'NAMED';
}

type Component = Record<string, unknown> & { type: string };

/** WhatsApp's components. */
export function componentsOf(template: NewTemplate): Component[] {
  const { header, headerText, mediaId, body, footer, buttons } = template;
  return [
    ...(header === 'TEXT'
      ? [{ type: 'HEADER', format: 'TEXT', text: headerText, ...exampleOf(template, 'header', headerText) }]
      : []),
    ...(header === 'LOCATION' ? [{ type: 'HEADER', format: 'LOCATION' }] : []),
    ...(isMediaHeader(header)
      ? [{ type: 'HEADER', format: header, ...(mediaId !== '' && { example: { mediaId } }) }]
      : []),
    { type: 'BODY', text: body, ...exampleOf(template, 'body', body) },
    ...(footer.trim() === '' ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: 'BUTTONS', buttons: buttons.map(buttonOf) }]),
  ];
}

function exampleOf(template: NewTemplate, at: 'header' | 'body', text: string): object {
  const names = variablesIn(text);
  if (names.length === 0) return {};
  const values = names.map((name) => (template.examples[`${at}.${name}`] ?? '').trim());
  if (formatOf(template) === 'NAMED')
    return {
      example: {
        [`${at}_text_named_params`]: names.map((name, i) => ({ param_name: name, example: values[i] })),
      },
    };
  return { example: at === 'header' ? { header_text: values } : { body_text: [values] } };
}

function buttonOf(button: NewButton): Component {
  const { kind, text, value, example } = button;
  switch (kind) {
    case 'QUICK_REPLY':
      return { type: kind, text };
    case 'URL':
      return { type: kind, text, url: value.trim(), ...(isDynamic(button) && { example: [example.trim()] }) };
    case 'PHONE_NUMBER':
      return { type: kind, text, phone_number: value.trim() };
    case 'COPY_CODE':
      return { type: kind, example: value.trim() };
  }
}

/**
 * The field that a path of the API is about: `name`, `body`, `body.1` (the example of a variable), `header`, `footer`,
 * `button.2.text`; undefined for what has no field.
 */
export function fieldAt(template: NewTemplate, path: string): string | undefined {
  const [, first = '', index = '', ...rest] = path.split('.');
  if (first === 'name' || first === 'language' || first === 'category') return first;
  if (first !== 'components') return undefined;
  const component = componentsOf(template)[Number(index)];
  const [inner = '', place = '', field = ''] = rest;
  switch (component?.type ?? '') {
    case 'HEADER':
      return inner === 'example' && template.header === 'TEXT' ? 'headerExamples' : 'header';
    case 'BODY':
      return inner === 'example' ? 'bodyExamples' : 'body';
    case 'FOOTER':
      return 'footer';
    case 'BUTTONS': {
      const button = template.buttons[Number(place)];
      if (inner !== 'buttons' || !button) return 'buttons';
      const part =
        field === 'text' ? 'text' : field === 'example' && button.kind === 'URL' ? 'example' : 'value';
      return `button.${button.key}.${field === 'type' ? 'text' : part}`;
    }
    default:
      return undefined;
  }
}
