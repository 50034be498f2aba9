import { Role } from '../../src/accounts/viewer';
import { ConsistencyService } from '../../src/consistency/consistency.service';
import { App } from '../support/app';
import { reached, webhooksDelivered } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { createCampaign, refusal, sendCampaign } from './ask';
import { createTenant } from './tenant';

interface Consistency {
  ok: boolean;
  checkedAt: string;
  checks: { name: string; holds: boolean; detail: string }[];
}

const query = `query ($id: ID!) { campaign(id: $id) { consistency { ok checkedAt checks { name holds detail } } } }`;

describe('Campaign.consistency', () => {
  let app: App;
  let id: string;

  beforeAll(async () => {
    app = await App.start();
    id = await createCampaign(app, ['+919876500001', '+919876500002', '+919876500003']);
    await app.data(sendCampaign, { id });
    await reached(app, id);
    await webhooksDelivered(app);
  });
  afterAll(() => app?.close());

  async function ask(token?: string): Promise<Consistency> {
    return (await app.data<{ campaign: { consistency: Consistency } }>(query, { id }, token)).campaign
      .consistency;
  }

  it('holds for a completed campaign, and a VIEWER may read it', async () => {
    const { ok, checkedAt, checks } = await ask(await app.token({ role: Role.VIEWER }));
    expect(ok).toBe(true);
    expect(Math.abs(Date.now() - Date.parse(checkedAt))).toBeLessThan(60_000);
    expect(checks.length).toBeGreaterThan(20);
    expect(checks).toContainEqual({
      name: 'COUNTER_TOTAL',
      holds: true,
      detail: '3 in the counter, 3 by the rows',
    });
  });

  it('reports a check that does not hold', async () => {
    await app.database.query(`UPDATE campaigns SET clicked_count = clicked_count + 1 WHERE id = $1`, [id]);
    const { ok, checks } = await ask();
    await app.database.query(`UPDATE campaigns SET clicked_count = clicked_count - 1 WHERE id = $1`, [id]);
    expect(ok).toBe(false);
    expect(checks.filter(({ holds }) => !holds)).toEqual([
      { name: 'COUNTER_CLICKED', holds: false, detail: expect.stringMatching(/in the counter/) as unknown },
    ]);
    expect((await ask()).ok).toBe(true);
  });

  it('is NOT_FOUND for another business, and requires a token', async () => {
    const { businessId } = await createTenant(app);
    const foreign = await app.token({ businessIds: [businessId] });
    expect(await refusal(app, query, { id }, foreign)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(app, query, { id }, null)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is answered for a page of campaigns, one by one', async () => {
    for (let i = 0; i < 5; i++) await createCampaign(app, ['+919876500009']);
    const { campaigns } = await app.data<{ campaigns: { campaigns: { consistency: { ok: boolean } }[] } }>(
      `query ($id: ID!) { campaigns(businessId: $id) { campaigns { consistency { ok } } } }`,
      { id: app.businessId },
    );
    expect(campaigns.campaigns.map(({ consistency }) => consistency.ok)).toEqual(Array(6).fill(true));
  });

  it('is SERVICE_UNAVAILABLE if the rows cannot be read in time', async () => {
    const blocker = app.database.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query(`LOCK TABLE campaign_stats_minutes`);
    try {
      expect(await refusal(app, query, { id })).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    } finally {
      await blocker.rollbackTransaction();
      await blocker.release();
    }
    expect((await ask()).ok).toBe(true);
  });

  it('refuses a request that has waited too long for its turn', async () => {
    const checks = new ConsistencyService(app.database, 50);
    const blocker = app.database.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query(`LOCK TABLE campaign_stats_minutes`);
    const [first, second] = [checks.check(id), checks.check(id).catch((error: unknown) => error)];
    const since = performance.now();
    await waitFor(() => performance.now() - since > 60, { what: 'the time limit has passed' });
    await blocker.rollbackTransaction();
    await blocker.release();
    expect((await first).campaignId).toBe(id);
    expect(await second).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await checks.check(id)).campaignId).toBe(id);
  });
});
