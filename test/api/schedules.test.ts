import { App } from '../support/app';
import { act, createCampaign, people, sendCampaign, stats } from '../support/campaigns';
import {
  scheduleCampaign,
  scheduled,
  scheduleMutation,
  soon,
  unscheduleCampaign,
  unscheduleMutation,
} from '../support/schedules';
import { openWindows } from '../support/windows';
import { refusal } from './ask';

let app: App;
let from = 0;

beforeAll(async () => {
  // nobody starts anything: what is due is in test/delivery/schedules.test.ts
  app = await App.start({ workers: 0 });
});
afterAll(() => app?.close());

const draft = (count = 3, input: Record<string, unknown> = {}) =>
  createCampaign(app, { customRecipients: people(count, (from += count)), ...input });

test('a draft is SCHEDULED, and shows its schedule as it was set', async () => {
  const id = await draft();
  expect(await scheduled(app, id)).toMatchObject({ status: 'DRAFT', schedule: null });
  const input = {
    sendAt: '2027-11-08T15:00:00.000Z',
    window: { from: '10:00', to: '19:00', days: ['SUN', 'MON', 'TUE'] },
    deadline: '2027-11-10T00:00:00.000Z',
  };
  const answer = await scheduleCampaign(app, id, input);
  expect(answer).toEqual({
    id,
    status: 'SCHEDULED',
    totalRecipients: 3,
    schedule: {
      sendAt: '2027-11-08T15:00:00.000Z',
      timeZone: 'BUSINESS',
      zone: 'Asia/Kolkata',
      localTime: '2027-11-08 20:30',
      window: { from: '10:00', to: '19:00', days: ['MON', 'TUE', 'SUN'] },
      deadline: '2027-11-10T00:00:00.000Z',
      startsAt: '2027-11-09T04:30:00.000Z',
    },
  });
  expect(await scheduled(app, id)).toEqual(answer);
});

test('scheduling again replaces all of the schedule', async () => {
  const id = await draft();
  await scheduleCampaign(app, id, { sendAt: soon(3_600_000), deadline: soon(7_200_000) });
  const again = await scheduleCampaign(app, id, { sendAt: '2027-01-26T04:30:00.000Z', timeZone: null });
  expect(again).toMatchObject({
    status: 'SCHEDULED',
    schedule: { localTime: '2027-01-26 10:00', deadline: null, window: null, timeZone: 'BUSINESS' },
  });
});

test('unscheduleCampaign makes it a draft again; of a draft it changes nothing', async () => {
  const id = await draft();
  await scheduleCampaign(app, id, { sendAt: soon(3_600_000) });
  for (let i = 0; i < 2; i++)
    expect(await unscheduleCampaign(app, id)).toMatchObject({ status: 'DRAFT', schedule: null });
  expect(await scheduleCampaign(app, id, { sendAt: soon(3_600_000) })).toMatchObject({ status: 'SCHEDULED' });
});

test.each<[string, Record<string, unknown>]>([
  ['input.sendAt', { sendAt: '2026-01-01T00:00:00Z' }],
  ['input.sendAt', { sendAt: '2040-01-01T00:00:00Z' }],
  ['input.deadline', { sendAt: soon(3_600_000), deadline: soon(3_000_000) }],
  ['input.window.from', { sendAt: soon(3_600_000), window: { from: '10', to: '19:00' } }],
  ['input.window.to', { sendAt: soon(3_600_000), window: { from: '10:00', to: '10:00' } }],
  ['input.window.days', { sendAt: soon(3_600_000), window: { from: '10:00', to: '19:00', days: [] } }],
])('%s is BAD_USER_INPUT when it is wrong, and the draft stays one', async (field, input) => {
  const id = await draft();
  expect(await refusal(app, scheduleMutation, { id, input })).toMatchObject({
    code: 'BAD_USER_INPUT',
    field,
  });
  expect(await scheduled(app, id)).toMatchObject({ status: 'DRAFT', schedule: null });
});

test('with RECIPIENT it starts when the first person is due, and by sendAt', async () => {
  const phones = (...list: string[]) => ({ customRecipients: list.map((phone) => ({ name: 'A', phone })) });
  const sendAt = '2027-01-26T04:30:00.000Z';
  const starts = async (...list: string[]) => {
    const id = await draft(1, phones(...list));
    const { schedule } = await scheduleCampaign(app, id, { sendAt, timeZone: 'RECIPIENT' });
    return schedule?.startsAt;
  };
  expect(await starts('+919820099001')).toBe(sendAt);
  expect(await starts('+919820099001', '+819012345678')).toBe('2027-01-26T01:00:00.000Z');
  expect(await starts('+12125550123')).toBe('2027-01-26T15:00:00.000Z');
});

