import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useBusiness } from '../frame/business';
import {
  CloneCampaignDocument,
  DeleteCampaignDocument,
  RetryableDocument,
  UnscheduleCampaignDocument,
  WizardCampaignDocument,
} from '../generated/graphql';
import type { CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ConfirmDialog } from '../ui/confirm-dialog';
import styles from './campaigns.module.css';
import { MoreIcon } from './icons';
import { forgetWhen } from './new/forget-when';
import { keepWhen } from './new/kept-when';
import { stepAddress } from './new/steps';
import { whenOf } from './new/when';

export interface MenuProps {
  campaign: CampaignSummaryFragment;
  /** Asks before it is cancelled; left out if it cannot be. */
  cancel: (() => void) | undefined;
  /** Sends messages again that failed for a reason worth it. */
  retry: () => void;
  /** Called with why something could not be done; undefined when it is tried again. */
  failed: (problem: unknown) => void;
}

/** The longest name of a campaign. */
const longest = 200;

/** A copy of a campaign, its end, and what takes back a schedule; mounted when it is first opened. */
export default function CampaignMenuItems({
  campaign: { id: campaignId, campaignName, stats },
  cancel,
  retry,
  failed,
}: MenuProps) {
  const say = useText();
  const client = useApolloClient();
  const { timezone } = useBusiness();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const name = campaignName || say('campaigns.unnamed');
  const changeable = stats.status === 'DRAFT' || stats.status === 'SCHEDULED';
  const retried = (stats.status === 'ACTIVE' || stats.status === 'COMPLETED') && stats.failedCount > 0;
  // Not read with the list: the server looks through the failures for it.
  const { data, error, refetch } = useQuery(RetryableDocument, {
    variables: { id: campaignId },
    skip: !retried,
    fetchPolicy: 'network-only',
  });
  const retryable = data?.campaign.retryable;
  const notCounted = retryable === undefined && error !== undefined;
  const count = () => void refetch().catch(() => undefined); // a number that was known stays

  const clone = async () => {
    const copy =
      campaignName === '' ? say('campaigns.copy') : say('campaigns.copyOf', { name: campaignName });
    const { data } = await client.mutate({
      mutation: CloneCampaignDocument,
      variables: { campaignId, campaignName: copy.slice(0, longest) },
    });
    if (!data) return;
    await navigate({ to: stepAddress('audience', data.cloneCampaign.id) });
  };
  const unschedule = async () => {
    const before = await client
      .query({
        query: WizardCampaignDocument,
        variables: { id: campaignId },
        fetchPolicy: 'network-only',
      })
      .catch(() => undefined); // the draft then proposes no time
    await client.mutate({ mutation: UnscheduleCampaignDocument, variables: { campaignId } });
    // What was planned is what the draft proposes.
    const schedule = before?.data?.campaign.schedule;
    if (schedule) keepWhen(campaignId, whenOf(schedule, timezone));
  };
  const remove = async () => {
    setAsking(false);
    await client.mutate({ mutation: DeleteCampaignDocument, variables: { campaignId } });
    forgetWhen(campaignId);
    await client.refetchQueries({ include: ['Campaigns'] });
  };
  const run = (what: () => Promise<void>) => {
    failed(undefined);
    what().catch(failed);
  };

  return (
    <>
      <Menu
        position="bottom-end"
        defaultOpened
        onOpen={() => {
          if (retried) count();
        }}
      >
        <Menu.Target>
          <Button variant="subtle" px={8} aria-label={say('campaigns.more', { name })}>
            <MoreIcon />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {changeable && (
            <Menu.Item onClick={() => void navigate({ to: stepAddress('audience', campaignId) })}>
              {say('campaigns.edit')}
            </Menu.Item>
          )}
          {retried && (
            <Menu.Item
              disabled={!retryable && !notCounted}
              closeMenuOnClick={!notCounted}
              onClick={() => (notCounted ? count() : retry())}
            >
              {notCounted
                ? say('campaigns.retryNotCounted')
                : retryable === undefined
                  ? say('campaigns.retryCounting')
                  : say('campaigns.retry', { count: retryable })}
              {retryable === 0 && <span className={styles.why}>{say('campaigns.retryNone')}</span>}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => run(clone)}>{say('campaigns.clone')}</Menu.Item>
          {cancel && <Menu.Item onClick={cancel}>{say('campaigns.cancelYes')}</Menu.Item>}
          {stats.status === 'SCHEDULED' && (
            <Menu.Item onClick={() => run(unschedule)}>{say('campaigns.unschedule')}</Menu.Item>
          )}
          {stats.status === 'DRAFT' && (
            <Menu.Item onClick={() => setAsking(true)}>{say('campaigns.delete')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <ConfirmDialog
          title={say('campaigns.askDelete', { name })}
          yes={say('campaigns.deleteYes')}
          no={say('campaigns.keep')}
          danger
          confirm={() => run(remove)}
          dismiss={() => setAsking(false)}
        >
          <p>{say('campaigns.askDeleteWords')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
