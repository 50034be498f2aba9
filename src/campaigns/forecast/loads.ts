import { CanaryState } from '../campaign';
import type { Campaign } from '../campaign.entity';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { zoneOfNumber } from '../schedule/number-zone';
import { dueAt } from '../schedule/recipient-hours';
import { ScheduleTimeZone } from '../schedule/schedule';
import type { Schedule } from '../schedule/schedule';
import { openingAt } from '../schedule/window';
import type { Load, Part } from './finish';
import type { Place } from './places';

/** A campaign of the same sender that is being sent. */
interface Active {
  queued: number;
  schedule: Schedule | null;
}

/** What the campaign itself has to send, from its start on. Pure. */
export function ownLoad(campaign: Campaign, places: readonly Place[], startsAt: Date): Load {
  const { schedule } = campaign;
  const people = places.reduce((total, place) => total + place.people, 0);
  return {
    parts:
      schedule?.timeZone === ScheduleTimeZone.RECIPIENT
        ? places.map(({ digits, people: count }) => partOf(schedule, digits, count, startsAt))
        : [partInZone(schedule, schedule?.zone ?? '', people, startsAt)],
    canary: canaryOf(campaign, people),
    deadline: schedule?.deadline ? new Date(schedule.deadline).getTime() : undefined,
  };
}

/** The other campaigns that the sender is sending at the moment; their canaries are taken as passed. */
export async function otherLoads(sql: Sql, campaign: Campaign, now: Date): Promise<Load[]> {
  const found = await rows<Active>(
    sql,
    `/* otherLoads */ SELECT queued_count AS queued, schedule FROM campaigns
     WHERE status = 'ACTIVE' AND sender_id = $1 AND id <> $2 AND queued_count > 0`,
    [campaign.senderId, campaign.id],
  );
  return found.map(({ queued, schedule }) => ({
    parts: [partInZone(schedule, schedule?.zone ?? '', queued, now)],
    deadline: schedule?.deadline ? new Date(schedule.deadline).getTime() : undefined,
  }));
}

function canaryOf({ canary, canaryState, startedAt }: Campaign, people: number): Load['canary'] {
  const waits = canary && (startedAt === null || canaryState === CanaryState.WAITING);
  if (!waits) return undefined;
  const size = Math.max(canary.minimum, Math.ceil((people * canary.percent) / 100));
  return { size, waitMs: canary.waitMinutes * 60_000 };
}

function partOf(schedule: Schedule, digits: string, count: number, startsAt: Date): Part {
  const part = partInZone(schedule, zoneOfNumber(digits) ?? schedule.zone, count, startsAt);
  return { ...part, dueAt: dueAt(schedule, digits, startsAt).getTime() };
}

function partInZone(schedule: Schedule | null, zone: string, count: number, startsAt: Date): Part {
  const window = schedule?.window;
  if (!window) return { count, dueAt: startsAt.getTime() };
  return {
    count,
    dueAt: startsAt.getTime(),
    openingAt: (at) => {
      const { opensAt, closesAt } = openingAt(window, zone, new Date(at));
      return { opensAt: opensAt.getTime(), closesAt: closesAt.getTime() };
    },
  };
}
