import type { PhoneNumber, SuccessResponse } from '../whatsapp/wire';
import type { Sender } from './accounts';
import type { Delivery } from './delivery';
import { refuse, unknownObject, type Refusal } from './errors';
import { answerJson, answerRefusal, authenticate, readBody, type Exchange } from './exchange';
import { handleSend } from './send';
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  listTemplates,
  selectFields,
  unpauseTemplate,
} from './template-api';
import { throughputOf, type World } from './world';
import type { Webhooks } from './webhooks';

/** The Graph API's surface: which path means what. */

const JSON_LIMIT = 3 * 1024 ** 2;
const UPLOAD_LIMIT = 105 * 1024 ** 2;
const SUCCESS: SuccessResponse = { success: true };
const DEFAULT_NUMBER_FIELDS =
  'verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput';

export interface Graph {
  world: World;
  webhooks: Webhooks;
  delivery: Delivery;
  /** The simulator's own address, for paging and media links. */
  baseUrl: string;
}

export async function handleGraph(graph: Graph, exchange: Exchange): Promise<void> {
  const { method, path } = exchange;
  if (
    method === 'POST' &&
    path.length === 2 &&
    (path[1] === 'messages' || path[1] === 'marketing_messages')
  ) {
    const body = await readBody(exchange.request, JSON_LIMIT);
    if (body) return handleSend(graph.world, graph.delivery, exchange, body);
    return answerRefusal(exchange, refuse(100, 'The request body is too large.'));
  }
  const refusal = authenticate(exchange);
  if (refusal) return answerRefusal(exchange, refusal);
  if (path[0] === 'whatsapp_business' && path[1] === 'attachments') return download(graph.world, exchange);
  const result = await callNode(graph, exchange);
  if ('error' in result) answerRefusal(exchange, result as Refusal);
  else answerJson(exchange, 200, result, usageHeader(graph.world, path[0] ?? ''));
}

/** A call on one object: `/{id}` or `/{id}/{edge}`. */
async function callNode(graph: Graph, exchange: Exchange): Promise<object> {
  const { world, webhooks, baseUrl } = graph;
  const { method, path, query } = exchange;
  const [id = '', edge] = path;
  const unknown = unknownObject(id, method.toLowerCase());
  if (path.length > 2 || !/^\d+$/.test(id)) return unknown;
  switch (`${method} ${edge ?? ''}`) {
    case 'GET message_templates':
      return listTemplates(world, id, exchange, baseUrl);
    case 'POST message_templates':
      return createTemplate(world, webhooks, id, await readJson(exchange));
    case 'DELETE message_templates':
      return deleteTemplates(world, id, query);
    case 'GET phone_numbers':
      world.accounts.waba(id);
      return {
        data: world.accounts.sendersOf(id).map((sender) => phoneNumber(world, sender, query.get('fields'))),
      };
    case 'GET subscribed_apps':
      world.accounts.waba(id);
      return { data: [{ whatsapp_business_api_data: { id: '1', name: 'Simulator', link: baseUrl } }] };
    case 'POST subscribed_apps':
    case 'DELETE subscribed_apps':
      world.accounts.waba(id);
      return SUCCESS;
    case 'POST media':
      return isSender(world, id) ? upload(graph, exchange, world.accounts.sender(id)) : unknown;
    case 'POST unpause': {
      const template = world.accounts.template(id);
      return template ? unpauseTemplate(world, webhooks, template) : unknown;
    }
    case 'POST ': {
      const template = world.accounts.template(id);
      return template ? editTemplate(world, webhooks, template, await readJson(exchange)) : unknown;
    }
    case 'GET ':
      return readNode(graph, id, query.get('fields')) ?? unknown;
    case 'DELETE ':
      if (!world.media.find(id)) return unknown;
      world.media.remove(id);
      world.journal.write({ kind: 'mediaRemoved', id });
      return SUCCESS;
    default:
      return unknown;
  }
}

/** An id that is none of the others is a phone number's, which the reading makes known. */
function readNode({ world, baseUrl }: Graph, id: string, fields: string | null): object | null {
  const template = world.accounts.template(id);
  if (template) return selectFields(template.template, fields);
  const media = world.media.find(id);
  if (media) return world.media.info(media, baseUrl);
  if (world.accounts.isWaba(id))
    return { id, name: 'Simulated business', currency: 'INR', timezone_id: '71' };
  return isSender(world, id) ? phoneNumber(world, world.accounts.sender(id), fields) : null;
}

function isSender(world: World, id: string): boolean {
  return !world.behaviour.unknownNumbers.includes(id) && !world.accounts.isWaba(id);
}

function phoneNumber(world: World, sender: Sender, fields: string | null): PhoneNumber {
  const throughput = throughputOf(world, sender);
  const all: PhoneNumber = {
    id: sender.phoneNumberId,
    verified_name: 'Simulated business',
    display_phone_number: `+${sender.displayPhoneNumber}`,
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    platform_type: 'CLOUD_API',
    status: 'CONNECTED',
    throughput: { level: throughput === 0 || throughput >= 1000 ? 'HIGH' : 'STANDARD' },
    messaging_limit_tier: 'TIER_UNLIMITED',
    whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
  };
  return selectFields(all, fields ?? DEFAULT_NUMBER_FIELDS);
}

async function upload({ world }: Graph, exchange: Exchange, sender: Sender): Promise<object> {
  const body = await readBody(exchange.request, UPLOAD_LIMIT);
  if (!body) return refuse(131053, 'The file is too large.');
  const media = world.media.upload(sender, exchange.request.headers['content-type'] ?? '', body);
  if ('error' in media) return media;
  const { id, wabaId, mimeType, uploadedAt, content } = media;
  world.journal.write({
    kind: 'media',
    id,
    wabaId,
    mimeType,
    uploadedAt,
    base64: content.toString('base64'),
  });
  return { id };
}

function download(world: World, exchange: Exchange): void {
  const media = world.media.download(exchange.query);
  if (!media) return answerRefusal(exchange, refuse(100, 'The media URL has expired.', { http: 404 }));
  exchange.response.writeHead(200, {
    'content-type': media.mimeType,
    'content-length': media.content.length,
  });
  exchange.response.end(media.content);
}

/** undefined when the body is not JSON. */
async function readJson(exchange: Exchange): Promise<unknown> {
  const body = await readBody(exchange.request, JSON_LIMIT);
  try {
    return JSON.parse(body?.toString() ?? '');
  } catch {
    return undefined;
  }
}

/** Management calls carry how much of the account's hourly allowance is used; here always little. */
function usageHeader(world: World, id: string): Record<string, string> {
  if (!world.accounts.isWaba(id)) return {};
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
