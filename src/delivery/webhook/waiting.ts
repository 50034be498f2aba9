import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';

/** A reason with how many people wait in the place of {waiting}; the count is of this moment, with the campaign locked. */
export async function withWaiting(transaction: EntityManager, id: string, reason: string): Promise<string> {
  const [campaign] = await rows<{ queued: number }>(
    transaction,
    `/* waitingPeople */ SELECT queued_count AS queued FROM campaigns WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  const waiting = campaign?.queued ?? 0;
  const people = `${waiting.toLocaleString('en')} ${waiting === 1 ? 'person is' : 'people are'} waiting`;
  return reason.replace('{waiting}', people);
}
