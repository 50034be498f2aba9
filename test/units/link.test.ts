import { randomBytes } from 'node:crypto';
import { linkIdOf, linkTokens, newLinkKey, openToken, tokenIn } from '../../src/campaigns/link';

const key = newLinkKey();

test('tokens identify campaign and seq, are 32 characters of base64url, and are unique', () => {
  const seen = new Set<string>();
  const seqs = [...Array.from({ length: 20_000 }, (_, i) => i + 1), 1_000_000, 2 ** 31 - 1, 2 ** 32 - 1];
  for (const seq of seqs) {
    const token = linkTokens(key)(seq);
    if (!/^[\w-]{32}$/.test(token) || openToken(token, key.linkKey)?.seq !== seq)
      throw new Error(`${seq}: ${token}`);
    seen.add(token);
  }
  expect(seen.size).toBe(seqs.length);
  expect(linkIdOf(linkTokens(key)(5))).toEqual(key.linkId);
});

test('tokens do not depend on the order in which they are created', () => {
  const maker = linkTokens(key);
  const order = [1, 2, 64, 65, 3, 200, 199, 2 ** 32 - 1, 2 ** 32 - 65, 1, 1_000_000, 1_000_063, 1_000_064];
  expect(order.map((seq) => maker(seq))).toEqual(order.map((seq) => linkTokens(key)(seq)));
});

test('100,000 guesses for the right campaign fail, and so does each changed character', () => {
  let opened = 0;
  for (let i = 0; i < 100_000; i++) {
    const guess = Buffer.concat([key.linkId, randomBytes(16)]).toString('base64url');
    if (openToken(guess, key.linkKey) !== undefined) opened++;
  }
  expect(opened).toBe(0);

  const token = linkTokens(key)(42);
  // the first 8 bytes identify the campaign; the rest is verified with its key
  for (let i = 11; i < token.length; i++) {
    const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
    expect(openToken(changed, key.linkKey)).toBeUndefined();
  }
});

test('each link of a message has tokens of its own, with the same seq', () => {
  const maker = linkTokens(key);
  const tokens = [0, 1, 29].map((link) => maker(77, link));
  expect(tokens.map((one) => openToken(one, key.linkKey))).toEqual([
    { seq: 77, link: 0 },
    { seq: 77, link: 1 },
    { seq: 77, link: 29 },
  ]);
  expect(new Set([...tokens, maker(77)]).size).toBe(3);
});

test('a token of another campaign fails, and reveals no seq', () => {
  const other = newLinkKey();
  expect(openToken(linkTokens(other)(1), key.linkKey)).toBeUndefined();
  const tail = (seq: number) => linkTokens(key)(seq).slice(11);
  expect(tail(1).slice(0, 8)).not.toBe(tail(2).slice(0, 8));
});

test.each([
  '',
  'short',
  'x'.repeat(33),
  'ü'.repeat(32),
  `${'x'.repeat(31)}/`,
  '../../../../etc/passwd.........',
])('%p is not a token', (text) => {
  expect(linkIdOf(text)).toBeUndefined();
});

// a token may end with a character that can also end a sentence
const token = `${'x'.repeat(31)}_`;

test.each([
  ...[
    '',
    '.',
    ')',
    ',',
    '!',
    '*',
    '_',
    ' ',
    ';',
    ':',
    '?',
    "'",
    '"',
    '»',
    '।',
    '”',
    '…',
    '。',
    '！',
    '-',
    '~',
    '`',
    '>',
  ],
  ...['|', '=', '+', '^', '$', '₹', '🎉', '❤️', '👍🏽', '👩‍👩‍👧', '🇮🇳', ' 🎉🎉!', '→'],
  ...['!!!', ').', '?!', '*_', '.)"', '।”', '. ', '\u200b', '___', '...'],
])('%p after a token is not part of it', (behind) => {
  expect(tokenIn(token + behind)).toBe(token);
});

test.each(['A', '1', '.A', 'é', 'अ', '१', '🎉A', '=1', '\0', '\n\0', '.'.repeat(17), '🎉'.repeat(17)])(
  '%p behind a token does not',
  (behind) => {
    expect(tokenIn(token + behind)).toBeUndefined();
  },
);

test('punctuation before a token, or instead of one of its characters, is not ignored', () => {
  for (const text of [`.${token}`, ` ${token}`, `${token.slice(1)}.`, '.'.repeat(32), ''])
    expect(tokenIn(text)).toBeUndefined();
});
