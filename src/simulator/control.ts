import { z } from 'zod';
import { defaultBehaviour, mergeBehaviour, parseBehaviourPatch } from './behaviour';
import {
  endHolds,
  heldSchema,
  redeliver,
  redeliverSchema,
  sendWebhook,
  statusSchema,
  tellStatuses,
  webhookSchema,
} from './commands';
import { answerProblem, problemOf, readAs, readControl, type Problem } from './control-body';
import { answerJson, type Exchange } from './exchange';
import type { Graph } from './graph';
import { inboundEvent, inboundSchema, type Inbound } from './inbound';
import { Ledger } from './ledger';
import { changeTemplates, putTemplates, templateChangeSchema, templatesSchema } from './library-commands';
import { listMessages, summarise } from './report';
import { setBehaviour } from './world';

/** `/_simulator/…`: what tests and benchmarks steer the simulator with and take their truth from. */

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
    case 'PUT templates':
      return run(graph, exchange, templateChangeSchema, changeTemplates);
    case 'POST templates':
      return run(graph, exchange, templatesSchema, putTemplates);
    case 'POST inbound':
      return run(graph, exchange, inboundSchema, receiveInbound);
    case 'POST statuses':
      return run(graph, exchange, statusSchema, tellStatuses);
    case 'POST redeliver':
      return run(graph, exchange, redeliverSchema, redeliver);
    case 'POST held':
      return run(graph, exchange, heldSchema, endHolds);
    case 'POST webhooks':
      return run(graph, exchange, webhookSchema, sendWebhook);
    default:
      return answerJson(exchange, 404, { error: { message: 'The simulator has no such control path.' } });
  }
}

/** Answers with what the command did, or with 400 where it could not be done. */
async function run<Body>(
  graph: Graph,
  exchange: Exchange,
  schema: z.ZodType<Body>,
  command: (graph: Graph, body: Body) => object | Problem,
): Promise<void> {
  const body = await readAs(exchange, schema);
  if (!body) return;
  const result = command(graph, body);
  if ('expected' in result) answerProblem(exchange, result);
  else answerJson(exchange, 200, result);
}

function receiveInbound({ world, webhooks }: Graph, inbound: Inbound): { id: string | null } | Problem {
  const event = inboundEvent(world, inbound);
  if ('expected' in event) return event;
  for (let i = 0; i < (inbound.times ?? 1); i++) webhooks.push(event.update);
  return { id: event.id };
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
