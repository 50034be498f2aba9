import { keyOf } from './forget-when';
import { weekdays } from './when';
import type { When } from './when';

/** Changes with the fields of {@link When}: what an earlier version of the page has kept is not read. */
const version = 1;

/**
 * When a draft is to be sent, as this browser keeps it: the API stores a time only with a schedule. It lasts until the
 * campaign is sent, scheduled or deleted.
 * @returns undefined if none is kept, or if it cannot be read
 */
export function keptWhen(campaignId: string): When | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(campaignId)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { version: of, when } = kept as { version?: unknown; when?: unknown };
    return of === version && isWhen(when) ? when : undefined;
  } catch {
    return undefined; // storage is blocked, or the content is broken
  }
}

export function keepWhen(campaignId: string, when: When): void {
  try {
    localStorage.setItem(keyOf(campaignId), JSON.stringify({ version, when }));
  } catch {
    // storage is blocked or full: the tab still has it
  }
}

const flags = ['later', 'ownTime', 'windowed', 'limited'] as const;
const texts = ['date', 'time', 'from', 'to', 'untilDate', 'untilTime'] as const;

function isWhen(kept: unknown): kept is When {
  if (typeof kept !== 'object' || kept === null) return false;
  const when = kept as Partial<Record<keyof When, unknown>>;
  return (
    flags.every((field) => typeof when[field] === 'boolean') &&
    texts.every((field) => typeof when[field] === 'string') &&
    Array.isArray(when.days) &&
    when.days.every((day) => weekdays.some((one) => one === day))
  );
}
