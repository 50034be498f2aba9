import { getCountries, getExampleNumber } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { normaliseAny, normalisePhone, phoneIdentity } from '../../src/audience/contacts/phone';
import { plainPhone } from '../../src/audience/contacts/plain-phone';
import { createTestDatabase } from '../support/database';
import { Chance } from '../support/chance';

const perCountry = 100;

/** Texts that look like numbers of a country: real ones, changed a little, with and without prefixes, and mere digits. */
function* texts(country: CountryCode, chance: Chance): Generator<string> {
  const example = getExampleNumber(country, examples);
  const digits = (length: number) => Array.from({ length }, () => chance.whole(0, 9)).join('');
  const code = example?.countryCallingCode ?? '1';
  for (let i = 0; i < perCountry; i++) {
    const own = example?.nationalNumber ?? digits(9);
    const kept = chance.whole(0, own.length);
    const national = chance.pick([
      own,
      own.slice(0, kept) + digits(own.length - kept),
      own.slice(0, kept) + digits(chance.whole(0, 8)),
      code + own.slice(0, kept) + digits(chance.whole(2, 8)),
      digits(chance.whole(1, 16)),
    ]);
    const prefix = chance.pick([
      '',
      '',
      '+',
      `+${code}`,
      `+${code}`,
      code,
      '0',
      '00',
      '8',
      '1',
      `00${code}`,
      `+${code}0`,
    ]);
    const text = prefix + national;
    yield text;
    const at = chance.whole(1, text.length);
    yield text.slice(0, at) + chance.pick([' ', '-', '  ', '.']) + text.slice(at);
  }
}

it('finds the same number as libphonenumber-js, or leaves it to it, for every country', () => {
  const chance = new Chance(20_261_126);
  let found = 0;
  let tried = 0;
  const wrong: unknown[] = [];
  for (const country of getCountries()) {
    for (const text of texts(country, chance)) {
      const plain = plainPhone(text, country);
      tried++;
      if (plain === undefined) continue;
      found++;
      const expected = normaliseAny(text, country);
      if (plain !== expected) wrong.push({ text, country, plain, expected });
    }
  }
  expect(wrong).toEqual([]);
  // otherwise there would be nothing to compare
  expect(found).toBeGreaterThan(tried / 10);
});

it.each([
  ['9876543210', 'IN', '+919876543210'],
  ['98765 43210', 'IN', '+919876543210'],
  ['+91 98765-43210', 'DE', '+919876543210'],
  ['919876543210', 'IN', '+919876543210'],
  ['11987654321', 'BR', '+5511987654321'],
  ['+5511987654321', 'IN', '+5511987654321'],
])('takes the short way for %s of %s', (text, country, number) => {
  expect(plainPhone(text, country)).toBe(number);
  expect(normalisePhone(text, country)).toBe(number);
});

it.each(['', '12345', '09876543210', '00919876543210', '+12133734253', '98765.43210', '+91 (0) 98765'])(
  'leaves %s to the long way',
  (text) => expect(plainPhone(text, 'IN')).toBeUndefined(),
);

it('derives the same identities as the database', async () => {
  const test = await createTestDatabase();
  const chance = new Chance(7);
  const numbers = Array.from({ length: 5000 }, () => {
    const length = chance.whole(6, 12);
    const rest = Array.from({ length }, () => chance.whole(0, 9)).join('');
    return chance.pick(['+55', '+551', '+5511', '+55119', '+52', '+521', '+54', '+549', '+91', '+5']) + rest;
  });
  const rows = await test.database.query<{ identity: string }[]>(
    `SELECT phone_identity(phone) AS identity FROM unnest($1::text[]) WITH ORDINALITY AS p (phone, n) ORDER BY n`,
    [numbers],
  );
  await test.drop();
  expect(numbers.map(phoneIdentity)).toEqual(rows.map(({ identity }) => identity));
  expect(numbers.filter((number) => phoneIdentity(number) !== number).length).toBeGreaterThan(100);
});
