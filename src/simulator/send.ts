import { drawWithin, draw, Purpose } from './random';
import {
  checkContent,
  checkEnvelope,
  checkRecipient,
  checkSenderId,
  phoneDigits,
  type SupportedType,
} from './check-message';
import { isObject, type JsonObject } from './json';
import { checkComponents, checkTemplateName, checkTemplateStatus } from './check-template';
import type { Sender } from './accounts';
import type { Delivery } from './delivery';
import { refuse, type Refusal } from './errors';
import { checkForbidden } from './health';
import { answer, answerRefusal, authenticate, type RequestContext } from './request-context';
import { checkMarketingRequest, checkRoute } from './marketing';
import { failCall, faultOf, happensAfterAccept, numberError, switchedError } from './faults';
import { isInServiceWindow, LedgerEntry, type Recipient } from './ledger';
import type { LibraryTemplate } from './template-shape';
import { peopleOf } from './limits';
import { isUserId, personOf, userIdOf, waIdOf } from './wa-id';
import { now, recipientOf, throughputOf, type SimulatorState } from './state';

/**
 * `POST /{phone-number-id}/messages` and `/marketing_messages`, the hot path: synchronous and O(1) up to the response. Steps:
 * 1 token, 2 business phone number, 3 envelope and content, 4 recipient, 5 template, 6 throughput
 * limits, 7 acceptance.
 */

/** A message that passed all checks. */
interface Checked {
  sender: Sender;
  recipient: Recipient;
  /** `to`, or `recipient` if there is no `to`. */
  to: string;
  /** Accepted, and never heard of again. */
  dropped: boolean;
  template: LibraryTemplate | null;
  callbackData: string | null;
}

/** Maximum delay of a response that waits for the acknowledgement of its `sent` webhook. */
const RACE_LIMIT_MS = 1_000;

export async function handleSend(
  state: SimulatorState,
  delivery: Delivery,
  context: RequestContext,
  body: Buffer,
): Promise<void> {
  const text = body.toString();
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    message = undefined;
  }
  if (isObject(message) && message.status === 'read') {
    const refusal = checkIdentity(state, context) ?? checkEnvelope(message);
    if (refusal) answerRefusal(context, refusal);
    else answer(context, 200, '{"success":true}');
    return;
  }
  state.ledger.attempts++;
  if (state.behaviour.fetchMedia) await state.links.fetchAll(linksIn(message));
  const checked = checkSend(state, context, message);
  if ('error' in checked) refuseSend(state, context, checked);
  else acceptOrFail(state, delivery, context, checked, text);
}

function refuseSend(state: SimulatorState, context: RequestContext, refusal: Refusal): void {
  state.ledger.countRefusal(String(refusal.error.code));
  answerRefusal(context, refusal);
}

/** Steps 1 and 2: the token, then the business phone number and its configured error. */
function checkIdentity(state: SimulatorState, context: RequestContext): Refusal | null {
  const id = context.path[0] ?? '';
  return authenticate(context) ?? checkSenderId(state, id) ?? switchedError(state, 'perSender', [id, '*']);
}

/** Steps 1 to 5. */
function checkSend(state: SimulatorState, context: RequestContext, message: unknown): Checked | Refusal {
  const identity = checkIdentity(state, context);
  if (identity) return identity;
  const sender = state.accounts.sender(context.path[0] ?? '');

  if (message === undefined) return refuse(100, 'The request body is not valid JSON.');
  const envelope = checkEnvelope(message);
  if (envelope) return envelope;
  const known = message as JsonObject & {
    to?: string;
    recipient?: string;
    type?: SupportedType;
    biz_opaque_callback_data?: string;
  };
  const type = known.type ?? 'text';
  const content = checkContent(state, sender, known, type);
  if (content) return content;

  const to = known.to ?? known.recipient ?? '';
  const { userIdInTo } = state.behaviour;
  const byUserId = isUserId(to) && (known.to === undefined || userIdInTo !== 'refused');
  const digits = byUserId ? personOf(state, to) : known.to === undefined ? null : phoneDigits(to);
  const number = checkRecipient(state, sender, digits);
  if (number || digits === null) return number ?? refuse(131009);

  const path = context.path[1];
  const request = path === 'marketing_messages' ? checkMarketingRequest(state, type) : null;
  if (request) return request;
  const template = type === 'template' ? checkTemplate(state, sender, known.template) : null;
  if (template && 'error' in template) return template;
  const route = template && checkRoute(state, sender, path, template);
  if (route) return route;
  const forbidden = checkForbidden(state, sender, template?.template.category);
  if (forbidden) return forbidden;
  if (byUserId && template?.template.category === 'AUTHENTICATION') return refuse(131062);

  return {
    sender,
    recipient: recipientOf(state, digits),
    to,
    dropped: byUserId && known.to !== undefined && userIdInTo === 'dropped',
    template,
    callbackData: known.biz_opaque_callback_data ?? null,
  };
}

