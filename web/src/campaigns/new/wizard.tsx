import { useApolloClient, useQuery } from '@apollo/client/react';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { sampleSize } from '../../audience/audience-count';
import { CountedAudience } from '../../audience/counted-audience';
import { usePreview } from '../../audience/use-preview';
import { useNow } from '../../format/use-now';
import { useBusiness } from '../../frame/business';
import { useNotices } from '../../frame/notices';
import {
  ScheduleCampaignDocument,
  SendCampaignDocument,
  WizardCampaignDocument,
  WizardSendersDocument,
  WizardTemplatesDocument,
} from '../../generated/graphql';
import type { Acknowledgement } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { UploadsProvider, useUploads } from '../../media/use-upload';
import { ErrorState } from '../../ui/error-state';
import { SkeletonRows } from '../../ui/skeleton-rows';
import { AudienceStep } from './audience-step';
import { senderOf } from './campaign-input';
import { peopleOf } from './draft';
import { Forecast } from './forecast';
import { limitWarning, otherWarnings } from './forecast-words';
import type { Kept } from './kept-draft';
import { keepWhen } from './kept-when';
import { MessageStep } from './message-step';
import { NoNumber } from './no-number';
import { Preview } from './preview';
import { blockersOf, noticesOf, warningsOf } from './problems';
import { ReviewStep } from './review-step';
import { SavedWords } from './saved-words';
import { ScheduledNotice } from './scheduled-notice';
import { SendBar } from './send-bar';
import { StepBar } from './step-bar';
import { StepHeader } from './step-header';
import { addressOf, stepAddress } from './steps';
import type { Step } from './steps';
import { unsavedOf } from './unsaved';
import { UploadGuard } from './upload-guard';
import { useDraft } from './use-draft';
import type { StoredDraft } from './use-draft';
import { useForecast } from './use-forecast';
import { useSending } from './use-sending';
import { uploadNameOf } from './variables';
import { scheduleOf } from './when';
import { WhenStep } from './when-step';
import styles from './wizard.module.css';

interface Props {
  step: Step;
  start: Kept;
  /** What the server has of it; undefined for a new campaign. */
  stored: StoredDraft | undefined;
  /** When it starts by itself; undefined unless it is scheduled. */
  startsAt: string | undefined;
  /** As the address has it. */
  campaignId: string | undefined;
  onCreated: (campaignId: string) => void;
}

