import { verifyCampaign } from '../../src/consistency/verify';
import { App } from '../support/app';
import {
  accepted,
  act,
  createCampaign,
  people,
  reached,
  recipients,
  sendCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { waitFor } from '../support/wait';

let app: App;
let phoneNumberId: string;

beforeAll(async () => {
  app = await App.start({
    behaviour: { clickShare: 0, readShare: 0, deliveredShare: 1, withoutPhoneShare: 0 },
  });
  const [sender] = await app.database.query<{ phone_number_id: string }[]>(
    `SELECT phone_number_id FROM senders`,
  );
  phoneNumberId = sender?.phone_number_id ?? '';
});
afterAll(() => app?.close());

const utility = { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' };

async function contact(tag: string, of: { phone?: string; bsuid?: string }, kind = 'LEAD'): Promise<string> {
  const { createContact } = await app.data<{ createContact: { id: string } }>(
    `mutation ($input: CreateContactInput!) { createContact(input: $input) { id } }`,
    { input: { businessId: app.businessId, kind, name: 'Asha Rao', tags: [tag], ...of } },
  );
  return createContact.id;
}

interface Person {
  phone: string | null;
  phoneE164: string | null;
  bsuid: string | null;
  optedOut: boolean;
}
async function person(id: string): Promise<Person> {
  return (
    await app.data<{ contact: Person }>(
      `query ($id: ID!) { contact(id: $id) { phone phoneE164 bsuid optedOut } }`,
      { id },
    )
  ).contact;
}

async function start(tag: string, content: Record<string, unknown> = utility): Promise<string> {
  const id = await createCampaign(app, {
    audienceType: 'LEADS',
    audienceFilter: { tags: [tag] },
    ...content,
  });
  await sendCampaign(app, id);
  await reached(app, id);
  return id;
}

const inbound = (body: Record<string, unknown>) =>
  app.steer('POST', 'inbound', { phoneNumberId, type: 'text', ...body });
const optedOut = (id: string, what: string) => waitFor(async () => (await person(id)).optedOut, { what });
async function optOuts(): Promise<string[]> {
  const found = await app.database.query<{ name: string }[]>(
    `SELECT identity || ' ' || source AS name FROM suppressions WHERE NOT lifted ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}
const replied = async (id: string) =>
  Number(
    (
      await app.database.query<{ count: string }[]>(
        `SELECT count(replied_at) AS count FROM campaign_recipients WHERE campaign_id = $1`,
        [id],
      )
    )[0]?.count,
  );

test('people without a phone are sent to by their BSUID, once, unless the message shows the phone', async () => {
  await contact('bsuid', { bsuid: 'IN.100' });
  await contact('bsuid', { bsuid: 'IN.100' });
  await contact('bsuid', { bsuid: 'IN.101', phone: 'no phone' });
  await contact('bsuid', { phone: '+919876540001' });
  await contact('bsuid', { phone: 'nothing at all' });
  const preview = async (more: Record<string, unknown>) => {
    const id = await createCampaign(app, {
      audienceType: 'LEADS',
      audienceFilter: { tags: ['bsuid'] },
      ...more,
    });
    const { totalRecipients, excludedCount } = await stats(app, id);
    return [id, totalRecipients, excludedCount] as const;
  };
  const [, all, left] = await preview(utility);
  expect([all, left]).toEqual([3, 2]);
  const id = await start('bsuid');
  await webhooksDelivered(app);
  const requests = await accepted(app, id);
  expect(requests.map(({ to }) => to).sort()).toEqual(['+919876540001', 'IN.100', 'IN.101']);
  expect(await stats(app, id)).toMatchObject({ sentCount: 3, deliveredCount: 3, excludedCount: 2 });
  expect((await recipients(app, id)).map(({ excluded_reason: reason }) => reason)).toEqual([
    ...[null, null, null],
    ...['DUPLICATE_PHONE', 'INVALID_PHONE'].sort(),
  ]);
  await expectCountersAreRows(app, id);
  const checks = (await verifyCampaign(app.database, id))?.checks ?? [];
  expect(checks.filter(({ holds }) => !holds)).toEqual([]);

  const [shows, few, more] = await preview({ messageText: 'Call from {{phone}}?' });
  expect([few, more]).toEqual([1, 4]);
  await sendCampaign(app, shows);
  await reached(app, shows);
  expect(await stats(app, shows)).toMatchObject({ sentCount: 1, excludedCount: 4 });
  expect((await recipients(app, shows)).slice(1).map(({ excluded_reason: reason }) => reason)).toEqual(
    Array(4).fill('INVALID_PHONE'),
  );
});

test('the preview shows people without a phone what they get, and why they get nothing', async () => {
  const ids = [
    await contact('preview', { bsuid: 'IN.110' }),
    await contact('preview', { phone: 'nothing at all' }),
    await contact('preview', { phone: '+919876540011' }),
  ];
  const preview = async (messageText: string) => {
    const { previewMessage } = await app.data<{
      previewMessage: { body: string | null; problems: string[] }[];
    }>(`query ($input: PreviewMessageInput!) { previewMessage(input: $input) { body problems } }`, {
      input: { businessId: app.businessId, contactIds: ids, messageText },
    });
    return previewMessage;
  };
  const shown = (body: string) => ({ body, problems: [] });
  const leftOut = (why: RegExp) => ({ body: null, problems: [expect.stringMatching(why) as string] });
  const unreadable = leftOut(/no phone number that can be read/);
  expect(await preview('Hi {{firstName}}, {{phone|you}}!')).toEqual([
    shown('Hi Asha, you!'),
    unreadable,
    shown('Hi Asha, +919876540011!'),
  ]);
  expect(await preview('Call from {{phone}}?')).toEqual([
    leftOut(/shows \{\{phone\}\}/),
    unreadable,
    shown('Call from +919876540011?'),
  ]);
});

test('statuses, answers and opt-outs that name a BSUID only are found', async () => {
  await app.behave({
    userIdInAnswers: true,
    withoutPhoneShare: 1,
    webhooks: { withoutCallbackDataShare: 1 },
  });
  const phone = await contact('found', { phone: '+919876541001' });
  const bare = await contact('found', { bsuid: 'IN.201' });
  const id = await start('found');
  await waitFor(async () => (await stats(app, id)).deliveredCount === 2, { what: 'both are delivered' });
  const [row] = await app.database.query<{ user_id: string }[]>(
    `SELECT user_id FROM campaign_recipients WHERE campaign_id = $1 AND phone = '+919876541001'`,
    [id],
  );
  const userId = row?.user_id ?? '';
  expect(userId).toMatch(/^IN\.\d+$/);

  await inbound({ userId: 'IN.201', body: 'Hello' });
  await waitFor(async () => (await replied(id)) === 1, { what: 'an answer by BSUID' });
  await inbound({ userId, body: 'Hello', withoutPhone: true });
  await waitFor(async () => (await replied(id)) === 2, {
    what: 'an answer of a person whose BSUID the send named',
  });
  await inbound({ userId, body: 'STOP', withoutPhone: true });
  await optedOut(phone, 'the STOP of a person whose BSUID the send named');
  await inbound({ type: 'user_preferences', userId: 'IN.201', value: 'stop', withoutPhone: true });
  await optedOut(bare, "WhatsApp's own stop");
  expect(await optOuts()).toEqual(['+919876541001 KEYWORD', 'IN.201 WHATSAPP']);
  await inbound({ userId: 'IN.201', body: 'START' });
  await waitFor(async () => !(await person(bare)).optedOut, { what: 'START' });
  await app.behave({
    userIdInAnswers: false,
    withoutPhoneShare: 0,
    webhooks: { withoutCallbackDataShare: 0 },
  });

  // nothing stored says whose BSUID it is: the message that is answered does
  const hidden = await contact('context', { phone: '+919876541002' });
  const other = await start('context');
  const [message] = await accepted(app, other);
  await inbound({ messageId: message?.id, userId: 'IN.999', withoutPhone: true, body: 'STOP' });
  await optedOut(hidden, 'a STOP that is found by the message');
  await waitFor(async () => (await replied(other)) === 1, { what: 'the answer is found by the message' });
});

test('a changed number moves the contact and its opt-outs, and merges those of the new number', async () => {
  const lead = await contact('moved', { phone: '+919876542001', bsuid: 'IN.301' });
  const customer = await contact('moved', { phone: '+919876542001' }, 'CUSTOMER');
  const there = await contact('there', { phone: '+919876542002' });
  await inbound({ from: '+919876542001', body: 'STOP' });
  await optedOut(lead, 'the old number');
  const at = Math.floor(Date.now() / 1000);
  const change = {
    ...{ type: 'system', change: 'user_changed_number', from: '+919876542001', newNumber: '+919876542002' },
    ...{ newUserId: 'IN.302', previousUserId: 'IN.301', timestamp: at },
  };
  await inbound(change);
  await waitFor(async () => (await person(lead)).phoneE164 === '+919876542002', { what: 'the number moves' });
  expect(await person(lead)).toEqual({
    phone: '+919876542002',
    phoneE164: '+919876542002',
    bsuid: 'IN.302',
    optedOut: true,
  });
  expect(await person(customer)).toMatchObject({ phoneE164: '+919876542002', optedOut: true });
  expect(await person(there)).toMatchObject({ phoneE164: '+919876542002', optedOut: true });
  expect(await optOuts()).toEqual(expect.arrayContaining(['+919876542001 KEYWORD', '+919876542002 KEYWORD']));

  // START afterwards holds, also when the notice comes again; somebody else with the old number stays as they are
  await inbound({ from: '+919876542002', body: 'START', timestamp: at + 1 });
  await waitFor(async () => !(await person(lead)).optedOut, { what: 'START' });
  const heir = await contact('heir', { phone: '+919876542001' });
  await inbound(change);
  await webhooksDelivered(app);
  expect(await person(lead)).toMatchObject({ optedOut: false });
  expect(await person(heir)).toMatchObject({ phoneE164: '+919876542001' });

  // what was said before under the old number arrives late
  const late = await contact('late', { phone: '+919876542003' });
  await inbound({
    ...change,
    from: '+919876542003',
    newNumber: '+919876542004',
    newUserId: 'IN.304',
    previousUserId: 'IN.303',
  });
  await waitFor(async () => (await person(late)).phoneE164 === '+919876542004', { what: 'the number moves' });
  await inbound({ from: '+919876542003', type: 'user_preferences', value: 'stop', timestamp: at - 60 });
  await optedOut(late, 'a late stop under the old number');
});

test('a changed BSUID moves the contact and its opt-outs, through several changes in any order', async () => {
  const bare = await contact('ids', { bsuid: 'IN.401' });
  const withPhone = await contact('ids', { phone: '+919876543001', bsuid: 'IN.401' });
  await inbound({ userId: 'IN.401', type: 'user_preferences', value: 'stop', withoutPhone: true });
  await optedOut(bare, 'the old id');
  const at = Math.floor(Date.now() / 1000);
  const change = (previousUserId: string, newUserId: string, timestamp: number) =>
    inbound({
      ...{ type: 'system', change: 'user_changed_user_id', userId: previousUserId, withoutPhone: true },
      ...{ previousUserId, newUserId, timestamp },
    });
  await change('IN.402', 'IN.403', at - 10);
  await webhooksDelivered(app);
  await change('IN.401', 'IN.402', at - 20);
  await waitFor(async () => (await person(bare)).bsuid === 'IN.402', { what: 'the id moves' });
  expect(await person(bare)).toMatchObject({ phoneE164: null, optedOut: true });
  expect(await person(withPhone)).toMatchObject({
    phoneE164: '+919876543001',
    bsuid: 'IN.402',
    optedOut: true,
  });
  expect(await optOuts()).toEqual(
    expect.arrayContaining(['IN.401 WHATSAPP', 'IN.402 WHATSAPP', 'IN.403 WHATSAPP']),
  );
});

test('a BSUID in `to` may be dropped without a word: it is never sent so', async () => {
  await contact('dropped', { bsuid: 'IN.501' });
  const id = await start('dropped');
  await waitFor(async () => (await stats(app, id)).deliveredCount === 1, { what: 'it is delivered' });
  const send = async (to: Record<string, string>) => {
    const response = await fetch(`${app.simulator.url}/v25.0/${phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer EAATestToken', 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', type: 'text', text: { body: 'Hi' }, ...to }),
    });
    return (await response.json()) as { contacts: object[]; messages: { id: string }[] };
  };
  const lost = await send({ to: 'IN.502' });
  const kept = await send({ recipient: 'IN.503' });
  expect(kept.contacts).toEqual([{ input: 'IN.503', user_id: 'IN.503' }]);
  await webhooksDelivered(app);
  const statuses = new Map((await app.ledger()).map((one) => [one.id, one.statuses.length]));
  expect(statuses.get(lost.messages[0]?.id ?? '')).toBe(0);
  expect(statuses.get(kept.messages[0]?.id ?? '')).toBeGreaterThan(0);
});

