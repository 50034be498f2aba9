import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose';
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { unauthenticated, UserError } from '../infra/errors';
import { Role, Viewer } from './viewer';
import { isUuid } from '../infra/input';

/** How tokens are signed and checked: a shared secret, or a key set at an address. */
export interface JwtSettings {
  readonly secret: string | undefined;
  readonly jwksUrl: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

/** Turns `Bearer <JWT>` into a {@link Viewer}. GraphQL over HTTP, sockets and the other HTTP paths all use it. */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

/**
 * HS256 with `JWT_SECRET`, or RS256/ES256 with the keys of `JWT_JWKS_URL`; never both, so that a public key can't
 * be used as a secret. `exp` is required, `iss` and `aud` when their settings are given. The key set is cached,
 * and fetched again for an unknown key at most once in 30 seconds.
 */
export function createAuthenticator(jwt: JwtSettings): Authenticate {
  const options: JWTVerifyOptions = {
    algorithms: jwt.secret ? ['HS256'] : ['RS256', 'ES256'],
    requiredClaims: ['exp', 'sub'],
    clockTolerance: 5,
    ...(jwt.issuer ? { issuer: jwt.issuer } : {}),
    ...(jwt.audience ? { audience: jwt.audience } : {}),
  };
  const secret = jwt.secret ? new TextEncoder().encode(jwt.secret) : undefined;
  const keys: JWTVerifyGetKey | undefined = jwt.jwksUrl
    ? createRemoteJWKSet(new URL(jwt.jwksUrl), { cooldownDuration: 30_000, timeoutDuration: 5000 })
    : undefined;

  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw unauthenticated();
    try {
      const { payload } = secret
        ? await jwtVerify(token, secret, options)
        : await jwtVerify(token, keys as JWTVerifyGetKey, options);
      return viewerFromClaims(payload);
    } catch (error) {
      if (isKeySetAway(error))
        throw new UserError('SERVICE_UNAVAILABLE', 'Tokens cannot be checked right now; please try again');
      throw unauthenticated();
    }
  };
}

export interface TokenClaims {
  subject: string;
  role: Role;
  businessIds: string[];
  /** Lifetime in seconds. */
  ttlSeconds: number;
}

/** Signs a token with `JWT_SECRET`: the `token` command, and the sign-in link of `start`. */
export async function signToken(jwt: JwtSettings, claims: TokenClaims): Promise<string> {
  if (!jwt.secret) throw new Error('JWT_SECRET is needed to sign a token');
  const token = new SignJWT({ businessIds: claims.businessIds, role: claims.role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(claims.subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + claims.ttlSeconds);
  if (jwt.issuer) token.setIssuer(jwt.issuer);
  if (jwt.audience) token.setAudience(jwt.audience);
  return token.sign(new TextEncoder().encode(jwt.secret));
}

function viewerFromClaims(payload: JWTPayload): Viewer {
  const { sub, exp, businessIds = [], role } = payload;
  const known = Object.values(Role).find((name) => name === role);
  if (typeof sub !== 'string' || !isSubject(sub) || !exp || !known || !Array.isArray(businessIds))
    throw unauthenticated();
  const ids = businessIds
    .filter((id): id is string => typeof id === 'string' && isUuid(id))
    .map((id) => id.toLowerCase());
  return new Viewer(sub, known, new Set(ids), exp * 1000);
}

/**
 * Whether a subject can be stored and shown: `Paused by <subject>`. OpenID Connect allows 255 characters. One with
 * control characters or half an emoji is refused and not cleaned, because it could then pass for another person.
 */
function isSubject(sub: string): boolean {
  return sub.length <= 255 && sub.trim() !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(sub);
}

function isKeySetAway(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ERR_JWKS_TIMEOUT' || error instanceof TypeError || code === 'ERR_JOSE_GENERIC';
}
