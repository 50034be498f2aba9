import type { DataSource, EntityManager } from 'typeorm';
import { liftedBy, optIn, optOut } from '../../audience/opt-outs/opt-outs';
import { OptOutSource } from '../../audience/opt-outs/suppression.entity';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { messagesOfPerson } from '../../campaigns/person';
import { rows, transact } from '../../infra/database';
import { isBusy, isUnavailable } from '../../infra/errors';
import { markOptedOut } from '../../tracking/mark';
import type { PreferenceEvent, TapEvent } from '../../whatsapp/webhook-events';
import { confirmArrival } from '../settle/confirm-arrival';
import { parseCallbackData } from '../send/callback-data';
import type { CallbackData } from '../send/callback-data';
import { answerHours, searchedDays } from './answered';
import { clockSkewSeconds, isBefore } from './event-time';
import { laterNames } from './identity-changes';
import { findByWamid } from './message-by-wamid';
import { optOutTaps } from './opt-out-taps';
import { ownersOfNumber } from './owners-of-number';
import { identitiesOf } from './person-identities';

/**
 * Stores what people said about getting messages: opted out or in, at the businesses that own the WhatsApp number, by
 * the time of the event. An opt-out counts for the campaign whose message it answers. Can run twice.
 * @throws what the database threw for one of them; the others are stored, unless the database is away or busy
 */
export async function storePreferences(
  database: DataSource,
  preferences: readonly PreferenceEvent[],
  publish: PublishDeltas,
): Promise<void> {
  const answered = await answeredMessages(database, preferences);
  await storeEach(database, preferences, publish, (transaction, event) =>
    storePreference(transaction, event, answered.get(event.answers ?? '')),
  );
}

/**
 * Stores taps on quick replies of our messages: each proves that the message arrived, and one on an opt-out button opts
 * the person out. Can run twice.
 * @throws what the database threw for one of them; the others are stored, unless the database is away or busy
 */
export async function storeTaps(
  database: DataSource,
  taps: readonly TapEvent[],
  publish: PublishDeltas,
): Promise<void> {
  const ours = taps.flatMap((tap) => {
    const place = parseCallbackData(tap.callbackData);
    return place ? [{ ...tap, place }] : [];
  });
  const optsOut = await optOutTaps(database, ours);
  await storeEach(database, ours, publish, async (transaction, tap) => {
    const { place } = tap;
    if (!optsOut(tap))
      return (await messageAt(transaction, place, tap.phoneNumberId))
        ? confirmArrival(transaction, [place])
        : [];
    const reason = 'tapped the opt-out button of a message';
    return storePreference(transaction, { ...tap, kind: 'stop', source: 'BUTTON', reason }, place);
  });
}

