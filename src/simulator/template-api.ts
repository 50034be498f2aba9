import type { MessageTemplate, Paging } from '../whatsapp/wire';
import { isObject, type JsonObject } from './json';
import { templateId } from './default-templates';
import { refuse, type Refusal } from './errors';
import type { RequestContext } from './request-context';
import type { LibraryTemplate, StoredTemplate } from './template-shape';
import type { Webhooks } from './webhooks';
import type { SimulatorState } from './state';

/** The Graph API endpoints of the template library. */

const DEFAULT_PAGE = 25;
const LARGEST_PAGE = 1000;
const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];
const HEADER_FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT'];
const BUTTON_TYPES = [
  'URL',
  'QUICK_REPLY',
  'PHONE_NUMBER',
  'COPY_CODE',
  'FLOW',
  'CATALOG',
  'MPM',
  'SPM',
  'VOICE_CALL',
];
const MOST_CARDS = 10;
const EDITABLE: unknown[] = ['APPROVED', 'REJECTED', 'PAUSED'];
/** Error subcodes of template creation. */
const NAME_EXISTS = 2388024;
const BAD_FORMAT = 2388039;

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
  if (problem) return refuse(100, problem, { subcode: BAD_FORMAT });
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
  if (problem) return refuse(100, problem, { subcode: BAD_FORMAT });
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

/** Approves the template immediately, or after the behaviour's `templateReviewMs`. */
function review(state: SimulatorState, webhooks: Webhooks, entry: LibraryTemplate): void {
  const { templateReviewMs } = state.behaviour;
  if (templateReviewMs === 0) {
    setTemplateStatus(state, webhooks, entry, 'APPROVED');
    return;
  }
  state.journal.write({ kind: 'template', wabaId: entry.wabaId, template: entry.template });
  const { ledger } = state;
  setTimeout(() => {
    const stillThere = state.ledger === ledger && state.accounts.template(entry.template.id) === entry;
    if (stillThere && entry.template.status === 'PENDING')
      setTemplateStatus(state, webhooks, entry, 'APPROVED');
  }, templateReviewMs).unref();
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

/** Sends `message_template_status_update`; `reason` defaults to Meta's value for the event. */
export function sendTemplateEvent(
  webhooks: Webhooks,
  { wabaId, template }: LibraryTemplate,
  event: string,
  reason = event === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
): void {
  const value = {
    event,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason,
  };
  webhooks.push({ kind: 'change', wabaId, change: { field: 'message_template_status_update', value } });
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

/** The error message for an invalid template; null if it is valid. */
function checkDraft(body: unknown): string | null {
  if (!isObject(body)) return 'The request body is not a JSON object.';
  const { name, language, category, components } = body;
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) {
    return 'Param name must be 1 to 512 lower-case letters, digits and underscores.';
  }
  if (typeof language !== 'string' || !/^[a-z]{2,3}(_[A-Z]{2,4})?$/.test(language)) {
    return 'Param language must be a language code such as en or en_US.';
  }
  if (!CATEGORIES.some((each) => each === category))
    return `Param category must be one of {${CATEGORIES.join(', ')}}.`;
  if (!Array.isArray(components) || !components.every(isObject))
    return 'Param components must be an array of objects.';
  if (!components.some((each) => each.type === 'BODY'))
    return 'Param components must have a component of type BODY.';
  return components.map(checkPart).find((problem) => problem !== null) ?? null;
}

function checkPart(part: JsonObject): string | null {
  const textOf = (limit: number) =>
    typeof part.text === 'string' && part.text !== '' && part.text.length <= limit
      ? null
      : `${String(part.type)} must have a text of at most ${limit} characters.`;
  switch (part.type) {
    case 'BODY':
      return textOf(1024);
    case 'FOOTER':
      return textOf(60);
    case 'HEADER':
      if (!HEADER_FORMATS.some((each) => each === part.format))
        return `HEADER format must be one of {${HEADER_FORMATS.join(', ')}}.`;
      return part.format === 'TEXT' ? textOf(60) : null;
    case 'BUTTONS':
      return checkButtonList(part.buttons);
    case 'LIMITED_TIME_OFFER': {
      const offer = part.limited_time_offer;
      const text = isObject(offer) ? offer.text : undefined;
      return typeof text === 'string' && text !== '' && text.length <= 16
        ? null
        : 'LIMITED_TIME_OFFER must have a text of at most 16 characters.';
    }
    case 'CAROUSEL':
      return checkCards(part.cards);
    default:
      return `Component type ${JSON.stringify(part.type)} is not supported.`;
  }
}

function checkCards(cards: unknown): string | null {
  if (!Array.isArray(cards) || cards.length === 0 || cards.length > MOST_CARDS || !cards.every(isObject)) {
    return `CAROUSEL must have an array of 1 to ${MOST_CARDS} cards.`;
  }
  for (const { components } of cards) {
    if (!Array.isArray(components) || !components.every(isObject))
      return 'A card must have an array of components.';
    const problem = components.map(checkPart).find((each) => each !== null);
    if (problem) return problem;
  }
  return null;
}

function checkButtonList(buttons: unknown): string | null {
  if (!Array.isArray(buttons) || buttons.length > 10 || !buttons.every(isObject)) {
    return 'BUTTONS must have an array of at most 10 buttons.';
  }
  for (const button of buttons) {
    if (!BUTTON_TYPES.some((each) => each === button.type))
      return `Button type must be one of {${BUTTON_TYPES.join(', ')}}.`;
    if (
      button.type !== 'COPY_CODE' &&
      (typeof button.text !== 'string' || button.text === '' || button.text.length > 25)
    ) {
      return 'A button must have a text of at most 25 characters.';
    }
    if (button.type === 'URL') {
      const url = typeof button.url === 'string' ? button.url : '';
      if (!/^https?:\/\//.test(url) || /\{\{.*\}\}./.test(url)) {
        return 'A URL button must have a url with at most one variable, at its end.';
      }
    }
  }
  return null;
}
