import { z } from 'zod';
import { defaultBehaviour, mergeBehaviour, parseBehaviourPatch } from './behaviour';
import {
  endHolds,
  heldSchema,
  redeliver,
  redeliverSchema,
  sendWebhook,
  statusSchema,
  reportStatuses,
  webhookSchema,
} from './commands';
import { answerProblem, problemOf, readAs, readControl, type Problem } from './control-body';
import { answerJson, type RequestContext } from './request-context';
import type { Services } from './services';
import { changeHealth } from './health';
import { healthSchema } from './health-change';
import { inboundEvent } from './inbound';
import { inboundSchema, type Inbound } from './inbound-schema';
import { Ledger } from './ledger';
import { changeTemplates, putTemplates, templateChangeSchema, templatesSchema } from './library-commands';
import { listMessages, summarise } from './report';
import { setBehaviour } from './state';

/** The control API under `/_simulator/`: configures the simulator and reads what it accepted. */

const digits = z.string().regex(/^\d+$/, 'expected digits');

const registration = z.strictObject({
  wabaId: digits,
  phoneNumberIds: z.array(digits).min(1),
  /** Applied to every number of the list. */
  displayPhoneNumber: z
    .string()
    .regex(/^\+?[\d\s()-]{6,25}$/, 'expected a phone number')
    .optional(),
  /** 0 or null means unlimited; Meta's maximum is 1000. */
  messagesPerSecond: z.number().min(0).max(1000).nullable().optional(),
});
const registrations = z.union([registration, z.array(registration)]);
const reset = z.strictObject({ keepBehaviour: z.boolean().optional() });
const webhookTarget = z.strictObject({
  url: z.url(),
  appSecret: z.string().min(1),
  verifyToken: z.string().min(1),
});

export async function handleControl(services: Services, context: RequestContext): Promise<void> {
  const { state, webhooks, delivery } = services;
  switch (`${context.method} ${context.path.slice(1).join('/')}`) {
    case 'GET health':
      return answerJson(context, 200, {
        status: 'ok',
        accepted: state.ledger.entries.length,
        webhookVerified: webhooks.verified,
      });
    case 'GET summary':
      return answerJson(context, 200, summarise(state, delivery.pending, webhooks.pending));
    case 'GET messages': {
      const result = listMessages(state.ledger, context.query);
      return 'field' in result ? answerProblem(context, result) : answerJson(context, 200, result);
    }
    case 'GET media':
      return answerJson(context, 200, state.media.list());
    case 'GET behaviour':
      return answerJson(context, 200, state.behaviour);
    case 'PUT behaviour': {
      const body = await readControl(context);
      const patch = body === undefined ? null : parseBehaviourPatch(body);
      if (!patch?.success) return answerProblem(context, problemOf(patch?.error));
      setBehaviour(state, mergeBehaviour(state.behaviour, patch.data));
      webhooks.flush();
      return answerJson(context, 200, state.behaviour);
    }
    case 'POST reset': {
      const options = await readAs(context, reset, {});
      if (!options) return;
      resetAll(services, options.keepBehaviour ?? false);
      return answerJson(context, 200, { ok: true });
    }
    case 'GET accounts':
      return answerJson(context, 200, [...state.accounts.senders.values()].map(accountOf));
    case 'PUT accounts': {
      const given = await readAs(context, registrations);
      if (!given) return;
      const senders = [given].flat().flatMap((each) => state.accounts.register(each));
      for (const sender of senders) {
        state.journal.write({ kind: 'sender', ...accountOf(sender), wabaId: sender.wabaId ?? '' });
      }
      return answerJson(context, 200, senders.map(accountOf));
    }
    case 'PUT webhook': {
      const target = await readAs(context, webhookTarget);
      if (!target) return;
      webhooks.setTarget(target);
      return answerJson(context, 200, { ok: true });
    }
    case 'PUT templates':
      return run(services, context, templateChangeSchema, changeTemplates);
    case 'POST templates':
      return run(services, context, templatesSchema, putTemplates);
    case 'PUT health':
      return run(services, context, healthSchema, changeHealth);
    case 'POST inbound':
      return run(services, context, inboundSchema, receiveInbound);
    case 'POST statuses':
      return run(services, context, statusSchema, reportStatuses);
    case 'POST redeliver':
      return run(services, context, redeliverSchema, redeliver);
    case 'POST held':
      return run(services, context, heldSchema, endHolds);
    case 'POST webhooks':
      return run(services, context, webhookSchema, sendWebhook);
    default:
      return answerJson(context, 404, { error: { message: 'The simulator has no such control path.' } });
  }
}

/** Runs a command and answers with its result, or with 400 if the request is invalid. */
async function run<Body>(
  services: Services,
  context: RequestContext,
  schema: z.ZodType<Body>,
  command: (services: Services, body: Body) => object | Problem,
): Promise<void> {
  const body = await readAs(context, schema);
  if (!body) return;
  const result = command(services, body);
  if ('expected' in result) answerProblem(context, result);
  else answerJson(context, 200, result);
}

function receiveInbound({ state, webhooks }: Services, inbound: Inbound): { id: string | null } | Problem {
  const event = inboundEvent(state, inbound);
  if ('expected' in event) return event;
  for (let i = 0; i < (inbound.times ?? 1); i++) webhooks.push(event.update);
  return { id: event.id };
}

function resetAll({ state, webhooks, delivery }: Services, keepBehaviour: boolean): void {
  delivery.reset();
  webhooks.reset();
  state.ledger = new Ledger();
  state.userIds.clear();
  state.accounts.clear();
  state.journal.write({ kind: 'reset' });
  setBehaviour(state, keepBehaviour ? state.behaviour : defaultBehaviour(state.defaultSeed));
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
