import type { Counted } from '../../audience/use-preview';
import type {
  WizardCampaignFragment,
  WizardSendersQuery,
  WizardTemplateFragment,
} from '../../generated/graphql';
import type { Say } from '../../i18n/text';
import { isAddress } from './address';
import { isAmount } from './amount';
import type { Draft } from './draft';
import { emptyFor } from './message';
import { mostNumbers, peopleIn } from './numbers';
import { hasLink, unknownPlaceholder } from './placeholders';
import type { Person } from './placeholders';
import { isOfAccount } from './sender-account';
import type { Step } from './steps';
import { valueInput } from './values';
import type { Values } from './values';
import { isMedia, isText, labelOf } from './variables';
import type { Variable } from './variables';
import { whenProblems } from './when';

/** Why the campaign cannot be sent as it is, and the step where that is mended. */
export interface Blocker {
  step: Step;
  words: string;
}

interface Known {
  draft: Draft;
  counted: Counted;
  template: WizardTemplateFragment | undefined;
  variables: readonly Variable[];
  /** The templates have been read. */
  templatesKnown: boolean;
  /** Undefined while they are not known. */
  senders: WizardSendersQuery['senders'] | undefined;
  sender: WizardSendersQuery['senders'][number] | undefined;
  /** The names of the files that are being uploaded for this message. */
  uploading: readonly string[];
  zone: string;
  now: number;
  /** What the server misses. */
  missing: readonly string[];
}

/** What is missing or wrong, in the order of the steps; nothing when the campaign can be sent. */
export function blockersOf(say: Say, known: Known): Blocker[] {
  const found = [
    ...audienceProblems(say, known).map((words): Blocker => ({ step: 'audience', words })),
    ...messageProblems(say, known).map((words): Blocker => ({ step: 'message', words })),
    ...whenProblems(say, known.draft.when, known.zone, known.now).map((words): Blocker => ({
      step: 'when',
      words,
    })),
    ...costProblems(say, known.draft).map((words): Blocker => ({ step: 'when', words })),
  ];
  if (found.length > 0) return found;
  // Only what is not said in the page's own words.
  return known.missing.map((words) => ({ step: 'message', words }));
}

function audienceProblems(say: Say, { draft, counted }: Known): string[] {
  const { name, audienceType, incomplete, segmentId, numbers } = draft;
  const problems: string[] = [];
  if (name.trim() === '') problems.push(say('campaigns.blocker.name'));
  if (audienceType === 'SEGMENT' && segmentId === null) problems.push(say('campaigns.blocker.segment'));
  if (audienceType === 'CUSTOM') {
    const { length } = peopleIn(numbers);
    if (length === 0) problems.push(say('campaigns.blocker.numbers'));
    if (length > mostNumbers)
      problems.push(say('campaigns.blocker.mostNumbers', { most: mostNumbers, count: length }));
  } else if (audienceType !== 'SEGMENT' && incomplete > 0)
    problems.push(say('campaigns.blocker.conditions', { count: incomplete }));
  if (!counted.counting && counted.error === undefined && counted.preview?.count === 0)
    problems.push(say('campaigns.blocker.nobody'));
  return problems;
}

function costProblems(say: Say, { maxCost }: Draft): string[] {
  return maxCost.trim() === '' || isAmount(maxCost) ? [] : [say('campaigns.blocker.maxCost')];
}

function messageProblems(say: Say, known: Known): string[] {
  const noSender = known.senders?.length === 0 ? [say('campaigns.blocker.noSender')] : [];
  const uploads = known.uploading.map((name) => say('campaigns.stillUploading', { name }));
  // A value that is being uploaded is not missing.
  return [...noSender, ...(uploads.length > 0 ? uploads : contentProblems(say, known))];
}

function contentProblems(say: Say, known: Known): string[] {
  const { draft, template, variables, templatesKnown, sender, zone } = known;
  if (draft.freeForm) return freeFormProblems(say, draft, zone);
  if (!templatesKnown) return [say('campaigns.blocker.templatesUnknown')];
  if (!template) return [say('campaigns.blocker.template')];
  if (!template.sendable)
    return [say('campaigns.blocker.notSendable', { reason: template.notSendable ?? '' })];
  if (!isOfAccount(template, sender)) return [say('campaigns.blocker.otherAccount')];
  const problems = variables.flatMap((variable) => valueProblem(say, draft.values, variable, zone) ?? []);
  const link = linkProblem(say, draft, template.hasTrackedLink);
  return link === undefined ? problems : [...problems, link];
}

/** The longest text of a message without a template, in characters: WhatsApp's, less beside media. */
export function longestText({ mediaKind }: Pick<Draft, 'mediaKind'>): number {
  return mediaKind ? 1024 : 4096;
}

function freeFormProblems(say: Say, draft: Draft, zone: string): string[] {
  const { text, mediaKind, media } = draft;
  const problems: string[] = [];
  if (text.trim() === '' && !mediaKind) problems.push(say('campaigns.blocker.text'));
  const unknown = unknownPlaceholder(text, ['link']);
  if (unknown !== undefined) problems.push(say('campaigns.blocker.placeholder', { unknown }));
  const most = longestText(draft);
  if (text.trim().length > most) problems.push(say('campaigns.blocker.longText', { most }));
  if (mediaKind && !valueInput({ key: 'media', kind: mediaKind }, media, zone))
    problems.push(
      (media.media ?? '').trim() === ''
        ? say('campaigns.blocker.value', { label: say('campaigns.mediaName', { kind: mediaKind }) })
        : say('campaigns.blocker.address'),
    );
  const link = linkProblem(say, draft, hasLink(text));
  return link === undefined ? problems : [...problems, link];
}

/** What is wrong with a value; undefined when it can be sent. */
function valueProblem(say: Say, values: Values, variable: Variable, zone: string): string | undefined {
  const text = (values[variable.key] ?? '').trim();
  if (valueInput(variable, values, zone) || (!variable.required && text === '')) return undefined;
  const unknown = isText(variable) ? unknownPlaceholder(text) : undefined;
  if (unknown !== undefined) return say('campaigns.blocker.placeholder', { unknown });
  if (isMedia(variable) && text !== '') return say('campaigns.blocker.address');
  return say('campaigns.blocker.value', { label: labelOf(say, variable) });
}

/** What is wrong with the address behind the tracked link; undefined when there is no such link. */
function linkProblem(say: Say, { linkUrl }: Draft, hasTrackedLink: boolean): string | undefined {
  if (!hasTrackedLink) return undefined;
  if (linkUrl.trim() === '') return say('campaigns.blocker.link');
  return isAddress(linkUrl) ? undefined : say('campaigns.blocker.address');
}

/** What to know before it is sent, one sentence each. `people` are some of those who get it. */
export function warningsOf(
  say: Say,
  { values, freeForm }: Draft,
  template: WizardTemplateFragment | undefined,
  variables: readonly Variable[],
  people: readonly Person[],
): string[] {
  if (freeForm) return [say('campaigns.freeFormWords')];
  const warnings: string[] = [];
  if (template?.quality === 'RED') warnings.push(say('campaigns.warning.quality'));
  const lacking = people.filter((person) => emptyFor(variables, values, person).length > 0).length;
  if (lacking > 0) warnings.push(say('campaigns.warning.empty', { count: lacking, of: people.length }));
  return warnings;
}

/** What the server says of a stored campaign: without a template first what {@link warningsOf} says too. */
export function noticesOf({ templateId, notices }: Pick<WizardCampaignFragment, 'templateId' | 'notices'>) {
  return templateId === null ? notices.slice(1) : notices;
}
