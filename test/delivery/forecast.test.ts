import { randomInt } from 'node:crypto';
import { App } from '../support/app';
import {
  accepted,
  act,
  createCampaign,
  people,
  reached,
  recipients,
  startCampaign,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { scheduleCampaign, soon } from '../support/schedules';
import { waitFor } from '../support/wait';
import { refusal } from '../api/ask';

let app: App;

beforeAll(async () => {
  app = await App.start({ env: { WORKER_CONCURRENCY: '40' }, behaviour: { deliveredShare: 0.995 } });
});
afterAll(() => app?.close());

interface Forecast {
  recipients: number;
  messagesPerSecond: number;
  durationSeconds: number;
  finishesAt: string;
  cost: { amount: string; currency: string; rateCardDate: string };
  messagingLimit: {
    perDay: number | null;
    usedLast24Hours: number;
    remaining: number | null;
    exceededBy: number;
  };
  warnings: string[];
}

async function forecast(id: string): Promise<Forecast> {
  const { campaign } = await app.data<{ campaign: { forecast: Forecast } }>(
    `query ($id: ID!) { campaign(id: $id) { forecast { recipients messagesPerSecond durationSeconds finishesAt
       cost { amount currency rateCardDate perCountry { country recipients unitPrice amount } }
       messagingLimit { perDay usedLast24Hours remaining exceededBy } warnings } } }`,
    { id },
  );
  return campaign.forecast;
}

async function newSender(messagesPerSecond: number): Promise<string> {
  const { createSender } = await app.data<{ createSender: { id: string } }>(
    `mutation ($input: CreateSenderInput!) { createSender(input: $input) { id } }`,
    {
      input: {
        businessId: app.businessId,
        phoneNumberId: String(randomInt(1e9, 1e10)),
        wabaId: String(randomInt(1e9, 1e10)),
        displayPhoneNumber: '+91 22 4000 9999',
        accessToken: 'EAATestToken',
        messagesPerSecond,
      },
    },
  );
  return createSender.id;
}

/** Beginnings of numbers of nine countries, to be filled up with five digits. */
const numbers = [
  '+9198765', // India
  '+1212555', // United States: one digit less
  '+1416555', // Canada
  '+551198765', // Brazil
  '+628123456', // Indonesia
  '+4915123', // Germany: one digit more
  '+447400', // United Kingdom: one digit more
  '+33612', // France: one digit more
  '+7701123', // Kazakhstan: one digit less
];
const fill = [5, 4, 4, 4, 4, 6, 6, 6, 4];

/** The same numbers in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const utility = { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' };
const marketing = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: 'https://shop.example.com/',
};

test('20 seeded campaigns cost within 2 % of the forecast amount', async () => {
  const pick = random(20261126);
  const campaigns = [];
  for (let i = 0; i < 20; i++) {
    const countries = numbers.map((_, place) => place).filter(() => pick(2) === 0);
    if (countries.length === 0) countries.push(0);
    const count = 40 + pick(120);
    const customRecipients = Array.from({ length: count }, (_, n) => {
      const country = countries[pick(countries.length)] ?? 0;
      const digits = String(i * 400 + n).padStart(fill[country] ?? 5, '0');
      return { name: `Person ${n}`, phone: `${numbers[country]}${digits}` };
    });
    const senderId = await newSender(500);
    const input = { senderId, customRecipients, ...(pick(2) === 0 ? marketing : utility) };
    campaigns.push(await createCampaign(app, input));
  }
  const forecasts = await Promise.all(campaigns.map(forecast));
  await Promise.all(
    campaigns.map((id) =>
      app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id }),
    ),
  );
  for (const id of campaigns) await reached(app, id, 'COMPLETED', 90_000);
  await webhooksDelivered(app);
  for (const [i, id] of campaigns.entries()) {
    const messages = await accepted(app, id, ['price']);
    const cost = messages.reduce((sum, { price }) => sum + (price ?? 0), 0);
    const told = forecasts[i] as Forecast;
    expect(told).toMatchObject({ recipients: messages.length });
    expect(cost / Number(told.cost.amount)).toBeGreaterThan(0.98);
    expect(cost / Number(told.cost.amount)).toBeLessThan(1.02);
  }
}, 150_000);

test('maxCost pauses a campaign before it is exceeded; a higher one sends to the rest', async () => {
  const id = await startCampaign(app, { ...utility, customRecipients: people(300, 1000), maxCost: '0.1' });
  await reached(app, id, 'PAUSED');
  // 71 messages of 0.0014
  expect(await accepted(app, id, ['id'])).toHaveLength(71);
  expect(await statusReason(app, id)).toBe(
    'Another message could cost more than maxCost (0.10); 229 recipients are left. Resume with a higher maxCost to send to them',
  );
  const resume = `mutation ($id: ID!, $maxCost: Decimal) { resumeCampaign(campaignId: $id, maxCost: $maxCost) { status maxCost } }`;
  await app.data(resume, { id, maxCost: '0.2' });
  await reached(app, id, 'PAUSED');
  expect(await accepted(app, id, ['id'])).toHaveLength(142);
  await app.data(resume, { id, maxCost: null });
  await reached(app, id);
  expect(await accepted(app, id, ['id'])).toHaveLength(300);
  await webhooksDelivered(app);
  await expectConsistent(app, id);
});

test('a canary that has passed does not lift maxCost', async () => {
  const canary = { minimum: 10, percent: 1, waitMinutes: 0 };
  const id = await startCampaign(app, {
    ...utility,
    canary,
    customRecipients: people(100, 2000),
    maxCost: '0.07',
  });
  await reached(app, id, 'PAUSED');
  expect(await accepted(app, id, ['id'])).toHaveLength(50);
  expect((await recipients(app, id)).filter(({ status }) => status === 'QUEUED')).toHaveLength(50);
});

test('a canary of more people than maxCost covers pauses, and goes on with a higher one', async () => {
  const id = await startCampaign(app, {
    ...utility,
    canary: { minimum: 50, percent: 1, waitMinutes: 0 },
    customRecipients: people(100, 5000),
    maxCost: '0.042',
  });
  await reached(app, id, 'PAUSED');
  expect(await accepted(app, id, ['id'])).toHaveLength(30);
  expect(await statusReason(app, id)).toContain('70 recipients are left');
  await app.data(`mutation ($id: ID!) { resumeCampaign(campaignId: $id, maxCost: null) { status } }`, { id });
  await reached(app, id);
  expect(await accepted(app, id, ['id'])).toHaveLength(100);
});

test('with maxCost everybody is sent to who came into the audience while its start was waited for', async () => {
  const id = await createCampaign(app, { ...utility, customRecipients: people(9, 6000), maxCost: '5' });
  // as counted by a start that was not possible, before six of them came
  await app.database.query(
    `UPDATE campaigns SET status = 'PAUSED', total_recipients = 3, queued_count = 3 WHERE id = $1`,
    [id],
  );
  await app.data(`mutation ($id: ID!) { resumeCampaign(campaignId: $id) { status } }`, { id });
  expect(await reached(app, id)).toMatchObject({ totalRecipients: 9, sentCount: 9 });
});

test('a maxCost that is set while people wait for their hour holds for them, too', async () => {
  const newYork = Array.from({ length: 10 }, (_, i) => ({ name: 'A', phone: `+1212555${2000 + i}` }));
  const id = await createCampaign(app, { ...utility, customRecipients: [...people(5, 7000), ...newYork] });
  await scheduleCampaign(app, id, { sendAt: soon(1500), timeZone: 'RECIPIENT' });
  await waitFor(async () => (await accepted(app, id, ['id'])).length === 5, { what: 'India is sent to' });
  await act(app, 'pauseCampaign', id);
  const { cost } = await forecast(id);
  const each = Number(cost.amount) / 10;
  const resume = `mutation ($id: ID!, $maxCost: Decimal) { resumeCampaign(campaignId: $id, maxCost: $maxCost) { status } }`;
  await app.data(resume, { id, maxCost: (5 * 0.0014 + 3 * each + each / 2).toFixed(6) });
  const hourComes = () =>
    app.database.query(`UPDATE delivery_followups SET due_at = now() WHERE campaign_id = $1`, [id]);
  await hourComes();
  await reached(app, id, 'PAUSED');
  expect(await accepted(app, id, ['id'])).toHaveLength(8);
  expect(await statusReason(app, id)).toContain('7 recipients are left');
  await app.data(resume, { id, maxCost: null });
  await hourComes();
  expect(await reached(app, id)).toMatchObject({ sentCount: 15 });
  await webhooksDelivered(app);
  await expectConsistent(app, id);
});

test('people who are held out do not count for the messaging limit', async () => {
  await app.behave({ messagingLimit: 'TIER_250' });
  const senderId = await newSender(1000);
  await app.database.query(`UPDATE campaign_recipients SET sent_at = sent_at - interval '2 days'`);
  const half = { ...utility, senderId, holdoutPercent: 50, customRecipients: people(300, 4000) };
  const id = await createCampaign(app, half);
  await app.database.query('DELETE FROM conversation_windows');
  expect((await forecast(id)).messagingLimit).toMatchObject({ remaining: 250, exceededBy: 0 });
  const { sendCampaign: sent } = await app.data<{ sendCampaign: { status: string } }>(
    `mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`,
    { id },
  );
  expect(sent.status).toBe('ACTIVE');
  await reached(app, id);
  expect(await accepted(app, id, ['id'])).toHaveLength(150);
});

test('over the messaging limit a campaign starts and is scheduled only when that is acknowledged', async () => {
  await app.behave({ messagingLimit: 'TIER_250' });
  const senderId = await newSender(1000);
  const id = await createCampaign(app, { ...utility, senderId, customRecipients: people(300, 3000) });
  // createCampaign opens everybody's window: then nobody counts
  expect((await forecast(id)).messagingLimit).toMatchObject({ perDay: 250, exceededBy: 0 });
  await app.database.query('DELETE FROM conversation_windows');
  const { messagingLimit, warnings } = await forecast(id);
  const { usedLast24Hours, remaining, exceededBy } = messagingLimit;
  expect({ remaining, exceededBy }).toEqual({
    remaining: Math.max(0, 250 - usedLast24Hours),
    exceededBy: 300 - Math.max(0, 250 - usedLast24Hours),
  });
  expect(warnings).toContainEqual(expect.stringContaining('lets this number write to 250 people'));
  const send = `mutation ($id: ID!, $ok: [Acknowledgement!]) { sendCampaign(campaignId: $id, acknowledge: $ok) { status } }`;
  expect(await refusal(app, send, { id })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('acknowledge MESSAGING_LIMIT') as string,
  });
  const schedule = `mutation ($id: ID!, $at: DateTime!, $ok: [Acknowledgement!]) { scheduleCampaign(campaignId: $id, input: { sendAt: $at }, acknowledge: $ok) { status } }`;
  const at = new Date(Date.now() + 3_600_000).toISOString();
  // as if it was scheduled, before it is
  const planned = `query ($id: ID!, $schedule: ScheduleInput) { campaign(id: $id) { forecast(schedule: $schedule) { finishesAt durationSeconds } } }`;
  const finish = async (schedule: object | null) => {
    const { campaign } = await app.data<{ campaign: { forecast: Forecast } }>(planned, { id, schedule });
    return Date.parse(campaign.forecast.finishesAt);
  };
  const sendAt = Date.parse(at);
  expect(await finish({ sendAt: at })).toBeGreaterThan(sendAt);
  expect(await finish({ sendAt: at })).toBeLessThan(sendAt + 60_000);
  const tomorrow = { sendAt: at, timeZone: 'RECIPIENT', window: { from: '00:00', to: '00:01' } };
  expect(await finish(tomorrow)).toBeGreaterThan(sendAt);
  expect(await finish(null)).toBeLessThan(Date.now() + 60_000);
  expect(await refusal(app, planned, { id, schedule: { sendAt: '2020-01-01T00:00:00Z' } })).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'schedule.sendAt',
  });
  expect(await refusal(app, schedule, { id, at })).toMatchObject({ code: 'CONFLICT' });
  await app.data(schedule, { id, at, ok: ['MESSAGING_LIMIT'] });
  await app.data(send, { id, ok: ['MESSAGING_LIMIT'] });
  await reached(app, id);
  expect(
    (
      await app.data<{ campaign: { forecast: null } }>(
        `query ($id: ID!) { campaign(id: $id) { forecast { recipients } } }`,
        { id },
      )
    ).campaign.forecast,
  ).toBeNull();
  // who was written to today uses the limit already, and does not use it again
  const again = await createCampaign(app, {
    ...utility,
    senderId,
    customRecipients: [...people(300, 3000), ...people(5, 3500)],
  });
  await app.database.query('DELETE FROM conversation_windows');
  expect((await forecast(again)).messagingLimit).toMatchObject({ remaining: 0, exceededBy: 5 });
});

test('an animation in the header is warned of where it would not go as a marketing message', async () => {
  const senderId = await newSender(100);
  const templateValues = [
    { key: 'header', mediaUrl: 'https://cdn.example.com/g.mp4' },
    { key: 'body.1', value: '{{name}}' },
  ];
  const draft = { senderId, customRecipients: people(2, 4000), whatsappTemplateLanguage: 'en' };
  const id = await createCampaign(app, { ...draft, whatsappTemplateName: 'sparkle_gif', templateValues });
  const set = (marketingApi: string, onboarding: string | null) =>
    app.database.query(`UPDATE senders SET marketing_api = $2, marketing_onboarding = $3 WHERE id = $1`, [
      senderId,
      marketingApi,
      onboarding,
    ]);
  const warned = async (campaign = id) =>
    (await forecast(campaign)).warnings.filter((words) => /animation/.test(words));
  const says = (why: string) => [
    `The header is an animation (GIF): WhatsApp sends these only as marketing messages, and ${why}.`,
  ];
  const terms =
    "this number's account does not have the Marketing Messages API; accept its terms in WhatsApp Manager";
  for (const [marketingApi, onboarding, warnings] of [
    ['AUTO', 'ELIGIBLE', says(terms)],
    ['AUTO', 'ONBOARDED', []],
    ['AUTO', null, []],
    ['CLOUD_API', 'ONBOARDED', says('this number is set to the Cloud API. Set it to AUTO')],
    ['MARKETING_MESSAGES', 'ELIGIBLE', []],
  ] as const) {
    await set(marketingApi, onboarding);
    expect([marketingApi, onboarding, await warned()]).toEqual([marketingApi, onboarding, warnings]);
  }
  // an image is no animation
  await set('AUTO', 'ELIGIBLE');
  const plain = { templateParameters: ['{{name}}'], linkUrl: 'https://shop.example.com/' };
  expect(
    await warned(await createCampaign(app, { ...draft, ...plain, whatsappTemplateName: 'weekend_sale' })),
  ).toEqual([]);
  await set('AUTO', 'ONBOARDED');
  await app.database.query(
    `UPDATE templates SET category = 'UTILITY' WHERE name = 'sparkle_gif' AND waba_id = (SELECT waba_id FROM senders WHERE id = $1)`,
    [senderId],
  );
  expect(await warned()).toEqual(says('this is not a marketing template. Use one, or another header'));
});
