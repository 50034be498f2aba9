import { Link, useParams } from '@tanstack/react-router';
import { useFormat } from '../../format/use-format';
import { useNow } from '../../format/use-now';
import { useBusiness } from '../../frame/business';
import { NoScreen } from '../../frame/problems';
import type { CampaignPageQuery } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { ErrorState } from '../../ui/error-state';
import { PageHeader } from '../../ui/page-header';
import { SkeletonRows } from '../../ui/skeleton-rows';
import { StatusAnnouncer } from '../announcer';
import { StatusChip } from '../status';
import { Times } from '../times';
import { useStatusReason } from '../use-status-reason';
import styles from './campaign.module.css';
import { Earned } from './earned';
import { ExportMenu } from './export-menu';
import { Failures } from './failures';
import { Figures, Parts } from './figures';
import { History, Relatives } from './history';
import { Notes } from './notes';
import { PageActions } from './page-actions';
import { Recipients } from './recipients';
import { sentencesOf } from './sentences';
import { Timeline } from './timeline';
import { useCampaign, useDelivery } from './use-campaign';

export type Campaign = CampaignPageQuery['campaign'];

/** One campaign, from its start to what it earned. */
export function CampaignScreen() {
  const { campaignId } = useParams({ from: '/campaigns/$campaignId' });
  // Ids are UUIDs; other words belong to other screens.
  if (!/^[\da-f-]{36}$/i.test(campaignId)) return <NoScreen />;
  return <OneCampaign key={campaignId} id={campaignId} />;
}

function OneCampaign({ id }: { id: string }) {
  const say = useText();
  const { campaign, error, refetch } = useCampaign(id);
  if (campaign) return <Loaded campaign={campaign} />;
  return (
    <>
      <PageHeader title={say('campaigns.campaign')} />
      {error ? (
        <ErrorState
          title={say('campaigns.oneFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      ) : (
        <SkeletonRows />
      )}
    </>
  );
}

function Loaded({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const { timezone } = useBusiness();
  const { id, stats, notices } = campaign;
  const begun = stats.startedAt !== null;
  const ended = stats.completedAt !== null;
  return (
    <>
      <PageHeader
        title={campaign.campaignName || say('campaigns.unnamed')}
        sentence={<State campaign={campaign} />}
        actions={<PageActions campaign={campaign} />}
      />
      <StatusAnnouncer campaigns={[campaign]} />
      {notices.map((notice) => (
        <p key={notice} className={styles.note} data-content>
          {notice}
        </p>
      ))}
      <div className={styles.page}>
        {begun && (
          <>
            <Parts campaignId={id} figures={stats} />
            <Figures campaignId={id} figures={stats} />
            <div className={styles.jumps}>
              <nav aria-label={say('campaigns.one.onThisPage')}>
                <Link to="." search={(before) => before} hash="failures">
                  {say('campaigns.one.failures')}
                </Link>
                <Link to="." search={(before) => before} hash="recipients">
                  {say('campaigns.one.recipients')}
                </Link>
              </nav>
              <ExportMenu campaign={campaign} />
            </div>
          </>
        )}
        <Notes campaign={campaign} />
        <Times campaign={campaign} timeZone={timezone} />
        {begun && (
          <>
            {ended && <Earned campaign={campaign} />}
            <Timeline campaign={campaign} />
            <Failures campaign={campaign} />
            <Recipients campaign={campaign} />
          </>
        )}
        <Relatives campaign={campaign} />
        <History campaign={campaign} />
      </div>
    </>
  );
}

/** The state by word and colour, then in sentences. */
function State({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const active = campaign.stats.status === 'ACTIVE';
  const delivery = useDelivery(campaign.id, active);
  const now = useNow(active ? 1000 : undefined);
  const reason = useStatusReason(campaign);
  const sentences = sentencesOf(
    { figures: campaign.stats, delivery, startsAt: campaign.schedule?.startsAt, timeZone: timezone, now },
    say,
    format,
  );
  return (
    <>
      <StatusChip status={campaign.stats.status} /> {sentences.join(' ')}
      {reason !== null && (
        <span className={styles.reason} data-content>
          {reason}
        </span>
      )}
    </>
  );
}
