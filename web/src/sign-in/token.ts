/** Each role may also do what the roles before it may. The server checks this; the page only hides buttons. */
const roles = ['VIEWER', 'MARKETER', 'ADMIN', 'OPERATOR'] as const;
export type Role = (typeof roles)[number];

/** What a token says about its owner. */
export interface Claims {
  subject: string;
  role: Role;
  /** Empty for an operator, who sees every business. */
  businessIds: string[];
  /** When the token expires, in milliseconds since 1970. */
  expiresAt: number;
}

export function may(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** Reads a JWT's payload without checking its signature: the server does that. Undefined if the text is not a token. */
export function readToken(token: string): Claims | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const { sub, role, exp, businessIds } = JSON.parse(new TextDecoder().decode(bytes)) as Record<
      string,
      unknown
    >;
    const known = roles.find((name) => name === role);
    if (typeof sub !== 'string' || typeof exp !== 'number' || known === undefined) return undefined;
    const ids: unknown[] = Array.isArray(businessIds) ? businessIds : [];
    return {
      subject: sub,
      role: known,
      businessIds: ids.filter((id) => typeof id === 'string'),
      expiresAt: exp * 1000,
    };
  } catch {
    return undefined;
  }
}

/** The token in a text: a sign-in link (`…/sign-in#token=<jwt>`), its fragment, or the token itself. */
export function tokenIn(text: string): string {
  return /#token=([^&\s]+)/.exec(text)?.[1] ?? text.trim();
}
