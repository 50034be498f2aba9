import { exclusions } from '../../audience/exclusions';
import type { Selection } from '../../audience/exclusions';
import { heldOut } from '../../audience/holdout';
import { audienceIdentities, binder } from '../../audience/source';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { zoneDigits } from '../schedule/number-zone';
import { reachedIdentities } from './used-limit';

/** People whose numbers begin alike: they are in one time zone and one market. */
export interface Place {
  /** The first characters of their numbers ({@link zoneDigits}). */
  digits: string;
  /** One of the numbers, in E.164. */
  example: string;
  people: number;
  /** Of them, those who did not write to the business in the last 24 hours. */
  outside: number;
  /** Of these, those whom the business did not write to in the last 24 hours: the others count for WhatsApp's limit already. */
  fresh: number;
}

const windowAndReach = (business: string) => `LEFT JOIN conversation_windows w ON w.business_id = ${business}
  AND w.identity = p.identity AND w.last_inbound_at > now() - interval '24 hours'
  LEFT JOIN (${reachedIdentities(business)}) reached ON reached.identity = p.identity`;

const counts = `left(p.identity, ${zoneDigits}) AS digits, min(p.identity) AS example, count(DISTINCT p.identity)::int AS people,
  (count(DISTINCT p.identity) FILTER (WHERE w.identity IS NULL))::int AS outside,
  (count(DISTINCT p.identity) FILTER (WHERE w.identity IS NULL AND reached.identity IS NULL))::int AS fresh`;

/** The people of an audience as it is now, by the beginnings of their numbers. */
export async function placesOfAudience(sql: Sql, selection: Selection): Promise<Place[]> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const identities = audienceIdentities(
    selection.audience,
    selection.businessId,
    bind,
    selection.policy.needsPhone,
  );
  const { joins, allowed } = exclusions(selection, 'audience', bind);
  const places = await rows<Place>(
    sql,
    `/* placesOfAudience */ WITH audience AS (${identities})
     SELECT ${counts} FROM audience p ${joins} ${windowAndReach(bind(selection.businessId))}
     WHERE p.identity IS NOT NULL AND ${allowed} GROUP BY 1 ORDER BY 1`,
    parameters,
  );
  return withoutHeldOut(places, selection.holdoutPercent ?? 0);
}

/** Who is held out is not known yet: each place gives up its share, the ends rounded so that together they come out right. Pure. */
function withoutHeldOut(places: readonly Place[], percent: number): Place[] {
  const all = places.reduce((sum, { people }) => sum + people, 0);
  const held = heldOut(all, percent);
  let before = 0;
  return places.map((place) => {
    const from = Math.round((before * held) / Math.max(all, 1));
    before += place.people;
    const people = place.people - (Math.round((before * held) / Math.max(all, 1)) - from);
    const share = (of: number) => Math.round((of * people) / Math.max(place.people, 1));
    return { ...place, people, outside: share(place.outside), fresh: share(place.fresh) };
  });
}

/** The stored recipients of a campaign who are still queued. */
export function placesOfQueued(sql: Sql, campaignId: string, businessId: string): Promise<Place[]> {
  return rows<Place>(
    sql,
    `/* placesOfQueued */ SELECT ${counts} FROM campaign_recipients p ${windowAndReach('$2')}
     WHERE p.campaign_id = $1 AND p.status = 'QUEUED' AND p.identity IS NOT NULL GROUP BY 1 ORDER BY 1`,
    [campaignId, businessId],
  );
}

/** The beginnings of the numbers of all stored recipients of a campaign, each with one of the numbers. */
export function placesOfCampaign(sql: Sql, campaignId: string): Promise<Pick<Place, 'digits' | 'example'>[]> {
  return rows(
    sql,
    `/* placesOfCampaign */ SELECT left(identity, ${zoneDigits}) AS digits, min(identity) AS example FROM campaign_recipients
     WHERE campaign_id = $1 AND identity IS NOT NULL AND excluded_reason IS NULL GROUP BY 1`,
    [campaignId],
  );
}
