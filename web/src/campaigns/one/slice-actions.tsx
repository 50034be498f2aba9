import { useApolloClient } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useErrorWords } from '../../api/use-error-words';
import { CampaignFromRecipientsDocument, SegmentFromRecipientsDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { Action } from '../../ui/action';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import campaignStyles from '../campaigns.module.css';
import { stepAddress } from '../new/steps';
import { useAttempt } from '../use-attempt';
import type { Campaign } from './campaign-screen';
import type { Group } from './people-filter';
import { isEverybody } from './people-filter';
import people from './people.module.css';

interface Props {
  campaign: Campaign;
  group: Group;
  /** The list is limited to a text too, which a segment cannot be. */
  searched: boolean;
  count: number;
}

const longest = 200;

/** Makes the people who are listed a segment, or a new campaign that is linked with this one. */
export function SliceActions({ campaign, group, searched, count }: Props) {
  const say = useText();
  const words = useErrorWords();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { busy, problem, attempt } = useAttempt(campaign.id);
  const [asking, setAsking] = useState<'segment' | 'campaign'>();
  const [name, setName] = useState('');
  const [segmentId, setSegmentId] = useState<string>();
  const reason = searched || isEverybody(group) ? say('campaigns.one.sliceReason') : undefined;

  const ask = (what: 'segment' | 'campaign') => {
    const code = group.errorCode?.[0];
    const which =
      code === undefined
        ? group.outcome
          ? say('campaigns.one.outcomeName', { outcome: group.outcome[0] })
          : say('campaigns.one.statusName', { status: group.status?.[0] })
        : say('campaigns.one.codeName', { code: String(code) });
    setName(`${campaign.campaignName}: ${which}`.slice(0, longest));
    setAsking(what);
  };
  const make = async () => {
    const what = asking;
    setAsking(undefined);
    setSegmentId(undefined);
    const input = { campaignId: campaign.id, ...group };
    await attempt(async () => {
      if (what === 'segment') {
        const { data } = await client.mutate({
          mutation: SegmentFromRecipientsDocument,
          variables: { input: { ...input, name: name.trim() } },
        });
        client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'segments' });
        setSegmentId(data?.createSegmentFromRecipients.id);
        return;
      }
      const { data } = await client.mutate({
        mutation: CampaignFromRecipientsDocument,
        variables: { input: { ...input, campaignName: name.trim() } },
      });
      if (data) await navigate({ to: stepAddress('message', data.createCampaignFromRecipients.id) });
    });
  };
  return (
    <div className={people.slice}>
      <Action busy={busy} reason={reason} run={() => ask('segment')}>
        {say('campaigns.one.makeSegment', { count })}
      </Action>
      {reason === undefined && (
        <Action busy={busy} run={() => ask('campaign')}>
          {say('campaigns.one.sendAgain', { count })}
        </Action>
      )}
      <p role="status" className={segmentId === undefined ? 'visually-hidden' : undefined}>
        {segmentId !== undefined && (
          <>
            {say('campaigns.one.segmentMade')}{' '}
            <Link to="/segments/$segmentId" params={{ segmentId }}>
              {name}
            </Link>
          </>
        )}
      </p>
      {problem !== undefined && (
        <p className={campaignStyles.problem} role="alert">
          {words(problem)}
        </p>
      )}
      {asking && (
        <ConfirmDialog
          title={say(asking === 'segment' ? 'campaigns.one.makeSegment' : 'campaigns.one.sendAgain', {
            count,
          })}
          yes={say(asking === 'segment' ? 'campaigns.one.saveSegment' : 'campaigns.one.makeDraft')}
          no={say('campaigns.notNow')}
          confirm={() => void make()}
          dismiss={() => setAsking(undefined)}
        >
          <p>{say(asking === 'segment' ? 'campaigns.one.segmentWords' : 'campaigns.one.draftWords')}</p>
          <TextInput
            label={say('campaigns.one.sliceName')}
            value={name}
            maxLength={longest}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        </ConfirmDialog>
      )}
    </div>
  );
}
