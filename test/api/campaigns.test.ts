import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, refusal, sendCampaign, stats } from './ask';

interface Page {
  campaigns: { id: string; status: string; statusReason: string | null }[];
  total: number;
  page: number;
  limit: number;
}

describe('campaigns', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());

  async function list(variables: Record<string, unknown> = {}): Promise<Page> {
    const query = `query ($id: ID!, $page: Int! = 1, $limit: Int! = 20, $status: [CampaignStatus!]) {
      campaigns(businessId: $id, page: $page, limit: $limit, status: $status) {
        campaigns { id status statusReason } total page limit } }`;
    return (await app.data<{ campaigns: Page }>(query, { id: app.businessId, ...variables })).campaigns;
  }

  const act = (name: string, id: string) =>
    app.graphql<Record<string, { status: string; statusReason: string | null }>>(
      `mutation ($id: ID!) { ${name}(campaignId: $id) { status ${name === 'retryFailed' ? 'message' : 'statusReason'} } }`,
      { id },
    );

  it('are listed newest first, each on exactly one page', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift(await createCampaign(app, ['+919876543210']));
    await act('cancelCampaign', ids[1] ?? '');
    const pages = [
      await list({ limit: 2 }),
      await list({ limit: 2, page: 2 }),
      await list({ limit: 2, page: 3 }),
    ];
    expect(pages.flatMap(({ campaigns }) => campaigns.map(({ id }) => id))).toEqual(ids);
    expect(pages.map(({ total, page, limit }) => [total, page, limit])).toEqual([
      [5, 1, 2],
      [5, 2, 2],
      [5, 3, 2],
    ]);
    expect(await list({ page: 9 })).toEqual({ campaigns: [], total: 5, page: 9, limit: 20 });
    const cancelled = await list({ status: ['CANCELLED', 'COMPLETED'] });
    expect(cancelled).toMatchObject({ total: 1, campaigns: [{ id: ids[1], status: 'CANCELLED' }] });
    expect(cancelled.campaigns[0]?.statusReason).toContain('tester');
  });

  it('are sent once, however often sendCampaign is called; each answer describes their state', async () => {
    interface Sent {
      status: string;
      totalRecipients: number;
      message: string;
    }
    const ask = async (id: string) =>
      (await app.data<{ sendCampaign: Sent }>(sendCampaign, { id })).sendCampaign;
    const sentences: Record<string, string> = {
      ACTIVE: 'Campaign queued for delivery. 2 messages will be sent.',
      PAUSED: 'Campaign is paused: Paused by tester',
      COMPLETED: 'Campaign is completed: 2 of 2 messages were sent',
    };
    await app.behave({ latencyMs: { min: 300, max: 300 } });
    const id = await createCampaign(app, ['+919876500001', '+919876500002']);
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(id)));
    await act('pauseCampaign', id);
    const paused = await ask(id);
    expect(paused.status).toBe('PAUSED');
    await act('resumeCampaign', id);
    await app.behave({ latencyMs: { min: 0, max: 0 } });
    await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', {
      what: 'the campaign is completed',
    });
    const completed = await ask(id);
    expect(completed).toMatchObject({ status: 'COMPLETED', totalRecipients: 2 });
    for (const { status, message } of [...asked, paused, completed]) expect(message).toBe(sentences[status]);
    expect((await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(id))).toHaveLength(2);
  });

  it('refuse actions that their status does not allow', async () => {
    const id = await createCampaign(app, ['+919876500003']);
    for (const name of ['pauseCampaign', 'resumeCampaign', 'retryFailed']) {
      const { errors } = await act(name, id);
      expect([name, errors?.[0]?.extensions.code]).toEqual([name, 'CONFLICT']);
      expect(errors?.[0]?.message).toContain('DRAFT');
    }
    expect((await act('cancelCampaign', id)).data?.cancelCampaign).toMatchObject({ status: 'CANCELLED' });
    expect((await act('cancelCampaign', id)).data?.cancelCampaign).toMatchObject({ status: 'CANCELLED' });
    expect((await act('resumeCampaign', id)).errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect(await refusal(app, sendCampaign, { id })).toMatchObject({
      code: 'CONFLICT',
      message: 'The campaign is cancelled and cannot be sent: Cancelled by tester; 0 of 1 were already out',
    });
    expect(await stats(app, id)).toMatchObject({ status: 'CANCELLED', sentCount: 0 });
  });

  it('without a template have a notice about the 24 hours', async () => {
    const { campaign } = await app.data<{ campaign: { notices: string[] } }>(
      `query ($id: ID!) { campaign(id: $id) { notices } }`,
      { id: await createCampaign(app, ['+919876500004']) },
    );
    expect(campaign.notices).toEqual([expect.stringContaining('24 hours')]);
  });

  it('require a sender', async () => {
    const { createBusiness } = await app.data<{ createBusiness: { id: string } }>(
      `mutation { createBusiness(input: { name: "New", defaultCountry: "IN" }) { id } }`,
      {},
      await app.token({ role: Role.OPERATOR }),
    );
    const input = {
      businessId: createBusiness.id,
      campaignName: 'C',
      campaignType: 'REMINDER',
      audienceType: 'ALL',
      messageText: 'Hi',
    };
    const token = await app.token({ businessIds: [createBusiness.id] });
    const create = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`;
    expect(await refusal(app, create, { input }, token)).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.senderId',
      message: expect.stringContaining('createSender') as unknown,
    });
  });
});
