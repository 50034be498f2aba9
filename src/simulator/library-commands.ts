import { z } from 'zod';
import type { Problem } from './control-body';
import { templateId } from './default-templates';
import type { Services } from './services';
import { oddTemplates } from './odd-templates';
import { storeTemplate, sendTemplateEvent } from './template-api';
import type { StoredTemplate } from './template-shape';

/** Commands for the template library: changes made at WhatsApp, without a request of the product. */

const digits = z.string().regex(/^\d+$/, 'expected digits');

/** A change of all templates with this name, made by a person in WhatsApp Manager or by Meta. */
export const templateChangeSchema = z
  .strictObject({
    wabaId: digits.optional(),
    name: z.string(),
    language: z.string().optional(),
    status: z
      .enum([
        'APPROVED',
        'PENDING',
        'REJECTED',
        'PAUSED',
        'DISABLED',
        'IN_APPEAL',
        'PENDING_DELETION',
        'DELETED',
        'LIMIT_EXCEEDED',
        'ARCHIVED',
      ])
      .optional(),
    /** Event of the webhook if it differs from the status, e.g. FLAGGED, REINSTATED, LOCKED, UNARCHIVED. */
    event: z.string().optional(),
    reason: z.string().optional(),
    /** false: no webhook is sent; the change is visible only when the library is read. */
    webhook: z.boolean().optional(),
    category: z.string().optional(),
    parameter_format: z.string().optional(),
    /** Stored without validation. */
    components: z.unknown().optional(),
  })
  .refine(
    ({ status, event, category, parameter_format: format, components }) =>
      [status, event, category, format, components].some((each) => each !== undefined),
    {
      path: ['status'],
      message: 'expected a status, an event, a category, a parameter_format or components',
    },
  );

const template = z.looseObject({
  id: digits.optional(),
  name: z.string().optional(),
  language: z.string().optional(),
  status: z.string().optional(),
  category: z.string().optional(),
  parameter_format: z.string().optional(),
});

export const templatesSchema = z.strictObject({
  wabaId: digits,
  /** Removes all templates of the account first. */
  replaceAll: z.boolean().optional(),
  /** Stored as given, without validation; only a missing `id` is added. */
  templates: z.array(template).optional(),
  /** Adds the templates of odd-templates.ts. */
  odd: z.boolean().optional(),
  /** Adds this number of approved templates with one variable. */
  generate: z.number().int().min(1).max(50_000).optional(),
});

export function changeTemplates(
  { state, webhooks }: Services,
  change: z.infer<typeof templateChangeSchema>,
): { changed: number } | Problem {
  const { wabaId, name, language, status, event, reason, webhook, ...fields } = change;
  const webhookEvent = event ?? status;
  if (wabaId !== undefined) state.accounts.waba(wabaId);
  const changed = [...state.accounts.allTemplates()].filter(
    (entry) =>
      entry.template.name === name &&
      (language ?? entry.template.language) === entry.template.language &&
      (wabaId ?? entry.wabaId) === entry.wabaId,
  );
  if (changed.length === 0) return { field: 'name', expected: 'a template of a known account' };
  for (const entry of changed) {
    storeTemplate(state, entry.wabaId, { ...entry.template, ...fields, ...(status && { status }) });
    if (webhookEvent !== undefined && webhook !== false)
      sendTemplateEvent(webhooks, entry, webhookEvent, reason);
  }
  return { changed: changed.length };
}

/** Adds templates as given. A template with the same name and language is replaced and keeps its id. */
export function putTemplates(
  { state }: Services,
  { wabaId, replaceAll, templates = [], odd, generate = 0 }: z.infer<typeof templatesSchema>,
): { ids: string[] } {
  const { library } = state.accounts.waba(wabaId);
  if (replaceAll) {
    for (const entry of [...library.values()]) {
      state.accounts.removeTemplate(entry);
      state.journal.write({ kind: 'templateRemoved', id: entry.template.id });
    }
  }
  const given: Omit<StoredTemplate, 'id'>[] = [...templates, ...(odd ? oddTemplates() : [])];
  for (let i = 1; i <= generate; i++) given.push(generated(i));
  const ids = given.map((each, place) => {
    const { name = `unnamed ${place}`, language = '' } = each;
    const known = state.accounts.findTemplate(wabaId, name, language)?.template.id;
    const stored = { id: known ?? templateId(wabaId, name, language), ...each };
    return storeTemplate(state, wabaId, stored).template.id;
  });
  return { ids };
}

function generated(number: number): Omit<StoredTemplate, 'id'> {
  return {
    name: `generated_${String(number).padStart(5, '0')}`,
    language: 'en',
    status: 'APPROVED',
    category: 'MARKETING',
    parameter_format: 'POSITIONAL',
    components: [{ type: 'BODY', text: `Hello {{1}}, this is template ${number}.` }],
  };
}
