import { RecipientOutcome } from '../../audience/filter/filter';
import type { AudienceFilter } from '../../audience/filter/filter';
import { badInput } from '../../infra/errors';
import { RecipientStatus } from '../recipient-status';
import type { RecipientFilter } from '../recipients/filter';

/** Outcomes that together say a status. */
const outcomesOfStatus: Partial<Record<RecipientStatus, readonly RecipientOutcome[]>> = {
  [RecipientStatus.UNCONFIRMED]: [RecipientOutcome.UNCONFIRMED],
  [RecipientStatus.SENT]: [RecipientOutcome.NOT_DELIVERED],
  [RecipientStatus.DELIVERED]: [RecipientOutcome.DELIVERED, RecipientOutcome.NOT_READ],
  [RecipientStatus.READ]: [RecipientOutcome.READ],
  [RecipientStatus.FAILED]: [RecipientOutcome.FAILED],
  [RecipientStatus.SKIPPED]: [RecipientOutcome.SKIPPED],
  [RecipientStatus.EXCLUDED]: [RecipientOutcome.EXCLUDED],
};

/**
 * The filter of contacts for people of a campaign. It is read again at the start: who got the message meanwhile is then
 * not among those who did not. Pure.
 * @throws BAD_USER_INPUT for statuses of people who still get the message
 */
export function audienceOf(
  campaignId: string,
  { status, outcome, errorCode }: RecipientFilter,
): AudienceFilter {
  const inCampaign = (outcomes: RecipientOutcome[]): AudienceFilter => ({
    campaign: { campaignId, outcome: outcomes },
  });
  const parts: AudienceFilter[] = [];
  if (outcome) parts.push(inCampaign(outcome));
  if (status) {
    const branches = status.map((one): AudienceFilter => {
      const outcomes = outcomesOfStatus[one];
      if (!outcomes)
        throw badInput('input.status', `statuses of people who do not get the message any more, not ${one}`);
      return outcomes.length === 1
        ? inCampaign([...outcomes])
        : { and: outcomes.map((each) => inCampaign([each])) };
    });
    parts.push(...(branches.length === 1 ? branches : [{ or: branches }]));
  }
  if (errorCode) parts.push({ campaign: { campaignId, errorCode } });
  const [only] = parts;
  return parts.length === 1 && only ? only : { and: parts };
}
