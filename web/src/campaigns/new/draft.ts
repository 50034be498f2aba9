import type { Audience } from '../../audience/tree';
import type {
  AudienceFilterInput,
  AudienceType,
  CampaignType,
  MediaType,
  PreviewAudienceInput,
} from '../../generated/graphql';
import { peopleIn } from './numbers';
import { valuesOfNext } from './values';
import type { Values } from './values';
import type { Variable } from './variables';
import { startNow } from './when';
import type { When } from './when';

/** What the steps ask for. Texts are as they were typed, wrong ones too. */
export interface Draft {
  name: string;
  purpose: CampaignType;
  audienceType: AudienceType;
  /** For LEADS, CUSTOMERS and ALL. */
  filter: AudienceFilterInput;
  /** How many conditions are shown and not in the filter, because they are not complete. */
  incomplete: number;
  /** The rows of the builder, while some are not complete. */
  rows?: Audience | undefined;
  /** For SEGMENT. */
  segmentId: string | null;
  /** For SEGMENT: whom the API left out of it. It stays, and is not shown in a filter. */
  exclude: AudienceFilterInput | null;
  /** For CUSTOM: one person in each line. */
  numbers: string;
  /** A text of one's own, without a template: only for people who wrote within 24 hours. */
  freeForm: boolean;
  /** Of a free-form message. */
  text: string;
  /** What is attached to a free-form message; null for nothing. */
  mediaKind: MediaType | null;
  /** The media of a free-form message, by the key `media`. */
  media: Values;
  /** What was given for the other kinds of media, so that it is there when one of them is chosen again. */
  otherMedia: Readonly<Partial<Record<MediaType, Values>>>;
  templateId: string | null;
  values: Values;
  /** What was given for other templates, by their ids. */
  otherValues: Readonly<Record<string, Values>>;
  linkUrl: string;
  /** Null: the business's first number. */
  senderId: string | null;
  when: When;
  /** As it is typed; empty: no limit. */
  maxCost: string;
}

/** A function where the change depends on the draft: an upload can end after the draft has changed. */
export type DraftChange = Partial<Draft> | ((before: Draft) => Partial<Draft>);

export const emptyDraft: Draft = {
  name: '',
  purpose: 'PROMOTIONAL',
  audienceType: 'CUSTOMERS',
  filter: {},
  incomplete: 0,
  segmentId: null,
  exclude: null,
  numbers: '',
  freeForm: false,
  text: '',
  mediaKind: null,
  media: {},
  otherMedia: {},
  templateId: null,
  values: {},
  otherValues: {},
  linkUrl: '',
  senderId: null,
  when: startNow,
  maxCost: '',
};

/** Another template with its values: those it had before, else those of the present one that fit it. */
export function withTemplate(
  { templateId, values, otherValues }: Draft,
  variables: readonly Variable[],
  next: { id: string; variables: readonly Variable[] },
): Partial<Draft> {
  if (next.id === templateId) return {};
  return {
    templateId: next.id,
    values: valuesOfNext(values, variables, otherValues[next.id] ?? {}, next.variables),
    otherValues: templateId === null ? otherValues : { ...otherValues, [templateId]: values },
  };
}

/** Values of a template, which may be another one by now: an upload can end later. */
export function withValues(draft: Draft, templateId: string, part: Values): Partial<Draft> {
  if (draft.templateId === templateId) return { values: { ...draft.values, ...part } };
  const before = draft.otherValues[templateId];
  return { otherValues: { ...draft.otherValues, [templateId]: { ...before, ...part } } };
}

/** Another kind of media, with what was given for it before. */
export function withMediaKind(draft: Draft, kind: MediaType | null): Partial<Draft> {
  const { mediaKind, media, otherMedia } = draft;
  if (kind === mediaKind) return {};
  return {
    mediaKind: kind,
    media: (kind && otherMedia[kind]) ?? {},
    otherMedia: mediaKind ? { ...otherMedia, [mediaKind]: media } : otherMedia,
  };
}

/** Media of a kind, which may be another one by now. */
export function withMedia(draft: Draft, kind: MediaType, part: Values): Partial<Draft> {
  if (draft.mediaKind === kind) return { media: { ...draft.media, ...part } };
  return { otherMedia: { ...draft.otherMedia, [kind]: { ...draft.otherMedia[kind], ...part } } };
}

type ChosenPeople = Omit<PreviewAudienceInput, 'businessId' | 'category' | 'freeForm'>;

/** Whom the draft chooses, as the preview takes it; undefined while nobody can be counted. */
export function peopleOf(draft: Draft): ChosenPeople | undefined {
  const { audienceType, filter, segmentId, exclude } = draft;
  switch (audienceType) {
    case 'SEGMENT':
      return segmentId === null ? undefined : { audienceType, segmentId, exclude };
    case 'CUSTOM': {
      const customRecipients = peopleIn(draft.numbers);
      return customRecipients.length === 0 ? undefined : { audienceType, customRecipients };
    }
    case 'LEADS':
    case 'CUSTOMERS':
    case 'ALL':
      return { audienceType, filter };
  }
}
