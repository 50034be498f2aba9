import type { CampaignStatus } from './campaign';
import type { Amounts, Counter, CounterFields, HitCounter } from './counters';
import type { CampaignDelta } from './deltas';
import { amountText, millionths } from './forecast/money';

/** The figures as the campaign's row has them. */
export interface CampaignFigures extends CounterFields {
  id: string;
  campaignName: string;
  status: CampaignStatus;
  version: number;
  startedAt: Date | null;
  completedAt: Date | null;
  updatedAt: Date;
}

/** A sum of money in one currency; the amount as decimal text. */
export interface MoneyAmount {
  amount: string;
  currency: string;
}

/** The figures as they are shown: with rates in percent and the duration from start to end, or to now. */
export interface CampaignStatsFigures extends Omit<CampaignFigures, 'revenue' | 'cost'> {
  campaignId: string;
  revenue: MoneyAmount[];
  cost: MoneyAmount[];
  deliveryRate: number | null;
  clickRate: number | null;
  conversionRate: number | null;
  duration: string | null;
  durationSeconds: number | null;
}

/** The rates and the duration of the API; all who show them get them from here. The page adds shares of its own. */
export function statsOf(campaign: CampaignFigures, now = new Date()): CampaignStatsFigures {
  const { sentCount, deliveredCount, startedAt, completedAt } = campaign;
  const durationSeconds = startedAt
    ? Math.max(0, Math.round(((completedAt ?? now).getTime() - startedAt.getTime()) / 1000))
    : null;
  return {
    id: campaign.id,
    campaignId: campaign.id,
    campaignName: campaign.campaignName,
    status: campaign.status,
    version: campaign.version,
    totalRecipients: campaign.totalRecipients,
    queuedCount: campaign.queuedCount,
    sentCount,
    deliveredCount,
    readCount: campaign.readCount,
    failedCount: campaign.failedCount,
    skippedCount: campaign.skippedCount,
    unconfirmedCount: campaign.unconfirmedCount,
    heldCount: campaign.heldCount,
    excludedCount: campaign.excludedCount,
    clickedCount: campaign.clickedCount,
    convertedCount: campaign.convertedCount,
    optedOutCount: campaign.optedOutCount,
    repliedCount: campaign.repliedCount,
    clicks: campaign.clicks,
    botClicks: campaign.botClicks,
    revenue: moneyOf(campaign.revenue),
    cost: moneyOf(campaign.cost),
    deliveryRate: percent(deliveredCount, sentCount),
    clickRate: percent(campaign.clickedCount, deliveredCount),
    conversionRate: percent(campaign.convertedCount, deliveredCount),
    startedAt,
    completedAt,
    updatedAt: campaign.updatedAt,
    duration: durationSeconds === null ? null : inWords(durationSeconds),
    durationSeconds,
  };
}

/** The figures after one delta. The caller has checked that the delta is of the next version. */
export function applyDelta(
  figures: CampaignFigures,
  { version, at, deltas, set, amounts }: CampaignDelta,
): CampaignFigures {
  const next: CampaignFigures = { ...figures, ...amounts, version, updatedAt: new Date(at) };
  if (set) {
    next.status = set.status;
    next.startedAt = set.startedAt ? new Date(set.startedAt) : null;
    next.completedAt = set.completedAt ? new Date(set.completedAt) : null;
    next.totalRecipients = set.totalRecipients;
    next.excludedCount = set.excludedCount;
  }
  for (const [counter, by] of Object.entries(deltas) as [Counter | HitCounter, number][]) {
    if (counter === 'clicks' || counter === 'botClicks') next[counter] += by;
    else next[`${counter}Count`] += by;
  }
  return next;
}

/** Sums of money as they are shown, by the code of the currency: "499.50", "0.0118". */
export function moneyOf(amounts: Amounts): MoneyAmount[] {
  return Object.entries(amounts)
    .map(([currency, amount]) => ({ amount: amountText(millionths(amount)), currency }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Percent with two decimals: 1510 of 1520 is 99.34. Null when `whole` is 0. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
}

/** "42 minutes", "1 hour 5 minutes", "8 seconds": the two largest units. */
export function inWords(seconds: number): string {
  const units: [string, number][] = [
    ['day', Math.floor(seconds / 86_400)],
    ['hour', Math.floor(seconds / 3600) % 24],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', seconds % 60],
  ];
  const first = units.findIndex(([, count]) => count > 0);
  if (first === -1) return '0 seconds';
  // Seconds matter in the first minute only.
  const shown = units
    .slice(first, first + 2)
    .filter(([unit, count], i) => count > 0 && (i === 0 || unit !== 'second'));
  return shown.map(([unit, count]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ');
}
