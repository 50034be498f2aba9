import type { useFormat } from '../../format/use-format';
import type { CampaignDeliveryQuery, FiguresFragment } from '../../generated/graphql';
import type { Say } from '../../i18n/text';

export type Delivery = CampaignDeliveryQuery['campaign']['delivery'];

interface Known {
  figures: FiguresFragment;
  /** Undefined until it is read, and while nothing is being sent. */
  delivery: Delivery | undefined;
  /** When a scheduled campaign starts. */
  startsAt: string | undefined;
  timeZone: string;
  now: number;
}

type Format = Pick<ReturnType<typeof useFormat>, 'count' | 'percent' | 'duration' | 'dayAndZone'>;

/** How a campaign is, in whole sentences for a tired person: its state first, then how far, then how long and why. Pure. */
export function sentencesOf(known: Known, say: Say, format: Format): string[] {
  const { figures, startsAt, timeZone } = known;
  const { status, totalRecipients: total, sentCount: sent, queuedCount: queued } = figures;
  switch (status) {
    case 'DRAFT':
      return [say('campaigns.one.draft', { total })];
    case 'SCHEDULED':
      return startsAt === undefined
        ? [say('campaigns.one.draft', { total })]
        : [say('campaigns.one.scheduled', { total, at: format.dayAndZone(startsAt, timeZone) })];
    case 'ACTIVE':
      return [
        say('campaigns.one.active', { total }),
        ...soFar(figures, say, format),
        ...ahead(known, say, format),
      ];
    case 'PAUSED':
      return [say('campaigns.one.paused', { queued }), ...soFar(figures, say, format)];
    case 'COMPLETED':
      return [
        say('campaigns.one.completed', { total, sent, time: took(figures, format) ?? 'none' }),
        ...(sent > 0
          ? [say('campaigns.one.deliveredOf', { rate: format.percent(figures.deliveryRate), sent })]
          : []),
      ];
    case 'CANCELLED':
      return [say('campaigns.one.cancelled', { total, sent })];
    case 'FAILED':
      return [say('campaigns.one.notStarted')];
  }
}

function soFar({ sentCount: sent, deliveryRate }: FiguresFragment, say: Say, format: Format): string[] {
  return [
    say('campaigns.one.soFar', {
      sent,
      rate: deliveryRate === null ? 'none' : format.percent(deliveryRate),
    }),
  ];
}

/** What is still to come, and what decides how fast. */
function ahead({ figures, delivery, now }: Known, say: Say, format: Format): string[] {
  if (figures.queuedCount === 0)
    return figures.unconfirmedCount > 0
      ? [say('campaigns.one.onlyUnconfirmed', { count: figures.unconfirmedCount })]
      : [];
  if (!delivery) return [];
  const { eta, limitedBy, allowedRate } = delivery;
  const left = eta === null ? undefined : Date.parse(eta) - now;
  return [
    ...(left === undefined || left < 1000
      ? []
      : [say('campaigns.one.left', { time: format.duration(left) })]),
    ...(limitedBy === null
      ? []
      : [say('campaigns.one.limit', { limit: limitedBy, speed: Math.round(allowedRate) })]),
  ];
}

function took({ startedAt, completedAt }: FiguresFragment, format: Format): string | undefined {
  if (startedAt === null || completedAt === null) return undefined;
  return format.duration(Date.parse(completedAt) - Date.parse(startedAt));
}
