import type { RequestHandler } from 'express';
import { unauthenticated } from '../errors';

/** Whoever a token speaks for, as far as a connection needs to know. */
export interface Caller {
  /** The user; sockets are counted by it. */
  readonly subject: string;
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Callers of the same audience see the same fields of what they may read. */
  readonly audience: string;
  /** Its token stands in public pages: any page may use it, and many visitors do. */
  readonly published?: boolean;
}

/** Reads `Bearer <JWT>`. @throws UserError for a token that is missing, wrong or cannot be checked now */
export type AuthenticateCaller<C extends Caller> = (authorization: string | undefined) => Promise<C>;

/**
 * Whether a request is for `/graphql?widget`, which pages of any origin may call. The address tells it, because a
 * browser asks for permission before it shows the token. There only published tokens are accepted, so a foreign page
 * can use no other; `/graphql` itself answers no foreign page at all.
 */
export function isForAnyOrigin(url: string): boolean {
  return /^\/graphql\/?\?(.*&)?widget(=|&|$)/.test(url);
}

/** The caller of a request at this address. @throws UNAUTHENTICATED also for a token that must not be used there */
export async function callerAt<C extends Caller>(
  url: string,
  authorization: string | undefined,
  authenticate: AuthenticateCaller<C>,
): Promise<C> {
  const caller = await authenticate(authorization);
  if (isForAnyOrigin(url) && !caller.published) throw unauthenticated();
  return caller;
}

/** CORS of `/graphql?widget`. No cookies: the token is the only credential. */
export const answerAnyOrigin: RequestHandler = (request, response, next) => {
  if (!isForAnyOrigin(request.originalUrl)) {
    next();
    return;
  }
  response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response
    .set({
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '7200',
    })
    .sendStatus(204);
};
