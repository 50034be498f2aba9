import type { OptOutHistoryQuery } from '../generated/graphql';

type Entry = OptOutHistoryQuery['optOutHistory'][number];
export type OptOutSource = Entry['source'];

/** The sources by which a person is opted out now. `history` is the newest change first. */
export function sourcesNow(history: readonly Entry[]): OptOutSource[] {
  const latest = new Map<OptOutSource, Entry['change']>();
  for (const { source, change } of history) if (!latest.has(source)) latest.set(source, change);
  return [...latest].flatMap(([source, change]) => (change === 'OPTED_OUT' ? [source] : []));
}

/** What WhatsApp itself keeps back concerns marketing templates only; every other opt-out concerns all messages. */
export function effectOf(sources: readonly OptOutSource[]): 'ALL' | 'MARKETING' {
  const marketing = sources.every((source) => source === 'WHATSAPP' || source === 'REFUSED');
  return sources.length > 0 && marketing ? 'MARKETING' : 'ALL';
}

/** Whether the reason says more than the source: what WhatsApp reports has always the same, and a tap nearly always. */
export function hasReason(source: OptOutSource, reason: string | null): boolean {
  if (source === 'BUTTON') return reason !== 'tapped the opt-out button of a message';
  return source !== 'WHATSAPP' && source !== 'REFUSED';
}
