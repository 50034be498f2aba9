import { randomUUID } from 'node:crypto';
import { settle } from '../../src/delivery/settle/settle';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { recordClicks } from '../../src/tracking/record-clicks';
import { App } from '../support/app';
import {
  accepted,
  act,
  people,
  phoneOf,
  reached,
  recipient,
  resendUnconfirmed,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { auditMoves, expectConsistent, expectLegalMoves } from '../support/consistency';
import { startProxied } from '../support/proxied-app';
import type { ProxiedApp } from '../support/proxied-app';
import { waitFor } from '../support/wait';

/** Faults after which WhatsApp has accepted the message and the worker does not know it. */
const afterAccept = ['resetAfterAccept', 'http502AfterAccept', 'truncatedAfterAccept'] as const;

let app: App;
let proxied: ProxiedApp;
let audited: Awaited<ReturnType<typeof auditMoves>>;

beforeAll(async () => {
  app = await App.start({ workers: 0, env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '1' } });
  audited = await auditMoves(app);
  proxied = await startProxied(app);
});
afterAll(async () => {
  await proxied?.stop();
  await app?.close();
});

/** Assigns these faults to phones from `from` on, one each. */
function faultsFor(from: number, faults: readonly string[], times?: number): Record<string, unknown> {
  return Object.fromEntries(
    faults.map((fault, i) => [phoneOf(from + i), { fault, ...(times ? { faultTimes: times } : {}) }]),
  );
}

test('messages accepted without an answer, with half an answer or a 502 are settled by webhook and never sent twice', async () => {
  await app.behave({ perNumber: faultsFor(0, [...afterAccept, ...afterAccept, 'timeoutAfterAccept']) });
  const id = await startCampaign(app, { customRecipients: people(20) });
  expect(await reached(app, id)).toMatchObject({ sentCount: 20, unconfirmedCount: 0, failedCount: 0 });
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(20);
  expectLegalMoves(await audited(id));
  // ends the request that is never answered
  await proxied.whatsapp.cut();
  await proxied.whatsapp.restore();
});

describe('while webhooks are held back', () => {
  let held: string;
  let resent: string;

  beforeAll(async () => {
    await app.behave({
      perNumber: { ...faultsFor(1000, afterAccept), ...faultsFor(2000, afterAccept, 1) },
      webhooks: { pauseUntilResumed: true },
    });
    held = await startCampaign(app, { customRecipients: people(10, 1000) });
    resent = await startCampaign(app, { customRecipients: people(10, 2000), onUnconfirmed: 'RESEND' });
  });

  test('HOLD completes the campaign with unconfirmed messages; RESEND sends them again after the wait', async () => {
    const end = await reached(app, held);
    expect(end).toMatchObject({ sentCount: 7, unconfirmedCount: 3, queuedCount: 0 });
    expect(Date.parse(end.completedAt ?? '') - Date.parse(end.startedAt ?? '')).toBeGreaterThanOrEqual(1000);
    expect(await recipient(app, held, phoneOf(1000))).toMatchObject({ status: 'UNCONFIRMED', attempts: 0 });
    expect((await recipient(app, held, phoneOf(1001))).error_message).toMatch(/may have been sent/);
    expect(await expectConsistent(app, held, { statusesDelivered: false })).toHaveLength(10);

    expect(await reached(app, resent)).toMatchObject({ sentCount: 10, unconfirmedCount: 0 });
    const messages = await accepted(app, resent);
    expect(messages).toHaveLength(13);
    for (let i = 0; i < 3; i++) {
      const [first, second] = messages.filter((message) => message.to === phoneOf(2000 + i));
      expect((second?.acceptedAtMs ?? 0) - (first?.acceptedAtMs ?? 0)).toBeGreaterThanOrEqual(1000);
    }
  });

  test('resendUnconfirmed sends them again once; it leaves out those whose status may still arrive', async () => {
    await app.behave({ perNumber: faultsFor(5000, afterAccept, 1) });
    const id = await startCampaign(app, { customRecipients: people(10, 5000) });
    await waitFor(async () => (await stats(app, id)).unconfirmedCount === 3, {
      what: 'three are unconfirmed',
    });
    const early = await resendUnconfirmed(app, id);
    expect(early.message).toBe(
      '0 unconfirmed messages queued again; 3 left out, because WhatsApp may still report what became of them.',
    );
    expect(await reached(app, id)).toMatchObject({ sentCount: 7, unconfirmedCount: 3 });
    const [first, second] = await Promise.all([resendUnconfirmed(app, id), resendUnconfirmed(app, id)]);
    expect([first.message, second.message].some((text) => text.startsWith('3 unconfirmed messages'))).toBe(
      true,
    );
    expect(await reached(app, id)).toMatchObject({ sentCount: 10, unconfirmedCount: 0 });
    expect(await accepted(app, id)).toHaveLength(13);
    expect((await resendUnconfirmed(app, id)).message).toMatch(/^0 unconfirmed/);
  });

  test('late webhooks settle them after the campaign has ended', async () => {
    await app.behave({ webhooks: { pauseUntilResumed: false } });
    await webhooksDelivered(app);
    expect(await stats(app, held)).toMatchObject({ status: 'COMPLETED', sentCount: 10, unconfirmedCount: 0 });
    expect(await expectConsistent(app, held)).toHaveLength(10);
    await expectConsistent(app, resent, { acceptedAtMost: 2 });
    expectLegalMoves([...(await audited(held)), ...(await audited(resent))]);
  });
});

