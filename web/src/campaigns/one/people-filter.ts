import type { RecipientOutcome, RecipientStatus } from '../../generated/graphql';
import type { PeopleSearch } from '../routes';

export const outcomes: RecipientOutcome[] = [
  'SENT',
  'DELIVERED',
  'READ',
  'CLICKED',
  'REPLIED',
  'CONVERTED',
  'NOT_DELIVERED',
  'NOT_READ',
  'NOT_CLICKED',
  'NOT_CONVERTED',
  'UNCONFIRMED',
  'FAILED',
  'SKIPPED',
  'EXCLUDED',
];

export const statuses: RecipientStatus[] = [
  'QUEUED',
  'UNCONFIRMED',
  'SENT',
  'DELIVERED',
  'READ',
  'FAILED',
  'SKIPPED',
  'EXCLUDED',
];

/** A group of people of a campaign, as the API takes it. */
export interface Group {
  status: RecipientStatus[] | null;
  outcome: RecipientOutcome[] | null;
  errorCode: number[] | null;
}

/** What the address names; a word that the API does not know is left out. Pure. */
export function groupOf({ status, outcome, code }: PeopleSearch): Group {
  const knownStatus = statuses.find((name) => name === status);
  const knownOutcome = outcomes.find((name) => name === outcome);
  return {
    // For people, somebody whose message is on its way to WhatsApp is still waiting.
    status:
      knownStatus === undefined ? null : knownStatus === 'QUEUED' ? ['QUEUED', 'SENDING'] : [knownStatus],
    outcome: knownOutcome === undefined ? null : [knownOutcome],
    errorCode: code === undefined ? null : [code],
  };
}

/** The same people as parameters of `GET /exports/recipients`. Pure. */
export function exportOf({ status, outcome, errorCode }: Group, find: string | undefined) {
  return {
    ...(status && { status: status.join() }),
    ...(outcome && { outcome: outcome.join() }),
    ...(errorCode && { errorCode: errorCode.join() }),
    // a search also finds people who were left out before the start
    ...(find !== undefined && { search: find, excluded: 'true' }),
  };
}

/** Whether it is everybody. Pure. */
export function isEverybody({ status, outcome, errorCode }: Group): boolean {
  return status === null && outcome === null && errorCode === null;
}
