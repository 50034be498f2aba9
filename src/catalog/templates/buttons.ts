import { isBlank } from '../value';
import { cannotFill, isObject, stringOf, typeOf } from './component';
import type { Component } from './component';
import { hasUnreadable, variablesOf } from './variables';

/** A button as people see it. */
export interface ButtonShape {
  /** Place in WhatsApp's list. */
  index: number;
  type: string;
  text: string | undefined;
  url: string | undefined;
  phoneNumber: string | undefined;
  /** The example that WhatsApp was given for its approval. */
  example: unknown;
}

/**
 * Buttons that campaigns can fill, or that need nothing, with the fields that WhatsApp always gives; of fields that stand
 * together one is enough. A phone or call button takes no parameter.
 */
const neededOfButtons: Record<string, readonly (readonly string[])[]> = {
  QUICK_REPLY: [['text']],
  URL: [['text'], ['url']],
  PHONE_NUMBER: [['text'], ['phone_number']],
  VOICE_CALL: [],
  CALL: [],
  COPY_CODE: [],
  FLOW: [['flow_id', 'flow_name', 'flow_json']],
  CATALOG: [],
  MPM: [],
  SPM: [],
};

export function readButtons(component: Component | undefined, problems: string[]): ButtonShape[] {
  if (!component) return [];
  const { buttons } = component;
  if (!Array.isArray(buttons)) {
    problems.push('its BUTTONS have no list of buttons');
    return [];
  }
  return (buttons as unknown[]).map((button, index) => {
    const fields = isObject(button) ? button : {};
    const type = typeOf(fields);
    const needed = Object.hasOwn(neededOfButtons, type) ? neededOfButtons[type] : undefined;
    const missing = needed?.find((oneOf) => oneOf.every((field) => isMissing(field, fields[field])));
    if (!needed) problems.push(cannotFill(type ? `${type} button` : 'button without a type'));
    else if (missing) problems.push(`its ${type} button has no ${missing[0] ?? ''}`);
    const url = stringOf(fields.url);
    if (type === 'URL' && url?.includes('{{') && !hasOneVariable(url))
      problems.push('its URL button has a variable that cannot be read');
    return {
      index,
      type,
      text: stringOf(fields.text),
      url,
      phoneNumber: stringOf(fields.phone_number),
      example: fields.example,
    };
  });
}

/** Ids come as texts and as numbers. */
function isMissing(field: string, value: unknown): boolean {
  return !(field.endsWith('_id') && typeof value === 'number') && isBlank(stringOf(value) ?? '');
}

function hasOneVariable(url: string): boolean {
  return url.split('{{').length === 2 && variablesOf(url).length === 1 && !hasUnreadable(url);
}
