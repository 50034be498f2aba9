import type { DataSource } from 'typeorm';
import { verifyCampaign } from './verify';
import type { Verification } from './verify';
import { notFound, UserError } from '../infra/errors';

/**
 * Checks campaigns one after the other: each check reads all rows of a campaign, and a page of a hundred campaigns
 * must not use up the connections of other requests.
 */
export class ConsistencyService {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: DataSource,
    /** A request that has waited longer for its turn is refused. */
    private readonly patienceMs = 10_000,
  ) {}

  /** @throws RATE_LIMITED when the checks before it took too long, NOT_FOUND */
  async check(campaignId: string): Promise<Verification> {
    const asked = performance.now();
    const turn = this.last.then(() => {
      if (performance.now() - asked > this.patienceMs)
        throw new UserError('RATE_LIMITED', 'Too many campaigns are being checked; please try again later');
      return verifyCampaign(this.database, campaignId);
    });
    this.last = turn.catch(() => undefined);
    const verification = await turn;
    if (!verification) throw notFound('Campaign');
    return verification;
  }
}
