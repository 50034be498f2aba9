import { createHmac, randomBytes } from 'node:crypto';

/**
 * The token of a tracked link: `link id (8 bytes) · tag (10) · masked place (4)`, base64url, 30 characters.
 *
 * The link id is random and finds the campaign; the tag is a keyed hash of the person's place in it, 80 bits that
 * nobody can guess without the campaign's key; the place itself is masked with a second hash, so that a token tells
 * nothing of the campaign's size or order. Nothing is stored per person and no index is needed: the place leads to
 * the row by its primary key.
 */
export interface LinkKey {
  linkId: Buffer;
  linkKey: Buffer;
}

export function newLinkKey(): LinkKey {
  return { linkId: randomBytes(8), linkKey: randomBytes(32) };
}

export function linkToken({ linkId, linkKey }: LinkKey, seq: number): string {
  const place = Buffer.alloc(4);
  place.writeUInt32BE(seq);
  const tag = tagOf(linkKey, place);
  return Buffer.concat([linkId, tag, mask(linkKey, tag, place)]).toString('base64url');
}

/** The campaign's link id in a token; undefined when the text is no token of ours. */
export function linkIdOf(token: string): Buffer | undefined {
  return /^[\w-]{30}$/.test(token) ? Buffer.from(token, 'base64url').subarray(0, 8) : undefined;
}

/** The place of the person, or undefined when the token was not made with this key. */
export function openToken(token: string, linkKey: Buffer): number | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const tag = bytes.subarray(8, 18);
  const place = mask(linkKey, tag, bytes.subarray(18));
  return tagOf(linkKey, place).equals(tag) ? place.readUInt32BE() : undefined;
}

function tagOf(key: Buffer, place: Buffer): Buffer {
  return createHmac('sha256', key).update('tag').update(place).digest().subarray(0, 10);
}

function mask(key: Buffer, tag: Buffer, place: Buffer): Buffer {
  const stream = createHmac('sha256', key).update('mask').update(tag).digest();
  return Buffer.from(place.map((byte, i) => byte ^ (stream[i] as number)));
}
