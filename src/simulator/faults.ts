import type { Fault } from './behaviour';
import { draw, pickShare, Purpose } from './chance';
import { refuse, type Refusal } from './errors';
import { answerRefusal, type Exchange } from './exchange';
import type { Recipient } from './ledger';
import { acts, type World } from './world';

/** What an edge server says when the server behind it does not answer. */
const HTML_ERROR_PAGE =
  '<!DOCTYPE html>\n<html lang="en"><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>\n';

/** The fault of this attempt, if any; drawn per attempt, so that a retry has another chance. */
export function faultOf(world: World, recipient: Recipient): Fault | null {
  const override = world.overrides.get(recipient.digits);
  if (override?.fault && acts(world, `perNumber/${recipient.digits}/fault`, override.faultTimes))
    return override.fault;
  return pickShare(world.behaviour.faults, draw(recipient.chance, recipient.attempts, Purpose.Fault));
}

/** An error that the behaviour puts on a number, a template or a sender. */
export function switchedError(
  world: World,
  group: 'perTemplate' | 'perSender',
  keys: string[],
): Refusal | null {
  for (const key of keys) {
    const chosen = world.behaviour[group][key];
    if (chosen && acts(world, `${group}/${key}`, chosen.times)) return refuse(chosen.code, chosen.details);
  }
  return null;
}

export function numberError(world: World, recipient: Recipient): Refusal | null {
  const respond = world.overrides.get(recipient.digits)?.respond;
  if (!respond || !acts(world, `perNumber/${recipient.digits}/respond`, respond.times)) return null;
  return refuse(respond.code, respond.details, { http: respond.http });
}

export function happensAfterAccept(fault: Fault): boolean {
  return fault.endsWith('AfterAccept');
}

/** Makes the call go wrong. `body` is what would have been answered. */
export function failCall(exchange: Exchange, fault: Fault, body = ''): void {
  const { request, response } = exchange;
  switch (fault) {
    case 'http500':
    case 'http503':
      response.writeHead(fault === 'http500' ? 500 : 503, { 'content-type': 'text/plain' }).end();
      break;
    case 'html502':
    case 'http502AfterAccept':
      response.writeHead(502, { 'content-type': 'text/html' }).end(HTML_ERROR_PAGE);
      break;
    case 'code2':
      answerRefusal(exchange, refuse(2));
      break;
    case 'code131016':
      answerRefusal(exchange, refuse(131016));
      break;
    case 'code131000':
      answerRefusal(exchange, refuse(131000));
      break;
    case 'throttle429':
      answerRefusal(exchange, { ...refuse(130429, undefined, { http: 429 }), retryAfterSeconds: 1 });
      break;
    case 'resetBeforeAccept':
    case 'resetAfterAccept':
      request.socket.resetAndDestroy();
      break;
    case 'timeoutAfterAccept':
      // Never answered: the caller's own timeout ends it, or close() does.
      break;
    case 'truncatedAfterAccept':
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.write(body.slice(0, Math.floor(body.length / 2)), () => request.socket.destroy());
      break;
  }
}
