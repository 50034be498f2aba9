import { z } from 'zod';
import { defaultBehaviour, mergeBehaviour, parseBehaviourPatch } from './behaviour';
import { answerJson, readBody, type Exchange } from './exchange';
import type { Graph } from './graph';
import { inboundChange, inboundSchema } from './inbound';
import { Ledger } from './ledger';
import { listMessages, summarise } from './report';
import { setTemplateStatus } from './template-api';
import { setBehaviour } from './world';

/**
 * `/_simulator/…`: what tests and benchmarks steer the simulator with and take their truth from. A
 * body that is not understood gets 400 with the field and what was expected there.
 */

const BODY_LIMIT = 16 * 1024 ** 2;
const digits = z.string().regex(/^\d+$/, 'expected digits');

const registration = z.strictObject({
  wabaId: digits,
  phoneNumberIds: z.array(digits).min(1),
  /** Given to every number of the list. */
  displayPhoneNumber: z
    .string()
    .regex(/^\+?[\d\s()-]{6,25}$/, 'expected a phone number')
    .optional(),
  /** 0 or null is unlimited; Meta's highest is 1000. */
  messagesPerSecond: z.number().min(0).max(1000).nullable().optional(),
});
const registrations = z.union([registration, z.array(registration)]);
const reset = z.strictObject({ keepBehaviour: z.boolean().optional() });
const webhookTarget = z.strictObject({
  url: z.url(),
  appSecret: z.string().min(1),
  verifyToken: z.string().min(1),
});
const templateChange = z.strictObject({
  wabaId: digits.optional(),
  name: z.string(),
  language: z.string().optional(),
  status: z.enum(['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED']),
});

/** What is wrong with a control request; answered with 400. */
interface Problem {
  field: string;
  expected: string;
}

export async function handleControl(graph: Graph, exchange: Exchange): Promise<void> {
  const { world, webhooks, delivery } = graph;
  switch (`${exchange.method} ${exchange.path.slice(1).join('/')}`) {
    case 'GET health':
      return answerJson(exchange, 200, {
        status: 'ok',
        accepted: world.ledger.entries.length,
        webhookVerified: webhooks.verified,
      });
    case 'GET summary':
      return answerJson(exchange, 200, summarise(world, delivery.pending, webhooks.pending));
    case 'GET messages': {
      const result = listMessages(world.ledger, exchange.query);
      return 'field' in result ? answerProblem(exchange, result) : answerJson(exchange, 200, result);
    }
    case 'GET behaviour':
      return answerJson(exchange, 200, world.behaviour);
    case 'PUT behaviour': {
      const body = await readControl(exchange);
      const patch = body === undefined ? null : parseBehaviourPatch(body);
      if (!patch?.success) return answerProblem(exchange, problemOf(patch?.error));
      setBehaviour(world, mergeBehaviour(world.behaviour, patch.data));
      webhooks.flush();
      return answerJson(exchange, 200, world.behaviour);
    }
    case 'POST reset': {
      const options = await readAs(exchange, reset, {});
      if (!options) return;
      resetAll(graph, options.keepBehaviour ?? false);
      return answerJson(exchange, 200, { ok: true });
    }
    case 'GET accounts':
      return answerJson(exchange, 200, [...world.accounts.senders.values()].map(accountOf));
    case 'PUT accounts': {
      const given = await readAs(exchange, registrations);
      if (!given) return;
      const senders = [given].flat().flatMap((each) => world.accounts.register(each));
      for (const sender of senders) {
        world.journal.write({ kind: 'sender', ...accountOf(sender), wabaId: sender.wabaId ?? '' });
      }
      return answerJson(exchange, 200, senders.map(accountOf));
    }
    case 'PUT webhook': {
      const target = await readAs(exchange, webhookTarget);
      if (!target) return;
      webhooks.retarget(target);
      return answerJson(exchange, 200, { ok: true });
    }
    case 'PUT templates': {
      const change = await readAs(exchange, templateChange);
      if (!change) return;
      const changed = [...world.accounts.allTemplates()].filter(
        ({ wabaId, template }) =>
          template.name === change.name &&
          (change.language ?? template.language) === template.language &&
          (change.wabaId ?? wabaId) === wabaId,
      );
      if (changed.length === 0)
        return answerProblem(exchange, { field: 'name', expected: 'a template of a known account' });
      for (const entry of changed) setTemplateStatus(world, webhooks, entry, change.status);
      return answerJson(exchange, 200, { changed: changed.length });
    }
    case 'POST inbound': {
      const inbound = await readAs(exchange, inboundSchema);
      if (!inbound) return;
      const { update, id } = inboundChange(world, inbound);
      webhooks.push(update);
      return answerJson(exchange, 200, { id });
    }
    default:
      return answerJson(exchange, 404, { error: { message: 'The simulator has no such control path.' } });
  }
}

function resetAll({ world, webhooks, delivery }: Graph, keepBehaviour: boolean): void {
  delivery.reset();
  webhooks.reset();
  world.ledger = new Ledger();
  world.accounts.clear();
  world.journal.write({ kind: 'reset' });
  setBehaviour(world, keepBehaviour ? world.behaviour : defaultBehaviour(world.defaultSeed));
}

function accountOf(sender: {
  phoneNumberId: string;
  wabaId: string | null;
  displayPhoneNumber: string;
  messagesPerSecond: number;
}) {
  const { phoneNumberId, wabaId, displayPhoneNumber, messagesPerSecond } = sender;
  return { phoneNumberId, wabaId, displayPhoneNumber, messagesPerSecond };
}

/** The body as JSON: `whenEmpty` if there is no body, undefined if it is not JSON. */
async function readControl(exchange: Exchange, whenEmpty?: unknown): Promise<unknown> {
  const text = (await readBody(exchange.request, BODY_LIMIT))?.toString();
  if (text === '') return whenEmpty;
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The checked body, or null after the problem was answered. */
async function readAs<Body>(
  exchange: Exchange,
  schema: z.ZodType<Body>,
  whenEmpty?: Body,
): Promise<Body | null> {
  const body = await readControl(exchange, whenEmpty);
  const parsed = body === undefined ? null : schema.safeParse(body);
  if (parsed?.success) return parsed.data;
  answerProblem(exchange, problemOf(parsed?.error));
  return null;
}

function problemOf(error: z.ZodError | undefined): Problem {
  const issue = error?.issues[0];
  if (!issue) return { field: 'body', expected: 'a JSON object' };
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return { field: [...path, ...issue.keys.slice(0, 1)].join('.'), expected: 'no such field' };
  }
  return { field: path.join('.') || 'body', expected: issue.message };
}

function answerProblem(exchange: Exchange, { field, expected }: Problem): void {
  answerJson(exchange, 400, { error: { message: `${field}: ${expected}`, field, expected } });
}
