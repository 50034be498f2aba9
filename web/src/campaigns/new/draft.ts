import type { Audience } from '../../audience/tree';
import type {
  AudienceFilterInput,
  AudienceType,
  CampaignType,
  PreviewAudienceInput,
} from '../../generated/graphql';
import { peopleIn } from './numbers';
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
  /** For CUSTOM: one person in each line. */
  numbers: string;
  templateId: string | null;
  /** The values of the template by their keys. */
  values: Readonly<Record<string, string>>;
  /** The product whose picture is the header; an address in `values` comes first. */
  productId: string | null;
  linkUrl: string;
  /** Null: the business's first number. */
  senderId: string | null;
  when: When;
}

export const emptyDraft: Draft = {
  name: '',
  purpose: 'PROMOTIONAL',
  audienceType: 'CUSTOMERS',
  filter: {},
  incomplete: 0,
  segmentId: null,
  numbers: '',
  templateId: null,
  values: {},
  productId: null,
  linkUrl: '',
  senderId: null,
  when: startNow,
};

type ChosenPeople = Omit<PreviewAudienceInput, 'businessId' | 'category'>;

/** Whom the draft chooses, as the preview takes it; undefined while nobody can be counted. */
export function peopleOf(draft: Draft): ChosenPeople | undefined {
  const { audienceType, filter, segmentId } = draft;
  switch (audienceType) {
    case 'SEGMENT':
      return segmentId === null ? undefined : { audienceType, segmentId };
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

/** Whether a text is an address that the API takes for a link or a picture. */
export function isAddress(text: string): boolean {
  const trimmed = text.trim();
  return /^https?:\/\/[^\s/]/i.test(trimmed) && trimmed.length <= 2000 && URL.canParse(trimmed);
}
