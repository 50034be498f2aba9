import { isObject, stringOf, typeOf } from '../component';
import type { Component } from '../component';
import { firstExample, hasUnreadable, variablesOf } from '../variables';
import { counted, hasLength } from './form-text';
import { within } from './problems';
import type { Report } from './problems';

const mostButtons = 10;
const maxLabel = 25;
const maxUrl = 2000;
const maxPhoneDigits = 20;
/** Meta's pages say 20, clients 15; whatever is approved with 15 can be sent. */
const maxCode = 15;

/** How many of each kind a message may have; one-time passwords (OTP) are not for campaigns. */
const most: Readonly<Record<string, number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  VOICE_CALL: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
};

/** Checks a BUTTONS component of a message, or of a card with at most `mostOfAll`. @returns the kinds, in order */
export function checkFormButtons(component: Component, report: Report, mostOfAll = mostButtons): string[] {
  const { buttons } = component;
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > mostOfAll) {
    report('buttons', `1 to ${mostOfAll} buttons`);
    if (!Array.isArray(buttons)) return [];
  }
  const list = (buttons as unknown[]).map((button) => (isObject(button) ? button : {}));
  const types = list.map(typeOf);
  list.forEach((button, i) => checkButton(button, types[i] ?? '', within(report, `buttons.${i}`)));
  for (const [type, limit] of Object.entries(most)) {
    const places = types.flatMap((one, i) => (one === type ? [i] : []));
    const surplus = places[limit];
    if (surplus !== undefined && places.length <= mostOfAll)
      report(`buttons.${surplus}.type`, `at most ${counted(limit, `${type} button`)}`);
  }
  const replies = types.flatMap((type, i) => (type === 'QUICK_REPLY' ? [i] : []));
  const apart = replies.find((place, i) => i > 0 && place !== (replies[i - 1] ?? 0) + 1);
  if (apart !== undefined)
    report(`buttons.${apart}.type`, 'the quick replies next to each other, not between other buttons');
  return types;
}

function checkButton(button: Component, type: string, report: Report): void {
  if (type === 'OTP')
    return report('type', 'a button of a campaign; one-time passwords are sent by other programs');
  if (!Object.hasOwn(most, type)) return report('type', `one of ${Object.keys(most).join(', ')}`);
  const label = stringOf(button.text);
  // WhatsApp writes the label of this one itself
  if (type !== 'COPY_CODE' || label !== undefined) {
    if (!hasLength(label ?? '', maxLabel)) report('text', `1 to ${maxLabel} characters`);
    if (label?.includes('{{')) report('text', 'no variables: WhatsApp does not fill them here');
  }
  if (type === 'URL') checkUrl(button, report);
  if (type === 'PHONE_NUMBER' && !isPhone(button.phone_number))
    report('phone_number', `a phone number with its country code, at most ${maxPhoneDigits} digits`);
  if (type === 'COPY_CODE') {
    const code = firstExample(button.example) ?? '';
    if (!hasLength(code, maxCode)) report('example', `an example of the code, 1 to ${maxCode} characters`);
  }
  if (type === 'FLOW' && !['flow_id', 'flow_name', 'flow_json'].some((field) => isGiven(button[field])))
    report('flow_id', 'the id of a flow, or flow_name or flow_json');
}

function checkUrl(button: Component, report: Report): void {
  const url = stringOf(button.url) ?? '';
  const fixed = url.replace(/\{\{\s*1\s*\}\}$/, '');
  const isAddress = /^https?:\/\/[^/\s{}]+/i.test(fixed) && !/\s/.test(fixed) && URL.canParse(fixed);
  if (!isAddress || url.length > maxUrl)
    return report('url', `an address that begins with https:// or http://, at most ${maxUrl} characters`);
  if (fixed.includes('{{') || hasUnreadable(url))
    return report('url', 'at most one variable, {{1}}, at the very end');
  if (variablesOf(url).length > 0 && !hasLength(firstExample(button.example) ?? '', maxUrl))
    report('example', 'the whole address with an example for {{1}}, as ["https://…"]');
}

function isPhone(phone: unknown): boolean {
  const digits = (stringOf(phone) ?? '').replace(/^\+/, '').replace(/[\s()-]/g, '');
  return new RegExp(`^\\d{3,${maxPhoneDigits}}$`).test(digits);
}

function isGiven(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
