import { randomBytes } from 'node:crypto';
import { linkIdOf, linkTokens, newLinkKey, openToken } from '../../src/campaigns/link';

const key = newLinkKey();

test('tokens lead back to campaign and place, are 32 characters of base64url, and none repeats', () => {
  const seen = new Set<string>();
  const places = [...Array.from({ length: 20_000 }, (_, i) => i + 1), 1_000_000, 2 ** 31 - 1, 2 ** 32 - 1];
  for (const seq of places) {
    const token = linkTokens(key)(seq);
    if (!/^[\w-]{32}$/.test(token) || openToken(token, key.linkKey) !== seq)
      throw new Error(`${seq}: ${token}`);
    seen.add(token);
  }
  expect(seen.size).toBe(places.length);
  expect(linkIdOf(linkTokens(key)(5))).toEqual(key.linkId);
});

test('one maker gives the same tokens in whatever order it is asked', () => {
  const maker = linkTokens(key);
  const order = [1, 2, 64, 65, 3, 200, 199, 2 ** 32 - 1, 2 ** 32 - 65, 1, 1_000_000, 1_000_063, 1_000_064];
  expect(order.map((seq) => maker(seq))).toEqual(order.map((seq) => linkTokens(key)(seq)));
});

test('100,000 guesses with the right campaign fail, and so does each changed character', () => {
  let opened = 0;
  for (let i = 0; i < 100_000; i++) {
    const guess = Buffer.concat([key.linkId, randomBytes(16)]).toString('base64url');
    if (openToken(guess, key.linkKey) !== undefined) opened++;
  }
  expect(opened).toBe(0);

  const token = linkTokens(key)(42);
  // the first 8 bytes name the campaign; what is behind them is checked by its key
  for (let i = 11; i < token.length; i++) {
    const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
    expect(openToken(changed, key.linkKey)).toBeUndefined();
  }
});

test('a token of another campaign fails, and tells nothing of places', () => {
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
])('%p is no token', (text) => {
  expect(linkIdOf(text)).toBeUndefined();
});
