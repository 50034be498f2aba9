import { App } from '../support/app';
import {
  accepted,
  acceptedCount,
  addSender,
  people,
  recipients,
  startCampaign,
  stats,
  summary,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { keepImage, uploads } from '../support/media';
import type { Upload } from '../support/media';
import { waitFor } from '../support/wait';

/** How often media is uploaded to WhatsApp, and with which upload it is sent. */
let app: App;
beforeAll(async () => {
  // few statuses, in few webhooks: what counts here is the sending
  const webhooks = { batchSize: 500 };
  app = await App.start({
    workers: 2,
    behaviour: { deliveredShare: 0.1, webhooks },
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '20' },
  });
});
afterAll(() => app?.close());

/** Only against hanging, on a busy machine. */
const longestMs = 240_000;

/** Waits for the end without asking the api, which would slow down the sending of many. */
async function completed(id: string): Promise<void> {
  await waitFor(
    async () => {
      const [row] = await app.database.query<{ status: string }[]>(
        `SELECT status FROM campaigns WHERE id = $1`,
        [id],
      );
      return row?.status === 'COMPLETED';
    },
    { what: 'the campaign is completed', timeoutMs: longestMs },
  );
}

const keyOf = ({ phoneNumberId, id }: Pick<Upload, 'phoneNumberId' | 'id'>) => `${phoneNumberId} ${id}`;

/** How many people of a campaign got the media, by the number that sent it and the id at WhatsApp; each of them once. */
async function sentWith(id: string): Promise<Record<string, number>> {
  const messages = await accepted(app, id, ['phoneNumberId', 'header', 'to']);
  expect(new Set(messages.map((one) => one.to)).size).toBe(messages.length);
  const counts: Record<string, number> = {};
  for (const { phoneNumberId, header } of messages) {
    const key = keyOf({ phoneNumberId, id: String(header) });
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** So many people got the media, all from the number that uploaded it. */
const allWith = (upload: Upload, count: number) => ({ [keyOf(upload)]: count });

test('media is uploaded once for each number, for a campaign of 10,000 and for the next ones', async () => {
  const mediaId = await keepImage(app, 'many');
  const other = await addSender(app, 1000);
  // by both numbers at the same time
  // on a very busy machine a message may be given up after ten seconds: whom WhatsApp says nothing of is sent to again
  const content = { messageText: 'Hi', mediaId, onUnconfirmed: 'RESEND' };
  const [many, beside] = await Promise.all([
    startCampaign(app, { ...content, customRecipients: people(10_000) }),
    startCampaign(app, { ...content, customRecipients: people(1000, 10_000), senderId: other.id }),
  ]);
  await completed(many);
  await completed(beside);
  const made = await uploads(app);
  const [ofOther, ...others] = made.filter((one) => one.phoneNumberId === other.phoneNumberId);
  const [first, ...more] = made.filter((one) => one.phoneNumberId !== other.phoneNumberId);
  if (!first || !ofOther) throw new Error('Both numbers have uploaded it');
  expect([...others, ...more]).toEqual([]);
  expect(first).toMatchObject({ mimeType: 'image/png', bytes: 12 });
  expect(await sentWith(many)).toEqual(allWith(first, 10_000));
  expect(await sentWith(beside)).toEqual(allWith(ofOther, 1000));

  const [next, nextBeside] = await Promise.all([
    startCampaign(app, {
      whatsappTemplateName: 'diwali_sale_2024',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}', '20%', 'Sunday'],
      mediaId,
      linkUrl: 'https://shop.example.com/',
      customRecipients: people(300, 11_000),
    }),
    startCampaign(app, { ...content, customRecipients: people(5, 11_300), senderId: other.id }),
  ]);
  await completed(next);
  await completed(nextBeside);
  expect(await sentWith(next)).toEqual(allWith(first, 300));
  expect(await sentWith(nextBeside)).toEqual(allWith(ofOther, 5));
  expect(await uploads(app)).toEqual(made);
}, 300_000);

test('media that expires in the middle of sending is uploaded once more, and nobody fails', async () => {
  const mediaId = await keepImage(app, 'again');
  const before = (await uploads(app)).length;
  const total = 2400;
  const { id: senderId } = await addSender(app, 300);
  const customRecipients = people(total, 20_000);
  const id = await startCampaign(app, { messageText: 'Hi', mediaId, customRecipients, senderId });
  await waitFor(async () => (await acceptedCount(app, id)) >= total / 3, {
    what: 'many got it',
    timeoutMs: 60_000,
  });
  const refusedBefore = (await summary(app)).refusedByCode['100'] ?? 0;
  const [old] = (await uploads(app)).slice(before);
  if (!old) throw new Error('It was uploaded');
  await fetch(`${app.simulator.url}/v25.0/${old.id}`, {
    method: 'DELETE',
    headers: { authorization: 'Bearer EAATestToken' },
  });
  await completed(id);
  expect(await stats(app, id)).toMatchObject({ sentCount: total, failedCount: 0 });
  const [renewed, ...more] = (await uploads(app)).slice(before);
  if (!renewed) throw new Error('It was uploaded again');
  expect(more).toEqual([]);
  const sent = await sentWith(id);
  const byOld = sent[keyOf(old)] ?? 0;
  expect(byOld).toBeGreaterThanOrEqual(total / 3);
  expect(byOld).toBeLessThan(total);
  expect(sent).toEqual({ ...allWith(old, byOld), ...allWith(renewed, total - byOld) });
  // WhatsApp refused some messages with the expired id, which used up nobody's attempt
  expect((await summary(app)).refusedByCode['100']).toBeGreaterThan(refusedBefore);
  const rows = await recipients(app, id);
  expect(rows.filter(({ attempts, error_code: code }) => attempts > 0 || code !== null)).toEqual([]);
  await webhooksDelivered(app, 60_000);
  expect(await expectConsistent(app, id)).toHaveLength(total);
}, 300_000);

test('media that expires soon is uploaded again', async () => {
  const mediaId = await keepImage(app, 'soon');
  const content = { messageText: 'Hi', mediaId };
  const first = await startCampaign(app, { ...content, customRecipients: people(1, 30_000) });
  await completed(first);
  await app.database.query(`UPDATE media_uploads SET usable_until = now() WHERE media_id = $1`, [mediaId]);
  const second = await startCampaign(app, { ...content, customRecipients: people(1, 30_001) });
  await completed(second);
  const [old, renewed] = (await uploads(app)).slice(-2);
  if (!old || !renewed) throw new Error('It was uploaded twice');
  expect(await sentWith(first)).toEqual(allWith(old, 1));
  expect(await sentWith(second)).toEqual(allWith(renewed, 1));
});
