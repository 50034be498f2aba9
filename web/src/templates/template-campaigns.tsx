import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { TemplateCampaignsDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { DataTable } from '../ui/data-table';
import { ErrorState } from '../ui/error-state';
import { SkeletonRows } from '../ui/skeleton-rows';
import { When } from '../ui/when';
import styles from './templates.module.css';

/** The campaigns that used a template, newest first, with their rates. */
export function TemplateCampaigns({ templateId }: { templateId: string }) {
  const say = useText();
  const format = useFormat();
  const { id: businessId, timezone } = useBusiness();
  const { data, error, refetch } = useQuery(TemplateCampaignsDocument, {
    variables: { businessId, templateId },
    fetchPolicy: 'cache-and-network',
  });
  const campaigns = data?.campaigns.campaigns;
  const total = data?.campaigns.total ?? 0;
  return (
    <section className={styles.section} aria-labelledby="used">
      <h2 id="used">{say('templates.used')}</h2>
      {error && (
        <ErrorState
          title={say('templates.usedFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!campaigns && !error && <SkeletonRows rows={2} />}
      {campaigns?.length === 0 && <p className="muted">{say('templates.usedNone')}</p>}
      {campaigns && campaigns.length > 0 && (
        <DataTable
          caption={say('templates.usedCaption')}
          rows={campaigns}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              header: say('campaigns.campaign'),
              cell: ({ id, campaignName, startedAt }) => (
                <>
                  <Link to="/campaigns/$campaignId" params={{ campaignId: id }} data-content>
                    {campaignName || say('campaigns.unnamed')}
                  </Link>
                  <br />
                  <span className={`muted small ${styles.under}`}>
                    {startedAt === null ? (
                      say('templates.notStarted')
                    ) : (
                      <When at={startedAt} timeZone={timezone} />
                    )}
                  </span>
                </>
              ),
            },
            {
              key: 'status',
              header: say('templates.status'),
              cell: ({ status }) => say('campaigns.status', { status }),
            },
            {
              key: 'sent',
              header: say('templates.sent'),
              numeric: true,
              cell: ({ stats }) => format.count(stats.sentCount),
            },
            {
              key: 'delivered',
              header: say('campaigns.delivered'),
              numeric: true,
              cell: ({ stats }) => format.percent(stats.deliveryRate),
            },
            {
              key: 'clicked',
              header: say('campaigns.clicked'),
              numeric: true,
              cell: ({ stats }) => format.percent(stats.clickRate),
            },
            {
              key: 'converted',
              header: say('campaigns.converted'),
              numeric: true,
              cell: ({ stats }) => format.percent(stats.conversionRate),
            },
          ]}
        />
      )}
      {campaigns && total > campaigns.length && (
        <p className="muted">{say('ui.shownOf', { count: campaigns.length, total })}</p>
      )}
    </section>
  );
}
