import { whyTooOld } from '../../src/infra/database';

test('a server that is too old is refused in words; the version may have more behind it', () => {
  expect(whyTooOld('15.20')).toBe('DATABASE_URL: expected PostgreSQL 18 or newer, and this server is 15.20');
  expect(whyTooOld('18.4')).toBeUndefined();
  expect(whyTooOld('19beta1')).toBeUndefined();
  expect(whyTooOld(undefined)).toBeUndefined();
});
