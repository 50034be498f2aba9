import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, sendCampaign, stats } from '../api/ask';

const leads = {
  names: '+919876501001',
  writes: '+919876501002',
  taps: '+919876501003',
  silent: '+919876501004',
  late: '+919876501005',
  namesAnother: '+919876501006',
  twice: '+919876501007',
  reacts: '+919876501008',
  brazilian: '+5511987654321',
};

let app: App;
let phoneNumberId: string;
let first: string;
let second: string;

beforeAll(async () => {
  app = await App.start();
  const [sender] = await app.database.query<{ phone_number_id: string }[]>(
    `SELECT phone_number_id FROM senders`,
  );
  phoneNumberId = sender?.phone_number_id ?? '';
  for (const [name, phone] of Object.entries(leads))
    await app.database.query(
      `INSERT INTO leads (business_id, name, phone, phone_e164, tags) VALUES ($1, $2, $3, $3, '{replies}')`,
      [app.businessId, name, phone],
    );
  first = await send();
  second = await send();
  await app.database.query(
    `UPDATE campaign_recipients SET sent_at = sent_at - CASE WHEN phone = $1 THEN interval '73 hours' ELSE interval '1 hour' END`,
    [leads.late],
  );
});
afterAll(() => app?.close());

async function send(): Promise<string> {
  const id = await createCampaign(app, [], {
    customRecipients: undefined,
    audienceType: 'LEADS',
    audienceFilter: { tags: ['replies'] },
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{firstName|there}}'],
    linkUrl: 'https://shop.example.com/',
  });
  await app.data(sendCampaign, { id });
  await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'it is sent' });
  return id;
}

const inbound = (body: Record<string, unknown>) =>
  app.steer('POST', 'inbound', { phoneNumberId, type: 'text', body: 'Hello', ...body });

async function messageOf(campaignId: string, phone: string): Promise<string | undefined> {
  const ledger = await app.ledger();
  return ledger.find(({ to, callbackData }) => to === phone && callbackData?.startsWith(campaignId))?.id;
}

/** Names of the leads who answered the campaign, as the filter finds them. */
async function replied(campaignId: string): Promise<string[]> {
  const { contacts } = await app.data<{ contacts: { nodes: { name: string }[] } }>(
    `query ($businessId: ID!, $filter: AudienceFilterInput) {
      contacts(businessId: $businessId, kind: LEAD, filter: $filter) { nodes { name } } }`,
    { businessId: app.businessId, filter: { campaign: { campaignId, outcome: ['REPLIED'] } } },
  );
  return contacts.nodes.map(({ name }) => name).sort();
}

it('counts an answer for the message that it names, else for the last one within 72 hours', async () => {
  expect(await replied(first)).toEqual([]);
  await inbound({ from: leads.late });
  await inbound({ messageId: await messageOf(first, leads.names) });
  await inbound({ from: leads.writes });
  await inbound({ messageId: await messageOf(first, leads.taps), type: 'button', button: 1 });
  await inbound({ from: leads.namesAnother, contextId: 'wamid.of-another-message' });
  await inbound({ messageId: await messageOf(first, leads.reacts), type: 'reaction', body: '👍' });
  await inbound({ from: leads.brazilian, waId: '551187654321' });
  const all = async () => [...(await replied(first)), ...(await replied(second))];
  await waitFor(async () => (await all()).length >= 6, { what: 'six answers' });
  expect(await replied(first)).toEqual(['names', 'reacts', 'taps']);
  expect(await replied(second)).toEqual(['brazilian', 'namesAnother', 'writes']);
});

it('keeps the time of the first answer, in whatever order they arrive', async () => {
  const now = Math.floor(Date.now() / 1000);
  const times = async () => {
    const found = await app.database.query<{ at: number }[]>(
      `SELECT extract(epoch FROM replied_at)::int AS at FROM campaign_recipients
       WHERE phone = $1 AND replied_at IS NOT NULL`,
      [leads.twice],
    );
    return found.map(({ at }) => at);
  };
  for (const [at, kept] of [
    [now - 600, now - 600],
    [now - 1200, now - 1200],
    [now - 300, now - 1200],
  ] as const) {
    const written = async () => {
      const [window] = await app.database.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM conversation_windows WHERE identity = $1 AND last_inbound_at >= to_timestamp($2)`,
        [leads.twice, at],
      );
      return window?.count === 1;
    };
    await inbound({ from: leads.twice, timestamp: at });
    await waitFor(written, { what: 'the message is stored' });
    await waitFor(async () => (await times())[0] === kept, { what: 'the time of the answer' });
    expect(await times()).toEqual([kept]);
  }
});
