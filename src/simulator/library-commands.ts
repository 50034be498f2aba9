import { z } from 'zod';
import type { Problem } from './control-body';
import { templateId } from './default-templates';
import type { Graph } from './graph';
import { oddTemplates } from './odd-templates';
import { storeTemplate, tellTemplateEvent } from './template-api';
import type { StoredTemplate } from './template-shape';

/** Commands about the template library: what happens to templates at WhatsApp, without a call of the product. */

const digits = z.string().regex(/^\d+$/, 'expected digits');

/** A change of every template of that name, as a person makes it at WhatsApp or as Meta decides it. */
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
    /** The event of the webhook where it is not the status: FLAGGED, REINSTATED, LOCKED, UNARCHIVED … */
    event: z.string().optional(),
    reason: z.string().optional(),
    /** false: the change is not told; it shows when the library is read. */
    webhook: z.boolean().optional(),
    category: z.string().optional(),
    parameter_format: z.string().optional(),
    /** Stored unchecked. */
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
  /** Removes the account's whole library first. */
  replaceAll: z.boolean().optional(),
  /** Stored exactly as given, unchecked; `id` is added where it is missing. */
  templates: z.array(template).optional(),
  /** Adds one template of every odd kind (odd-templates.ts). */
  odd: z.boolean().optional(),
  /** Adds so many approved templates with one variable. */
  generate: z.number().int().min(1).max(50_000).optional(),
});

export function changeTemplates(
  { world, webhooks }: Graph,
  change: z.infer<typeof templateChangeSchema>,
): { changed: number } | Problem {
  const { wabaId, name, language, status, event, reason, webhook, ...fields } = change;
  const told = event ?? status;
  if (wabaId !== undefined) world.accounts.waba(wabaId);
  const changed = [...world.accounts.allTemplates()].filter(
    (entry) =>
      entry.template.name === name &&
      (language ?? entry.template.language) === entry.template.language &&
      (wabaId ?? entry.wabaId) === entry.wabaId,
  );
  if (changed.length === 0) return { field: 'name', expected: 'a template of a known account' };
  for (const entry of changed) {
    storeTemplate(world, entry.wabaId, { ...entry.template, ...fields, ...(status && { status }) });
    if (told !== undefined && webhook !== false) tellTemplateEvent(webhooks, entry, told, reason);
  }
  return { changed: changed.length };
}

/** Puts templates into a library as they are; one of the same name and language is replaced and keeps its id. */
export function putTemplates(
  { world }: Graph,
  { wabaId, replaceAll, templates = [], odd, generate = 0 }: z.infer<typeof templatesSchema>,
): { ids: string[] } {
  const { library } = world.accounts.waba(wabaId);
  if (replaceAll) {
    for (const entry of [...library.values()]) {
      world.accounts.removeTemplate(entry);
      world.journal.write({ kind: 'templateRemoved', id: entry.template.id });
    }
  }
  const given: Omit<StoredTemplate, 'id'>[] = [...templates, ...(odd ? oddTemplates() : [])];
  for (let i = 1; i <= generate; i++) given.push(generated(i));
  const ids = given.map((each, place) => {
    const { name = `unnamed ${place}`, language = '' } = each;
    const known = world.accounts.findTemplate(wabaId, name, language)?.template.id;
    const stored = { id: known ?? templateId(wabaId, name, language), ...each };
    return storeTemplate(world, wabaId, stored).template.id;
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
