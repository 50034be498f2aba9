/**
 * The decisions of the send loop, pure: how many recipients to claim, how many permits to ask for, who waits. Numbers of a
 * second are messages; times are ms of the process's clock.
 */

/** A number's speed is worth asking permits for over at most this time: what it brought in a longer one is lost. */
const longestStepMs = 60;
/** Recipients are claimed this far ahead: the claimed are posted soon, so that a pause takes effect soon. */
const claimedAheadMs = 500;
/** All campaigns of a number together are claimed ahead at most this far. */
const mostClaimedAheadMs = 2000;
/** Of the connections, for one number at most: one whose answers hang must not keep the others from sending. */
const shareOfOneNumber = 0.5;
/** A batch that was not posted after this goes back: the number, the database or this process stood still. */
const longestWaitMs = 5000;

/** One WhatsApp number in this worker, as far as the decisions need to know. */
export interface SenderLoad {
  messagesPerSecond: number;
  /** Recipients claimed and not posted. */
  waiting: number;
  /** Posts without an answer yet. */
  posting: number;
}

/** Whether a campaign has enough claimed recipients here that another batch is not worth a statement. */
export function isStocked(waitingOfCampaign: number, messagesPerSecond: number): boolean {
  return waitingOfCampaign * 2 > (messagesPerSecond * claimedAheadMs) / 1000;
}

export interface ClaimQuestion {
  /** What the number may send now. */
  perSecond: number;
  /** Of this campaign, and of the whole number. */
  waitingOfCampaign: number;
  sender: SenderLoad;
  /** Campaigns of the number with somebody waiting, this one included. */
  campaigns: number;
  /** Connections of this worker. */
  connections: number;
}

/**
 * How many more recipients of a campaign to claim: half a second's worth of the number's speed, shared by its campaigns.
 * 0 while more than half of that waits here, while too many answers are awaited, or while the number has two seconds'
 * worth waiting: with very many campaigns on a slow number most of a claim would only go back.
 */
export function claimSize({
  perSecond,
  waitingOfCampaign,
  sender,
  campaigns,
  connections,
}: ClaimQuestion): number {
  if (sender.posting >= connections * shareOfOneNumber) return 0;
  if (sender.waiting > (perSecond * mostClaimedAheadMs) / 1000) return 0;
  const ahead = Math.ceil((perSecond * claimedAheadMs) / 1000 / campaigns);
  return waitingOfCampaign * 2 > ahead ? 0 : ahead - waitingOfCampaign;
}

/** A number that could ask for permits. */
export interface PermitCandidate extends SenderLoad {
  /** When it last asked. */
  askedAt: number;
  /** No permit is to be had before. */
  askAt: number;
}

/**
 * How many permits each number asks for, in the order given; 0 for one that waits. Never more than its speed can have
 * brought since it last asked, than recipients wait, than connections are free. A number may use its equal part of the
 * connections and half of what the others leave free.
 */
export function permitRequests(
  candidates: readonly PermitCandidate[],
  connections: number,
  posting: number,
  now: number,
): number[] {
  const part = Math.floor(connections / Math.max(candidates.length, 1));
  let free = connections - posting;
  return candidates.map((one) => {
    if (now < one.askAt) return 0;
    const most = Math.max(part, Math.floor((free + one.posting) * shareOfOneNumber)) - one.posting;
    const brought =
      Math.ceil((one.messagesPerSecond * Math.min(now - one.askedAt, longestStepMs)) / 1000) + 1;
    const count = Math.max(0, Math.min(one.waiting, brought, most, free));
    free -= count;
    return count;
  });
}

/** Whether a claimed batch has waited too long to be posted. */
export function isTooLate(claimedAt: number, now: number): boolean {
  return now - claimedAt > longestWaitMs;
}
