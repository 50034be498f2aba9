import { drawWithin, draw, Purpose } from './chance';
import {
  checkContent,
  checkEnvelope,
  checkRecipient,
  checkSenderId,
  isObject,
  phoneDigits,
  type JsonObject,
  type SupportedType,
} from './check-message';
import { checkComponents, checkTemplateName, checkTemplateStatus } from './check-template';
import type { Sender } from './accounts';
import type { Delivery } from './delivery';
import { refuse, type Refusal } from './errors';
import { answer, answerRefusal, authenticate, type Exchange } from './exchange';
import { failCall, faultOf, happensAfterAccept, numberError, switchedError } from './faults';
import { LedgerEntry, type Recipient } from './ledger';
import type { LibraryTemplate } from './template-shape';
import { waIdOf } from './wa-id';
import { now, recipientOf, throughputOf, type World } from './world';

/**
 * `POST /{phone-number-id}/messages`: the hot path. Everything up to the answer is synchronous and
 * O(1); the steps are those of the fact sheet's section 10, in that order.
 */

/** A message that passed every check. */
interface Checked {
  sender: Sender;
  recipient: Recipient;
  to: string;
  template: LibraryTemplate | null;
  callbackData: string | null;
}

/** Longest a racing webhook may hold the answer back. */
const RACE_LIMIT_MS = 1_000;

export async function handleSend(
  world: World,
  delivery: Delivery,
  exchange: Exchange,
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
    const refusal = checkIdentity(world, exchange) ?? checkEnvelope(message);
    if (refusal) answerRefusal(exchange, refusal);
    else answer(exchange, 200, '{"success":true}');
    return;
  }
  world.ledger.attempts++;
  if (world.behaviour.fetchMedia) await world.links.fetchAll(linksIn(message));
  const checked = checkSend(world, exchange, message);
  if ('error' in checked) refuseSend(world, exchange, checked);
  else takeOrFail(world, delivery, exchange, checked, text);
}

function refuseSend(world: World, exchange: Exchange, refusal: Refusal): void {
  world.ledger.countRefusal(String(refusal.error.code));
  answerRefusal(exchange, refusal);
}

/** Steps 1 and 2: the token, then the business phone number and its standing. */
function checkIdentity(world: World, exchange: Exchange): Refusal | null {
  const id = exchange.path[0] ?? '';
  return authenticate(exchange) ?? checkSenderId(world, id) ?? switchedError(world, 'perSender', [id, '*']);
}

/** Steps 1 to 5. */
function checkSend(world: World, exchange: Exchange, message: unknown): Checked | Refusal {
  const identity = checkIdentity(world, exchange);
  if (identity) return identity;
  const sender = world.accounts.sender(exchange.path[0] ?? '');

  if (message === undefined) return refuse(100, 'The request body is not valid JSON.');
  const envelope = checkEnvelope(message);
  if (envelope) return envelope;
  const known = message as JsonObject & {
    to: string;
    type?: SupportedType;
    biz_opaque_callback_data?: string;
  };
  const type = known.type ?? 'text';
  const content = checkContent(world, sender, known, type);
  if (content) return content;

  const digits = phoneDigits(known.to);
  const number = checkRecipient(world, sender, digits);
  if (number || digits === null) return number ?? refuse(131009);

  const marketing = exchange.path[1] === 'marketing_messages';
  if (marketing && type !== 'template') return refuse(131055);
  const template = type === 'template' ? checkTemplate(world, sender, known.template) : null;
  if (template && 'error' in template) return template;
  if (marketing && template?.template.category !== 'MARKETING') return refuse(134100);

  return {
    sender,
    recipient: recipientOf(world, digits),
    to: known.to,
    template,
    callbackData: known.biz_opaque_callback_data ?? null,
  };
}

function checkTemplate(world: World, sender: Sender, given: unknown): LibraryTemplate | Refusal {
  if (!isObject(given)) return refuse(100, 'Param template must be a JSON object.');
  const identity = checkTemplateName(given);
  if ('error' in identity) return identity;
  const { name, language } = identity;
  const found = world.accounts.templateFor(sender, name, language);
  return (
    checkTemplateStatus(name, language, found?.template) ??
    switchedError(world, 'perTemplate', [`${name}/${language}`, name]) ??
    (found ? (checkComponents(world, sender, found, given.components) ?? found) : refuse(132001))
  );
}

