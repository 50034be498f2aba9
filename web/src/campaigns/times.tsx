import { absolute, ago, dayAndTime, duration } from '../format/time';
import { useNow } from '../format/use-now';
import type { CampaignSummaryFragment } from '../generated/graphql';

/** When a campaign started, how long it took or has taken so far, and when it was created. */
export function Times({ campaign, timeZone }: { campaign: CampaignSummaryFragment; timeZone: string }) {
  const { status, startedAt, completedAt } = campaign.stats;
  const running = startedAt !== null && completedAt === null && (status === 'ACTIVE' || status === 'PAUSED');
  const now = useNow(running ? 1000 : 30_000);
  const end = completedAt === null ? now : Date.parse(completedAt);
  return (
    <dl className="times">
      {startedAt !== null && (
        <>
          <div>
            <dt>Started</dt>
            <dd>
              <time dateTime={startedAt} title={absolute(startedAt, timeZone)}>
                {dayAndTime(startedAt, timeZone)}
              </time>
            </dd>
          </div>
          <div>
            <dt>{running ? 'For' : 'Took'}</dt>
            <dd>{duration(end - Date.parse(startedAt))}</dd>
          </div>
        </>
      )}
      <div>
        <dt>Created</dt>
        <dd>
          <time dateTime={campaign.createdAt} title={absolute(campaign.createdAt, timeZone)}>
            {ago(campaign.createdAt, now)}
          </time>
        </dd>
      </div>
    </dl>
  );
}