/** The four steps to a campaign, with the people and the message beside them. It stays mounted from step to step. */
export function Wizard({ step, start, stored, startsAt, campaignId, onCreated }: Props) {
  const say = useText();
  const client = useApolloClient();
  const router = useRouter();
  const navigate = useNavigate();
  const { id: businessId, timezone } = useBusiness();
  const now = useNow(15_000);
  const templates = useQuery(WizardTemplatesDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
  });
  const known = templates.data?.templates;
  const numbers = useQuery(WizardSendersDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
  });
  const senders = numbers.data?.senders ?? [];
  const noNumber = numbers.data?.senders.length === 0;
  const { draft, change, saved, save, forget } = useDraft({
    start,
    stored,
    scheduled: startsAt !== undefined,
    templates: known,
    senders,
    onCreated: (id) => {
      onCreated(id);
      // Unless the screen has been left meanwhile.
      const shown = addressOf(router.state.location.pathname.replace('/campaigns/', ''));
      if (shown && shown.campaignId === undefined)
        void navigate({
          to: stepAddress(shown.step, id),
          search: (before) => before,
          replace: true,
          resetScroll: false,
        });
    },
  });
  const sender = senderOf(draft, senders);
  const uploads = useUploads();
  const [testText, setTestText] = useState('');
  const { tell, forgetAbout } = useNotices();
  const template = known?.find(({ id }) => id === draft.templateId);
  const variables = template?.variables ?? [];
  const people = peopleOf(draft);
  const counted = usePreview(
    people && {
      ...people,
      businessId,
      sampleSize,
      ...(draft.freeForm
        ? { freeForm: true }
        : { category: template?.category === 'UTILITY' ? 'UTILITY' : 'MARKETING' }),
    },
  );
  const sample = counted.preview?.sample ?? [];
  // What the server says of it as it is stored.
  const check = useQuery(WizardCampaignDocument, {
    variables: { id: campaignId ?? '' },
    skip: campaignId === undefined || step !== 'review',
    fetchPolicy: 'cache-and-network',
  });
  const checked = check.data?.campaign;
  const isStored = saved.is === 'SAVED' || saved.is === 'NEW';
  // A file of another template, or of another kind of message, is not waited for.
  const fields = draft.freeForm
    ? [draft.mediaKind ?? '']
    : variables.map((variable) => uploadNameOf(draft.templateId ?? '', variable));
  const uploading = fields.flatMap((name) => uploads.of(name).sending?.file.name ?? []);
  const blockers = blockersOf(say, {
    draft,
    counted,
    template,
    variables,
    templatesKnown: known !== undefined,
    senders: numbers.data?.senders,
    sender,
    uploading,
    zone: timezone,
    now,
    missing: isStored ? (checked?.missing ?? []) : [],
  });
  const schedule = scheduleOf(draft.when, timezone);
  const forecasted = useForecast({
    campaignId,
    isStored,
    version: [saved.is === 'SAVED' && saved.at, counted.preview?.count],
    schedule: blockers.some((blocker) => blocker.step === 'when') ? undefined : schedule,
  });
  const { forecast, askAgain } = forecasted;
  const overLimit = limitWarning(say, forecast);
  const warnings = [
    ...(overLimit === undefined ? [] : [overLimit]),
    ...warningsOf(say, draft, template, variables, sample),
    ...otherWarnings(forecast),
    ...(isStored && checked ? noticesOf(checked) : []),
  ];
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());

  // The people of the review are counted when it is opened: others may have opted out since the first step.
  const { countAgain } = counted;
  useEffect(() => {
    if (step === 'review') countAgain();
  }, [step, countAgain]);

  const sending = useSending(
    async (screen) => {
      forgetAbout(campaignId ?? 'new');
      const acknowledge: Acknowledgement[] =
        overLimit !== undefined && seen.has(overLimit) ? ['MESSAGING_LIMIT'] : [];
      const campaign = { campaignId: await save(), acknowledge };
      try {
        if (schedule)
          await client.mutate({
            mutation: ScheduleCampaignDocument,
            variables: { ...campaign, input: schedule },
          });
        else await client.mutate({ mutation: SendCampaignDocument, variables: campaign });
      } catch (problem) {
        askAgain(); // the limit may have been used up meanwhile
        throw problem;
      }
      forget();
      if (screen.left) return;
      await navigate({
        to: '/campaigns/$campaignId',
        params: { campaignId: campaign.campaignId },
        search: ({ business }) => ({ business }),
      });
    },
    (problem) =>
      tell({
        about: campaignId ?? 'new',
        title: say(schedule ? 'campaigns.notScheduledNamed' : 'campaigns.notSentNamed', {
          name: draft.name.trim() || say('campaigns.unnamed'),
        }),
        error: problem,
        link: {
          to: stepAddress('review', campaignId),
          business: businessId,
          words: say('campaigns.backToReview'),
        },
      }),
  );
  const { undo } = sending;
  const underWay = sending.state.is !== 'IDLE';
  useEffect(() => {
    if (step !== 'review') undo();
  }, [step, undo]);

  const unsaved = unsavedOf(say, draft, template, sender, timezone);
  // The server has the time of a scheduled campaign; another one lasts as long as this tab.
  const keptHere = startsAt === undefined && draft.when.later;
  const notes = [
    ...(unsaved.length > 0 ? [say('campaigns.notYetSaved', { things: unsaved.join(', ') })] : []),
    ...(keptHere && (step === 'when' || step === 'review') ? [say('campaigns.whenKept')] : []),
    ...uploads.running
      // below the message it is said already
      .filter((name) => step !== 'message' || !uploading.includes(name))
      .map((name) => say('campaigns.stillUploading', { name })),
  ];
  const loading = !known && !templates.error && (step === 'message' || step === 'review');
  const preview = (
    <Preview
      template={template}
      variables={variables}
      draft={draft}
      people={sample}
      complete={blockers.every((blocker) => blocker.step !== 'message')}
      save={save}
      testNumbers={{ text: testText, setText: setTestText }}
    />
  );
  return (
    <UploadsProvider value={uploads}>
      <div className={styles.wizard}>
        {/* What is still being uploaded while it is sent belongs to another message. */}
        <UploadGuard running={underWay ? [] : uploads.running} campaignId={campaignId} />
        <StepHeader step={step} campaignId={campaignId} name={draft.name} fixed={underWay}>
          {!noNumber && (
            <SavedWords saved={saved} notes={notes} retry={() => void save().catch(() => undefined)} />
          )}
        </StepHeader>
        {noNumber && <NoNumber />}
        {templates.error && (
          <ErrorState
            title={say('campaigns.templatesFailed')}
            error={templates.error}
            retry={() => void templates.refetch().catch(() => undefined)}
          />
        )}
        {numbers.error && (
          <ErrorState
            title={say('phoneNumbers.failed')}
            error={numbers.error}
            retry={() => void numbers.refetch().catch(() => undefined)}
          />
        )}
        {check.error && (
          <ErrorState
            title={say('campaigns.oneFailed')}
            error={check.error}
            retry={() => void check.refetch().catch(() => undefined)}
          />
        )}
        {sending.state.is === 'IDLE' && sending.state.problem !== undefined && (
          <ErrorState title={say('campaigns.notSent')} error={sending.state.problem} />
        )}
        {startsAt !== undefined && campaignId !== undefined && (
          <ScheduledNotice
            campaignId={campaignId}
            startsAt={startsAt}
            onUnscheduled={() => keepWhen(campaignId, draft.when)}
          />
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
                templates={known}
                senders={senders}
                sender={sender}
                people={sample}
                isEverybody={counted.preview?.count === sample.length}
              />
            )}
            {step === 'when' && (
              <WhenStep
                when={draft.when}
                change={(when) => change({ when })}
                maxCost={draft.maxCost}
                changeMaxCost={(maxCost) => change({ maxCost })}
                forecast={forecast}
              />
            )}
            {!loading && step === 'review' && (
              <ReviewStep
                draft={draft}
                campaignId={campaignId}
                template={template}
                variables={variables}
                sender={sender}
                forecast={forecast}
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
            >
              <Forecast forecasted={forecasted} />
            </CountedAudience>
          </div>
        </div>
        <StepBar
          step={step}
          campaignId={campaignId}
          reason={blockers.find((blocker) => blocker.step === step)?.words}
          people={step === 'review' ? undefined : counted.preview?.count}
        >
          {step === 'review' ? (
            <SendBar
              counted={counted}
              sending={sending}
              scheduled={schedule !== undefined}
              reason={
                blockers.length > 0
                  ? say('campaigns.blocked', { count: blockers.length })
                  : !forecast && forecasted.asking
                    ? say('campaigns.beingCounted')
                    : warnings.every((words) => seen.has(words))
                      ? undefined
                      : say('campaigns.tick')
              }
              back={() => void navigate({ to: stepAddress('when', campaignId) })}
            />
          ) : undefined}
        </StepBar>
      </div>
    </UploadsProvider>
  );
}
