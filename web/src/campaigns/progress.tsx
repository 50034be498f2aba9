import { count, people } from '../format/numbers';
import type { FiguresFragment } from '../generated/graphql';

/** Where the people of a campaign are, each in one place; together they are all of them. */
const segments = [
  { kind: 'delivered', name: 'delivered', of: (f: FiguresFragment) => f.deliveredCount },
  {
    kind: 'sent',
    name: 'sent, not delivered yet',
    of: (f: FiguresFragment) => f.sentCount - f.deliveredCount,
  },
  { kind: 'unconfirmed', name: 'unconfirmed', of: (f: FiguresFragment) => f.unconfirmedCount },
  { kind: 'failed', name: 'failed', of: (f: FiguresFragment) => f.failedCount },
  { kind: 'skipped', name: 'skipped', of: (f: FiguresFragment) => f.skippedCount },
  { kind: 'queued', name: 'queued', of: (f: FiguresFragment) => f.queuedCount },
] as const;

export function Progress({ figures }: { figures: FiguresFragment }) {
  if (figures.status === 'DRAFT') return <p className="muted">Not sent yet</p>;
  const present = segments
    .map((segment) => ({ ...segment, value: segment.of(figures) }))
    .filter(({ value }) => value > 0);
  const words = present.map(({ name, value }) => `${count(value)} ${name}`).join(', ');
  return (
    <div className="progress" role="img" aria-label={words || 'Nobody to send to'} title={words}>
      {present.map(({ kind, value }) => (
        <span key={kind} data-kind={kind} style={{ flexGrow: value }} />
      ))}
    </div>
  );
}

/** What does not show in the columns; people left out beforehand are outside the total. */
export function Remainder({ figures }: { figures: FiguresFragment }) {
  const { status, queuedCount, failedCount, unconfirmedCount, skippedCount, excludedCount } = figures;
  const parts = [
    {
      kind: 'queued',
      value: status === 'DRAFT' ? 0 : queuedCount,
      title: 'Waiting, or being sent right now',
    },
    { kind: 'failed', value: failedCount, title: 'Refused for good' },
    {
      kind: 'unconfirmed',
      value: unconfirmedCount,
      title: 'WhatsApp gave no answer: sent or not, a status will tell',
    },
    {
      kind: 'skipped',
      value: skippedCount,
      title: `${people(skippedCount)} of the total were in the end not sent to`,
    },
    {
      kind: 'excluded',
      value: excludedCount,
      title: 'Left out beforehand: opted out, no valid phone, or a duplicate',
    },
  ].filter(({ value }) => value > 0);
  if (parts.length === 0) return null;
  return (
    <ul className="remainder">
      {parts.map(({ kind, value, title }) => (
        <li key={kind} data-kind={kind} title={title}>
          {count(value)} {kind}
        </li>
      ))}
    </ul>
  );
}

export function Legend() {
  return (
    <ul className="legend" aria-hidden="true">
      <li data-kind="delivered">Delivered</li>
      <li data-kind="sent">Sent</li>
      <li data-kind="queued">Queued</li>
      <li data-kind="unconfirmed">Unconfirmed</li>
      <li data-kind="failed">Failed</li>
      <li data-kind="skipped">Skipped</li>
    </ul>
  );
}
