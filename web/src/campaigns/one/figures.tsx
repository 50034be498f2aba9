import { share } from '../../format/numbers';
import { useFormat } from '../../format/use-format';
import type { FiguresFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import type { PeopleSearch } from '../routes';
import { segments, StatusBar } from '../status-bar';
import styles from './campaign.module.css';
import { PeopleLink } from './people-link';

interface Props {
  campaignId: string;
  figures: FiguresFragment;
}

const peopleOf: Record<(typeof segments)[number]['kind'] | 'excluded', PeopleSearch> = {
  delivered: { outcome: 'DELIVERED' },
  sent: { outcome: 'NOT_DELIVERED' },
  unconfirmed: { outcome: 'UNCONFIRMED' },
  failed: { outcome: 'FAILED' },
  skipped: { outcome: 'SKIPPED' },
  queued: { status: 'QUEUED' },
  excluded: { outcome: 'EXCLUDED' },
};

/** A bar in which everybody of the audience is once, and its parts as numbers that lead to their people. */
export function Parts({ campaignId, figures }: Props) {
  const say = useText();
  const format = useFormat();
  const parts = [
    ...segments.map(({ kind, of }) => ({ kind, value: of(figures) })),
    ...(figures.excludedCount > 0 ? [{ kind: 'excluded' as const, value: figures.excludedCount }] : []),
  ];
  return (
    <section aria-label={say('campaigns.progress')} className={styles.parts}>
      <StatusBar figures={figures} tall />
      <ul className={styles.legend}>
        {parts.map(({ kind, value }) => (
          <li key={kind} data-kind={kind}>
            <PeopleLink campaignId={campaignId} of={peopleOf[kind]}>
              <span>{say(`campaigns.one.part.${kind}`)}</span>{' '}
              {/* Delivered and sent stand among the large figures; sent means something else there. */}
              <strong data-figure={kind === 'delivered' || kind === 'sent' ? undefined : kind}>
                {format.count(value)}
              </strong>
            </PeopleLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** From the audience to the order: how many people, and which share of those before. */
export function Figures({ campaignId, figures }: Props) {
  const say = useText();
  const format = useFormat();
  const { totalRecipients, sentCount, deliveredCount, readCount, repliedCount } = figures;
  const steps = [
    { name: 'audience', value: totalRecipients, of: {} },
    { name: 'sent', value: sentCount, rate: share(sentCount, totalRecipients), of: { outcome: 'SENT' } },
    { name: 'delivered', value: deliveredCount, rate: figures.deliveryRate, of: { outcome: 'DELIVERED' } },
    { name: 'read', value: readCount, rate: share(readCount, deliveredCount), of: { outcome: 'READ' } },
    { name: 'clicked', value: figures.clickedCount, rate: figures.clickRate, of: { outcome: 'CLICKED' } },
    {
      name: 'replied',
      value: repliedCount,
      rate: share(repliedCount, deliveredCount),
      of: { outcome: 'REPLIED' },
    },
    {
      name: 'converted',
      value: figures.convertedCount,
      rate: figures.conversionRate,
      of: { outcome: 'CONVERTED' },
    },
  ] as const;
  return (
    <ul className={styles.figures} aria-label={say('campaigns.one.figures')}>
      {steps.map(({ name, value, of, ...step }) => (
        <li key={name}>
          <PeopleLink campaignId={campaignId} of={of}>
            <span className={styles.label}>{say(`campaigns.one.figure.${name}`)}</span>{' '}
            <strong data-figure={name}>{format.count(value)}</strong>
          </PeopleLink>
          <span className={styles.rate}>
            {'rate' in step && step.rate !== null
              ? say(
                  `campaigns.one.rateOf.${name === 'sent' ? 'audience' : name === 'delivered' ? 'sent' : 'delivered'}`,
                  {
                    rate: format.percent(step.rate),
                  },
                )
              : '\u00a0'}
          </span>
          {name === 'converted' &&
            figures.revenue.map(({ amount, currency }) => (
              <span key={currency} className={styles.revenue}>
                {format.money(amount, currency)}
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}
