import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { linkTokens } from '../../src/campaigns/link';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { settle } from '../../src/delivery/settle/settle';
import { markConverted } from '../../src/tracking/mark';
import { recordClicks } from '../../src/tracking/record-clicks';
import { App } from '../support/app';
import {
  accepted,
  people,
  phoneOf,
  reached,
  recipient,
  recipients,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent, expectCountersAreRows } from '../support/consistency';
import { waitFor } from '../support/wait';

const { DELIVERED, FAILED, QUEUED, READ, SENDING, SENT, SKIPPED } = RecipientStatus;

const tracked = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: 'https://shop.example.com/sale',
};

let app: App;

beforeAll(async () => {
  app = await App.start({
    behaviour: { clickShare: 0, previewShare: 0, failures: {}, deliveredShare: 1, readShare: 0 },
  });
});
afterAll(() => app?.close());

/** Opens the tracked link of a recipient, like a browser. */
async function click(campaignId: string, seq: number): Promise<void> {
  const [campaign] = await app.database.query<{ link_id: Buffer; link_key: Buffer }[]>(
    `SELECT link_id, link_key FROM campaigns WHERE id = $1`,
    [campaignId],
  );
  if (!campaign) throw new Error('The campaign does not exist');
  const token = linkTokens({ linkId: campaign.link_id, linkKey: campaign.link_key })(seq);
  const response = await fetch(`${app.url}/r/${token}`, {
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14; SM-A546E) Chrome/128.0.0.0 Mobile' },
  });
  expect(response.status).toBe(302);
}

/** A campaign whose messages are all sent, with webhooks held back. */
async function sentToAll(count: number, from: number): Promise<string> {
  await app.behave({ webhooks: { pauseUntilResumed: true } });
  const id = await startCampaign(app, { ...tracked, customRecipients: people(count, from) });
  await reached(app, id);
  return id;
}

/** Lets WhatsApp deliver the webhooks that were held back. */
async function reportAll(): Promise<void> {
  await app.behave({ webhooks: { pauseUntilResumed: false } });
  await webhooksDelivered(app);
}

test('a click counts as delivery: rates stay within 100 %, and a late "delivered" webhook is not counted again', async () => {
  const id = await sentToAll(3, 100);
  await click(id, 1);
  await click(id, 2);
  await click(id, 2);
  expect(await stats(app, id)).toMatchObject({
    sentCount: 3,
    deliveredCount: 2,
    clickedCount: 2,
    deliveryRate: 66.67,
    clickRate: 100,
  });
  expect(await recipients(app, id)).toMatchObject([
    { status: DELIVERED },
    { status: DELIVERED },
    { status: SENT },
  ]);
  const outOfOrder = await app.database.query<unknown[]>(
    `SELECT FROM campaign_recipients WHERE campaign_id = $1 AND NOT (sent_at <= delivered_at AND delivered_at <= now())`,
    [id],
  );
  expect(outOfOrder).toEqual([]);
  await reportAll();
  expect(await stats(app, id)).toMatchObject({
    sentCount: 3,
    deliveredCount: 3,
    clickedCount: 2,
    clickRate: 66.67,
  });
  // WhatsApp's `read` tells of a moment before the click
  const times = () =>
    app.database.query<{ delivered_at: Date; read_at: Date | null }[]>(
      `SELECT delivered_at, read_at FROM campaign_recipients WHERE campaign_id = $1 AND seq = 1`,
      [id],
    );
  const [clicked] = await times();
  const readAt = new Date((clicked?.delivered_at.getTime() ?? 0) - 1);
  await settle(app.database, [{ campaignId: id, seq: 1, claimNo: 1, to: READ, readAt }]);
  expect(await times()).toEqual([{ delivered_at: readAt, read_at: readAt }]);
  await expectCountersAreRows(app, id);
});

test('ten concurrent clicks of two recipients count as two deliveries and two clicks', async () => {
  const id = await sentToAll(2, 200);
  await Promise.all(Array.from({ length: 10 }, (_, i) => click(id, 1 + (i % 2))));
  expect(await stats(app, id)).toMatchObject({ deliveredCount: 2, clickedCount: 2 });
  await reportAll();
  await expectConsistent(app, id);
});

