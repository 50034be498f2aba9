import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * The token of a tracked link: the campaign's random link id (8 bytes) and one AES block that holds twelve zero bytes
 * and the person's place, base64url, 32 characters.
 *
 * Whoever has no key can neither read the place nor make a block that opens to twelve zeros (96 bits). Nothing is
 * stored per person and no index is needed: the place leads to the row by its primary key.
 */
export interface LinkKey {
  linkId: Buffer;
  linkKey: Buffer;
}

const algorithm = 'aes-256-ecb';
const zeros = Buffer.alloc(12);

export function newLinkKey(): LinkKey {
  return { linkId: randomBytes(8), linkKey: randomBytes(32) };
}

/** Makes the tokens of one campaign, by place. */
export function linkTokens({ linkId, linkKey }: LinkKey): (seq: number) => string {
  // ECB has no state between blocks: one cipher serves them all, and making it costs ten times a block
  const cipher = createCipheriv(algorithm, linkKey, null).setAutoPadding(false);
  const block = Buffer.alloc(16);
  return (seq) => {
    block.writeUInt32BE(seq, zeros.length);
    return Buffer.concat([linkId, cipher.update(block)]).toString('base64url');
  };
}

/** The campaign's link id in a token; undefined when the text is no token of ours. */
export function linkIdOf(token: string): Buffer | undefined {
  return /^[\w-]{32}$/.test(token) ? Buffer.from(token, 'base64url').subarray(0, 8) : undefined;
}

/** The place of the person, or undefined when the token was not made with this key. */
export function openToken(token: string, linkKey: Buffer): number | undefined {
  const decipher = createDecipheriv(algorithm, linkKey, null).setAutoPadding(false);
  const block = decipher.update(Buffer.from(token, 'base64url').subarray(8));
  const genuine = block.length === 16 && block.subarray(0, zeros.length).equals(zeros);
  return genuine ? block.readUInt32BE(zeros.length) : undefined;
}
