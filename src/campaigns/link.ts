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

const blockLength = 16;
/** Places come in runs, and a call of the cipher costs more than this many blocks. */
const run = 64;

/** Makes the tokens of one campaign, by place. */
export function linkTokens({ linkId, linkKey }: LinkKey): (seq: number) => string {
  // ECB has no state between blocks: one cipher serves them all, and making it costs ten times a block
  const cipher = createCipheriv(algorithm, linkKey, null).setAutoPadding(false);
  const plain = Buffer.alloc(run * blockLength);
  const token = Buffer.concat([linkId, Buffer.alloc(blockLength)]);
  let blocks = Buffer.alloc(0);
  let first = 0;
  return (seq) => {
    if (blocks.length === 0 || seq < first || seq >= first + run) {
      first = Math.min(seq, 2 ** 32 - run);
      for (let i = 0; i < run; i++) plain.writeUInt32BE(first + i, i * blockLength + zeros.length);
      blocks = cipher.update(plain);
    }
    blocks.copy(token, linkId.length, (seq - first) * blockLength, (seq - first + 1) * blockLength);
    return token.toString('base64url');
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
