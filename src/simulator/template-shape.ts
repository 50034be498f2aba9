import type { HeaderFormat, MessageTemplate, TemplateComponent, TemplateParameter } from '../whatsapp/wire';

/** A template taken apart once, so that a send is checked without reading the components again. */
export interface TemplateShape {
  named: boolean;
  header: (TextShape & { format: HeaderFormat }) | null;
  body: TextShape;
  buttons: ButtonShape[];
}

export interface TextShape {
  text: string;
  variables: string[];
  /** How often a variable is used; the same one may be used twice. */
  placeholders: number;
}

interface ButtonShape {
  type: 'URL' | 'QUICK_REPLY' | 'PHONE_NUMBER' | 'COPY_CODE';
  text: string;
  /** URL buttons: with `{{1}}` at the end if it takes a suffix. */
  url: string;
  takesSuffix: boolean;
}

/** A template of one WABA's library; `template` is replaced by an edit, the record stays. */
export interface LibraryTemplate {
  wabaId: string;
  template: MessageTemplate;
  shape: TemplateShape;
}

const VARIABLE = /\{\{\s*([a-z0-9_]+)\s*\}\}/gi;

/** The different variables of a text, in the order of their first use; positional ones by their number. */
function variablesOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function textShape(text: string): TextShape {
  return { text, variables: variablesOf(text), placeholders: [...text.matchAll(VARIABLE)].length };
}

export function shapeOf(template: MessageTemplate): TemplateShape {
  const part = <Type extends TemplateComponent['type']>(type: Type) =>
    template.components.find(
      (each): each is Extract<TemplateComponent, { type: Type }> => each.type === type,
    );
  const header = part('HEADER');
  const body = part('BODY')?.text ?? '';
  return {
    named: template.parameter_format === 'NAMED',
    header: header ? { format: header.format, ...textShape(header.text ?? '') } : null,
    body: textShape(body),
    buttons: (part('BUTTONS')?.buttons ?? []).map((button) => {
      const url = button.type === 'URL' ? button.url : '';
      return { type: button.type, text: button.text ?? '', url, takesSuffix: url.includes('{{') };
    }),
  };
}

/** What a text, currency or date_time parameter shows. */
export function shownText(parameter: TemplateParameter): string {
  if (parameter.type === 'text') return parameter.text;
  if (parameter.type === 'currency') return parameter.currency.fallback_value;
  if (parameter.type === 'date_time') return parameter.date_time.fallback_value;
  return '';
}

/** Puts parameters into a text: by name if the template is named, else by position. */
export function fillVariables(text: string, parameters: TemplateParameter[], named: boolean): string {
  return text.replace(VARIABLE, (placeholder, variable: string) => {
    const parameter = named
      ? parameters.find((each) => 'parameter_name' in each && each.parameter_name === variable)
      : parameters[Number(variable) - 1];
    return parameter ? shownText(parameter) : placeholder;
  });
}
