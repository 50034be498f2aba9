import { App } from './support/app';
import { waitFor } from './support/wait';

interface Stats {
  id: string;
  status: string;
  version: number;
  totalRecipients: number;
  queuedCount: number;
  sentCount: number;
  deliveredCount: number;
  readCount: number;
  failedCount: number;
  skippedCount: number;
  unconfirmedCount: number;
  clickedCount: number;
  convertedCount: number;
  deliveryRate: number | null;
}

const figures = `id campaignId status version totalRecipients queuedCount sentCount deliveredCount readCount failedCount
  skippedCount unconfirmedCount excludedCount clickedCount convertedCount optedOutCount deliveryRate clickRate conversionRate
  startedAt completedAt updatedAt`;

/** The complete example of the guide: a Diwali sale to the top customers. */
describe('the complete flow of the guide', () => {
  let app: App;
  let socket: Awaited<ReturnType<App['socket']>>;

  beforeAll(async () => {
    app = await App.start();
    await app.behave({ shop: { businessId: app.businessId, token: await app.token(), currency: 'INR' } });
    await app.addCustomers(523);
    await app.addCustomers(100, { from: 1000, totalSpent: 400 });
    await app.addCustomers(50, { from: 2000, engagementScore: 3 });
  });
  afterAll(async () => {
    await socket?.dispose();
    await app?.close();
  });

  it('previews, creates, sends and watches 523 customers', async () => {
    const filter = { totalSpent: { gte: 5000 }, engagementScore: { gte: 7 } };
    const { previewAudience } = await app.data<{ previewAudience: { count: number; sample: unknown[] } }>(
      `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { count matched sample { name phone email } } }`,
      { input: { businessId: app.businessId, audienceType: 'CUSTOMERS', filter } },
    );
    expect(previewAudience.count).toBe(523);
    expect(previewAudience.sample).toHaveLength(5);

    await app.steer('POST', 'reset', { keepBehaviour: true });
    const { createCampaign } = await app.data<{
      createCampaign: { id: string; status: string; totalRecipients: number };
    }>(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id status totalRecipients } }`,
      {
        input: {
          businessId: app.businessId,
          campaignName: 'Diwali VIP Sale - Top Customers',
          campaignType: 'PROMOTIONAL',
          audienceType: 'CUSTOMERS',
          audienceFilter: filter,
          channel: 'WHATSAPP',
          whatsappTemplateName: 'festive_offer',
          whatsappTemplateLanguage: 'en',
          templateParameters: ['{{name}}', '70% OFF'],
          mediaUrl: 'https://cdn.example.com/diwali-vip-banner.jpg',
          mediaType: 'IMAGE',
          linkUrl: 'https://shop.example.com/diwali',
        },
      },
    );
    expect(createCampaign).toMatchObject({ status: 'DRAFT', totalRecipients: 523 });
    const { id } = createCampaign;

    const events: Stats[] = [];
    socket = await app.socket();
    const watching = (async () => {
      const stream = socket.iterate<{ campaignStats: Stats }>({
        query: `subscription ($id: ID!) { campaignStats(campaignId: $id) { ${figures} } }`,
        variables: { id },
      });
      for await (const { data } of stream) if (data) events.push(data.campaignStats);
    })();
    await waitFor(() => events.length > 0, { what: 'the snapshot' });
    expect(events[0]).toMatchObject({ status: 'DRAFT', sentCount: 0, queuedCount: 523, deliveryRate: null });

    const { sendCampaign } = await app.data<{ sendCampaign: { message: string; status: string } }>(
      `mutation ($id: ID!) { sendCampaign(campaignId: $id) { message status totalRecipients campaign { id } } }`,
      { id },
    );
    expect(sendCampaign).toMatchObject({
      status: 'ACTIVE',
      message: 'Campaign queued for delivery. 523 messages will be sent.',
    });

    const now = async () =>
      (
        await app.data<{ campaignStats: Stats }>(
          `query ($id: ID!) { campaignStats(campaignId: $id) { ${figures} } }`,
          { id },
        )
      ).campaignStats;
    await waitFor(async () => (await now()).status === 'COMPLETED', {
      what: 'the campaign is completed',
      timeoutMs: 60_000,
    });
    await waitFor(
      async () => {
        const { pendingEvents, pendingWebhooks } = await app.steer<
          Record<'pendingEvents' | 'pendingWebhooks', number>
        >('GET', 'summary');
        return pendingEvents + pendingWebhooks === 0;
      },
      { what: 'every status, click and order is counted', timeoutMs: 30_000 },
    );
    const last = await waitFor(
      async () => {
        const latest = await now();
        return events.at(-1)?.version === latest.version ? latest : undefined;
      },
      { what: 'the last event equals the query', timeoutMs: 30_000 },
    );
    expect(events.at(-1)).toEqual(last);
    for (const [i, event] of events.entries()) {
      if (i > 0) expect(event.version).toBeGreaterThan((events[i - 1] as Stats).version);
      expect(
        event.queuedCount + event.unconfirmedCount + event.sentCount + event.failedCount + event.skippedCount,
      ).toBe(523);
    }
    expect(events.length).toBeGreaterThan(2);

    const ledger = await app.ledger();
    expect(ledger).toHaveLength(523);
    expect(new Set(ledger.map((message) => message.to)).size).toBe(523);
    expect(
      ledger.every((message) => /Customer \d+/.test(message.text) && message.text.includes('70% OFF')),
    ).toBe(true);
    expect(ledger.every((message) => !message.text.includes('{{'))).toBe(true);
    const has = (status: string) =>
      ledger.filter((one) => one.statuses.some((entry) => entry.status === status)).length;
    expect(last.readCount).toBe(has('read'));
    expect(last.deliveredCount).toBeGreaterThanOrEqual(has('delivered'));
    expect(last.clickedCount).toBe(ledger.filter((one) => one.clickedAt).length);
    expect(last.convertedCount).toBe(ledger.filter((one) => one.convertedAt).length);
    expect(last.clickedCount).toBeGreaterThan(50);
    expect(last.convertedCount).toBeGreaterThan(5);

    await socket.dispose();
    await watching.catch(() => undefined);
  }, 120_000);
});