function checkTemplate(state: SimulatorState, sender: Sender, given: unknown): LibraryTemplate | Refusal {
  if (!isObject(given)) return refuse(100, 'Param template must be a JSON object.');
  const identity = checkTemplateName(given);
  if ('error' in identity) return identity;
  const { name, language } = identity;
  const found = state.accounts.templateFor(sender, name, language);
  return (
    checkTemplateStatus(name, language, found?.template) ??
    switchedError(state, 'perTemplate', [`${name}/${language}`, name]) ??
    (found ? (checkComponents(state, sender, found, given.components) ?? found) : refuse(132001))
  );
}

/** Injected faults, then step 6. Faults come first because failed calls do not count towards the limits. */
function acceptOrFail(
  state: SimulatorState,
  delivery: Delivery,
  context: RequestContext,
  checked: Checked,
  text: string,
): void {
  const { recipient } = checked;
  const error = numberError(state, recipient);
  if (error) return refuseSend(state, context, error);
  const fault = faultOf(state, recipient);
  recipient.attempts++;
  if (fault && !happensAfterAccept(fault)) {
    state.ledger.countRefusal(fault);
    return failCall(context, fault);
  }
  const limited = checkLimits(state, checked);
  if (limited) return refuseSend(state, context, limited);
  const { beyondMessagingLimit: code } = state.behaviour;
  const beyond = isBeyondMessagingLimit(state, checked);
  if (beyond && typeof code === 'number') return refuseSend(state, context, refuse(code));

  const entry = accept(state, { ...checked, dropped: checked.dropped || beyond }, text);
  entry.marketing = context.path[1] === 'marketing_messages';
  const reply = acceptedBody(state, entry);
  entry.responded = fault === null;
  if (fault) {
    journalMessage(state, entry);
    delivery.start(entry);
    return failCall(context, fault, reply);
  }
  journalMessage(state, entry);
  respond(state, delivery, context, entry, reply);
}

function checkLimits(state: SimulatorState, { sender, recipient }: Checked): Refusal | null {
  const { behaviour } = state;
  const at = now();
  const throughput = throughputOf(state, sender);
  if (throughput > 0 && !sender.limit.take(at, throughput)) {
    const refusal = refuse(130429, undefined, { http: behaviour.throttleHttp, subcode: 2494055 });
    return behaviour.throttleHttp === 429 ? { ...refusal, retryAfterSeconds: 1 } : refusal;
  }
  return behaviour.pairLimit && !sender.pairs.take(at, recipient.digits) ? refuse(131056) : null;
}

/** Whether the message is to one person more than the number may write to in 24 hours; counts the person if not. */
function isBeyondMessagingLimit(
  { behaviour }: SimulatorState,
  { sender, recipient, template }: Checked,
): boolean {
  const at = now();
  if (behaviour.beyondMessagingLimit === null || !template || isInServiceWindow(recipient, at)) return false;
  const most = peopleOf(sender.health.messagingLimit ?? behaviour.messagingLimit);
  return !sender.people.take(at, recipient.digits, most);
}

