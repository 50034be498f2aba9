import { App } from '../support/app';
import { accepted, act, people, reached, startCampaign, statusReason } from '../support/campaigns';

describe('an access token that has expired', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());

  const setToken = (accessToken: string) =>
    app.data(
      `mutation ($id: ID!, $input: UpdateSenderInput!) { updateSender(id: $id, input: $input) { id } }`,
      { id: app.senderId, input: { accessToken } },
    );

  it('pauses the campaign; after updateSender and resumeCampaign the rest is sent, without a restart', async () => {
    await setToken('EAA-expired');
    const id = await startCampaign(app, { customRecipients: people(40, 61_000) });
    await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toMatch(/token/i);
    expect(await accepted(app, id)).toEqual([]);
    await setToken('EAA-new');
    await act(app, 'resumeCampaign', id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 40, failedCount: 0, unconfirmedCount: 0 });
    expect(new Set((await accepted(app, id)).map(({ to }) => to)).size).toBe(40);
  });

  it('that is replaced while a campaign runs does not pause it', async () => {
    const id = await startCampaign(app, { customRecipients: people(300, 62_000) });
    await setToken('EAA-newer');
    expect(await reached(app, id)).toMatchObject({ sentCount: 300, failedCount: 0 });
  });
});
