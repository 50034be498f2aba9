import type { IncomingMessage } from 'node:http';

/** How long the body of a request may take to arrive, except for files to be imported. */
const longestRequestMs = 300_000;

/** Ends the connection of a request whose body takes too long to arrive; an answer may take as long as it likes. */
export function limitArrival(request: IncomingMessage): void {
  if (request.complete) return;
  const timer = setTimeout(() => !request.complete && request.destroy(), longestRequestMs);
  const clear = () => clearTimeout(timer);
  request.once('end', clear).once('close', clear);
}
