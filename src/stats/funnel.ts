import type { CounterFields } from '../campaigns/counters';
import { percent } from '../campaigns/figures';

/** How far people came. */
export enum FunnelStep {
  AUDIENCE = 'AUDIENCE',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  CLICKED = 'CLICKED',
  REPLIED = 'REPLIED',
  CONVERTED = 'CONVERTED',
}

export interface FunnelFigures {
  step: FunnelStep;
  count: number;
  ofPrevious: number | null;
  ofAudience: number | null;
}

/**
 * The steps from the audience to the order, with their shares in percent. Not everybody who clicks has the message marked
 * as read (people switch read receipts off), so that a share of the step before can be above 100. Pure.
 */
export function funnelOf(campaign: CounterFields): FunnelFigures[] {
  const { AUDIENCE, SENT, DELIVERED, READ, CLICKED, REPLIED, CONVERTED } = FunnelStep;
  const counts: [FunnelStep, number][] = [
    [AUDIENCE, campaign.totalRecipients],
    [SENT, campaign.sentCount],
    [DELIVERED, campaign.deliveredCount],
    [READ, campaign.readCount],
    [CLICKED, campaign.clickedCount],
    [REPLIED, campaign.repliedCount],
    [CONVERTED, campaign.convertedCount],
  ];
  return counts.map(([step, count], i) => ({
    step,
    count,
    ofPrevious: i === 0 ? null : percent(count, counts[i - 1]?.[1] ?? 0),
    ofAudience: percent(count, campaign.totalRecipients),
  }));
}
