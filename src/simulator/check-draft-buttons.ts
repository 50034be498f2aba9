import { isText, problem, type DraftProblem } from './draft-problem';
import { isObject, type JsonObject } from './json';

/** Validation of the buttons of a new or edited template. */

/** How many buttons of each type a template may have. */
const MOST: Partial<Record<string, number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  VOICE_CALL: 1,
};

export function checkDraftButtons(buttons: unknown): DraftProblem | null {
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > 10 || !buttons.every(isObject))
    return problem('BUTTONS must have an array of 1 to 10 buttons.');
  for (const button of buttons) {
    const limit = MOST[String(button.type)];
    if (limit === undefined) return problem(`Button type must be one of {${Object.keys(MOST).join(', ')}}.`);
    if (buttons.filter((each) => each.type === button.type).length > limit)
      return problem(`There can be at most ${limit} buttons of type ${String(button.type)}.`);
    const wrong = checkButton(button);
    if (wrong) return wrong;
  }
  const replies = buttons.map(({ type }) => (type === 'QUICK_REPLY' ? 'r' : '-')).join('');
  return /r-+r/.test(replies) ? problem('Quick replies must be next to each other.') : null;
}

function checkButton(button: JsonObject): DraftProblem | null {
  const { type, text, url, example } = button;
  if (type !== 'COPY_CODE' && (!isText(text, 25) || String(text).includes('{{')))
    return problem('A button must have a text of at most 25 characters.');
  switch (type) {
    case 'URL': {
      if (!isText(url, 2000) || !/^https?:\/\/[^/{]/.test(String(url)) || /\{\{.*\}\}./.test(String(url)))
        return problem('A URL button must have a url with at most one variable, at its end.');
      const sample: unknown = Array.isArray(example) ? example[0] : example;
      return String(url).includes('{{') && !isText(sample, 2000)
        ? problem('A URL button with a variable is missing expected field(s) (example).', 2388043)
        : null;
    }
    case 'PHONE_NUMBER':
      return /^\+?[\d ()-]{3,20}$/.test(String(button.phone_number))
        ? null
        : problem('A PHONE_NUMBER button must have a phone_number of at most 20 digits.');
    case 'COPY_CODE':
      return isText(Array.isArray(example) ? example[0] : example, 15)
        ? null
        : problem('A COPY_CODE button must have an example of at most 15 characters.');
    case 'FLOW':
      return (button.flow_id ?? button.flow_name ?? button.flow_json)
        ? null
        : problem('A FLOW button must have a flow_id, flow_name or flow_json.');
    default:
      return null;
  }
}
