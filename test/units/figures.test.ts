import { CampaignStatus } from '../../src/campaigns/campaign';
import { applyDelta, inWords, percent, statsOf } from '../../src/campaigns/figures';
import type { CampaignFigures } from '../../src/campaigns/figures';

const startedAt = new Date('2026-11-22T10:00:00Z');
const figures: CampaignFigures = {
  id: 'c',
  campaignName: 'Diwali',
  status: CampaignStatus.ACTIVE,
  version: 7,
  totalRecipients: 1523,
  queuedCount: 0,
  sentCount: 1520,
  deliveredCount: 1510,
  readCount: 900,
  failedCount: 3,
  skippedCount: 0,
  unconfirmedCount: 0,
  heldCount: 0,
  excludedCount: 4,
  clickedCount: 342,
  convertedCount: 28,
  optedOutCount: 1,
  repliedCount: 5,
  clicks: 400,
  botClicks: 12,
  revenue: { INR: '4990.50' },
  cost: { USD: '17.818000' },
  startedAt,
  completedAt: null,
  updatedAt: startedAt,
};

test('the example of the guide: 1510 of 1520 is 99.34 %, 342 clicks are 22.65 %', () => {
  expect(statsOf(figures)).toMatchObject({
    deliveryRate: 99.34,
    clickRate: 22.65,
    conversionRate: 1.85,
    id: 'c',
    campaignId: 'c',
  });
});

test('a rate is null while its denominator is 0', () => {
  expect(percent(0, 0)).toBeNull();
  expect(percent(0, 5)).toBe(0);
  expect(percent(5, 5)).toBe(100);
  expect(percent(2, 3)).toBe(66.67);
  expect(statsOf({ ...figures, sentCount: 0, deliveredCount: 0 })).toMatchObject({
    deliveryRate: null,
    clickRate: null,
    conversionRate: null,
  });
});

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [8, '8 seconds'],
  [60, '1 minute'],
  [61, '1 minute'],
  [2520, '42 minutes'],
  [3600, '1 hour'],
  [3605, '1 hour'],
  [3900, '1 hour 5 minutes'],
  [86_400, '1 day'],
  [90_000, '1 day 1 hour'],
  [172_800 + 3600 * 3 + 59 * 60, '2 days 3 hours'],
])('%i s are "%s"', (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

test('the duration is from the start to the end or now; before the start it is null', () => {
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  expect(statsOf(figures, after(2_520_400))).toMatchObject({ duration: '42 minutes', durationSeconds: 2520 });
  expect(statsOf({ ...figures, completedAt: after(8000) }, after(99_000_000))).toMatchObject({
    duration: '8 seconds',
  });
  expect(statsOf({ ...figures, startedAt: null })).toMatchObject({ duration: null, durationSeconds: null });
  expect(statsOf(figures, after(-5000)).durationSeconds).toBe(0);
});

test('a delta is added to the counters, and sets status, times and totals', () => {
  const at = '2026-11-22T10:05:00.000Z';
  const next = applyDelta(figures, { campaignId: 'c', version: 8, at, deltas: { sent: -1, failed: 1 } });
  expect(next).toMatchObject({
    version: 8,
    sentCount: 1519,
    failedCount: 4,
    deliveredCount: 1510,
    updatedAt: new Date(at),
  });
  expect(figures.sentCount).toBe(1520);
  const set = {
    status: CampaignStatus.COMPLETED,
    startedAt: at,
    completedAt: at,
    totalRecipients: 9,
    excludedCount: 2,
  };
  expect(applyDelta(figures, { campaignId: 'c', version: 8, at, deltas: {}, set })).toMatchObject({
    status: 'COMPLETED',
    completedAt: new Date(at),
    totalRecipients: 9,
    excludedCount: 2,
  });
});
