import { FormattedMessage } from 'react-intl';
import { useFormat } from '../format/use-format';
import type { FiguresFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './progress.module.css';
import { StatusBar } from './status-bar';

/** How far a campaign is: sent of the audience, a bar by status, and the figures that have no column. */
export function Progress({ figures }: { figures: FiguresFragment }) {
  const format = useFormat();
  const draft = figures.status === 'DRAFT' || figures.status === 'SCHEDULED';
  const total = figures.totalRecipients;
  const audience = (
    <strong key="audience" data-figure="audience">
      {format.count(total)}
    </strong>
  );
  if (draft)
    return (
      <span>
        <FormattedMessage id="campaigns.audienceOnly" values={{ audience: () => audience, count: total }} />
        <Remainder figures={figures} draft />
      </span>
    );
  const sent = (
    <strong key="sent" data-figure="sent">
      {format.count(figures.sentCount)}
    </strong>
  );
  return (
    <span className={styles.progress}>
      <span>
        <FormattedMessage id="campaigns.sentOf" values={{ audience: () => audience, sent: () => sent }} />
      </span>
      <StatusBar figures={figures} />
      <Remainder figures={figures} draft={false} />
    </span>
  );
}

/** Excluded people are not part of the total. */
function Remainder({ figures, draft }: { figures: FiguresFragment; draft: boolean }) {
  const say = useText();
  const parts = (
    [
      { kind: 'queued', value: draft ? 0 : figures.queuedCount },
      { kind: 'failed', value: figures.failedCount },
      { kind: 'unconfirmed', value: figures.unconfirmedCount },
      { kind: 'skipped', value: figures.skippedCount },
      { kind: 'excluded', value: figures.excludedCount },
    ] as const
  ).filter(({ value }) => value > 0);
  if (parts.length === 0) return null;
  return (
    <ul className={styles.remainder}>
      {parts.map(({ kind, value }) => (
        <li key={kind} className={styles.part} tabIndex={0}>
          <span data-kind={kind} data-figure={kind} data-value={value}>
            {say(`campaigns.bar.${kind}`, { count: value })}
          </span>
          <span className={styles.why}>{say(`campaigns.why.${kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}
