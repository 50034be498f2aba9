import { badInput, UserError } from '../../infra/errors';
import { storableText } from '../../infra/well-formed';
import type { ReportedError } from '../../whatsapp/error-catalogue';
import { policyFor } from '../../whatsapp/error-catalogue';

interface TemplateRefusal {
  field: string;
  /** Completes "expected …". */
  expected: string;
}

/** Meta's codes on the form of templates; they come as the code or as its subcode. */
const refusals: Readonly<Record<number, TemplateRefusal>> = {
  2388019: {
    field: 'input.name',
    expected: 'fewer templates in the WhatsApp account: it has as many as WhatsApp allows. Delete one first',
  },
  2388023: {
    field: 'input.name',
    expected: 'another name: a template of this name is being deleted at WhatsApp, which takes up to 30 days',
  },
  2388024: {
    field: 'input.name',
    expected: 'another name or language: WhatsApp has a template with this name in this language already',
  },
  2388293: {
    field: 'input.components',
    expected: 'more text for so many variables, or fewer variables',
  },
  2388299: { field: 'input.components', expected: 'words before the first and after the last variable' },
};

/** WhatsApp's refusal of a new template, in words and with the field, or of anything from this account. Pure. */
export function templateRefusal(reported: ReportedError): UserError {
  const { code, subcode, details } = reported;
  const known = refusals[subcode ?? code] ?? refusals[code];
  if (known) return badInput(known.field, known.expected);
  // 100: a parameter that is not valid; 192: a phone number; 132xxx and 2388xxx: templates
  if (code === 100 || code === 192 || Math.floor(code / 1000) === 132 || Math.floor(code / 1000) === 2388) {
    const said = details ? `; it said: ${storableText(details).slice(0, 500).toWellFormed()}` : '';
    return badInput('input.components', `a template that WhatsApp accepts${said} (error ${subcode ?? code})`);
  }
  const { text } = policyFor(reported);
  return new UserError('CONFLICT', `WhatsApp refused: ${text} (error ${code})`);
}