test('RESEND does not resend messages whose webhook arrives within the wait', async () => {
  await app.behave({ perNumber: faultsFor(2500, [...afterAccept, ...afterAccept]) });
  const id = await startCampaign(app, { customRecipients: people(20, 2500), onUnconfirmed: 'RESEND' });
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(20);
});

test('an unconfirmed message with a click is not sent again', async () => {
  await app.behave({
    clickShare: 0,
    perNumber: faultsFor(6000, afterAccept, 1),
    webhooks: { pauseUntilResumed: true },
  });
  const id = await startCampaign(app, {
    customRecipients: people(10, 6000),
    onUnconfirmed: 'RESEND',
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{name}}'],
    linkUrl: 'https://shop.example.com/sale',
  });
  await waitFor(async () => (await stats(app, id)).unconfirmedCount === 3, { what: 'three are unconfirmed' });
  const message = (await app.ledger()).find(({ to }) => to === phoneOf(6000));
  const link = message?.buttons.find(({ url }) => url)?.url ?? '';
  const answer = await fetch(link, {
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (Android 14)' },
  });
  expect(answer.status).toBe(302);
  expect(await recipient(app, id, phoneOf(6000))).toMatchObject({ status: 'DELIVERED' });
  // as by a click before the message became unconfirmed
  const early = await recipient(app, id, phoneOf(6001));
  expect(early.status).toBe('UNCONFIRMED');
  const click = {
    id: randomUUID(),
    businessId: app.businessId,
    campaignId: id,
    seq: early.seq,
    link: 0,
    bot: false,
  };
  await recordClicks(app.database, [click]);
  expect(await reached(app, id)).toMatchObject({ sentCount: 10, unconfirmedCount: 0, clickedCount: 2 });
  // the third has neither click nor webhook and was resent
  const sent = (await accepted(app, id)).map(({ to }) => to);
  for (const i of [6000, 6001]) expect(sent.filter((to) => to === phoneOf(i))).toHaveLength(1);
  expect(sent).toHaveLength(11);
  expect(await expectConsistent(app, id, { statusesDelivered: false, acceptedAtMost: 2 })).toHaveLength(11);
  await app.behave({ webhooks: { pauseUntilResumed: false } });
  await webhooksDelivered(app);
  await expectConsistent(app, id, { acceptedAtMost: 2 });
});

test('a reset before acceptance: HOLD leaves the message unconfirmed, RESEND sends it once', async () => {
  const faults = ['resetBeforeAccept', 'html502'];
  await app.behave({ perNumber: { ...faultsFor(3000, faults, 1), ...faultsFor(3100, faults, 1) } });
  const held = await startCampaign(app, { customRecipients: people(5, 3000) });
  const resent = await startCampaign(app, { customRecipients: people(5, 3100), onUnconfirmed: 'RESEND' });
  expect(await reached(app, held)).toMatchObject({ sentCount: 3, unconfirmedCount: 2 });
  expect(await reached(app, resent)).toMatchObject({ sentCount: 5, unconfirmedCount: 0 });
  await webhooksDelivered(app);
  expect(await expectConsistent(app, held)).toHaveLength(3);
  expect(await expectConsistent(app, resent)).toHaveLength(5);
});

test.each([
  ['HOLD', 9000],
  ['RESEND', 9100],
])(
  'a deadline ends a paused campaign whose last message is unconfirmed, also while one waits to be sent again: %s',
  async (onUnconfirmed, from) => {
    await app.behave({ perNumber: faultsFor(from, ['html502'], 1) });
    const id = await startCampaign(app, { customRecipients: people(3, from), onUnconfirmed });
    await waitFor(
      async () => {
        const { sentCount, unconfirmedCount } = await stats(app, id);
        return sentCount === 2 && unconfirmedCount === 1;
      },
      { what: 'one is unconfirmed' },
    );
    await act(app, 'pauseCampaign', id);
    await app.database.query(
      `WITH asked AS (INSERT INTO delivery_requeues (campaign_id, kind, requested_at, requested_by)
         VALUES ($1, 'FAILED', now(), 'tester'))
       UPDATE campaigns SET deadline_at = now() WHERE id = $1`,
      [id],
    );
    expect(await reached(app, id)).toMatchObject({ sentCount: 2, unconfirmedCount: 1, skippedCount: 0 });
    expect(await accepted(app, id)).toHaveLength(2);
  },
);