test('a click moves a recipient to DELIVERED from any other status', async () => {
  const id = await sentToAll(4, 300);
  const move = { campaignId: id, claimNo: 1 };
  // 1 failed, 2 waits for a retry, 3 is being sent to again, 4 was skipped at a retry
  await settle(app.database, [
    { ...move, seq: 1, to: FAILED, errorCode: 131026 },
    { ...move, seq: 2, to: QUEUED, dueInMs: 3_600_000 },
    { ...move, seq: 3, to: QUEUED },
    { ...move, seq: 4, to: QUEUED },
  ]);
  await settle(app.database, [{ ...move, seq: 4, to: SKIPPED }]);
  await app.database.query(
    `WITH again AS (UPDATE campaign_recipients SET status = 'SENDING', claim_no = 2 WHERE campaign_id = $1 AND seq = 3)
     INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at)
     VALUES (gen_random_uuid(), $1, '{3}', '{2}', now() + interval '1 hour')`,
    [id],
  );
  expect((await recipients(app, id)).map(({ status }) => status)).toEqual([FAILED, QUEUED, SENDING, SKIPPED]);
  await expectCountersAreRows(app, id);

  for (const seq of [1, 2, 3, 4]) await click(id, seq);
  expect((await recipients(app, id)).map(({ status }) => status)).toEqual(Array<string>(4).fill(DELIVERED));
  expect(await stats(app, id)).toMatchObject({ deliveredCount: 4, clickedCount: 4, clickRate: 100 });
  await expectCountersAreRows(app, id);
  // nobody is sent to again, and the last of them completes the campaign
  const followups = await app.database.query<unknown[]>(
    `SELECT FROM delivery_followups WHERE campaign_id = $1`,
    [id],
  );
  expect(followups).toEqual([]);
  await reached(app, id);

  // the answer to the second message arrives after the click
  await settle(app.database, [{ campaignId: id, seq: 3, claimNo: 2, to: SENT, wamid: 'wamid.second' }]);
  expect(await recipient(app, id, phoneOf(302))).toMatchObject({ status: DELIVERED });
  await expectCountersAreRows(app, id);
  await app.database.query(`DELETE FROM delivery_claims WHERE campaign_id = $1`, [id]);
  await reportAll();
  expect(await accepted(app, id)).toHaveLength(4);
  expect(await stats(app, id)).toMatchObject({ status: 'COMPLETED', deliveredCount: 4 });
});

test('a click of a recipient to whom nothing was sent is not counted', async () => {
  await app.behave({ webhooks: { pauseUntilResumed: false } });
  const [first] = people(1, 400);
  const id = await startCampaign(app, { ...tracked, customRecipients: [first, first, ...people(1, 401)] });
  await reached(app, id);
  await webhooksDelivered(app);
  // the second is queued, as if it had never been claimed
  await app.database.query(
    `WITH waiting AS (UPDATE campaign_recipients SET status = 'QUEUED', claim_no = 0, wamid = NULL, sent_at = NULL,
         delivered_at = NULL WHERE campaign_id = $1 AND seq = 2),
     minutes AS (UPDATE campaign_stats_minutes SET sent = sent - 1, delivered = delivered - 1
       WHERE campaign_id = $1 AND minute = (SELECT max(minute) FROM campaign_stats_minutes WHERE campaign_id = $1 AND delivered > 0 AND sent > 0))
     UPDATE campaigns SET status = 'PAUSED', queued_count = 1, sent_count = 1, delivered_count = 1 WHERE id = $1`,
    [id],
  );
  expect((await recipients(app, id)).map(({ status }) => status)).toEqual([DELIVERED, QUEUED, 'EXCLUDED']);
  await click(id, 2);
  await click(id, 3);
  expect((await recipients(app, id)).map(({ status }) => status)).toEqual([DELIVERED, QUEUED, 'EXCLUDED']);
  expect(await stats(app, id)).toMatchObject({ deliveredCount: 1, clickedCount: 0, queuedCount: 1 });
  await waitFor(async () => (await stats(app, id)).status === 'PAUSED', {
    what: 'the campaign is unchanged',
  });
});

test('the migration moves recipients with an earlier click or order to DELIVERED', async () => {
  const id = await sentToAll(6, 500);
  const move = { campaignId: id, claimNo: 1 };
  await settle(app.database, [
    { ...move, seq: 1, to: FAILED, errorCode: 131026 },
    { ...move, seq: 2, to: QUEUED, dueInMs: 3_600_000 },
    { ...move, seq: 3, to: QUEUED },
    { ...move, seq: 5, to: DELIVERED, deliveredAt: new Date() },
  ]);
  await settle(app.database, [{ ...move, seq: 3, to: SKIPPED }]);
  // 1 to 3 clicked, 4 ordered, 5 clicked and was delivered; 6 did nothing
  for (const seq of [1, 2, 3, 5])
    await recordClicks(app.database, [
      { id: randomUUID(), businessId: app.businessId, campaignId: id, seq, link: 0, bot: false },
    ]);
  await markConverted(app.database, { converted: [{ campaignId: id, seq: 4 }], heldOut: [], revenue: [] });
  expect((await stats(app, id)).deliveredCount).toBe(1);
  // at the time of the migration failures were not counted by code yet
  await app.database.query(`DELETE FROM campaign_failures WHERE campaign_id = $1`, [id]);
  const migration = readFileSync('migrations/1764400000000-clicks-prove-delivery.sql', 'utf8');
  // a second run changes nothing
  for (let i = 0; i < 2; i++) {
    await app.database.transaction((transaction) => transaction.query(migration));
    expect((await recipients(app, id)).map(({ status }) => status)).toEqual([
      ...Array<string>(5).fill(DELIVERED),
      SENT,
    ]);
    await expectCountersAreRows(app, id);
  }
  expect(
    await app.database.query<unknown[]>(`SELECT FROM delivery_followups WHERE campaign_id = $1`, [id]),
  ).toEqual([]);
  await reportAll();
});
