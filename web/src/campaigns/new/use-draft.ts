import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useBusiness } from '../../frame/business';
import { CreateCampaignDocument, UpdateCampaignDocument } from '../../generated/graphql';
import type {
  UpdateCampaignInput,
  WizardSendersQuery,
  WizardTemplateFragment,
} from '../../generated/graphql';
import { changesOf, partsOf } from './campaign-input';
import type { DraftParts } from './campaign-input';
import type { Draft, DraftChange } from './draft';
import { forgetDraft, keepDraft } from './kept-draft';
import type { Kept } from './kept-draft';
import { forgetWhen } from './forget-when';
import { keepWhen } from './kept-when';
import { Saver } from './saver';
import type { Saved } from './saver';

/** A draft as the server has it. */
export interface StoredDraft {
  id: string;
  draft: Draft;
}

interface Options {
  start: Kept;
  /** What the server has; undefined for a campaign that is not stored yet. */
  stored: StoredDraft | undefined;
  /** It stays complete, so that it can start by itself. */
  scheduled: boolean;
  /** Undefined while they are loaded. */
  templates: readonly WizardTemplateFragment[] | undefined;
  /** Empty while they are loaded. */
  senders: WizardSendersQuery['senders'];
  /** Called when a new campaign has been stored for the first time. */
  onCreated: (campaignId: string) => void;
}

/** The draft that the steps change. This is the only place that keeps and stores it: each change, after a short pause. */
export function useDraft({ start, stored, scheduled, templates, senders, onCreated }: Options) {
  const client = useApolloClient();
  const { id: businessId, timezone } = useBusiness();
  const [draft, setDraft] = useState(start.draft);
  const [saved, setSaved] = useState<Saved>({ is: 'NEW' });
  const now = useRef({ scheduled, templates, senders, onCreated });
  useEffect(() => {
    now.current = { scheduled, templates, senders, onCreated };
  });
  const [state] = useState(() => ({
    kept: start,
    id: stored?.id,
    parts: stored && partsOf(stored.draft, templates, [], timezone),
  }));

  const keep = useCallback(
    (kept: Kept) => {
      state.kept = kept;
      keepDraft(businessId, state.id, kept);
    },
    [state, businessId],
  );

  const [saver] = useState(() => {
    const create = async (parts: DraftParts) => {
      const { data } = await client.mutate({
        mutation: CreateCampaignDocument,
        variables: {
          input: {
            ...parts.plain,
            ...parts.audience,
            ...parts.content,
            businessId,
            channel: 'WHATSAPP',
            incomplete: true,
            idempotencyKey: state.kept.key,
          },
        },
      });
      return data?.createCampaign;
    };
    const update = async (campaignId: string, changes: UpdateCampaignInput) => {
      const { data } = await client.mutate({
        mutation: UpdateCampaignDocument,
        variables: { campaignId, input: { ...changes, ...(!now.current.scheduled && { incomplete: true }) } },
      });
      return data?.updateCampaign;
    };
    const store = async (version: Draft) => {
      const parts = partsOf(version, now.current.templates, now.current.senders, timezone);
      const { id } = state;
      const changes = changesOf(parts, state.parts);
      let { storedAt } = state.kept;
      // What stays in the browser changes nothing.
      const differs = id === undefined || Object.keys(changes).length > 0;
      if (differs) {
        const campaign = await (id === undefined ? create(parts) : update(id, changes));
        if (!campaign) return false;
        state.parts = { ...parts, content: parts.content ?? state.parts?.content };
        if (id === undefined) {
          forgetDraft(businessId, undefined);
          const { when } = state.kept.draft;
          if (when.later) keepWhen(campaign.id, when);
        }
        state.id = campaign.id;
        storedAt = campaign.updatedAt;
      }
      keep({ ...state.kept, changed: state.kept.draft !== version, storedAt });
      if (id === undefined && state.id !== undefined) now.current.onCreated(state.id);
      return differs;
    };
    return new Saver({ store, onState: setSaved });
  });

  const change = useCallback(
    (part: DraftChange) => {
      const before = state.kept.draft;
      const next = { ...before, ...(typeof part === 'function' ? part(before) : part) };
      keep({ ...state.kept, draft: next, changed: true });
      // The schedule on the server is what other tabs show.
      if (next.when !== before.when && state.id !== undefined && !now.current.scheduled)
        keepWhen(state.id, next.when);
      setDraft(next);
      saver.change(next);
    },
    [state, keep, saver],
  );

  // What a reload has interrupted is stored now; what is typed last is stored when the screen is left.
  useEffect(() => {
    if (state.kept.changed) saver.change(state.kept.draft);
    const save = () => {
      saver.save().catch(() => undefined); // it stays in the tab
    };
    addEventListener('online', save);
    return () => {
      removeEventListener('online', save);
      save();
    };
  }, [state, saver]);

  return {
    draft,
    change,
    saved,
    /** Stores what is not stored yet. @returns the campaign's id @throws why it could not be stored */
    save: async (): Promise<string> => {
      if (state.id === undefined) saver.change(state.kept.draft);
      await saver.save();
      if (state.id === undefined) throw new Error('The campaign was not stored');
      return state.id;
    },
    forget: () => {
      forgetDraft(businessId, state.id);
      if (state.id !== undefined) forgetWhen(state.id);
    },
  };
}
