/** What people see of a template, read from the components as WhatsApp gave them. */
export interface TemplateParts {
  /** TEXT, IMAGE, VIDEO, DOCUMENT, …; undefined without a header. */
  headerFormat: string | undefined;
  headerText: string | undefined;
  body: string;
  footer: string | undefined;
  buttons: readonly TemplateButton[];
  /** Examples of the variables by their key. */
  examples: Readonly<Record<string, string>>;
}

interface TemplateButton {
  type: string;
  text: string;
  url: string | undefined;
}

/** A variable inside a text of a template. */
export const templateVariable = /\{\{\s*(\w+)\s*\}\}/g;

export function partsOf(components: unknown): TemplateParts {
  const list = objectsIn(components);
  const part = (type: string) => list.find((one) => textIn(one, 'type')?.toUpperCase() === type);
  const header = part('HEADER');
  const body = part('BODY');
  return {
    headerFormat: header && textIn(header, 'format')?.toUpperCase(),
    headerText: textIn(header, 'text'),
    body: textIn(body, 'text') ?? '',
    footer: textIn(part('FOOTER'), 'text'),
    buttons: objectsIn(part('BUTTONS')?.buttons).map((button) => ({
      type: textIn(button, 'type')?.toUpperCase() ?? '',
      text: textIn(button, 'text') ?? '',
      url: textIn(button, 'url'),
    })),
    examples: { ...examplesOf('header', header), ...examplesOf('body', body) },
  };
}

/** The names in a text, each once: `1`, `2`, … in order, or words as they appear. */
export function namesIn(text: string): string[] {
  const names = [...new Set([...text.matchAll(templateVariable)].map(([, name = '']) => name))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function examplesOf(at: 'header' | 'body', component: Loose | undefined): Record<string, string> {
  const example = objectsIn([component?.example])[0];
  const named = objectsIn(example?.[`${at}_text_named_params`]);
  if (named.length > 0)
    return Object.fromEntries(
      named.map((one) => [`${at}.${textIn(one, 'param_name') ?? ''}`, textIn(one, 'example') ?? '']),
    );
  const given: unknown = example?.[`${at}_text`];
  const texts: unknown[] = Array.isArray(given) ? (given.flat() as unknown[]) : [];
  return Object.fromEntries(
    texts.flatMap((text, index) => (typeof text === 'string' ? [[`${at}.${index + 1}`, text]] : [])),
  );
}

type Loose = Record<string, unknown>;

function objectsIn(value: unknown): Loose[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((one): one is Loose => typeof one === 'object' && one !== null);
}

function textIn(object: Loose | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === 'string' ? value : undefined;
}
