import { Router } from 'express';
import type { Request } from 'express';
import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Authenticate } from '../../accounts/token';
import { Role } from '../../accounts/viewer';
import { RecipientOutcome } from '../../audience/filter/filter';
import type { CampaignService } from '../../campaigns/campaign.service';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { checkRecipientFilter } from '../../campaigns/recipients/filter';
import type { RecipientFilter } from '../../campaigns/recipients/filter';
import { badInput } from '../../infra/errors';
import { sendCsv } from '../../infra/http/csv-response';
import { checkText } from '../../infra/input';
import { recipientLines } from './export-rows';
import { storedRecipients } from './recipients.service';

const known = ['campaignId', 'excluded', 'status', 'outcome', 'errorCode', 'search'];
/** Several values may be separated by commas, or each have a parameter of its own. */
const lists = ['status', 'outcome', 'errorCode'];

/** `GET /exports/recipients`: the recipients of a campaign as a CSV stream. */
export function exportRoutes(
  database: DataSource,
  campaigns: Pick<CampaignService, 'campaign'>,
  accounts: Pick<AccountsService, 'business'>,
  authenticate: Authenticate,
): Router {
  const router = Router();
  router.get('/exports/recipients', async (request, response) => {
    const viewer = await authenticate(request.get('authorization'));
    viewer.mustBe(Role.VIEWER);
    const { campaignId, filter, search, excluded } = parametersOf(request.query);
    const campaign = await campaigns.campaign(viewer, campaignId);
    const { defaultCountry: country } = await accounts.business(viewer, campaign.businessId);
    response.set('cache-control', 'no-store');
    const list = { campaign, size: storedRecipients(campaign), filter, search, country };
    const lines = recipientLines(database, list, excluded);
    await sendCsv(response, `recipients-${campaign.id}.csv`, lines);
  });
  return router;
}

/** @throws BAD_USER_INPUT naming the parameter */
function parametersOf(query: Request['query']): {
  campaignId: string;
  filter: RecipientFilter;
  search: string;
  excluded: boolean;
} {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) throw badInput(name.slice(0, 50), `only the parameters ${known.join(', ')}`);
    if (typeof value !== 'string' && !lists.includes(name)) throw badInput(name, 'one value');
  }
  const { campaignId, excluded, search } = query as Record<string, string | undefined>;
  const { status, outcome, errorCode } = query as Record<string, string | string[] | undefined>;
  if (campaignId === undefined) throw badInput('campaignId', 'the id of a campaign');
  if (excluded !== undefined && excluded !== 'true' && excluded !== 'false')
    throw badInput('excluded', 'true or false');
  const filter = checkRecipientFilter({
    status: listOf('status', status, Object.values(RecipientStatus)),
    outcome: listOf('outcome', outcome, Object.values(RecipientOutcome)),
    errorCode: codesOf(errorCode),
  });
  // whoever asks for the excluded gets them
  const asked =
    filter.status?.includes(RecipientStatus.EXCLUDED) || filter.outcome?.includes(RecipientOutcome.EXCLUDED);
  return {
    campaignId,
    filter,
    search: checkText('search', search ?? '', 200, 0),
    excluded: excluded === 'true' || asked === true,
  };
}

/** Names separated by commas, in any case. */
function listOf<T extends string>(
  name: string,
  given: string | string[] | undefined,
  values: readonly T[],
): T[] | undefined {
  return partsOf(given)?.map((part) => {
    const found = values.find((value) => value === part.toUpperCase());
    if (!found) throw badInput(name, `some of ${values.join(', ')}, separated by commas`);
    return found;
  });
}

function codesOf(given: string | string[] | undefined): number[] | undefined {
  return partsOf(given)?.map((part) => {
    if (!/^\d{1,9}$/.test(part))
      throw badInput('errorCode', 'codes of Campaign.failures, separated by commas');
    return Number(part);
  });
}

function partsOf(given: string | string[] | undefined): string[] | undefined {
  return given === undefined
    ? undefined
    : [given]
        .flat()
        .join()
        .split(',')
        .map((part) => part.trim());
}
