import { hkdfSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '../infra/errors';
import { isUuid } from '../infra/input';

/** Says in the token's header what it is, so that no other token is taken for one. */
const type = 'dakiya-widget+jwt';

/** The reader of one campaign's figures, as described by a widget token. Not a viewer: it has no role and no business. */
export class WidgetReader {
  /** The token stands in public pages; many visitors use the same. */
  readonly published = true;
  readonly audience = 'widget';
  /** Sockets are counted by it. */
  readonly subject: string;

  constructor(
    readonly campaignId: string,
    /** When the token ends, in milliseconds since 1970. */
    readonly expiresAt: number,
  ) {
    this.subject = `widget:${campaignId}`;
  }
}

/**
 * Signs and reads widget tokens. Their key is derived from `ENCRYPTION_KEY`, not `JWT_SECRET`: so they exist with
 * `JWT_JWKS_URL` too, and neither kind of token can pass for the other.
 */
export class WidgetTokens {
  private readonly key: Uint8Array;

  constructor(encryptionKey: Buffer) {
    this.key = new Uint8Array(hkdfSync('sha256', encryptionKey, '', 'dakiya widget tokens', 32));
  }

  /** The end is kept in whole seconds, rounded down. */
  sign(campaignId: string, expiresAt: Date): Promise<string> {
    return new SignJWT({ campaignId })
      .setProtectedHeader({ alg: 'HS256', typ: type })
      .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
      .sign(this.key);
  }

  /** @returns undefined for what is no widget token at all. @throws UNAUTHENTICATED for one that is forged or has expired */
  async read(authorization: string | undefined): Promise<WidgetReader | undefined> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token || !isWidgetToken(token)) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        typ: type,
        requiredClaims: ['exp'],
      });
      const { campaignId, exp } = payload;
      if (typeof campaignId !== 'string' || !isUuid(campaignId) || !exp) throw unauthenticated();
      return new WidgetReader(campaignId, exp * 1000);
    } catch {
      throw unauthenticated();
    }
  }
}

function isWidgetToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === type;
  } catch {
    return false;
  }
}
