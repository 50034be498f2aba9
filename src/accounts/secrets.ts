import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts a provider token for the database: AES-256-GCM, `v1.<nonce>.<tag>.<text>` in base64url. */
export function encryptSecret(secret: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return ['v1', ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
}

/** @throws when the text was not encrypted with this key. */
export function decryptSecret(encrypted: string, key: Buffer): string {
  const [version, nonce = '', tag = '', text = ''] = encrypted.split('.');
  if (version !== 'v1') throw new Error('A stored secret has an unknown format');
  // without the length, a tag cut to 4 bytes would be accepted
  const options = { authTagLength: 16 };
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), options);
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
}
