import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { MessagingLimits } from '../../accounts/messaging-limit';
import type { MessageKind } from '../../audience/exclusions';
import { databaseNow } from '../../infra/database';
import { UserError } from '../../infra/errors';
import { CampaignStatus } from '../campaign';
import type { Campaign } from '../campaign.entity';
import type { DraftAudience } from '../drafts/draft-audience';
import { kindOf } from '../drafts/fields';
import { isChangeable } from '../drafts/needs';
import { checkSchedule } from '../schedule/check';
import { dueAt } from '../schedule/recipient-hours';
import { ScheduleTimeZone } from '../schedule/schedule';
import type { Schedule } from '../schedule/schedule';
import type { ScheduleInput } from '../schedule/schedule.graphql';
import { animationWarning } from './animation';
import { costOf } from './cost';
import { finishOf } from './finish';
import type { Finish } from './finish';
import { Acknowledgement } from './forecast.graphql';
import type { CampaignForecast, MessagingLimitGraphql } from './forecast.graphql';
import { otherLoads, ownLoad } from './loads';
import { millionths } from './money';
import { placesOfAudience, placesOfQueued } from './places';
import type { Place } from './places';
import type { RateCard } from './rate-card';
import { peopleReached } from './used-limit';

/** The share of a sender's speed that is really used: 97 % are permitted (delivery/send/rate-limiter.ts), and 0.5 % are lost between steps. */
const usedShare = 0.965;
/** From the start of a campaign to its first message: its people are listed and the first are claimed (npm run bench forecast). */
const untilFirstMs = 1200;
const dayMs = 86_400_000;

interface Limit extends MessagingLimitGraphql {
  unknown: boolean;
}

/** Tells before a campaign is sent what it will cost, how long it takes, and whether WhatsApp's limit is enough. */
export class ForecastService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly people: DraftAudience,
    private readonly limits: MessagingLimits,
    private readonly card: RateCard,
  ) {}

  /**
   * Null once the campaign has ended, and as long as its audience is not chosen.
   * @param planned of a campaign that has not started: as if it were scheduled so, or, for null, started now
   * @throws BAD_USER_INPUT naming the field of `planned`
   */
  async forecast(stored: Campaign, planned?: ScheduleInput | null): Promise<CampaignForecast | null> {
    const { COMPLETED, CANCELLED, FAILED } = CampaignStatus;
    if ([COMPLETED, CANCELLED, FAILED].includes(stored.status)) return null;
    const now = await databaseNow(this.database);
    const campaign = await this.planned(stored, planned, now);
    const template = await this.people.templateOf(campaign);
    const kind = kindOf(template, campaign);
    const places = await this.places(campaign, kind);
    if (!places) return null;
    const sender = await this.accounts.senderFor(campaign.businessId, campaign.senderId);
    const startsAt = startOf(campaign, places, now);
    const messagesPerSecond = Math.round(sender.messagesPerSecond * usedShare * 100) / 100;
    const finish = finishOf(
      ownLoad(campaign, places, firstMessageAt(campaign, startsAt)),
      await otherLoads(this.database, campaign, now),
      messagesPerSecond,
      now.getTime(),
    );
    const cost = costOf(this.card, places, kind);
    const { unknown, ...messagingLimit } = await this.limit(campaign, places, startsAt, now);
    return {
      recipients: total(places),
      messagesPerSecond,
      durationSeconds: finish ? (finish.at - startsAt.getTime()) / 1000 : null,
      finishesAt: finish ? new Date(finish.at) : null,
      cost,
      messagingLimit,
      warnings: warningsOf({
        campaign,
        kind,
        finish,
        cost,
        messagingLimit,
        unknown,
        animation: animationWarning(template, sender),
      }),
    };
  }

  /**
   * Before a campaign is started or scheduled.
   * @throws CONFLICT when WhatsApp's limit is not enough for its recipients, unless that is acknowledged
   */
  async mustFitLimit(
    campaign: Campaign,
    schedule: Pick<Schedule, 'sendAt'> | null,
    acknowledged: readonly Acknowledgement[] | null | undefined,
  ): Promise<void> {
    if (acknowledged?.includes(Acknowledgement.MESSAGING_LIMIT)) return;
    const places = await this.places(campaign, await this.people.kindOf(campaign));
    if (!places) return;
    const now = await databaseNow(this.database);
    const { exceededBy, perDay, remaining } = await this.limit(
      campaign,
      places,
      schedule ? new Date(schedule.sendAt) : now,
      now,
    );
    if (exceededBy === 0) return;
    throw new UserError(
      'CONFLICT',
      `WhatsApp's messaging limit is not enough: ${remaining} of ${perDay} people in 24 hours are left, and ${exceededBy} recipients more would be sent to. To send all the same, acknowledge MESSAGING_LIMIT`,
      'acknowledge',
    );
  }

  /** The campaign as it would be with another schedule. */
  private async planned(
    campaign: Campaign,
    input: ScheduleInput | null | undefined,
    now: Date,
  ): Promise<Campaign> {
    if (input === undefined || !isChangeable(campaign)) return campaign;
    if (input === null) return { ...campaign, status: CampaignStatus.DRAFT, schedule: null };
    const zone = await this.accounts.timezoneOf(campaign.businessId);
    const schedule = checkSchedule(input, zone, now, 'schedule');
    return { ...campaign, status: CampaignStatus.SCHEDULED, schedule };
  }

  private async places(campaign: Campaign, kind: MessageKind): Promise<Place[] | undefined> {
    if (campaign.materialisedAt || campaign.audienceFixedAt)
      return placesOfQueued(this.database, campaign.id, campaign.businessId);
    const selection = await this.people.stored(campaign, kind);
    return selection && placesOfAudience(this.database, selection);
  }

  /**
   * What was used in the last 24 hours is free again when the campaign starts later than in 24 hours. Before that, a person who
   * was written to in these hours counts once.
   */
  private async limit(
    { businessId, senderId }: Campaign,
    places: readonly Place[],
    startsAt: Date,
    now: Date,
  ): Promise<Limit> {
    const sender = await this.accounts.senderFor(businessId, senderId);
    const { perDay, unknown } = await this.limits.peoplePerDay(sender);
    const usedLast24Hours = await peopleReached(this.database, businessId);
    if (perDay === null) return { perDay, usedLast24Hours, remaining: null, exceededBy: 0, unknown };
    const remaining = Math.max(0, perDay - usedLast24Hours);
    const isLater = startsAt.getTime() - now.getTime() >= dayMs;
    const free = isLater ? perDay : remaining;
    const counted = places.reduce((sum, place) => sum + (isLater ? place.outside : place.fresh), 0);
    const inOneDay = Math.min(counted, sender.messagesPerSecond * usedShare * (dayMs / 1000));
    return {
      perDay,
      usedLast24Hours,
      remaining,
      exceededBy: Math.max(0, Math.ceil(inOneDay) - free),
      unknown,
    };
  }
}

