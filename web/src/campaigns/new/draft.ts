import type { Audience } from '../../audience/tree';
import type {
  AudienceFilterInput,
  AudienceType,
  CampaignType,
  MediaType,
  PreviewAudienceInput,
} from '../../generated/graphql';
import { peopleIn } from './numbers';
import type { Values } from './values';
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
  /** What a free-form message carries besides; null for nothing. */
  mediaKind: MediaType | null;
  /** The media of a free-form message, by the key `media`. */
  media: Values;
  templateId: string | null;
  values: Values;
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
  templateId: null,
  values: {},
  linkUrl: '',
  senderId: null,
  when: startNow,
  maxCost: '',
};

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