/** Step 6, with the faults of the behaviour before it: a call that fails takes up no throughput. */
function takeOrFail(
  world: World,
  delivery: Delivery,
  exchange: Exchange,
  checked: Checked,
  text: string,
): void {
  const { recipient } = checked;
  const error = numberError(world, recipient);
  if (error) return refuseSend(world, exchange, error);
  const fault = faultOf(world, recipient);
  recipient.attempts++;
  if (fault && !happensAfterAccept(fault)) {
    world.ledger.countRefusal(fault);
    return failCall(exchange, fault);
  }
  const limited = checkLimits(world, checked);
  if (limited) return refuseSend(world, exchange, limited);

  const entry = accept(world, checked, text);
  const reply = acceptedBody(entry);
  entry.responded = fault === null;
  if (fault) {
    journalMessage(world, entry);
    delivery.start(entry);
    return failCall(exchange, fault, reply);
  }
  journalMessage(world, entry);
  respond(world, delivery, exchange, entry, reply);
}

function checkLimits(world: World, { sender, recipient }: Checked): Refusal | null {
  const { behaviour } = world;
  const at = now();
  const throughput = throughputOf(world, sender);
  if (throughput > 0 && !sender.limit.take(at, throughput)) {
    const refusal = refuse(130429, undefined, { http: behaviour.throttleHttp, subcode: 2494055 });
    return behaviour.throttleHttp === 429 ? { ...refusal, retryAfterSeconds: 1 } : refusal;
  }
  return behaviour.pairLimit && !sender.pairs.take(at, recipient.digits) ? refuse(131056) : null;
}

/** Step 7: from here on the message counts, whatever the caller gets to hear. */
function accept(
  world: World,
  { sender, recipient, to, template, callbackData }: Checked,
  text: string,
): LedgerEntry {
  const { digits } = recipient;
  const entry = new LedgerEntry(
    world.ledger.entries.length,
    world.newWamid(digits, 'outbound'),
    sender,
    to,
    waIdOf(world, digits),
    text,
    template,
    template?.shape ?? null,
    callbackData,
    now(),
    recipient.accepted,
    recipient,
  );
  if (template && isHeld(world, recipient)) entry.hold = 'held';
  world.ledger.add(entry);
  return entry;
}

function isHeld(world: World, recipient: Recipient): boolean {
  const { heldShare } = world.behaviour;
  const chosen = world.overrides.get(recipient.digits)?.held;
  return chosen ?? (heldShare > 0 && draw(recipient.chance, recipient.accepted, Purpose.Held) < heldShare);
}

/** Written by hand: JSON.stringify of the object is the largest single cost of a send. */
function acceptedBody(entry: LedgerEntry): string {
  const held = entry.hold === 'held' ? 'held_for_quality_assessment' : 'accepted';
  const status = entry.template ? `,"message_status":"${held}"` : '';
  return `{"messaging_product":"whatsapp","contacts":[{"input":${JSON.stringify(entry.to)},"wa_id":"${entry.waId}"}],"messages":[{"id":"${entry.id}"${status}}]}`;
}

function respond(
  world: World,
  delivery: Delivery,
  exchange: Exchange,
  entry: LedgerEntry,
  reply: string,
): void {
  const { behaviour, overrides } = world;
  const { recipient, counter } = entry;
  const override = overrides.get(recipient.digits);
  const latency =
    override?.delayMs ?? drawWithin(behaviour.latencyMs, recipient.chance, counter, Purpose.Latency);
  const send = () => answer(exchange, 200, reply);
  const races =
    !override?.silent &&
    entry.hold === null &&
    draw(recipient.chance, counter, Purpose.Race) < behaviour.webhooks.raceShare;
  if (races) {
    const taken = delivery.sendAhead(entry);
    const limit = answerLater(exchange, RACE_LIMIT_MS, send);
    void taken.then(() => {
      clearTimeout(limit);
      if (!exchange.response.headersSent) answerLater(exchange, latency, send);
    });
    return;
  }
  delivery.start(entry);
  if (latency > 0) answerLater(exchange, latency, send);
  else send();
}

/** A caller that hangs up, or close(), ends the waiting. */
function answerLater(exchange: Exchange, delayMs: number, send: () => void): NodeJS.Timeout {
  const timer = setTimeout(send, delayMs);
  exchange.response.once('close', () => clearTimeout(timer));
  return timer;
}

function journalMessage(world: World, entry: LedgerEntry): void {
  world.journal.write({
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
  });
}

/** Every `link` anywhere in a request. */
function linksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'link' && typeof inner === 'string' ? [inner] : linksIn(inner),
  );
}
