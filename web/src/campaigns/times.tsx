import { useFormat } from '../format/use-format';
import { useNow } from '../format/use-now';
import type { CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { When } from '../ui/when';
import styles from './campaigns.module.css';

/** When a campaign started, how long it took or has taken so far, and when it was created. */
export function Times({ campaign, timeZone }: { campaign: CampaignSummaryFragment; timeZone: string }) {
  const say = useText();
  const format = useFormat();
  const { status, startedAt, completedAt } = campaign.stats;
  const running = startedAt !== null && completedAt === null && (status === 'ACTIVE' || status === 'PAUSED');
  const now = useNow(running ? 1000 : undefined);
  return (
    <dl className={styles.times}>
      {startedAt !== null && (
        <>
          <div>
            <dt>{say('campaigns.started')}</dt>
            <dd>
              <When at={startedAt} timeZone={timeZone} />
            </dd>
          </div>
          {(running || completedAt !== null) && (
            <div>
              <dt>{say(running ? 'campaigns.lasts' : 'campaigns.took')}</dt>
              <dd>
                {format.duration(
                  (completedAt === null ? now : Date.parse(completedAt)) - Date.parse(startedAt),
                )}
              </dd>
            </div>
          )}
        </>
      )}
      {status === 'SCHEDULED' && campaign.schedule && (
        <div>
          <dt>{say('campaigns.startsAt')}</dt>
          <dd>{format.dayAndZone(campaign.schedule.startsAt, timeZone)}</dd>
        </div>
      )}
      {startedAt === null && status !== 'SCHEDULED' && (
        <div>
          <dt>{say('campaigns.created')}</dt>
          <dd>
            <When at={campaign.createdAt} timeZone={timeZone} />
          </dd>
        </div>
      )}
    </dl>
  );
}
