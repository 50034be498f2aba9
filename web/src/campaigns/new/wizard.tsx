import { useApolloClient, useQuery } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { sampleSize } from '../../audience/audience-count';
import { CountedAudience } from '../../audience/counted-audience';
import { usePreview } from '../../audience/use-preview';
import { useBusiness } from '../../frame/business';
import {
  CreateCampaignDocument,
  SendCampaignDocument,
  WizardSendersDocument,
  WizardTemplatesDocument,
} from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { ErrorState } from '../../ui/error-state';
import { SkeletonRows } from '../../ui/skeleton-rows';
import { AudienceStep } from './audience-step';
import { campaignInput } from './campaign-input';
import { peopleOf } from './draft';
import { MessageStep } from './message-step';
import { Preview } from './preview';
import { blockersOf, warningsOf } from './problems';
import { ReviewStep } from './review-step';
import { SendBar } from './send-bar';
import { StepBar } from './step-bar';
import { StepHeader } from './step-header';
import { stepAddress } from './steps';
import type { Step } from './steps';
import { useDraft } from './use-draft';
import { useSending } from './use-sending';
import { variablesOf } from './variables';
import { WhenStep } from './when-step';
import styles from './wizard.module.css';

interface Props {
  step: Step;
  /** Left out for a new campaign. */
  campaignId: string | undefined;
}

/** The four steps to a campaign, with the people and the message beside them. It stays mounted from step to step. */
export function Wizard({ step, campaignId }: Props) {
  const say = useText();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { id: businessId } = useBusiness();
  const { draft, change, forget } = useDraft(campaignId);
  const templates = useQuery(WizardTemplatesDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
  });
  const senders = useQuery(WizardSendersDocument, { variables: { businessId } }).data?.senders ?? [];
  const sender = senders.find(({ id }) => id === draft.senderId) ?? senders[0];
  const known = templates.data?.templates;
  const template = known?.find(({ id }) => id === draft.templateId);
  const variables = useMemo(() => (template ? variablesOf(template) : []), [template]);
  const people = peopleOf(draft);
  const counted = usePreview(
    people && { ...people, businessId, sampleSize, category: template?.category ?? null },
  );
  const sample = counted.preview?.sample ?? [];
  const blockers = blockersOf(say, { draft, counted, template, variables });
  const warnings = warningsOf(say, draft, template, variables, sample);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());

  // The people of the review are counted when it is opened: others may have opted out since the first step.
  const { countAgain } = counted;
  useEffect(() => {
    if (step === 'review') countAgain();
  }, [step, countAgain]);

  const sending = useSending(async (screen) => {
    const { data } = await client.mutate({
      mutation: CreateCampaignDocument,
      variables: { input: campaignInput(draft, businessId, variables) },
    });
    if (!data) return;
    await client.mutate({
      mutation: SendCampaignDocument,
      variables: { campaignId: data.createCampaign.id },
    });
    forget();
    if (screen.left) return;
    await navigate({ to: '/campaigns', search: ({ business }) => ({ business }) });
  });
  const { undo } = sending;
  const underWay = sending.state.is !== 'IDLE';
  useEffect(() => {
    if (step !== 'review') undo();
  }, [step, undo]);

  const loading = !known && !templates.error && (step === 'message' || step === 'review');
  const preview = (
    <Preview
      template={template}
      variables={variables}
      draft={draft}
      people={sample}
    />
  );
  return (
    <div className={styles.wizard}>
      <StepHeader step={step} campaignId={campaignId} name={draft.name} fixed={underWay} />
      {templates.error && (
        <ErrorState
          title={say('campaigns.templatesFailed')}
          error={templates.error}
          retry={() => void templates.refetch().catch(() => undefined)}
        />
      )}
      {sending.state.is === 'IDLE' && sending.state.problem !== undefined && (
        <ErrorState title={say('campaigns.notSent')} error={sending.state.problem} />
      )}
      <div className={styles.columns}>
        <div className={styles.content}>
          {/* Stays, so that conditions that are not complete are there when one comes back. */}
          <div hidden={step !== 'audience'}>
            <AudienceStep draft={draft} change={change} />
          </div>
          {loading && <SkeletonRows />}
          {!loading && step === 'message' && (
            <MessageStep
              draft={draft}
              change={change}
              template={template}
              variables={variables}
              templates={known ?? []}
              senders={senders}
              people={sample}
            />
          )}
          {step === 'when' && <WhenStep count={counted.preview?.count} sender={sender} />}
          {!loading && step === 'review' && (
            <ReviewStep
              draft={draft}
              campaignId={campaignId}
              template={template}
              variables={variables}
              sender={sender}
              count={counted.preview?.count}
              blockers={blockers}
              warnings={warnings}
              seen={seen}
              setSeen={setSeen}
            />
          )}
        </div>
        <div className={styles.rail}>
          {(step === 'message' || step === 'review') && preview}
          <CountedAudience
            audience={people ?? { audienceType: draft.audienceType }}
            counted={counted}
            withSample={step === 'audience'}
          />
        </div>
      </div>
      <StepBar
        step={step}
        campaignId={campaignId}
        reason={blockers.find((blocker) => blocker.step === step)?.words}
        people={counted.preview?.count}
      >
        {step === 'review' && (
          <SendBar
            counted={counted}
            sending={sending}
            reason={
              blockers.length > 0
                ? say('campaigns.blocked', { count: blockers.length })
                : warnings.every((words) => seen.has(words))
                  ? undefined
                  : say('campaigns.tick')
            }
            back={() => void navigate({ to: stepAddress('when', campaignId) })}
          />
        )}
      </StepBar>
    </div>
  );
}
