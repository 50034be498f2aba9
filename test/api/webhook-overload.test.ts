import { createHmac } from 'node:crypto';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, post, sendCampaign, stats } from './ask';

/** Nine of them are more than may wait; eight are not. */
const largeBytes = 3_900_000;

describe('when webhooks come faster than they can be stored', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start({ behaviour: { webhooks: { enabled: false } } });
  });
  afterAll(() => app?.close());

  /** Posts a signed `delivered`, made as large as given by spaces after it. */
  function deliver(callbackData: string, bytes = 0) {
    const status = {
      id: `wamid.${callbackData}`,
      status: 'delivered',
      timestamp: String(Math.floor(Date.now() / 1000)),
      biz_opaque_callback_data: callbackData,
    };
    const change = { field: 'messages', value: { metadata: {}, statuses: [status] } };
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [change] }],
    }).padEnd(bytes);
    const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
    return post(`${app.url}/webhooks/whatsapp`, body, {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
    });
  }

  const received = (count: number) =>
    waitFor(
      async () => {
        const { values } = await app.api.metrics.statuses.get();
        return values.some(({ labels, value }) => labels.status === 'delivered' && value === count);
      },
      { what: `${count} statuses wait to be stored` },
    );

  it('refuses at once what would wait too long, answers the rest after the commit, and loses nothing', async () => {
    const phones = Array.from({ length: 11 }, (_, i) => `+9198765700${String(i).padStart(2, '0')}`);
    const id = await createCampaign(app, phones);
    await app.data(sendCampaign, { id });
    await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'all are sent to' });
    const [small = '', tenth = '', ...nine] = (await app.ledger()).map(({ callbackData }) => callbackData);
    const other = app.database.createQueryRunner();
    await other.startTransaction();
    await other.query(`SELECT FROM campaigns WHERE id = $1 FOR UPDATE`, [id]);

    let answered = 0;
    const wait = (answer: ReturnType<typeof deliver>) => answer.finally(() => answered++);
    const waiting = [];
    for (const callbackData of nine.slice(0, 8)) waiting.push(wait(deliver(callbackData, largeBytes)));
    // eight are not too many: the next waits as they do
    waiting.push(wait(deliver(small)));
    await received(9);
    waiting.push(wait(deliver(nine[8] ?? '', largeBytes)));
    await received(10);
    const start = performance.now();
    const refused = await deliver(tenth);
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      503,
      {
        error: {
          code: 'SERVICE_UNAVAILABLE',
          message: 'Too many webhooks wait to be stored; please try again',
        },
      },
    ]);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(performance.now() - start).toBeLessThan(1000);
    expect([answered, (await stats(app, id)).deliveredCount]).toEqual([0, 0]);

    await other.commitTransaction();
    await other.release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 200));
    expect((await stats(app, id)).deliveredCount).toBe(10);
    // as WhatsApp does with what was not answered with 200
    expect((await deliver(tenth)).status).toBe(200);
    expect((await stats(app, id)).deliveredCount).toBe(11);
  });
});