test('with RECIPIENT it is planned anew when its audience changes, and starts when its first person is due', async () => {
  const phones = (...list: string[]) => ({ customRecipients: list.map((phone) => ({ name: 'A', phone })) });
  const sendAt = '2027-01-26T04:30:00.000Z';
  const id = await draft(1, phones('+919820099001'));
  await scheduleCampaign(app, id, { sendAt, timeZone: 'RECIPIENT' });
  const list = ['+919820099001', '+819012345678', '+12125550123'];
  await openWindows(
    app,
    app.businessId,
    list.map((phone) => ({ phone })),
  );
  const change = (input: object) =>
    app.data(
      `mutation ($id: ID!, $input: UpdateCampaignInput!) {
      updateCampaign(campaignId: $id, input: $input) { id } }`,
      { id, input },
    );
  await change(phones(...list));
  expect((await scheduled(app, id)).schedule).toMatchObject({ sendAt, startsAt: '2027-01-26T01:00:00.000Z' });
  await change({ campaignName: 'Another name' });
  await change(phones('+12125550123'));
  const { status, schedule } = await scheduled(app, id);
  expect({ status, startsAt: schedule?.startsAt }).toEqual({
    status: 'SCHEDULED',
    startsAt: '2027-01-26T15:00:00.000Z',
  });
});

test('a campaign that nobody is left to send to, or whose template cannot be sent, is not scheduled', async () => {
  const empty = await draft(1);
  const [{ phone } = { phone: '' }] = people(1, from);
  await app.data(
    `mutation ($id: ID!, $phone: String!) { optOut(businessId: $id, phones: [$phone], reason: "asked") { changed } }`,
    { id: app.businessId, phone },
  );
  const input = { sendAt: soon(3_600_000) };
  expect(await refusal(app, scheduleMutation, { id: empty, input })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('nobody to send to') as string,
  });
  const id = await draft(2, {
    whatsappTemplateName: 'order_followup',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{firstName}}'],
    linkUrl: 'https://shop.example.com/',
  });
  await app.steer('PUT', 'templates', {
    name: 'order_followup',
    language: 'en',
    webhook: false,
    components: [{ type: 'BODY', text: 'Hi {{first_name}}, your order {{order}} has arrived, is it right?' }],
  });
  expect(await refusal(app, scheduleMutation, { id, input })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('was changed at WhatsApp') as string,
  });
  expect((await scheduled(app, id)).status).toBe('DRAFT');
});

test('a scheduled campaign is sent at once by sendCampaign, which removes the schedule', async () => {
  const id = await draft();
  await scheduleCampaign(app, id, {
    sendAt: soon(3_600_000),
    window: { from: '10:00', to: '19:00' },
    deadline: soon(90_000_000),
  });
  expect(await sendCampaign(app, id)).toMatchObject({ status: 'ACTIVE', totalRecipients: 3 });
  expect(await scheduled(app, id)).toMatchObject({ status: 'ACTIVE', schedule: null });
});

test('a scheduled campaign cannot be paused, and can be cancelled', async () => {
  const id = await draft();
  await scheduleCampaign(app, id, { sendAt: soon(3_600_000) });
  const { errors } = await act(app, 'pauseCampaign', id);
  expect(errors?.[0]).toMatchObject({
    message: 'A campaign that is SCHEDULED cannot be paused: unscheduleCampaign makes it a draft',
    extensions: { code: 'CONFLICT' },
  });
  await act(app, 'cancelCampaign', id);
  expect(await stats(app, id)).toMatchObject({ status: 'CANCELLED', startedAt: null });
  for (const [mutation, variables] of [
    [scheduleMutation, { id, input: { sendAt: soon(3_600_000) } }],
    [unscheduleMutation, { id }],
  ] as const)
    expect(await refusal(app, mutation, variables)).toMatchObject({ code: 'CONFLICT' });
});

test('an active campaign is neither scheduled nor unscheduled', async () => {
  const id = await draft();
  await sendCampaign(app, id);
  expect(await refusal(app, scheduleMutation, { id, input: { sendAt: soon(3_600_000) } })).toMatchObject({
    code: 'CONFLICT',
    message: 'A campaign that is ACTIVE cannot be scheduled',
  });
  expect(await refusal(app, unscheduleMutation, { id })).toMatchObject({ code: 'CONFLICT' });
});

test('the segment of a scheduled campaign cannot be deleted', async () => {
  const { createSegment } = await app.data<{ createSegment: { id: string } }>(
    `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`,
    { input: { businessId: app.businessId, name: 'Everybody', audienceType: 'ALL' } },
  );
  await app.addCustomers(2, { from: 90_000 });
  const id = await createCampaign(app, {
    campaignName: 'Scheduled sale',
    audienceType: 'SEGMENT',
    segmentId: createSegment.id,
  });
  await scheduleCampaign(app, id, { sendAt: soon(3_600_000) });
  const remove = `mutation ($id: ID!) { deleteSegment(id: $id) { id } }`;
  expect(await refusal(app, remove, { id: createSegment.id })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('Scheduled sale') as string,
  });
});
