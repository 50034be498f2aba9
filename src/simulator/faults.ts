import type { Fault } from './behaviour';
import { draw, pickShare, Purpose } from './random';
import { refuse, type Refusal } from './errors';
import { answerRefusal, type RequestContext } from './request-context';
import type { Recipient } from './ledger';
import { applies, type SimulatorState } from './state';

/** Error page of a gateway whose backend does not respond. */
const HTML_ERROR_PAGE =
  '<!DOCTYPE html>\n<html lang="en"><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>\n';

/** The fault of this attempt, if any. Decided per attempt, so that a retry may succeed. */
export function faultOf(state: SimulatorState, recipient: Recipient): Fault | null {
  const override = state.overrides.get(recipient.digits);
  if (override?.fault && applies(state, `perNumber/${recipient.digits}/fault`, override.faultTimes))
    return override.fault;
  return pickShare(state.behaviour.faults, draw(recipient.randomBase, recipient.attempts, Purpose.Fault));
}

/** The error configured for a template or a sender, if any. */
export function switchedError(
  state: SimulatorState,
  group: 'perTemplate' | 'perSender',
  keys: string[],
): Refusal | null {
  for (const key of keys) {
    const chosen = state.behaviour[group][key];
    if (chosen && applies(state, `${group}/${key}`, chosen.times)) return refuse(chosen.code, chosen.details);
  }
  return null;
}

export function numberError(state: SimulatorState, recipient: Recipient): Refusal | null {
  const respond = state.overrides.get(recipient.digits)?.respond;
  if (!respond || !applies(state, `perNumber/${recipient.digits}/respond`, respond.times)) return null;
  return refuse(respond.code, respond.details, { http: respond.http });
}

export function happensAfterAccept(fault: Fault): boolean {
  return fault.endsWith('AfterAccept');
}

/** Applies the fault to the response. `body` is the response that would have been sent. */
export function failCall(context: RequestContext, fault: Fault, body = ''): void {
  const { request, response } = context;
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
      answerRefusal(context, refuse(2));
      break;
    case 'code131016':
      answerRefusal(context, refuse(131016));
      break;
    case 'code131000':
      answerRefusal(context, refuse(131000));
      break;
    case 'throttle429':
      answerRefusal(context, { ...refuse(130429, undefined, { http: 429 }), retryAfterSeconds: 1 });
      break;
    case 'resetBeforeAccept':
    case 'resetAfterAccept':
      request.socket.resetAndDestroy();
      break;
    case 'timeoutAfterAccept':
      // No response; the client's timeout or close() ends the request.
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
