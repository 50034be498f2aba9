import type { MessageTemplate, Paging } from '../whatsapp/wire';
import { checkDraft } from './check-draft';
import { isObject } from './json';
import { templateId } from './default-templates';
import { refuse, type Refusal } from './errors';
import type { RequestContext } from './request-context';
import type { LibraryTemplate, StoredTemplate } from './template-shape';
import type { Webhooks } from './webhooks';
import type { SimulatorState } from './state';

/** The Graph API endpoints of the template library. */

const DEFAULT_PAGE = 25;
const LARGEST_PAGE = 1000;
const EDITABLE: unknown[] = ['APPROVED', 'REJECTED', 'PAUSED'];
/** Error subcodes of template creation. */
const NAME_EXISTS = 2388024;

export function listTemplates(
  state: SimulatorState,
  wabaId: string,
  context: RequestContext,
  baseUrl: string,
): { data: StoredTemplate[]; paging?: Paging } | Refusal {
  const { query } = context;
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  if (!Number.isInteger(limit) || limit < 1) return refuse(100, 'Param limit must be a positive integer.');
  const wanted = [...state.accounts.waba(wabaId).library.values()]
    .map((entry) => entry.template)
    .filter((template) =>
      (['name', 'status', 'category', 'language'] as const).every((field) => {
        const value = query.get(field);
        return value === null || template[field]?.toLowerCase() === value.toLowerCase();
      }),
    );
  const after = query.get('after');
  const start = after === null ? 0 : wanted.findIndex((template) => template.id === fromCursor(after)) + 1;
  if (after !== null && start === 0) return refuse(100, 'Param after is not a valid cursor.');
  const page = wanted.slice(start, start + Math.min(limit, LARGEST_PAGE));
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return { data: [] };
  const cursors = { before: toCursor(first.id), after: toCursor(last.id) };
  const data = page.map((template) => selectFields(template, query.get('fields')));
  if (start + page.length >= wanted.length) return { data, paging: { cursors } };
  const next = new URLSearchParams(query);
  next.set('after', cursors.after);
  return {
    data,
    paging: {
      cursors,
      next: `${baseUrl}/${context.version}/${wabaId}/message_templates?${next.toString()}`,
    },
  };
}

const toCursor = (id: string) => Buffer.from(id).toString('base64url');
const fromCursor = (cursor: string) => Buffer.from(cursor, 'base64url').toString();

/** Selects the requested fields; the Graph API always includes `id`. */
export function selectFields<Fields extends { id: string }>(object: Fields, fields: string | null): Fields {
  if (fields === null) return object;
  const names = ['id', ...fields.split(',').map((name) => name.trim())];
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name))) as Fields;
}

export function createTemplate(
  state: SimulatorState,
  webhooks: Webhooks,
  wabaId: string,
  body: unknown,
): object {
  const problem = checkDraft(body);
  if (problem) return refuse(100, problem.details, { subcode: problem.subcode });
  const draft = body as Omit<MessageTemplate, 'id' | 'status'>; // validated by checkDraft
  const { name, language, category } = draft;
  if (state.accounts.findTemplate(wabaId, name, language)) {
    const details = `There is already ${language} content for the template ${name}.`;
    return refuse(100, details, { subcode: NAME_EXISTS });
  }
  const entry = state.accounts.putTemplate(wabaId, {
    id: templateId(wabaId, name, language),
    name,
    language,
    category,
    status: 'PENDING',
    parameter_format: formatOf(draft.parameter_format),
    components: draft.components,
    quality_score: { score: 'UNKNOWN' },
  });
  review(state, webhooks, entry);
  return { id: entry.template.id, status: entry.template.status, category };
}

export function editTemplate(
  state: SimulatorState,
  webhooks: Webhooks,
  entry: LibraryTemplate,
  body: unknown,
): object {
  const { template } = entry;
  if (!EDITABLE.includes(template.status))
    return refuse(100, `A template that is ${template.status} cannot be edited.`);
  const problem = checkDraft(isObject(body) ? { ...template, ...body } : body);
  if (problem) return refuse(100, problem.details, { subcode: problem.subcode });
  const edit = body as Partial<StoredTemplate>; // validated by checkDraft
  const parameterFormat = edit.parameter_format ?? template.parameter_format;
  state.accounts.putTemplate(entry.wabaId, {
    ...template,
    category: edit.category ?? template.category,
    components: edit.components ?? template.components,
    parameter_format: formatOf(parameterFormat),
    status: 'PENDING',
  });
  review(state, webhooks, entry);
  return { success: true };
}

