import { useBusiness } from '../frame/business';
import type { PreviewAudienceInput } from '../generated/graphql';
import { CountedAudience } from './counted-audience';
import { usePreview } from './use-preview';

interface Props {
  /** Whom to count, without the business. `category` and `freeForm` say which exclusions apply to the message. */
  audience: Omit<PreviewAudienceInput, 'businessId' | 'sampleSize'>;
  /** How many conditions are shown and not complete. */
  incomplete?: number;
}

/** How many people are shown. */
export const sampleSize = 10;

/** How many people an audience has now, why others are not among them, and the first ten. Needs the role MARKETER. */
export function AudienceCount({ audience, incomplete }: Props) {
  const { id: businessId } = useBusiness();
  const counted = usePreview({ ...audience, businessId, sampleSize });
  return <CountedAudience audience={audience} counted={counted} incomplete={incomplete} />;
}
