import { emptyDraft } from './draft';
import type { Draft } from './draft';

/**
 * What was typed and is not stored by the server, kept in the tab, so that a reload loses nothing. Of a new campaign it is
 * everything.
 */
export function keptDraft(businessId: string, campaignId: string | undefined): Draft | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(businessId, campaignId));
    const kept = text === null ? undefined : (JSON.parse(text) as Partial<Draft>);
    // A draft of an earlier version of the page may lack fields.
    return kept && { ...emptyDraft, ...kept };
  } catch {
    return undefined; // storage is blocked
  }
}

export function keepDraft(businessId: string, campaignId: string | undefined, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(businessId, campaignId), JSON.stringify(draft));
  } catch {
    // as above: what is typed lasts as long as the screen
  }
}

export function forgetDraft(businessId: string, campaignId: string | undefined): void {
  try {
    sessionStorage.removeItem(keyOf(businessId, campaignId));
  } catch {
    // as above
  }
}

function keyOf(businessId: string, campaignId: string | undefined): string {
  return `dakiya.draft.${businessId}.${campaignId ?? 'new'}`;
}
