import type { PhoneNumber, SuccessResponse } from '../whatsapp/wire';
import type { Sender } from './accounts';
import { refuse, unknownObject, type Refusal } from './errors';
import { healthFields } from './health';
import { handleExampleUpload } from './example-uploads';
import { answerJson, answerRefusal, authenticate, readBody, type RequestContext } from './request-context';
import { setMarketingOnly } from './marketing';
import { handleSend } from './send';
import type { Services } from './services';
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  listTemplates,
  selectFields,
  unpauseTemplate,
} from './template-api';
import { throughputOf, type SimulatorState } from './state';

/** Routing of Graph API requests. */

const JSON_LIMIT = 3 * 1024 ** 2;
const UPLOAD_LIMIT = 105 * 1024 ** 2;
const SUCCESS: SuccessResponse = { success: true };
const ACCOUNT_FIELDS = 'name,currency,timezone_id';
const DEFAULT_NUMBER_FIELDS =
  'verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput';

export async function handleGraph(services: Services, context: RequestContext): Promise<void> {
  const { method, path } = context;
  if (
    method === 'POST' &&
    path.length === 2 &&
    (path[1] === 'messages' || path[1] === 'marketing_messages')
  ) {
    const body = await readBody(context.request, JSON_LIMIT);
    if (body) return handleSend(services.state, services.delivery, context, body);
    return answerRefusal(context, refuse(100, 'The request body is too large.'));
  }
  const refusal = authenticate(context);
  if (refusal) return answerRefusal(context, refusal);
  if (path[0] === 'whatsapp_business' && path[1] === 'attachments') return download(services.state, context);
  if (await handleExampleUpload(context)) return;
  const result = await callNode(services, context);
  if ('error' in result) answerRefusal(context, result as Refusal);
  else answerJson(context, 200, result, usageHeader(services.state, path[0] ?? ''));
}

/** Handles a request for one object: `/{id}` or `/{id}/{edge}`. */
async function callNode(services: Services, context: RequestContext): Promise<object> {
  const { state, webhooks, baseUrl } = services;
  const { method, path, query } = context;
  const [id = '', edge] = path;
  const unknown = unknownObject(id, method.toLowerCase());
  if (path.length > 2 || !/^\d+$/.test(id)) return unknown;
  switch (`${method} ${edge ?? ''}`) {
    case 'GET message_templates':
      return listTemplates(state, id, context, baseUrl);
    case 'POST message_templates':
      return createTemplate(state, webhooks, id, await readJson(context));
    case 'DELETE message_templates':
      return deleteTemplates(state, id, query);
    case 'GET phone_numbers':
      state.accounts.waba(id);
      return {
        data: state.accounts
          .sendersOf(id)
          .map((sender) => phoneNumber(services, sender, query.get('fields'))),
      };
    case 'GET subscribed_apps': {
      const { subscribed = true, otherApp = false } = state.accounts.waba(id).health;
      const apps = [...(subscribed ? [['1', 'Simulator']] : []), ...(otherApp ? [['2', 'Another app']] : [])];
      return {
        data: apps.map(([app, name]) => ({ whatsapp_business_api_data: { id: app, name, link: baseUrl } })),
      };
    }
    case 'POST subscribed_apps':
    case 'DELETE subscribed_apps':
      state.accounts.waba(id).health.subscribed = method === 'POST';
      return SUCCESS;
    case 'POST media':
      return isSender(state, id) ? upload(services, context, state.accounts.sender(id)) : unknown;
    case 'POST unpause': {
      const template = state.accounts.template(id);
      return template ? unpauseTemplate(state, webhooks, template) : unknown;
    }
    case 'POST ': {
      const template = state.accounts.template(id);
      const body = await readJson(context);
      return template
        ? editTemplate(state, webhooks, template, body)
        : (setMarketingOnly(state, id, body) ?? unknown);
    }
    case 'GET ':
      return readNode(services, id, query.get('fields')) ?? unknown;
    case 'DELETE ':
      if (!state.media.find(id)) return unknown;
      state.media.remove(id);
      state.journal.write({ kind: 'mediaRemoved', id });
      return SUCCESS;
    default:
      return unknown;
  }
}