/** Each event in a transaction of its own, so that one that cannot be stored takes no other along. */
async function storeEach<T>(
  database: DataSource,
  events: readonly T[],
  publish: PublishDeltas,
  store: (transaction: EntityManager, event: T) => Promise<CampaignDelta[]>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const event of events) {
    try {
      void publish(await transact(database, (transaction) => store(transaction, event)));
    } catch (error) {
      if (isUnavailable(error) || isBusy(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** By WhatsApp's id and the phone. A person who has a new number since is found by the message id alone. */
async function answeredMessages(
  database: DataSource,
  preferences: readonly PreferenceEvent[],
): Promise<Map<string, CallbackData>> {
  const named = preferences.flatMap(({ answers, phoneNumberId, phone, userId }) =>
    answers && phoneNumberId ? [{ wamid: answers, phoneNumberId, phone, userId }] : [],
  );
  const found = await findByWamid(database, named);
  const others = named.filter(({ wamid, phone }) => phone && !found.has(wamid));
  const more = await findByWamid(
    database,
    others.map(({ wamid, phoneNumberId }) => ({ wamid, phoneNumberId })),
  );
  return new Map([...found, ...more]);
}

/** A message of ours and the person it was sent to. */
interface Message {
  campaign_id: string;
  seq: number;
  phone: string;
  business_id: string;
}

/** A message that an event names. */
interface AnsweredMessage extends Message {
  /** Null while the answer to its post is not settled, or if it was sent again since. */
  sent_at: Date | null;
}

/** A typed word, WhatsApp's control, or a tap on an opt-out button. */
type Preference = Omit<PreferenceEvent, 'source' | 'answers'> & {
  source: PreferenceEvent['source'] | 'BUTTON';
};

async function storePreference(
  transaction: EntityManager,
  event: Preference,
  place: CallbackData | undefined,
): Promise<CampaignDelta[]> {
  const answered = place && (await messageAt(transaction, place, event.phoneNumberId));
  if (event.source === 'BUTTON' && !answered) return [];
  // nobody answers a message before it is sent: such a time is wrong, and that of the arrival is closer to the truth
  const at = isBefore(event.at, answered?.sent_at) ? new Date() : event.at;
  const sent = (event.phone ?? event.userId) ? await messagesTo(transaction, event, at) : [];
  const owners = await ownersOfNumber(transaction, event.phoneNumberId);
  const businessIds = owners.length > 0 ? owners : answered ? [answered.business_id] : [];
  const known = event.userId ? await phonesOf(transaction, businessIds, event.userId) : [];
  const named = [event.phone, answered?.phone, ...sent.map(({ phone }) => phone), ...known].filter(
    (phone) => phone !== undefined,
  );
  // where nothing else is known the BSUID stands for the person
  if (named.length === 0 && event.userId) named.push(event.userId);
  const phones = [...new Set([...named, ...(await laterNames(transaction, businessIds, named, event.at))])];
  const change = { businessIds, phones, reason: event.reason, at };
  if (change.businessIds.length === 0 || change.phones.length === 0) return [];
  if (event.kind === 'resume')
    await optIn(transaction, liftedBy[event.source === 'WHATSAPP' ? 'WHATSAPP' : 'KEYWORD'], change);
  else await optOut(transaction, OptOutSource[event.source], change);
  const confirmed = place && answered ? await confirmArrival(transaction, [place]) : [];
  const counted = event.kind === 'stop' ? (answered ?? sent.find(({ recent }) => recent)) : undefined;
  const marked = counted
    ? await markOptedOut(transaction, { campaignId: counted.campaign_id, seq: counted.seq })
    : [];
  return [...confirmed, ...marked];
}

/** The phones of the contacts with a BSUID; the BSUID of those without a phone. */
async function phonesOf(
  transaction: EntityManager,
  businessIds: readonly string[],
  bsuid: string,
): Promise<string[]> {
  const found = await rows<{ phone: string }>(
    transaction,
    `/* phonesOfBsuid */ SELECT coalesce(phone_e164, bsuid) AS phone FROM leads
     WHERE business_id = ANY ($1::uuid[]) AND bsuid = $2
     UNION SELECT coalesce(phone_e164, bsuid) FROM customers WHERE business_id = ANY ($1::uuid[]) AND bsuid = $2`,
    [businessIds, bsuid],
  );
  return found.map(({ phone }) => phone);
}

/** The message at a place, unless it is of a business that does not own the WhatsApp number. */
async function messageAt(
  transaction: EntityManager,
  { campaignId, seq, claimNo }: CallbackData,
  phoneNumberId: string,
): Promise<AnsweredMessage | undefined> {
  const [message] = await rows<AnsweredMessage>(
    transaction,
    `/* answeredMessage */ SELECT r.campaign_id, r.seq, r.phone, c.business_id,
       CASE WHEN r.claim_no = $4 THEN r.sent_at END AS sent_at
     FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id
     WHERE r.campaign_id = $1 AND r.seq = $2 AND r.excluded_reason IS NULL AND ($3 = ''
       OR EXISTS (SELECT FROM senders s WHERE s.business_id = c.business_id AND s.phone_number_id = $3))`,
    [campaignId, seq, phoneNumberId, claimNo],
  );
  return message;
}

/**
 * The latest messages sent to a person from a WhatsApp number, the last first: by the identity of the phone, or by the
 * number that WhatsApp named in its answer to the post. `recent`: the person may be answering it.
 */
function messagesTo(
  transaction: EntityManager,
  { phone, userId, phoneNumberId }: Pick<Preference, 'phone' | 'userId' | 'phoneNumberId'>,
  at: Date,
): Promise<(Message & { recent: boolean })[]> {
  return rows(
    transaction,
    `/* messagesTo */ SELECT r.campaign_id, r.seq, r.phone, c.business_id,
       r.status IN ('SENT', 'DELIVERED', 'READ') AND r.sent_at <= $3::timestamptz + make_interval(secs => ${clockSkewSeconds})
         AND r.sent_at > $3::timestamptz - make_interval(hours => ${answerHours}) AS recent
     FROM senders s JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
     CROSS JOIN LATERAL (SELECT ARRAY(${identitiesOf('s.business_id', '$2::text', '$4::text')}) AS identities) p
     JOIN LATERAL ${messagesOfPerson('c.id', '= ANY (p.identities)', `ltrim($2, '+')`, '$4')} r ON true
     WHERE s.phone_number_id = $1 AND c.started_at > now() - make_interval(days => ${searchedDays})
     ORDER BY r.sent_at DESC NULLS LAST`,
    [phoneNumberId, phone ?? null, at, userId ?? null],
  );
}