const formatOf = (given: string | undefined) => (given?.toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL');

/** Ends the review immediately, or after the behaviour's `templateReviewMs`. */
function review(state: SimulatorState, webhooks: Webhooks, entry: LibraryTemplate): void {
  const { templateReviewMs } = state.behaviour;
  if (templateReviewMs === 0) {
    decide(state, webhooks, entry);
    return;
  }
  state.journal.write({ kind: 'template', wabaId: entry.wabaId, template: entry.template });
  const { ledger } = state;
  setTimeout(() => {
    const stillThere = state.ledger === ledger && state.accounts.template(entry.template.id) === entry;
    if (stillThere && entry.template.status === 'PENDING') decide(state, webhooks, entry);
  }, templateReviewMs).unref();
}

/** Approves the template, unless the behaviour's `templateReview` says otherwise. */
function decide(state: SimulatorState, webhooks: Webhooks, entry: LibraryTemplate): void {
  const {
    status,
    reason = 'INVALID_FORMAT',
    category,
  } = state.behaviour.templateReview ?? {
    status: 'APPROVED',
  };
  const previous = entry.template.category;
  storeTemplate(state, entry.wabaId, {
    ...entry.template,
    status,
    rejected_reason: status === 'REJECTED' ? reason : 'NONE',
    category: category ?? previous,
  });
  if (category !== undefined && category !== previous) sendCategoryEvent(webhooks, entry, previous);
  sendTemplateEvent(webhooks, entry, status, status === 'REJECTED' ? reason : undefined);
}

/** Changes the status and sends the status webhook. */
function setTemplateStatus(
  state: SimulatorState,
  webhooks: Webhooks,
  entry: LibraryTemplate,
  status: string,
): void {
  storeTemplate(state, entry.wabaId, { ...entry.template, status });
  sendTemplateEvent(webhooks, entry, status);
}

/** Adds or replaces a template and writes it to the journal. */
export function storeTemplate(
  state: SimulatorState,
  wabaId: string,
  template: StoredTemplate,
): LibraryTemplate {
  state.journal.write({ kind: 'template', wabaId, template });
  return state.accounts.putTemplate(wabaId, template);
}

/** Sends `template_category_update` after the category was changed. */
export function sendCategoryEvent(webhooks: Webhooks, entry: LibraryTemplate, previous?: string): void {
  const about = { previous_category: previous, new_category: entry.template.category };
  sendTemplateChange(webhooks, entry, 'template_category_update', about);
}

/** Sends any webhook about a template; `about` is its value without the identity. */
export function sendTemplateChange(
  webhooks: Webhooks,
  entry: LibraryTemplate,
  field: string,
  about: object,
): void {
  const { wabaId, template } = entry;
  const identity = {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  };
  webhooks.push({ kind: 'change', wabaId, change: { field, value: { ...identity, ...about } } });
}

/** Sends `message_template_status_update`; `reason` defaults to Meta's value for the event. */
export function sendTemplateEvent(
  webhooks: Webhooks,
  entry: LibraryTemplate,
  event: string,
  reason = event === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
): void {
  const about = { event, message_template_category: entry.template.category, reason };
  sendTemplateChange(webhooks, entry, 'message_template_status_update', about);
}

export function unpauseTemplate(state: SimulatorState, webhooks: Webhooks, entry: LibraryTemplate): object {
  if (entry.template.status !== 'PAUSED') return refuse(100, 'Only a paused template can be unpaused.');
  setTemplateStatus(state, webhooks, entry, 'APPROVED');
  return { success: true };
}

/** Deletes by name (all languages), by name and `hsm_id` (one language), or by `hsm_ids`. */
export function deleteTemplates(state: SimulatorState, wabaId: string, query: URLSearchParams): object {
  const name = query.get('name');
  const ids = (query.get('hsm_ids') ?? query.get('hsm_id') ?? '').match(/\d+/g);
  if (name === null && !ids) return refuse(100, 'The parameter name is required.');
  const toDelete = [...state.accounts.waba(wabaId).library.values()].filter(
    ({ template }) => (name === null || template.name === name) && (!ids || ids.includes(template.id)),
  );
  if (toDelete.length === 0) return refuse(100, 'No message template was found for the parameters.');
  if (toDelete.some(({ template }) => template.status === 'DISABLED')) {
    return refuse(100, 'A disabled template cannot be deleted.');
  }
  for (const entry of toDelete) {
    state.accounts.removeTemplate(entry);
    state.journal.write({ kind: 'templateRemoved', id: entry.template.id });
  }
  return { success: true };
}
