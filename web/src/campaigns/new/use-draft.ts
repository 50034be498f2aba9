import { useCallback, useRef, useState } from 'react';
import { useBusiness } from '../../frame/business';
import { emptyDraft } from './draft';
import type { Draft } from './draft';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft';

/** The draft that the steps change. This is the only place that keeps it. */
export function useDraft(campaignId: string | undefined) {
  const { id: businessId } = useBusiness();
  const [draft, setDraft] = useState(() => keptDraft(businessId, campaignId) ?? emptyDraft);
  const latest = useRef(draft);
  const change = useCallback(
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part };
      keepDraft(businessId, campaignId, latest.current);
      setDraft(latest.current);
    },
    [businessId, campaignId],
  );
  const forget = useCallback(() => forgetDraft(businessId, campaignId), [businessId, campaignId]);
  return { draft, change, forget };
}