/** Step 7: the message is accepted, even if the caller does not receive the response. */
function accept(
  state: SimulatorState,
  { sender, recipient, to, dropped, template, callbackData }: Checked,
  text: string,
): LedgerEntry {
  const { digits } = recipient;
  const entry = new LedgerEntry(
    state.ledger.entries.length,
    state.newWamid(digits, 'outbound'),
    sender,
    to,
    waIdOf(state, digits),
    text,
    template,
    template?.shape ?? null,
    callbackData,
    now(),
    recipient.accepted,
    recipient,
  );
  entry.lost = dropped;
  if (!template && isInServiceWindow(recipient, entry.acceptedAt))
    entry.servicePricing = state.behaviour.serviceWindowPricing;
  const hold = template && holding(state, recipient);
  if (hold) {
    entry.hold = 'held';
    entry.holdPaused = hold === 'paused';
  }
  state.ledger.add(entry);
  return entry;
}

function holding(state: SimulatorState, recipient: Recipient): boolean | 'paused' {
  const { heldShare } = state.behaviour;
  const chosen = state.overrides.get(recipient.digits)?.held;
  return (
    chosen ?? (heldShare > 0 && draw(recipient.randomBase, recipient.accepted, Purpose.Held) < heldShare)
  );
}

/** Who got it: a send to a user id is answered without a number. */
function identifiers({ behaviour }: SimulatorState, { to, waId, recipient }: LedgerEntry): string {
  if (isUserId(to)) return `"user_id":"${to}"`;
  return behaviour.userIdInAnswers
    ? `"wa_id":"${waId}","user_id":"${userIdOf(recipient.digits)}"`
    : `"wa_id":"${waId}"`;
}

/** A template string, because JSON.stringify of the object was the most expensive part of a send. */
function acceptedBody(state: SimulatorState, entry: LedgerEntry): string {
  const held = entry.holdPaused ? 'paused' : 'held_for_quality_assessment';
  const status = entry.template ? `,"message_status":"${entry.hold === 'held' ? held : 'accepted'}"` : '';
  return `{"messaging_product":"whatsapp","contacts":[{"input":${JSON.stringify(entry.to)},${identifiers(state, entry)}}],"messages":[{"id":"${entry.id}"${status}}]}`;
}

function respond(
  state: SimulatorState,
  delivery: Delivery,
  context: RequestContext,
  entry: LedgerEntry,
  reply: string,
): void {
  const { behaviour, overrides } = state;
  const { recipient, counter } = entry;
  const override = overrides.get(recipient.digits);
  const latency =
    override?.delayMs ?? drawWithin(behaviour.latencyMs, recipient.randomBase, counter, Purpose.Latency);
  const send = () => answer(context, 200, reply);
  const webhookFirst =
    !override?.silent &&
    entry.hold === null &&
    draw(recipient.randomBase, counter, Purpose.Race) < behaviour.webhooks.raceShare;
  if (webhookFirst) {
    const acknowledged = delivery.reportSentBeforeResponse(entry);
    const limit = answerLater(context, RACE_LIMIT_MS, send);
    void acknowledged.then(() => {
      clearTimeout(limit);
      if (!context.response.headersSent) answerLater(context, latency, send);
    });
    return;
  }
  delivery.start(entry);
  if (latency > 0) answerLater(context, latency, send);
  else send();
}

/** Responds after a delay, unless the connection is closed before. */
function answerLater(context: RequestContext, delayMs: number, send: () => void): NodeJS.Timeout {
  const timer = setTimeout(send, delayMs);
  context.response.once('close', () => clearTimeout(timer));
  return timer;
}

function journalMessage(state: SimulatorState, entry: LedgerEntry): void {
  state.journal.write({
    kind: 'message',
    id: entry.id,
    phoneNumberId: entry.sender.phoneNumberId,
    waId: entry.waId,
    templateId: entry.template?.template.id ?? null,
    acceptedAt: entry.acceptedAt,
    counter: entry.counter,
    responded: entry.responded,
    request: entry.request,
    hold: entry.hold,
    ...(entry.marketing && { marketing: true }),
    ...(entry.lost && { lost: true }),
    ...(entry.servicePricing !== 'regular' && { servicePricing: entry.servicePricing }),
  });
}

/** All `link` values of a request, at any depth. */
function linksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'link' && typeof inner === 'string' ? [inner] : linksIn(inner),
  );
}
