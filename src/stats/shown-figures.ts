import { statsOf } from '../campaigns/figures';
import type { CampaignFigures } from '../campaigns/figures';
import type { CampaignStats } from './stats.graphql';

/** The duration of a running campaign is as old as this at most. */
const freshMs = 250;

const shown = new WeakMap<CampaignFigures, { stats: CampaignStats; at: number }>();

/** The figures as they are shown: the same object for all who ask for the same figures within a moment. */
export function shownFigures(figures: CampaignFigures): CampaignStats {
  const now = Date.now();
  const known = shown.get(figures);
  if (known && now - known.at < freshMs) return known.stats;
  const stats = statsOf(figures, new Date(now));
  shown.set(figures, { stats, at: now });
  return stats;
}