/** A scheduled campaign starts when its first message is due; one that is not scheduled is taken as started now. */
function startOf({ status, schedule }: Campaign, places: readonly Place[], now: Date): Date {
  if (status !== CampaignStatus.SCHEDULED || !schedule) return now;
  const first =
    schedule.timeZone === ScheduleTimeZone.RECIPIENT && places.length > 0
      ? places.map(({ digits }) => dueAt(schedule, digits, now)).reduce((a, b) => (b < a ? b : a))
      : new Date(schedule.startsAt);
  return first > now ? first : now;
}

/** A campaign that has its list of people is being sent already. */
function firstMessageAt({ materialisedAt }: Campaign, startsAt: Date): Date {
  return materialisedAt ? startsAt : new Date(startsAt.getTime() + untilFirstMs);
}

function total(places: readonly Place[]): number {
  return places.reduce((sum, place) => sum + place.people, 0);
}

interface Told {
  campaign: Campaign;
  kind: MessageKind;
  finish: Finish | undefined;
  cost: CampaignForecast['cost'];
  messagingLimit: MessagingLimitGraphql;
  unknown: boolean;
  animation: string | undefined;
}

function warningsOf({ campaign, kind, finish, cost, messagingLimit, unknown, animation }: Told): string[] {
  const { perDay, exceededBy } = messagingLimit;
  const warnings: string[] = [];
  if (exceededBy > 0)
    warnings.push(
      `WhatsApp lets this number write to ${perDay} people in 24 hours; for ${exceededBy} recipients that is not enough.`,
    );
  if (unknown) warnings.push("WhatsApp's messaging limit of this number could not be read.");
  if (finish && finish.late > 0)
    warnings.push(`About ${finish.late} recipients will not be sent to before the deadline.`);
  if (!finish) warnings.push('When the campaign will be over cannot be seen.');
  if (campaign.maxCost !== null && millionths(cost.amount) > millionths(campaign.maxCost))
    warnings.push(
      `The campaign may cost more than its limit of ${campaign.maxCost} ${cost.currency} (maxCost); it is paused before.`,
    );
  const toUs = cost.perCountry.find(({ country }) => country === 'US');
  if (kind === 'MARKETING' && toUs)
    warnings.push(
      `WhatsApp delivers no marketing messages to numbers of the United States (${toUs.recipients} recipients).`,
    );
  if (kind === 'FREE_FORM' && isChangeable(campaign))
    warnings.push('The first 1,000 messages without a template that a number sends in a month are free.');
  if (animation) warnings.push(animation);
  return warnings;
}
