import { idText, object, text } from './webhook-values';
import type { Loose } from './webhook-values';

/** What WhatsApp reports about a template. */
export interface TemplateEvent {
  /** The account that owns the template. */
  wabaId: string;
  /** WhatsApp's id of the template; empty when the webhook does not say. */
  whatsappId: string;
  name: string;
  /** With an underscore, as in the library, e.g. en_US. */
  language: string;
  change: TemplateChange;
  /** By WhatsApp's clock, in whole seconds; never in the future. */
  at: Date;
}

/**
 * - `status`: the review, a pause, a deletion; `reason` is WhatsApp's, in words or as its code
 * - `category`: done, not a notice of a later change
 * - `components`: the texts or buttons are others; the event does not say all of them
 */
export type TemplateChange =
  | { kind: 'status'; status: string; reason: string | null }
  | { kind: 'quality'; quality: string }
  | { kind: 'category'; category: string; previous: string | undefined }
  | { kind: 'components' };

/** The status that an event leads to. Events that are not here (FLAGGED, LOCKED …) leave the status as it is. */
const statusAfter: Readonly<Record<string, string>> = {
  APPROVED: 'APPROVED',
  REINSTATED: 'APPROVED',
  UNARCHIVED: 'APPROVED',
  REJECTED: 'REJECTED',
  PENDING: 'PENDING',
  IN_APPEAL: 'IN_APPEAL',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
  PENDING_DELETION: 'PENDING_DELETION',
  DELETED: 'DELETED',
  LIMIT_EXCEEDED: 'LIMIT_EXCEEDED',
  ARCHIVED: 'ARCHIVED',
};

/** Reads one change of a webhook; undefined when it is not about a template, or changes nothing of it. */
export function readTemplateChange(
  { field, value: given }: Loose,
  account: Pick<TemplateEvent, 'wabaId' | 'at'>,
): TemplateEvent | undefined {
  const value = object(given);
  const change = changeOf(text(field), value);
  const { message_template_id: id } = value;
  const name = idText(value.message_template_name);
  const language = idText(value.message_template_language)?.replace('-', '_');
  if (!change || !account.wabaId || !name || !language) return undefined;
  // an integer; ids above 2^53 are not exact any more, and are not compared
  const whatsappId = typeof id === 'number' ? (Number.isSafeInteger(id) ? String(id) : '') : idText(id);
  return { ...account, whatsappId: whatsappId ?? '', name, language, change };
}

function changeOf(field: string | undefined, value: Loose): TemplateChange | undefined {
  switch (field) {
    case 'message_template_status_update': {
      const event = upperCase(value.event);
      const status = Object.hasOwn(statusAfter, event) ? statusAfter[event] : undefined;
      return status === undefined ? undefined : { kind: 'status', status, reason: reasonOf(value) };
    }
    case 'message_template_quality_update': {
      const quality = upperCase(value.new_quality_score);
      return quality ? { kind: 'quality', quality } : undefined;
    }
    case 'template_category_update': {
      const category = upperCase(value.new_category);
      // a notice names the category that the template will have, and repeats the present one
      if (!category || value.correct_category !== undefined) return undefined;
      return { kind: 'category', category, previous: upperCase(value.previous_category) || undefined };
    }
    case 'message_template_components_update':
      return { kind: 'components' };
    case undefined:
    default:
      return undefined;
  }
}

function reasonOf(value: Loose): string | null {
  const reason = text(object(value.rejection_info).reason) ?? text(value.reason);
  return !reason || reason.toUpperCase() === 'NONE' ? null : reason.slice(0, 1000).toWellFormed();
}

function upperCase(value: unknown): string {
  return idText(value)?.toUpperCase().slice(0, 64) ?? '';
}
