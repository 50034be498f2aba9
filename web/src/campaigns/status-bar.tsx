import type { FiguresFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './progress.module.css';

/** The recipients of a campaign by status. Each recipient is in one segment, and the segments add up to the total. */
export const segments = [
  { kind: 'delivered', of: (f: FiguresFragment) => f.deliveredCount },
  { kind: 'sent', of: (f: FiguresFragment) => f.sentCount - f.deliveredCount },
  { kind: 'unconfirmed', of: (f: FiguresFragment) => f.unconfirmedCount },
  { kind: 'failed', of: (f: FiguresFragment) => f.failedCount },
  { kind: 'skipped', of: (f: FiguresFragment) => f.skippedCount },
  { kind: 'queued', of: (f: FiguresFragment) => f.queuedCount },
] as const;

/** One bar of all recipients by status, with its numbers in words. */
export function StatusBar({ figures, tall = false }: { figures: FiguresFragment; tall?: boolean }) {
  const say = useText();
  const present = segments
    .map((segment) => ({ ...segment, value: segment.of(figures) }))
    .filter(({ value }) => value > 0);
  const words = present.map(({ kind, value }) => say(`campaigns.bar.${kind}`, { count: value })).join(', ');
  return (
    <span
      className={styles.bar}
      data-tall={tall || undefined}
      role="img"
      aria-label={words || say('campaigns.nobody')}
      title={words}
    >
      {present.map(({ kind, value }) => (
        <span key={kind} data-kind={kind} style={{ flexGrow: value }} />
      ))}
    </span>
  );
}
