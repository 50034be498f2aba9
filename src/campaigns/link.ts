import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * The token of a tracked link: the campaign's random link id (8 bytes) and one AES block that holds eleven zero bytes,
 * the place of the link in the message and the recipient's seq; base64url, 32 characters.
 *
 * Without the key nobody can read the seq or make a block that decrypts to eleven zeros (88 bits). Nothing is stored
 * per recipient and no index is needed: the seq leads to the row by its primary key.
 */
export interface LinkKey {
  linkId: Buffer;
  linkKey: Buffer;
}

/** The seq of the links of test messages: recipients count from 1. */
export const testSeq = 0;

const algorithm = 'aes-256-ecb';
const zeros = Buffer.alloc(11);

export function newLinkKey(): LinkKey {
  return { linkId: randomBytes(8), linkKey: randomBytes(32) };
}

const blockLength = 16;
/** Tokens are asked for in the order of seq, and one call of the cipher costs more than encrypting this many blocks. */
const run = 64;

/** Makes the tokens of one campaign, by seq and the place of the link in the message, from 0. */
export function linkTokens(key: LinkKey): (seq: number, link?: number) => string {
  const makers: ((seq: number) => string)[] = [];
  return (seq, link = 0) => (makers[link] ??= tokensOfLink(key, link))(seq);
}

function tokensOfLink({ linkId, linkKey }: LinkKey, link: number): (seq: number) => string {
  // ECB keeps no state between blocks: one cipher serves all of them, and creating it costs ten times as much as a block
  const cipher = createCipheriv(algorithm, linkKey, null).setAutoPadding(false);
  const plain = Buffer.alloc(run * blockLength);
  for (let i = 0; i < run; i++) plain[i * blockLength + zeros.length] = link;
  const token = Buffer.concat([linkId, Buffer.alloc(blockLength)]);
  let blocks = Buffer.alloc(0);
  let first = 0;
  return (seq) => {
    if (blocks.length === 0 || seq < first || seq >= first + run) {
      first = Math.min(seq, 2 ** 32 - run);
      for (let i = 0; i < run; i++) plain.writeUInt32BE(first + i, i * blockLength + zeros.length + 1);
      blocks = cipher.update(plain);
    }
    blocks.copy(token, linkId.length, (seq - first) * blockLength, (seq - first + 1) * blockLength);
    return token.toString('base64url');
  };
}

/**
 * The token at the start of a text, without what a sentence or a chat puts behind a link: punctuation, blanks, and
 * WhatsApp's marks for bold, italic and the like, emojis and signs such as | and =. Undefined when the text is no token of ours.
 */
export function tokenIn(text: string): string | undefined {
  return /^([\w-]{32})[\p{P}\p{S}\s\p{Cf}\ufe0f\u20e3]{0,16}$/u.exec(text)?.[1];
}

/** The campaign's link id in a token; undefined when the text is no token of ours. */
export function linkIdOf(token: string): Buffer | undefined {
  return /^[\w-]{32}$/.test(token) ? Buffer.from(token, 'base64url').subarray(0, 8) : undefined;
}

/** Whose link it is, and which of the message; undefined when the token was not made with this key. */
export function openToken(token: string, linkKey: Buffer): { seq: number; link: number } | undefined {
  const decipher = createDecipheriv(algorithm, linkKey, null).setAutoPadding(false);
  const block = decipher.update(Buffer.from(token, 'base64url').subarray(8));
  const genuine = block.length === 16 && block.subarray(0, zeros.length).equals(zeros);
  return genuine
    ? { seq: block.readUInt32BE(zeros.length + 1), link: block.readUInt8(zeros.length) }
    : undefined;
}
