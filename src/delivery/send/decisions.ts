/**
 * The decisions of the send loop, pure: how many recipients to claim, how many permits to ask for, which batches have
 * waited too long. Rates are messages per second; times are ms of the process's clock.
 */

/** Unused permits expire after 60 ms or three messages (rate-limiter.ts), so never ask for more. */
const longestStepMs = 60;
const toleratedMessages = 3;
/** Recipients are claimed this far ahead: no further, so that a pause takes effect soon. */
const claimedAheadMs = 500;
/** All campaigns of a sender together are claimed ahead at most this far. */
const mostClaimedAheadMs = 2000;
/** One sender uses at most half of the connections: if its answers hang, the others can still send. */
const mostOfConnections = 0.5;
/** A batch that was not posted after this goes back: the sender, the database or this process stood still. */
const staleBatchMs = 5000;

/** One sender in this worker, as far as the decisions need to know. */
export interface SenderLoad {
  messagesPerSecond: number;
  /** Recipients claimed and not posted. */
  waiting: number;
  /** Posts without an answer yet. */
  posting: number;
}

/** Whether a campaign has so many claimed recipients here that another claim is not worth a statement. */
export function isStocked(waitingOfCampaign: number, messagesPerSecond: number): boolean {
  return waitingOfCampaign * 2 > (messagesPerSecond * claimedAheadMs) / 1000;
}

export interface ClaimQuestion {
  /** Messages per second that the sender may send now. */
  perSecond: number;
  /** Recipients of this campaign who are claimed and not posted. */
  waitingOfCampaign: number;
  /** All campaigns of the sender together. */
  sender: SenderLoad;
  /** Campaigns of the sender with somebody waiting, this one included. */
  campaigns: number;
  /** Connections of this worker. */
  connections: number;
}

/**
 * How many more recipients of a campaign to claim: half a second's worth of the sender's speed, shared by its campaigns.
 * 0 while more than half of that waits here, while too many answers are awaited, or while the sender has two seconds'
 * worth waiting: with very many campaigns on a slow sender most of a claim would only go back.
 */
export function claimSize({
  perSecond,
  waitingOfCampaign,
  sender,
  campaigns,
  connections,
}: ClaimQuestion): number {
  if (sender.posting >= connections * mostOfConnections) return 0;
  if (sender.waiting > (perSecond * mostClaimedAheadMs) / 1000) return 0;
  const ahead = Math.ceil((perSecond * claimedAheadMs) / 1000 / campaigns);
  return waitingOfCampaign * 2 > ahead ? 0 : ahead - waitingOfCampaign;
}

/** A sender that could ask for permits. */
export interface PermitCandidate extends SenderLoad {
  /** When it last asked. */
  askedAt: number;
  /** Before this time it gets no permit. */
  askAt: number;
}

/**
 * How many permits each sender asks for, in the order given; 0 for one that must wait. Never more than its speed allows
 * since it last asked, than recipients wait, or than connections are free. A sender may use its equal part of the
 * connections, or half of what the others leave free if that is more.
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
    const most = Math.max(part, Math.floor((free + one.posting) * mostOfConnections)) - one.posting;
    const longest = Math.max((one.messagesPerSecond * longestStepMs) / 1000, toleratedMessages);
    const earned = Math.ceil(Math.min((one.messagesPerSecond * (now - one.askedAt)) / 1000, longest)) + 1;
    const count = Math.max(0, Math.min(one.waiting, earned, most, free));
    free -= count;
    return count;
  });
}

/** Whether a claimed batch has waited too long to be posted. */
export function isTooLate(claimedAt: number, now: number): boolean {
  return now - claimedAt > staleBatchMs;
}