test.each([
  ['with a claim whose worker has ended', 4000, true],
  // a state that should not exist and must be repaired
  ['without a claim', 7000, false],
])(
  'a recipient in SENDING %s becomes unconfirmed, and is sent to again only by RESEND',
  async (_, from, claimed) => {
    // claims as claimBatch writes them, which no worker settles
    const campaigns = await Promise.all(
      (['HOLD', 'RESEND'] as const).map((onUnconfirmed, i) =>
        startCampaign(app, { customRecipients: people(5, from + 100 * i), onUnconfirmed }),
      ),
    );
    for (const id of campaigns) await reached(app, id);
    await webhooksDelivered(app);
    for (const id of campaigns) {
      await app.database.query(
        `WITH lost AS (
         UPDATE campaign_recipients SET status = 'SENDING', claim_no = 2 WHERE campaign_id = $1 AND seq <= 2
         RETURNING seq, claim_no),
       held AS (
         INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at)
         SELECT gen_random_uuid(), $1, array_agg(seq), array_agg(claim_no), now() - interval '1 second' FROM lost
         HAVING $2::boolean),
       rows AS (SELECT count(*) FILTER (WHERE r.status IN ('DELIVERED', 'READ') AND seq > 2)::int AS delivered,
         count(*) FILTER (WHERE r.status = 'READ' AND seq > 2)::int AS read FROM campaign_recipients r WHERE campaign_id = $1)
       UPDATE campaigns SET status = 'ACTIVE', completed_at = NULL, queued_count = 2, sent_count = 3,
         delivered_count = rows.delivered, read_count = rows.read FROM rows WHERE id = $1`,
        [id, claimed],
      );
    }
    const [held, resent] = campaigns as [string, string];
    await waitFor(async () => (await stats(app, held)).unconfirmedCount === 2, {
      what: 'the claims have expired',
    });
    expect(await reached(app, held)).toMatchObject({ sentCount: 3, unconfirmedCount: 2 });
    expect(await reached(app, resent)).toMatchObject({ sentCount: 5, unconfirmedCount: 0 });
    await webhooksDelivered(app);
    expect(await accepted(app, held)).toHaveLength(5);
    expect(await accepted(app, resent)).toHaveLength(7);
  },
);

test('an answer to a second message with the id of the first counts as sent', async () => {
  const id = await startCampaign(app, { customRecipients: people(1, 8000) });
  await reached(app, id);
  await webhooksDelivered(app);
  const { wamid } = await recipient(app, id, phoneOf(8000));
  await app.database.query(
    `WITH again AS (UPDATE campaign_recipients SET status = 'SENDING', claim_no = 2 WHERE campaign_id = $1),
     held AS (INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at)
       VALUES (gen_random_uuid(), $1, '{1}', '{2}', now() + interval '1 minute'))
     UPDATE campaigns SET status = 'ACTIVE', completed_at = NULL, queued_count = 1, sent_count = 0, delivered_count = 0,
       read_count = 0 WHERE id = $1`,
    [id],
  );
  await settle(app.database, [
    { campaignId: id, seq: 1, claimNo: 2, to: RecipientStatus.SENT, wamid: wamid ?? undefined },
  ]);
  expect(await recipient(app, id, phoneOf(8000))).toMatchObject({ status: 'SENT', claim_no: 2 });
});

test('an answer that cannot be stored leaves only its recipient unconfirmed', async () => {
  await app.behave({ perNumber: {}, webhooks: { enabled: false } });
  await app.database.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.phone = '${phoneOf(9003)}' AND NEW.status = 'SENT' THEN RAISE EXCEPTION 'not this one'; END IF;
       RETURN NEW; END $$;
     CREATE TRIGGER refuse BEFORE UPDATE ON campaign_recipients FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  const id = await startCampaign(app, { customRecipients: people(20, 9000) });
  await waitFor(async () => (await stats(app, id)).sentCount === 19, { what: 'the others are settled' });
  // when its claim has expired
  await waitFor(async () => (await recipient(app, id, phoneOf(9003))).status === 'UNCONFIRMED', {
    what: 'the recipient is unconfirmed',
    timeoutMs: 25_000,
  });
  expect(await accepted(app, id)).toHaveLength(20);
  expect(await stats(app, id)).toMatchObject({ sentCount: 19, unconfirmedCount: 1 });
  await app.database.query('DROP TRIGGER refuse ON campaign_recipients; DROP FUNCTION refuse');
}, 60_000);
