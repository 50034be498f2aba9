import type { TemplateCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import type { Tone } from '../ui/state-chip';

/** How often a template that waits for WhatsApp's review is read again. */
export const reviewMs = 5000;

type Named = Pick<TemplateCardFragment, 'status' | 'sendable' | 'quality'>;

const tones: Readonly<Record<string, Tone>> = {
  APPROVED: 'good',
  PENDING: 'waiting',
  IN_APPEAL: 'waiting',
  PENDING_DELETION: 'waiting',
  PAUSED: 'bad',
  REJECTED: 'bad',
  DISABLED: 'bad',
};

export function toneOf({ status, sendable }: Pick<Named, 'status' | 'sendable'>): Tone {
  if (status === 'APPROVED' && !sendable) return 'quiet';
  return tones[status] ?? 'quiet';
}

/** WhatsApp stopped it, or is about to. */
export function isInTrouble({ status, quality }: Named): boolean {
  if (status === 'APPROVED') return quality === 'RED';
  return status === 'PAUSED' || status === 'DISABLED' || status === 'REJECTED';
}

/** Why WhatsApp rejected a template, in words; undefined if it gave no reason. */
export function useRejection(): (reason: string | null) => string | undefined {
  const say = useText();
  return (reason) =>
    reason === null || reason === '' || reason === 'NONE'
      ? undefined
      : say('templates.rejection', { reason });
}
