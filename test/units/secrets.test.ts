import { randomBytes } from 'node:crypto';
import { decryptSecret, encryptSecret } from '../../src/accounts/secrets';

const key = randomBytes(32);

test('a secret can be decrypted, and each encryption is different', () => {
  for (const secret of ['EAAToken', '', 'नमस्ते', 'x'.repeat(4096)]) {
    const encrypted = encryptSecret(secret, key);
    expect(decryptSecret(encrypted, key)).toBe(secret);
    expect(encryptSecret(secret, key)).not.toBe(encrypted);
    if (secret) expect(encrypted).not.toContain(secret);
  }
});

test('another key, a changed text, a truncated tag and another format are refused', () => {
  const encrypted = encryptSecret('EAAToken', key);
  const [version, nonce, tag = '', text = ''] = encrypted.split('.');
  expect(() => decryptSecret(encrypted, randomBytes(32))).toThrow();
  expect(() =>
    decryptSecret(
      [version, nonce, tag, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`].join('.'),
      key,
    ),
  ).toThrow();
  expect(() => decryptSecret([version, nonce, tag.slice(0, 6), text].join('.'), key)).toThrow();
  for (const odd of ['', 'v2.a.b.c', 'EAAToken', 'v1']) expect(() => decryptSecret(odd, key)).toThrow();
});
