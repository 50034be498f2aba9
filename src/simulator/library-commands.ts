import { z } from 'zod';
import type { Problem } from './control-body';
import { templateId } from './default-templates';
import type { Services } from './services';
import { oddTemplates } from './odd-templates';
import { sendCategoryEvent, sendTemplateChange, sendTemplateEvent, storeTemplate } from './template-api';
import type { LibraryTemplate, StoredTemplate } from './template-shape';

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
    /**
     * false: no webhook is sent; the change is visible only when the library is read. true: also a changed category and
     * changed components are told. Absent: only status, event, quality and a notice are.
     */
    webhook: z.boolean().optional(),
    quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).optional(),
    /** Notice that the category will be this one; the present one stays. */
    laterCategory: z.string().optional(),
    category: z.string().optional(),
    parameter_format: z.string().optional(),
    /** Stored without validation. */
    components: z.unknown().optional(),
  })
  .refine(
    ({ status, event, quality, laterCategory, category, parameter_format: format, components }) =>
      [status, event, quality, laterCategory, category, format, components].some(
        (each) => each !== undefined,
      ),
    {
      path: ['status'],
      message:
        'expected a status, an event, a quality, a category, a laterCategory, a parameter_format or components',
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

type TemplateChange = z.infer<typeof templateChangeSchema>;

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
  change: TemplateChange,
): { changed: number } | Problem {
  const { wabaId, name, language, status, reason, quality, category, components } = change;
  if (wabaId !== undefined) state.accounts.waba(wabaId);
  const changed = [...state.accounts.allTemplates()].filter(
    (entry) =>
      entry.template.name === name &&
      (language ?? entry.template.language) === entry.template.language &&
      (wabaId ?? entry.wabaId) === entry.wabaId,
  );
  if (changed.length === 0) return { field: 'name', expected: 'a template of a known account' };
  for (const entry of changed) {
    const before = entry.template;
    storeTemplate(state, entry.wabaId, {
      ...before,
      ...(status && { status }),
      ...(status === 'REJECTED' && { rejected_reason: reason ?? 'INVALID_FORMAT' }),
      ...(quality && { quality_score: { score: quality } }),
      ...(category !== undefined && { category }),
      ...(change.parameter_format !== undefined && { parameter_format: change.parameter_format }),
      ...(components !== undefined && { components }),
    });
    if (change.webhook !== false) announce(webhooks, entry, before, change);
  }
  return { changed: changed.length };
}

/** Sends the webhooks that tell of a change. */
function announce(
  webhooks: Services['webhooks'],
  entry: LibraryTemplate,
  before: StoredTemplate,
  { status, event, reason, quality, category, laterCategory, components, webhook }: TemplateChange,
): void {
  const about = (field: string, value: object) => sendTemplateChange(webhooks, entry, field, value);
  const statusEvent = event ?? status;
  if (statusEvent !== undefined) sendTemplateEvent(webhooks, entry, statusEvent, reason);
  if (quality) {
    const { score = 'UNKNOWN' } = (before.quality_score ?? {}) as { score?: string };
    about('message_template_quality_update', { previous_quality_score: score, new_quality_score: quality });
  }
  if (laterCategory !== undefined)
    about('template_category_update', {
      new_category: before.category,
      correct_category: laterCategory,
      category_update_timestamp: Math.floor(Date.now() / 1000) + 86_400,
    });
  if (!webhook) return;
  if (category !== undefined) sendCategoryEvent(webhooks, entry, before.category);
  if (components !== undefined)
    about('message_template_components_update', { message_template_element: entry.shape.body.text });
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
