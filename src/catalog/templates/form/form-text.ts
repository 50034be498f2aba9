import { isBlank } from '../../value';
import { isObject, stringOf } from '../component';
import type { Component } from '../component';
import { hasUnreadable, timesOf, variablesOf, withoutVariables } from '../variables';
import type { Report } from './problems';

/** How the variables of a template are named: `{{1}}` or `{{first_name}}`. */
export type ParameterFormat = 'POSITIONAL' | 'NAMED';

export interface TextRules {
  max: number;
  format: ParameterFormat;
  mostVariables: number;
  /** The field of `example` without its ending, e.g. `body_text`. */
  example: 'body_text' | 'header_text';
  /** Whether WhatsApp's rules on the places and the number of variables hold: of bodies, not of headers. */
  prose: boolean;
}

/** Checks a text with variables, and that each variable has an example. */
export function checkVariableText(component: Component, rules: TextRules, report: Report): void {
  const text = stringOf(component.text) ?? '';
  if (!hasLength(text, rules.max)) {
    report('text', `1 to ${rules.max} characters`);
    if (text === '' || isBlank(text)) return;
  }
  const names = variablesOf(text);
  checkNames(text, names, rules, report);
  if (names.length > 0 && rules.prose) checkPlaces(text, names.length, report);
  checkExamples(component, names, rules, report);
}

/** Checks a text in which WhatsApp allows no variable. */
export function checkFixedText(text: unknown, max: number, report: Report): void {
  const given = stringOf(text) ?? '';
  if (!hasLength(given, max)) report('text', `1 to ${max} characters`);
  if (given.includes('{{')) report('text', 'no variables: WhatsApp does not fill them here');
}

export function hasLength(text: string, max: number): boolean {
  return text.length <= max && !isBlank(text);
}

function checkNames(text: string, names: readonly string[], rules: TextRules, report: Report): void {
  const named = rules.format === 'NAMED';
  const like = named ? '{{first_name}}, in lower-case letters, digits and _' : '{{1}}, {{2}} …';
  if (hasUnreadable(text)) {
    report('text', `variables written as ${like}`);
  } else if (names.length > rules.mostVariables) {
    report('text', `at most ${counted(rules.mostVariables, 'variable')}`);
  } else if (named) {
    if (!names.every((name) => /^[a-z0-9_]+$/.test(name)))
      report('text', `names of variables like ${like}, as parameterFormat is NAMED`);
    const twice = names.find((_name, i) => (timesOf(text, names)[i] ?? 0) > 1);
    if (twice) report('text', `the variable {{${twice}}} only once`);
  } else if (!names.every((name, i) => name === String(i + 1))) {
    report('text', 'variables numbered {{1}}, {{2}} … without a gap, as parameterFormat is POSITIONAL');
  }
}

/** Where WhatsApp takes variables (error 2388299), and how many for the length of the text (2388293). */
function checkPlaces(text: string, count: number, report: Report): void {
  const trimmed = text.trim();
  if (/^\{\{[^{}]*\}\}/.test(trimmed)) report('text', 'words before the first variable');
  if (/\{\{[^{}]*\}\}$/.test(trimmed)) report('text', 'words after the last variable');
  if (/\}\}\s*\{\{/.test(text)) report('text', 'words between two variables');
  const words = wordsIn(withoutVariables(text));
  const needed = 2 * count + 1;
  if (words < needed)
    report(
      'text',
      `at least ${counted(needed, 'word')} besides ${counted(count, 'variable')}; there ${words === 1 ? 'is' : 'are'} ${words}`,
    );
}

/** Counted as a reader would, also in languages that put no spaces between words. */
function wordsIn(text: string): number {
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words++;
  return words;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function checkExamples(
  component: Component,
  names: readonly string[],
  { format, example: field }: TextRules,
  report: Report,
): void {
  if (names.length === 0) return;
  const example = isObject(component.example) ? component.example : {};
  if (format === 'NAMED') {
    const key = `${field}_named_params`;
    const given: unknown[] = Array.isArray(example[key]) ? example[key] : [];
    const lacking = names.filter(
      (name) => !given.some((one) => isObject(one) && one.param_name === name && isExample(one.example)),
    );
    if (lacking.length > 0)
      report(
        `example.${key}`,
        `an example for each variable, as { param_name, example }; missing: ${lacking.join(', ')}`,
      );
    return;
  }
  const list: unknown = example[field];
  // header_text is a list of texts, body_text a list of lists
  const given: unknown = field === 'body_text' && Array.isArray(list) ? list[0] : list;
  if (!Array.isArray(given) || given.length !== names.length || !given.every(isExample)) {
    const form = field === 'body_text' ? '[["…"]]' : '["…"]';
    report(`example.${field}`, `${counted(names.length, 'example')}, one for each variable, as ${form}`);
  }
}

function isExample(value: unknown): boolean {
  return typeof value === 'string' && !isBlank(value);
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
