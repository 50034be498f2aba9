import { emptyDraft } from './draft';
import type { Draft } from './draft';

/** A draft as this tab has it. */
export interface Kept {
  draft: Draft;
  /** Of a new campaign: with it the server makes one draft of however many attempts to store it. */
  key: string;
  /** Some of it is not stored by the server yet. */
  changed: boolean;
  /** `Campaign.updatedAt` when it was last stored: with another one somebody else has changed it since. */
  storedAt: string | null;
}

export function newDraft(): Kept {
  const key = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  return { draft: emptyDraft, key, changed: false, storedAt: null };
}

/**
 * What this tab keeps of a draft, so that a reload loses nothing: what is not stored yet, and what the server does not
 * take, such as half an address. When it is sent is kept in kept-when.ts too, which outlasts the tab.
 */
export function keptDraft(businessId: string, campaignId: string | undefined): Kept | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(businessId, campaignId));
    const kept = text === null ? undefined : (JSON.parse(text) as Kept);
    // One of an earlier version of the page may lack fields.
    return kept && { ...newDraft(), ...kept, draft: { ...emptyDraft, ...kept.draft } };
  } catch {
    return undefined; // storage is blocked
  }
}

export function keepDraft(businessId: string, campaignId: string | undefined, kept: Kept): void {
  try {
    sessionStorage.setItem(keyOf(businessId, campaignId), JSON.stringify(kept));
  } catch {
    // as above: what is not stored by the server lasts as long as the screen
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
