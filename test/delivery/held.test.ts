import { verifyCampaign } from '../../src/consistency/verify';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { settle } from '../../src/delivery/settle/settle';
import type { Move } from '../../src/delivery/settle/move';
import { App } from '../support/app';
import {
  accepted,
  acceptedCount,
  act,
  people,
  phoneOf,
  reached,
  recipient,
  retryFailed,
  startCampaign,
  stats,
  statsFields,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import type { Stats } from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { waitFor } from '../support/wait';

let app: App;

beforeAll(async () => {
  // nobody reads or clicks later, between two looks at the figures
  app = await App.start({ behaviour: { readShare: 0, clickShare: 0, previewShare: 0, deliveredShare: 1 } });
});
afterAll(() => app?.close());

const template = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{firstName|there}}'],
  linkUrl: 'https://shop.example.com/',
};

/** Messages to these are held, by the word of the answer. */
const hold = (held: Record<string, true | 'paused'>, more: Record<string, unknown> = {}) =>
  app.behave({
    perNumber: Object.fromEntries(
      Object.entries(held).map(([phone, how]) => [phone, { held: how, ...more }]),
    ),
  });
const end = (action: 'release' | 'drop', selection: Record<string, unknown> = {}) =>
  app.steer<{ changed: number }>('POST', 'held', { action, ...selection });

async function holds(id: string, figures: Partial<Stats>): Promise<void> {
  await waitFor(async () => expect(await stats(app, id)).toMatchObject(figures) ?? true, {
    what: JSON.stringify(figures),
  });
}

async function violations(id: string): Promise<string[]> {
  await expectCountersAreRows(app, id);
  const verified = await verifyCampaign(app.database, id);
  return (verified?.checks ?? []).filter((check) => !check.holds).map(({ name }) => name);
}

async function messageStatus(id: string, phone: string): Promise<string | null> {
  const [row] = await app.database.query<{ message_status: string | null }[]>(
    `SELECT message_status FROM campaign_recipients WHERE campaign_id = $1 AND phone = $2`,
    [id, phone],
  );
  return row?.message_status ?? null;
}

test('held messages are sent and not delivered, until they are released, or dropped and worth a retry', async () => {
  await hold({ [phoneOf(0)]: true, [phoneOf(1)]: true, [phoneOf(2)]: 'paused', [phoneOf(3)]: true });
  const id = await startCampaign(app, { ...template, customRecipients: people(8) });
  const socket = await app.socket();
  const events: Stats[] = [];
  const stop = socket.subscribe<{ campaignStats: Stats }>(
    {
      query: `subscription ($id: ID!) { campaignStats(campaignId: $id) { ${statsFields} } }`,
      variables: { id },
    },
    {
      next: ({ data }) => data && events.push(data.campaignStats),
      error: () => undefined,
      complete: () => undefined,
    },
  );
  await reached(app, id);
  await holds(id, { sentCount: 8, heldCount: 4, deliveredCount: 4 });
  expect(await messageStatus(id, phoneOf(0))).toBe('held_for_quality_assessment');
  expect(await messageStatus(id, phoneOf(2))).toBe('paused');
  expect(await messageStatus(id, phoneOf(4))).toBeNull();
  expect(await violations(id)).toEqual([]);

  expect(await end('release', { to: phoneOf(0) })).toEqual({ changed: 1 });
  await holds(id, { sentCount: 8, heldCount: 3, deliveredCount: 5 });
  expect(await messageStatus(id, phoneOf(0))).toBeNull();
  // before the next change: a subscriber gets the latest state only
  await waitFor(() => events.at(-1)?.heldCount === 3, { what: 'subscribers see that three are held' });
  await end('drop', { to: phoneOf(1) });
  await end('drop', { to: phoneOf(2), code: 135000 });
  await holds(id, { sentCount: 6, heldCount: 1, deliveredCount: 5, failedCount: 2, status: 'COMPLETED' });
  expect([
    (await recipient(app, id, phoneOf(1))).error_code,
    (await recipient(app, id, phoneOf(2))).error_code,
  ]).toEqual([132015, 135000]);
  expect(await violations(id)).toEqual([]);
  await waitFor(() => events.at(-1)?.heldCount === 1, { what: 'subscribers see that one is held' });

  await app.behave({ perNumber: {} });
  expect((await retryFailed(app, id)).message).toContain('2');
  await holds(id, { sentCount: 8, heldCount: 1, deliveredCount: 7, failedCount: 0, status: 'COMPLETED' });
  expect(await acceptedCount(app, id)).toBe(10);
  // "sent" alone ends the holding
  const [waiting] = (await accepted(app, id)).filter(({ to }) => to === phoneOf(3));
  await app.steer('POST', 'statuses', { messageId: waiting?.id, status: 'sent', times: 3 });
  await holds(id, { heldCount: 0, deliveredCount: 7 });
  expect(await violations(id)).toEqual([]);
  stop();
  await socket.dispose();
});

