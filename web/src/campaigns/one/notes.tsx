import { useState } from 'react';
import { useErrorWords } from '../../api/use-error-words';
import { useFormat } from '../../format/use-format';
import { ResendUnconfirmedDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import { Action } from '../../ui/action';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import campaignStyles from '../campaigns.module.css';
import { useAttempt } from '../use-attempt';
import styles from './campaign.module.css';
import type { Campaign } from './campaign-screen';
import { PeopleLink } from './people-link';

/** What needs an explanation now, one sentence each: the canary, messages that WhatsApp holds back, unconfirmed ones. */
export function Notes({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const format = useFormat();
  const { canary, stats } = campaign;
  return (
    <>
      {canary?.state && canary.size !== null && stats.startedAt !== null && (
        <p className={styles.line}>
          {say('campaigns.one.canary', {
            state: canary.state,
            size: canary.size,
            wait: format.duration(canary.waitMinutes * 60_000),
          })}
        </p>
      )}
      {stats.heldCount > 0 && (
        <p className={styles.line}>{say('campaigns.one.held', { count: stats.heldCount })}</p>
      )}
      {stats.unconfirmedCount > 0 && <Unconfirmed campaign={campaign} />}
      {stats.optedOutCount > 0 && (
        <p className={styles.line}>{say('campaigns.one.optedOut', { count: stats.optedOutCount })}</p>
      )}
    </>
  );
}

function Unconfirmed({ campaign: { id, onUnconfirmed, stats } }: { campaign: Campaign }) {
  const say = useText();
  const words = useErrorWords();
  const mayResend = useMay('MARKETER');
  const { busy, problem, told, run } = useAttempt(id);
  const [asking, setAsking] = useState(false);
  const count = stats.unconfirmedCount;
  const possible = stats.status === 'ACTIVE' || stats.status === 'COMPLETED';
  return (
    <div className={styles.line}>
      <p>
        {say('campaigns.one.unconfirmed', { count, policy: onUnconfirmed })}{' '}
        <PeopleLink campaignId={id} of={{ outcome: 'UNCONFIRMED' }}>
          {say('campaigns.one.showPeople')}
        </PeopleLink>
      </p>
      {mayResend && possible && (
        <Action busy={busy} run={() => setAsking(true)}>
          {say('campaigns.one.resend')}
        </Action>
      )}
      <p role="status" className={told === undefined ? 'visually-hidden' : undefined}>
        {told}
      </p>
      {problem !== undefined && (
        <p className={campaignStyles.problem} role="alert">
          {words(problem)}
        </p>
      )}
      {asking && (
        <ConfirmDialog
          title={say('campaigns.one.askResend', { count })}
          yes={say('campaigns.one.resend')}
          no={say('campaigns.notNow')}
          danger
          confirm={() => {
            setAsking(false);
            void run(ResendUnconfirmedDocument, say('campaigns.one.resent'));
          }}
          dismiss={() => setAsking(false)}
        >
          <p>{say('campaigns.one.askResendWords')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
