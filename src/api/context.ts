import type { Viewer } from '../accounts/viewer';
import type { CampaignStats } from '../stats/stats.types';

/** What every resolver gets. */
export interface Context {
  /** Who asks. Undefined without a token; the schema's `@Authorized` fields refuse that. */
  viewer: Viewer | undefined;
  /** Opens the live figures of a campaign, after checking that the viewer may see it. */
  watchStats: (viewer: Viewer, campaignId: string) => Promise<AsyncIterableIterator<CampaignStats>>;
}
