import { useApolloClient } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useErrorWords } from '../../api/use-error-words';
import { CampaignFromRecipientsDocument, SegmentFromRecipientsDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import { Action } from '../../ui/action';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import campaignStyles from '../campaigns.module.css';
import { stepAddress } from '../new/steps';
import { useAttempt } from '../use-attempt';
import type { Campaign } from './campaign-screen';
import type { Group } from './people-filter';
import { exportOf, isEverybody } from './people-filter';
import people from './people.module.css';
import { useExport } from './use-export';

interface Props {
  campaign: Campaign;
  group: Group;
  /** What was searched for, if anything: a file can be limited to it, a segment cannot. */
  find: string | undefined;
  count: number;
}

const longest = 200;

/** Makes the people who are listed a segment, a new campaign that is linked with this one, or a file. */
export function SliceActions({ campaign, group, find, count }: Props) {
  const say = useText();
  const words = useErrorWords();
  const client = useApolloClient();
  const navigate = useNavigate();
  const mayChange = useMay('MARKETER');
  const file = useExport(campaign);
  const { busy, problem, attempt } = useAttempt(campaign.id);
  const [asking, setAsking] = useState<'segment' | 'campaign'>();
  const [name, setName] = useState('');
  /** The segment that was made last. */
  const [made, setMade] = useState<{ segmentId: string; name: string }>();
  const reason = find !== undefined || isEverybody(group) ? say('campaigns.one.sliceReason') : undefined;

  const which = [
    ...(group.outcome ?? []).map((outcome) => say('campaigns.one.outcomeName', { outcome })),
    ...(group.status ?? []).slice(0, 1).map((status) => say('campaigns.one.statusName', { status })),
    ...(group.errorCode ?? []).map((code) => say('campaigns.one.codeName', { code: String(code) })),
    ...(find === undefined ? [] : [find]),
  ].join(', ');
  const ask = (what: 'segment' | 'campaign') => {
    setName(`${campaign.campaignName}: ${which}`.slice(0, longest));
    setAsking(what);
  };
  const make = async () => {
    const what = asking;
    setAsking(undefined);
    setMade(undefined);
    const chosen = name.trim();
    const input = { campaignId: campaign.id, ...group };
    await attempt(async () => {
      if (what === 'segment') {
        const { data } = await client.mutate({
          mutation: SegmentFromRecipientsDocument,
          variables: { input: { ...input, name: chosen } },
        });
        client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'segments' });
        if (data) setMade({ segmentId: data.createSegmentFromRecipients.id, name: chosen });
        return;
      }
      const { data } = await client.mutate({
        mutation: CampaignFromRecipientsDocument,
        variables: { input: { ...input, campaignName: chosen } },
      });
      if (data) await navigate({ to: stepAddress('message', data.createCampaignFromRecipients.id) });
    });
  };
  return (
    <div className={people.slice}>
      {mayChange && (
        <Action busy={busy} reason={reason} run={() => ask('segment')}>
          {say('campaigns.one.makeSegment', { count })}
        </Action>
      )}
      {mayChange && reason === undefined && (
        <Action busy={busy} run={() => ask('campaign')}>
          {say('campaigns.one.sendAgain', { count })}
        </Action>
      )}
      <Action busy={file.busy} run={() => void file.save(exportOf(group, find), which)}>
        {say('campaigns.one.download', { count })}
      </Action>
      <p role="status" className={made === undefined ? 'visually-hidden' : undefined}>
        {made !== undefined && (
          <>
            {say('campaigns.one.segmentMade')}{' '}
            <Link to="/segments/$segmentId" params={{ segmentId: made.segmentId }}>
              {made.name}
            </Link>
          </>
        )}
      </p>
      {[problem, file.problem].map(
        (one, i) =>
          one !== undefined && (
            <p key={i} className={campaignStyles.problem} role="alert">
              {words(one)}
            </p>
          ),
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
