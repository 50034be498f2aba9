import { count, people } from '../format/numbers';
import type { FiguresFragment } from '../generated/graphql';

/** The recipients of a campaign by status. Each recipient is in one segment, and the segments add up to the total. */
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

/** The figures that have no column. Excluded people are not part of the total. */
export function Remainder({ figures }: { figures: FiguresFragment }) {
  const { status, queuedCount, failedCount, unconfirmedCount, skippedCount, excludedCount } = figures;
  const parts = [
    {
      kind: 'queued',
      value: status === 'DRAFT' ? 0 : queuedCount,
      title: 'Waiting to be sent, or being sent now',
    },
    { kind: 'failed', value: failedCount, title: 'WhatsApp refused the message, and it is not retried' },
    {
      kind: 'unconfirmed',
      value: unconfirmedCount,
      title: 'WhatsApp gave no answer, so the message may have been sent; a later status will show it',
    },
    {
      kind: 'skipped',
      value: skippedCount,
      title: `${people(skippedCount)} of the audience got no message: they opted out, or the campaign was cancelled`,
    },
    {
      kind: 'excluded',
      value: excludedCount,
      title: 'Not part of the audience: opted out, no valid phone number, or a duplicate number',
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