test('a drop pauses a running campaign; who was dropped is sent to again on request only', async () => {
  await app.behave({ messagesPerSecond: 30 });
  await hold({ [phoneOf(1000)]: true });
  const id = await startCampaign(app, { ...template, customRecipients: people(120, 1000) });
  await waitFor(async () => (await stats(app, id)).heldCount === 1, { what: 'one is held' });
  await end('drop', { to: phoneOf(1000) });
  await reached(app, id, 'PAUSED');
  expect(await statusReason(app, id)).toContain('132015');
  expect(await stats(app, id)).toMatchObject({ failedCount: 1, heldCount: 0 });
  await app.behave({ messagesPerSecond: 0, perNumber: {} });
  await act(app, 'resumeCampaign', id);
  await reached(app, id);
  expect(await stats(app, id)).toMatchObject({ failedCount: 1, sentCount: 119 });
  await webhooksDelivered(app);
  expect(await violations(id)).toEqual([]);
});

test('a message that is released before its answer is settled is never held', async () => {
  await hold({ [phoneOf(2000)]: true, [phoneOf(2001)]: true }, { delayMs: 700 });
  const id = await startCampaign(app, { ...template, customRecipients: people(2, 2000) });
  await waitFor(async () => (await acceptedCount(app, id)) === 2, { what: 'WhatsApp has both' });
  const [first, second] = await accepted(app, id);
  await app.steer('POST', 'statuses', { messageId: first?.id, status: 'sent' });
  await app.steer('POST', 'statuses', { messageId: second?.id, status: 'delivered' });
  await reached(app, id);
  expect(await stats(app, id)).toMatchObject({ sentCount: 2, heldCount: 0, deliveredCount: 1 });
  expect(await violations(id)).toEqual([]);
  await app.behave({ perNumber: {} });
});

test('the figures stay exact whatever the order and number of statuses', async () => {
  await app.behave({
    heldShare: 0.6,
    failures: { '131026': 0.1 },
    webhooks: { duplicateShare: 1, duplicateTimes: 2, shuffle: true, shuffleWindowMs: 300 },
  });
  const id = await startCampaign(app, { ...template, customRecipients: people(120, 3000) });
  await waitFor(async () => (await stats(app, id)).heldCount > 40, { what: 'many are held' });
  await reached(app, id);
  const held = (await accepted(app, id, ['id', 'to', 'statuses'])).filter(
    ({ statuses }) => statuses.length === 0,
  );
  for (const { id: messageId } of held.slice(0, 20)) await end('drop', { messageId });
  await end('release');
  await webhooksDelivered(app);
  await holds(id, { heldCount: 0 });
  expect(await violations(id)).toEqual([]);
  await app.behave({ heldShare: 0, failures: {}, webhooks: { duplicateShare: 0, shuffle: false } });
});

test('every order of the reports about a held message ends the same, and a report of an earlier message ends no holding', async () => {
  const { SENT, DELIVERED, FAILED } = RecipientStatus;
  const id = await startCampaign(app, { ...template, customRecipients: people(1, 4000) });
  await holds(id, { deliveredCount: 1 });
  const base = { campaignId: id, seq: 1, claimNo: 1, wamid: 'wamid.held' };
  const answer: Move = { ...base, to: SENT, messageStatus: 'held_for_quality_assessment' };
  const sent: Move = { ...base, to: SENT, sentAt: new Date() };
  const delivered: Move = { ...base, to: DELIVERED, deliveredAt: new Date() };
  const dropped: Move = { ...base, to: FAILED, errorCode: 132015 };
  const ends = [];
  for (const order of [
    [answer, sent, delivered],
    [sent, answer, delivered],
    [delivered, answer, sent],
    [answer, delivered, sent, answer],
    [answer, answer, sent, answer],
    [answer, dropped, answer],
    [answer, { ...sent, claimNo: 0 }],
  ]) {
    await app.database.query(
      `WITH back AS (UPDATE campaign_recipients SET status = 'SENDING', wamid = NULL, message_status = NULL, error_code = NULL,
         sent_at = NULL, delivered_at = NULL, read_at = NULL, clicked_at = NULL, failed_at = NULL, opted_out_at = NULL,
         converted_at = NULL, replied_at = NULL WHERE campaign_id = $1)
       UPDATE campaigns SET queued_count = 1, sent_count = 0, delivered_count = 0, read_count = 0, failed_count = 0,
         clicked_count = 0, converted_count = 0, held_count = 0 WHERE id = $1`,
      [id],
    );
    for (const move of order) await settle(app.database, [move]);
    const { heldCount, sentCount, deliveredCount, failedCount } = await stats(app, id);
    ends.push([heldCount, sentCount, deliveredCount, failedCount]);
    const checks = (await verifyCampaign(app.database, id))?.checks ?? [];
    expect(
      checks.filter(({ name, holds: ok }) => /HELD|COUNTER/.test(name) && !/SENDING/.test(name) && !ok),
    ).toEqual([]);
  }
  expect(ends).toEqual([
    [0, 1, 1, 0],
    [0, 1, 1, 0],
    [0, 1, 1, 0],
    [0, 1, 1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
    [1, 1, 0, 0],
  ]);
});
