import type { TemplateChange } from '../../whatsapp/template-events';

const next = '{waiting}. Use another template, or resume when WhatsApp allows this one again';

/** Why a campaign may not go on after a status of its template, by status. */
const reasons: Readonly<Record<string, string>> = {
  PAUSED: `WhatsApp paused this template because people blocked or reported it. Nobody is lost: ${next}`,
  DISABLED:
    'WhatsApp disabled this template for good, because people blocked or reported it too often. Nobody is lost: {waiting}. Use another template',
  REJECTED: `WhatsApp rejected this template. Nobody is lost: ${next}`,
};

/**
 * Why an active campaign pauses after a change of its template, in words, with {waiting} for how many people wait;
 * undefined when it goes on. Pure.
 */
export function pauseReason(change: TemplateChange, categoryBefore: string): string | undefined {
  switch (change.kind) {
    case 'status':
      if (change.status === 'APPROVED') return undefined;
      return (
        reasons[change.status] ??
        `WhatsApp does not send this template at present: it is ${change.status}. Nobody is lost: ${next}`
      );
    case 'category':
      return change.category === 'MARKETING' && (change.previous ?? categoryBefore) === 'UTILITY'
        ? 'WhatsApp made this template a MARKETING template, which costs more and may not reach everybody. Nobody is lost: {waiting}. Resume to send it as marketing, or use another template'
        : undefined;
    case 'components':
      return 'This template was changed at WhatsApp. Nobody is lost: {waiting}. Look at the new text, then resume or cancel';
    case 'quality':
      return undefined;
  }
}