test('who changes the number is sent to at the new one, once, in campaigns that run and that wait', async () => {
  // the first is the first to be sent to: recipients are in the order of their numbers
  const old = (i: number) => (i === 1 ? '+919800000001' : `+91987654500${i}`);
  const fresh = (i: number) => `+91987654600${i}`;
  const ours = /^\+91(980000|98765(45|46))/;
  // WhatsApp accepts, and says no more
  await app.behave({ deliveredShare: 0 });
  await app.database.query(`UPDATE senders SET messages_per_second = 1 WHERE id = $1`, [app.senderId]);
  const to = (...phones: string[]) => phones.map((phone) => ({ name: 'Asha', phone }));
  const running = await createCampaign(app, {
    customRecipients: [
      ...to(old(1)),
      ...people(30, 46_000),
      // moves; is there under both numbers; has the message already under the old one; does not move
      ...to(old(2), old(3), fresh(3), fresh(1), old(4)),
    ],
    ...utility,
  });
  const waiting = await createCampaign(app, { customRecipients: to(old(2)), fixAudience: true, ...utility });
  const listed = await createCampaign(app, { customRecipients: to(old(2), fresh(2)), ...utility });
  await sendCampaign(app, running);
  const statusOf = async (phone: string) =>
    (await recipients(app, running)).find((one) => one.phone === phone)?.status;
  await waitFor(async () => (await statusOf(old(1))) === 'SENT', { what: 'the first message is sent' });
  await act(app, 'pauseCampaign', running);
  expect(await Promise.all([old(2), old(3), fresh(3), fresh(1), old(4)].map(statusOf))).toEqual(
    Array(5).fill('QUEUED'),
  );
  for (const i of [1, 2, 3])
    await inbound({
      ...{ type: 'system', change: 'user_changed_number', from: old(i), newNumber: fresh(i), times: 2 },
      timestamp: Math.floor(Date.now() / 1000),
    });
  await webhooksDelivered(app);
  const places = async (id: string) => (await recipients(app, id)).filter(({ phone }) => ours.test(phone));
  await waitFor(
    async () =>
      (await places(running)).map(({ phone, status }) => `${phone} ${status}`).join() ===
      [
        `${old(1)} SENT`,
        `${fresh(2)} QUEUED`,
        `${old(3)} SKIPPED`,
        `${old(4)} QUEUED`,
        `${fresh(1)} SKIPPED`,
        `${fresh(3)} QUEUED`,
      ].join(),
    { what: 'the campaign has the new numbers' },
  );
  expect((await places(waiting)).map(({ phone }) => phone)).toEqual([fresh(2)]);
  const { campaign } = await app.data<{
    campaign: {
      recipients: { nodes: { phone: string; skippedReason: string; events: { detail: string }[] }[] };
    };
  }>(
    `query ($id: ID!) { campaign(id: $id) { recipients(status: [SKIPPED]) {
       nodes { phone skippedReason events { detail } } } } }`,
    { id: running },
  );
  expect(campaign.recipients.nodes).toEqual([
    {
      ...{ phone: old(3), skippedReason: 'DUPLICATE_PHONE' },
      events: [{ detail: 'The campaign has the new number of this person already' }],
    },
    expect.objectContaining({ phone: fresh(1), skippedReason: 'DUPLICATE_PHONE' }),
  ]);

  // whoever gets the old number later is somebody else
  const heir = await createCampaign(app, { customRecipients: to(old(2)), ...utility });
  await app.database.query(`UPDATE senders SET messages_per_second = 1000 WHERE id = $1`, [app.senderId]);
  await act(app, 'resumeCampaign', running);
  await sendCampaign(app, waiting);
  await sendCampaign(app, listed);
  await sendCampaign(app, heir);
  for (const id of [running, waiting, listed, heir]) await reached(app, id);
  const reachedBy = async (id: string) =>
    (await accepted(app, id)).map((message) => message.to).filter((phone) => ours.test(phone));
  expect((await reachedBy(running)).sort()).toEqual([old(1), old(4), fresh(2), fresh(3)].sort());
  expect([await reachedBy(waiting), await reachedBy(listed), await reachedBy(heir)]).toEqual([
    [fresh(2)],
    [fresh(2)],
    [old(2)],
  ]);
  for (const id of [running, waiting, listed, heir]) {
    await expectCountersAreRows(app, id);
    expect((await verifyCampaign(app.database, id))?.checks.filter(({ holds }) => !holds)).toEqual([]);
  }
});

