import { useQuery } from '@apollo/client/react';
import { useFormat } from '../../format/use-format';
import { CampaignEarnedDocument } from '../../generated/graphql';
import type { CampaignEarnedQuery } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { DataTable } from '../../ui/data-table';
import { ErrorState } from '../../ui/error-state';
import styles from './campaign.module.css';
import type { Campaign } from './campaign-screen';
import { PeopleLink } from './people-link';
import { useReread } from './use-reread';

type Lift = NonNullable<CampaignEarnedQuery['campaign']['lift']>;

const rereadMs = 5000;

/** What a campaign brought and cost, what of it came because of the campaign, its links, and whom to write to again. */
export function Earned({ campaign: { id, stats } }: { campaign: Campaign }) {
  const say = useText();
  const format = useFormat();
  const { data, error, refetch } = useQuery(CampaignEarnedDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useReread(stats.version, rereadMs, refetch);
  const { lift, links } = data?.campaign ?? { lift: null, links: [] };
  // Without a counted link everybody would stand among those who did not click.
  const clicksCounted = links.length > 0 || stats.clickedCount > 0;
  const sums = (amounts: { amount: string; currency: string }[]) =>
    amounts.length === 0
      ? say('campaigns.one.nothing')
      : amounts.map(({ amount, currency }) => format.money(amount, currency)).join(' + ');
  return (
    <section className={styles.section} aria-labelledby="earned">
      <h2 id="earned">{say('campaigns.one.earned')}</h2>
      <dl className={styles.sums}>
        <div>
          <dt>{say('campaigns.one.revenue')}</dt>
          <dd data-money="revenue">{sums(stats.revenue)}</dd>
        </div>
        <div>
          <dt>{say('campaigns.one.cost')}</dt>
          <dd data-money="cost">{sums(stats.cost)}</dd>
        </div>
      </dl>
      {error && (
        <ErrorState
          title={say('campaigns.one.earnedFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {lift && <LiftWords lift={lift} />}
      {links.length > 0 && (
        <DataTable
          caption={say('campaigns.one.links')}
          rows={links}
          rowKey={({ place }) => String(place)}
          columns={[
            {
              key: 'link',
              header: say('campaigns.one.link'),
              cell: ({ label }) => <span data-content>{label}</span>,
            },
            {
              key: 'people',
              header: say('campaigns.one.people'),
              numeric: true,
              cell: ({ people }) => format.count(people),
            },
            {
              key: 'clicks',
              header: say('campaigns.one.clicks'),
              numeric: true,
              cell: ({ clicks }) => format.count(clicks),
            },
            {
              key: 'bots',
              header: say('campaigns.one.botClicks'),
              numeric: true,
              cell: ({ botClicks }) => format.count(botClicks),
            },
          ]}
        />
      )}
      {stats.sentCount > 0 && (
        <p className={styles.goOn}>
          {say('campaigns.one.goOn')}{' '}
          <PeopleLink campaignId={id} of={{ outcome: 'NOT_READ' }}>
            {say('campaigns.one.goOn.notRead', { count: stats.sentCount - stats.readCount })}
          </PeopleLink>
          {clicksCounted && (
            <>
              {' · '}
              <PeopleLink campaignId={id} of={{ outcome: 'NOT_CLICKED' }}>
                {say('campaigns.one.goOn.notClicked', { count: stats.sentCount - stats.clickedCount })}
              </PeopleLink>
              {' · '}
              <PeopleLink campaignId={id} of={{ outcome: 'CLICKED' }}>
                {say('campaigns.one.goOn.clicked', { count: stats.clickedCount })}
              </PeopleLink>
            </>
          )}
        </p>
      )}
      {stats.sentCount > 0 && data && !clicksCounted && (
        <p className="muted">{say('campaigns.one.noLinks')}</p>
      )}
    </section>
  );
}

/** The comparison with the people who were held out, with how sure it is. */
function LiftWords({ lift }: { lift: Lift }) {
  const say = useText();
  const format = useFormat();
  const { incremental, low, high, confidence } = lift;
  return (
    <>
      <p>
        {say('campaigns.one.lift', {
          sentTo: lift.sentTo,
          rate: format.percent(lift.convertedRate),
          holdout: lift.holdoutSize,
          holdoutRate: format.percent(lift.holdoutRate),
        })}
      </p>
      {incremental !== null && low !== null && high !== null && (
        <p>
          {low <= 0 && high >= 0
            ? say('campaigns.one.liftChance', {
                orders: Math.abs(Math.round(incremental)),
                direction: incremental < 0 ? 'fewer' : 'more',
                fewer: Math.round(-low),
                more: Math.round(high),
                confidence,
              })
            : say('campaigns.one.liftSure', {
                orders: Math.abs(Math.round(incremental)),
                direction: incremental < 0 ? 'fewer' : 'more',
                low: Math.round(Math.min(Math.abs(low), Math.abs(high))),
                high: Math.round(Math.max(Math.abs(low), Math.abs(high))),
                confidence,
              })}
        </p>
      )}
    </>
  );
}
