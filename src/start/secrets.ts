import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Secrets of a checkout that runs by itself: made once, kept readable by its owner only. */
export interface DevelopmentSecrets {
  JWT_SECRET: string;
  ENCRYPTION_KEY: string;
  WHATSAPP_APP_SECRET: string;
  WHATSAPP_VERIFY_TOKEN: string;
}

const fileOf = (dataDir: string) => path.join(dataDir, 'secrets.json');

export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const known = readSecrets(dataDir);
  if (known) return known;
  const secrets: DevelopmentSecrets = {
    JWT_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    WHATSAPP_APP_SECRET: randomBytes(16).toString('hex'),
    WHATSAPP_VERIFY_TOKEN: randomBytes(16).toString('hex'),
  };
  mkdirSync(dataDir, { recursive: true });
  const unfinished = `${fileOf(dataDir)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(unfinished, fileOf(dataDir));
  return secrets;
}

/** The secrets that an earlier `npm start` made here, for commands beside it. */
export function readSecrets(dataDir: string): DevelopmentSecrets | undefined {
  const file = fileOf(dataDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DevelopmentSecrets) : undefined;
}
