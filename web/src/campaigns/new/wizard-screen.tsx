import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useBusiness } from '../../frame/business';
import { NoScreen } from '../../frame/problems';
import { WizardCampaignDocument, WizardTemplatesDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/error-state';
import { PageHeader } from '../../ui/page-header';
import { SkeletonRows } from '../../ui/skeleton-rows';
import { draftOf } from './campaign-input';
import { keptDraft, newDraft } from './kept-draft';
import type { Kept } from './kept-draft';
import { forgetWhen } from './forget-when';
import { keptWhen } from './kept-when';
import { addressOf } from './steps';
import type { Step } from './steps';
import type { StoredDraft } from './use-draft';
import { Wizard } from './wizard';

/** A new campaign, or a draft that is changed, at one of its steps. */
export function WizardScreen() {
  const say = useText();
  const mayChange = useMay('MARKETER');
  const { first, second, third } = useParams({ strict: false });
  const address = addressOf([first, second, third].filter(Boolean).join('/'));
  if (!address) return <NoScreen />;
  const { step, campaignId } = address;
  if (!mayChange)
    return (
      <>
        <PageHeader title={say(`campaigns.step.${step}`)} />
        <EmptyState
          title={say('campaigns.mayNot')}
          action={<Link to="/campaigns">{say('ui.goToCampaigns')}</Link>}
        >
          {say('campaigns.mayNotNext')}
        </EmptyState>
      </>
    );
  return <Campaign step={step} campaignId={campaignId} />;
}

interface Props {
  step: Step;
  campaignId: string | undefined;
}

/** A new campaign gets its own address as soon as it is stored, without anything on the screen being drawn anew. */
function Campaign({ step, campaignId }: Props) {
  const { id: businessId } = useBusiness();
  const [fresh, setFresh] = useState(() => ({
    number: 1,
    start: keptDraft(businessId, undefined) ?? newDraft(),
    madeId: undefined as string | undefined,
    shownId: campaignId,
  }));
  if (fresh.shownId !== campaignId) {
    // Back at the address of a new one after another was made here.
    const again = campaignId === undefined && fresh.madeId !== undefined;
    setFresh({
      ...fresh,
      shownId: campaignId,
      ...(again && { number: fresh.number + 1, start: newDraft(), madeId: undefined }),
    });
  }
  if (campaignId !== undefined && campaignId !== fresh.madeId)
    return <StoredCampaign key={campaignId} step={step} campaignId={campaignId} />;
  return (
    <Wizard
      key={fresh.number}
      step={step}
      start={fresh.start}
      stored={undefined}
      startsAt={undefined}
      campaignId={campaignId}
      onCreated={(madeId) => setFresh((before) => ({ ...before, madeId }))}
    />
  );
}

interface Start {
  kept: Kept;
  stored: StoredDraft;
  /** It has not started. */
  changeable: boolean;
}

/** Loads a draft, and what this tab has kept of it. */
function StoredCampaign({ step, campaignId }: { step: Step; campaignId: string }) {
  const say = useText();
  const { id: businessId, timezone } = useBusiness();
  const { data, error, refetch } = useQuery(WizardCampaignDocument, {
    variables: { id: campaignId },
    fetchPolicy: 'network-only',
  });
  const templates = useQuery(WizardTemplatesDocument, { variables: { businessId } });
  // Read once: what is stored while it is changed must not replace what is shown.
  const [start, setStart] = useState<Start>();
  const campaign = data?.campaign;
  const known = templates.data?.templates;
  if (!start && campaign && known) {
    const draft = draftOf(campaign, timezone);
    const kept = keptDraft(businessId, campaignId);
    const current = kept && (kept.changed || kept.storedAt === campaign.updatedAt);
    const shown = current ? kept : { ...newDraft(), draft, storedAt: campaign.updatedAt };
    const when = campaign.status === 'DRAFT' ? keptWhen(campaignId) : undefined;
    setStart({
      kept: when ? { ...shown, draft: { ...shown.draft, when } } : shown,
      stored: { id: campaignId, draft },
      changeable: campaign.status === 'DRAFT' || campaign.status === 'SCHEDULED',
    });
  }
  const begun = start !== undefined && !start.changeable;
  useEffect(() => {
    if (begun) forgetWhen(campaignId);
  }, [begun, campaignId]);
  if (start?.changeable)
    return (
      <Wizard
        step={step}
        start={start.kept}
        stored={start.stored}
        startsAt={campaign?.status === 'SCHEDULED' ? campaign.schedule?.sendAt : undefined}
        campaignId={campaignId}
        onCreated={() => undefined}
      />
    );
  const failed = error ?? templates.error;
  return (
    <>
      <PageHeader title={say(`campaigns.step.${step}`)} />
      {failed ? (
        <ErrorState
          title={say('campaigns.oneFailed')}
          error={failed}
          retry={() => void Promise.all([refetch(), templates.refetch()]).catch(() => undefined)}
        />
      ) : campaign && start ? (
        <EmptyState
          title={say('campaigns.begun', { name: campaign.campaignName })}
          action={<Link to="/campaigns">{say('ui.goToCampaigns')}</Link>}
        >
          {say('campaigns.begunNext')}
        </EmptyState>
      ) : (
        <SkeletonRows />
      )}
    </>
  );
}