test('who is in a fixed audience under both numbers gets one message; a list of a paused campaign follows too', async () => {
  const [former, present, third] = ['+919876549001', '+919876549002', '+919876549003'];
  const to = (...phones: string[]) => phones.map((phone) => ({ name: 'Asha', phone }));
  const fixed = await createCampaign(app, {
    customRecipients: to(former, present, third),
    fixAudience: true,
    ...utility,
  });
  const listed = await createCampaign(app, { customRecipients: to(former), ...utility });
  // its scheduled start was not possible
  await app.database.query(`UPDATE campaigns SET status = 'PAUSED' WHERE id = $1`, [listed]);
  await inbound({
    ...{ type: 'system', change: 'user_changed_number', from: former, newNumber: present },
    timestamp: Math.floor(Date.now() / 1000),
  });
  await webhooksDelivered(app);
  await sendCampaign(app, fixed);
  expect(await reached(app, fixed)).toMatchObject({ sentCount: 2, skippedCount: 1 });
  expect((await accepted(app, fixed)).map((one) => one.to).sort()).toEqual([present, third]);
  expect((await recipients(app, fixed)).find(({ status }) => status === 'SKIPPED')?.phone).toBe(former);
  await act(app, 'resumeCampaign', listed);
  await reached(app, listed);
  expect((await accepted(app, listed)).map((one) => one.to)).toEqual([present]);
  for (const id of [fixed, listed]) await expectCountersAreRows(app, id);
});

