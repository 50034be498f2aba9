import type { RecipientPlace } from './mark';

/** A message that may have led to an order, or the message that a person who was held out would have got. */
export interface Candidate extends RecipientPlace {
  /** When it was sent; of who was held out, when the campaign started. */
  at: Date;
  /** It arrived: it was delivered, or proved by a click or an order. */
  arrived: boolean;
  /** The person was held out, so nothing was sent. */
  heldOut: boolean;
}

/** An order, as far as it decides which message it belongs to. */
export interface AttributedOrder {
  occurredAt: Date;
  /** How long after a message an order still belongs to it. */
  attributionDays: number;
}

/** Which message an order belongs to. */
export interface Attribution {
  /** The message that is given the order. */
  to?: RecipientPlace;
  by?: 'CLICK' | 'PHONE';
  /**
   * The held-out person whose order it is: the campaign would have been given the order if it had been sent to them. A
   * message of another campaign may be given the order all the same.
   */
  heldOut?: RecipientPlace;
}

const dayMs = 86_400_000;

/**
 * The rule of attribution; its cases are in docs/attribution.md. A click decides, whatever the time: it proves more than
 * the clock of a shop. Without one, the latest message to the phone that arrived and was sent before the order, at most
 * `attributionDays` before. A campaign that held the person out is treated in the same way, as if its message had been
 * sent and had arrived at the start: so orders of both groups are counted by one rule, and only the latest campaign counts.
 */
export function attribute(
  { occurredAt, attributionDays }: AttributedOrder,
  click: RecipientPlace | undefined,
  candidates: readonly Candidate[],
): Attribution {
  if (click) return { to: placeOf(click), by: 'CLICK' };
  const before = occurredAt.getTime();
  const after = before - attributionDays * dayMs;
  const eligible = candidates
    .filter(({ at, arrived, heldOut }) => {
      const time = at.getTime();
      return (arrived || heldOut) && time <= before && time > after;
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const [latest] = eligible;
  const message = eligible.find(({ heldOut }) => !heldOut);
  return {
    ...(message ? { to: placeOf(message), by: 'PHONE' } : {}),
    ...(latest?.heldOut ? { heldOut: placeOf(latest) } : {}),
  };
}

function placeOf({ campaignId, seq }: RecipientPlace): RecipientPlace {
  return { campaignId, seq };
}
