import { Link } from '@tanstack/react-router';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { useText } from '../../i18n/text';
import { StatusChip } from '../status';
import styles from './campaign.module.css';
import type { Campaign } from './campaign-screen';

/** What people and the system did to the campaign, the oldest first. */
export function History({ campaign: { history } }: { campaign: Campaign }) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  if (history.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="history">
      <h2 id="history">{say('campaigns.one.history')}</h2>
      <ol className={styles.events}>
        {history.map(({ at, action, actor, reason }) => {
          const startsAt = action === 'SCHEDULED' ? timeIn(reason) : undefined;
          return (
            <li key={`${at} ${action}`}>
              <time dateTime={at}>{format.absolute(at, timezone)}</time>{' '}
              <span>
                {say(`campaigns.one.did.${actor === null ? 'itself' : 'person'}`, { action, actor })}
                {startsAt !== undefined ? (
                  <span className={styles.because}>
                    {say('campaigns.one.startsAt', { time: format.absolute(startsAt, timezone) })}
                  </span>
                ) : (
                  // That its time had come is said by "Started as scheduled".
                  reason !== null &&
                  !(action === 'STARTED' && actor === null) && (
                    <span className={styles.because} data-content>
                      {reason}
                    </span>
                  )
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The time in "Starts at 2026-11-26T19:09:21Z", the reason that the server writes when a campaign is scheduled. */
function timeIn(reason: string | null): string | undefined {
  const time = reason?.match(/^Starts at (\S+)$/)?.[1];
  return time !== undefined && !Number.isNaN(Date.parse(time)) ? time : undefined;
}

/** The campaign from whose people this one was made, and those made from its own. */
export function Relatives({ campaign: { parentCampaignId, children } }: { campaign: Campaign }) {
  const say = useText();
  if (parentCampaignId === null && children.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="relatives">
      <h2 id="relatives">{say('campaigns.one.relatives')}</h2>
      {parentCampaignId !== null && (
        <p>
          <Link to="/campaigns/$campaignId" params={{ campaignId: parentCampaignId }}>
            {say('campaigns.one.parent')}
          </Link>
        </p>
      )}
      <ul className={styles.plain}>
        {children.map(({ id, campaignName, status }) => (
          <li key={id}>
            <Link to="/campaigns/$campaignId" params={{ campaignId: id }}>
              {campaignName}
            </Link>{' '}
            <StatusChip status={status} />
          </li>
        ))}
      </ul>
    </section>
  );
}