test('numbers of a fixed audience that changed twice, on or back, get one message at the last one', async () => {
  const at = Math.floor(Date.now() / 1000);
  const [a, b, c, x, y] = [1, 2, 3, 4, 5].map((i) => `+91987654990${i}`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const to = (...phones: string[]) => phones.map((phone) => ({ name: 'Asha', phone }));
  const fixed = await createCampaign(app, {
    customRecipients: to(a, b, x, y),
    fixAudience: true,
    ...utility,
  });
  const changes: [string, string][] = [
    [a, b],
    [b, c],
    [x, y],
    [y, x],
  ];
  for (const [i, [from, newNumber]] of changes.entries())
    // before the audience was fixed, and told after it
    await inbound({ type: 'system', change: 'user_changed_number', from, newNumber, timestamp: at - 10 + i });
  await webhooksDelivered(app);
  await sendCampaign(app, fixed);
  expect(await reached(app, fixed)).toMatchObject({ sentCount: 2, skippedCount: 2 });
  expect((await accepted(app, fixed)).map((one) => one.to).sort()).toEqual([c, x]);
  await expectCountersAreRows(app, fixed);
});

test('who changes the BSUID is sent to by the new one', async () => {
  await contact('later', { bsuid: 'IN.601' });
  const id = await createCampaign(app, {
    ...{ audienceType: 'LEADS', audienceFilter: { tags: ['later'] }, fixAudience: true },
    ...utility,
  });
  await inbound({
    ...{ type: 'system', change: 'user_changed_user_id', userId: 'IN.601', withoutPhone: true },
    ...{ previousUserId: 'IN.601', newUserId: 'IN.602' },
  });
  await waitFor(async () => (await recipients(app, id))[0]?.phone === 'IN.602', { what: 'the new id' });
  await sendCampaign(app, id);
  await reached(app, id);
  expect((await accepted(app, id)).map((message) => message.to)).toEqual(['IN.602']);
});