/** Any id that is not a template, media or account is read as a phone-number-id, which creates the number. */
function readNode(services: Services, id: string, fields: string | null): object | null {
  const { state, baseUrl } = services;
  const template = state.accounts.template(id);
  if (template) return selectFields(template.template, fields);
  const media = state.media.find(id);
  if (media) return state.media.info(media, baseUrl);
  // only accounts have this field: the id is one, also if it was never used before
  const accountFields = ['account_review_status', 'marketing_messages_onboarding_status'];
  if (state.accounts.isWaba(id) || accountFields.some((field) => fields?.includes(field))) {
    const { review = 'APPROVED' } = state.accounts.waba(id).health;
    const account = { id, name: 'Simulated business', currency: 'INR', timezone_id: '71' };
    const asked = {
      account_review_status: review,
      marketing_messages_onboarding_status: state.behaviour.marketingOnboarding,
    };
    return selectFields({ ...account, ...asked }, fields ?? ACCOUNT_FIELDS);
  }
  return isSender(state, id) ? phoneNumber(services, state.accounts.sender(id), fields) : null;
}

function isSender(state: SimulatorState, id: string): boolean {
  return !state.behaviour.unknownNumbers.includes(id) && !state.accounts.isWaba(id);
}

function phoneNumber({ state, webhooks }: Services, sender: Sender, fields: string | null): PhoneNumber {
  const throughput = throughputOf(state, sender);
  const high = throughput === 0 || throughput >= 1000;
  const all: PhoneNumber = {
    id: sender.phoneNumberId,
    verified_name: 'Simulated business',
    display_phone_number: `+${sender.displayPhoneNumber}`,
    throughput: { level: sender.health.throughput ?? (high ? 'HIGH' : 'STANDARD') },
    ...healthFields(state, sender, webhooks.url),
  };
  return selectFields(all, fields ?? DEFAULT_NUMBER_FIELDS);
}

async function upload({ state }: Services, context: RequestContext, sender: Sender): Promise<object> {
  const body = await readBody(context.request, UPLOAD_LIMIT);
  if (!body) return refuse(131053, 'The file is too large.');
  const media = state.media.upload(sender, context.request.headers['content-type'] ?? '', body);
  if ('error' in media) return media;
  const { id, phoneNumberId, mimeType, uploadedAt, content } = media;
  state.journal.write({
    kind: 'media',
    id,
    phoneNumberId,
    mimeType,
    uploadedAt,
    base64: content.toString('base64'),
  });
  return { id };
}

function download(state: SimulatorState, context: RequestContext): void {
  const media = state.media.download(context.query);
  if (!media) return answerRefusal(context, refuse(100, 'The media URL has expired.', { http: 404 }));
  context.response.writeHead(200, {
    'content-type': media.mimeType,
    'content-length': media.content.length,
  });
  context.response.end(media.content);
}

/** Parses the body; undefined if it is not JSON. */
async function readJson(context: RequestContext): Promise<unknown> {
  const body = await readBody(context.request, JSON_LIMIT);
  try {
    return JSON.parse(body?.toString() ?? '');
  } catch {
    return undefined;
  }
}

/** Usage headers of management calls; the reported usage is always low. */
function usageHeader(state: SimulatorState, id: string): Record<string, string> {
  if (!state.accounts.isWaba(id)) return {};
  const usage = {
    type: 'whatsapp_business_management',
    call_count: 1,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: 0,
  };
  return {
    'x-app-usage': JSON.stringify({ call_count: 1, total_cputime: 1, total_time: 1 }),
    'x-business-use-case-usage': JSON.stringify({ [id]: [usage] }),
  };
}
