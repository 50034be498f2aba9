import { checkFormButtons } from './form-buttons';
import {
  checkCarousel,
  checkFooter,
  checkFormBody,
  checkFormHeader,
  checkOffer,
  partsOf,
} from './form-parts';
import type { ParameterFormat } from './form-text';
import { within } from './problems';
import type { FormProblem } from './problems';

/** A template as people write it, before WhatsApp sees it. */
export interface TemplateDraft {
  name: string;
  language: string;
  category: string;
  parameterFormat: string;
  components: unknown;
}

const messageParts = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER', 'CAROUSEL'];

/**
 * What WhatsApp would refuse in a new template, all of it, in the order of the fields. Meta's rules for the form of
 * templates: names, languages, lengths, variables with their examples, kinds and numbers of buttons, offers and
 * carousels. What only a reviewer can judge is not here. Pure.
 */
export function checkTemplateForm(draft: TemplateDraft): FormProblem[] {
  const problems: FormProblem[] = [];
  const report = within((field, expected) => problems.push({ field, expected }), 'input');
  const { name, language, category, parameterFormat, components } = draft;
  if (!/^[a-z0-9_]{1,512}$/.test(name))
    report('name', '1 to 512 lower-case letters without accents, digits and _');
  if (!/^[a-z]{2,3}(_[A-Z]{2,4})?$/.test(language))
    report('language', "WhatsApp's code of a language, e.g. en, en_US or hi");
  if (category === 'AUTHENTICATION')
    report('category', 'MARKETING or UTILITY; AUTHENTICATION is for one-time passwords, not for campaigns');
  else if (category !== 'MARKETING' && category !== 'UTILITY') report('category', 'MARKETING or UTILITY');
  const isFormat = parameterFormat === 'POSITIONAL' || parameterFormat === 'NAMED';
  if (!isFormat) report('parameterFormat', 'POSITIONAL or NAMED');
  if (!Array.isArray(components)) {
    report('components', 'a list of components, with a BODY');
    return problems;
  }
  checkComponents(components, isFormat ? parameterFormat : 'POSITIONAL', category, (path, expected) =>
    report(path === '' ? 'components' : `components.${path}`, expected),
  );
  return problems;
}

function checkComponents(
  components: readonly unknown[],
  format: ParameterFormat,
  category: string,
  report: (path: string, expected: string) => void,
): void {
  const parts = partsOf(components, messageParts, report);
  const body = parts.get('BODY');
  const offer = parts.get('LIMITED_TIME_OFFER');
  const header = parts.get('HEADER');
  const footer = parts.get('FOOTER');
  const buttons = parts.get('BUTTONS');
  const carousel = parts.get('CAROUSEL');
  if (!body) report('', 'a component with the type BODY');
  if (header && checkFormHeader(header, format) === 'GIF' && category !== 'MARKETING')
    header.report('format', 'another format than GIF, or the category MARKETING');
  if (body) checkFormBody(body, format, offer ? 'offer' : 'message');
  if (footer) checkFooter(footer);
  const types = buttons ? checkFormButtons(buttons.component, buttons.report) : [];
  if (offer) checkOffer(offer, parts, types);
  if (!carousel) return;
  checkCarousel(carousel, format);
  for (const type of ['HEADER', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER'])
    parts.get(type)?.report('type', `no ${type} beside a CAROUSEL, whose cards have their own`);
}
