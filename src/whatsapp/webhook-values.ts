/** Reading values of webhooks, in which anything may be missing or of another type than documented. */

export type Loose = Record<string, unknown>;

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function object(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

/** Text that PostgreSQL can store: without NUL and halves of characters. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : undefined;
}

/** Ids are opaque text; one of more than 1,000 characters is none. */
export function idText(value: unknown): string | undefined {
  const id = text(value);
  return id && id.length <= 1000 ? id : undefined;
}

/** Numbers come as numbers or as text, by the field. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

/** 131000 (something went wrong) for what is not a code. */
export function errorCode(value: unknown): number {
  const code = numberOf(value);
  return Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : 131000;
}

export function e164(value: unknown): string | undefined {
  const digits = typeof value === 'number' ? String(value) : value;
  const [, number] = typeof digits === 'string' ? (/^\+?(\d{6,15})$/.exec(digits) ?? []) : [];
  return number && `+${number}`;
}

/** Older than the Cloud API: no event of it is from before. */
const earliestMs = Date.UTC(2020);

/**
 * Meta's time is unix seconds, as text or as a number. One that makes no sense, is before the Cloud API existed or lies in
 * the future is now.
 */
export function timestamp(value: unknown): Date {
  const ms = numberOf(value) * 1000;
  const now = Date.now();
  return new Date(ms > earliestMs && ms < now ? ms : now);
}
