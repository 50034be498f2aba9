import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { App } from '../support/app';

/** Campaigns of earlier versions gave their values by place; afterwards they are stored by key. */

const body = { type: 'BODY', text: 'Hi {{2}}, {{1}} and {{2}}' };
const text = (value: string) => ({ kind: 'TEXT', value });

let app: App;
let created = 0;
beforeAll(async () => {
  app = await App.start({ workers: 0 });
});
afterAll(() => app?.close());

async function store(components: unknown, parameters: string[], mediaUrl: string | null): Promise<string> {
  const [sender] = await app.database.query<{ id: string }[]>(`SELECT id FROM senders LIMIT 1`);
  const [campaign] = await app.database.query<{ id: string }[]>(
    `WITH template AS (
       INSERT INTO templates (business_id, waba_id, whatsapp_id, name, language, category, status, components)
       VALUES ($1, '1', '1', $2, 'en', 'MARKETING', 'APPROVED', $3) RETURNING id)
     INSERT INTO campaigns (business_id, campaign_name, campaign_type, channel, sender_id, template_id, template_parameters,
       media_url, link_id, link_key, audience_type)
     SELECT $1, 'C', 'PROMOTIONAL', 'WHATSAPP', $4, id, $5, $6, $7, '', 'ALL' FROM template RETURNING id`,
    [
      app.businessId,
      `template_${++created}`,
      JSON.stringify(components),
      sender?.id,
      parameters,
      mediaUrl,
      randomBytes(8),
    ],
  );
  return campaign?.id ?? '';
}

test('the migration stores what campaigns gave by place under the keys of their templates', async () => {
  const tracked = { type: 'URL', text: 'Shop', url: 'https://dakiya.example/r/{{1}}' };
  const cases: [components: unknown, parameters: string[], mediaUrl: string | null, expected: object][] = [
    [[body], ['one', 'two'], null, { 'body.1': text('one'), 'body.2': text('two') }],
    [
      [{ type: 'header', format: 'text', text: 'For {{1}}' }, body],
      ['h', 'one', 'two'],
      null,
      { 'header.1': text('h'), 'body.1': text('one'), 'body.2': text('two') },
    ],
    [
      [{ type: 'BODY', text: '{{b}} {{a}} {{b}}' }],
      ['first', 'second'],
      null,
      { 'body.b': text('first'), 'body.a': text('second') },
    ],
    [
      [{ type: 'BODY', text: Array.from({ length: 11 }, (_, i) => `{{${i + 1}}}`).join(' ') }],
      Array.from({ length: 11 }, (_, i) => `v${i + 1}`),
      null,
      Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`body.${i + 1}`, text(`v${i + 1}`)])),
    ],
    [
      [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: 'Hi' },
        {
          type: 'BUTTONS',
          buttons: [
            tracked,
            { type: 'QUICK_REPLY', text: 'Stop' },
            { type: 'URL', text: 'B', url: 'https://b.example/{{1}}' },
            { type: 'COPY_CODE' },
          ],
        },
      ],
      ['sale', 'CODE'],
      'https://cdn.example/a.jpg',
      {
        header: { kind: 'IMAGE', mediaUrl: 'https://cdn.example/a.jpg' },
        'button.2': { kind: 'URL_SUFFIX', value: 'sale' },
        'button.3': { kind: 'COUPON', value: 'CODE' },
      },
    ],
    // the address of another installation, which takes a value
    [
      [
        { type: 'BODY', text: 'Hi' },
        { type: 'BUTTONS', buttons: [tracked] },
      ],
      ['token'],
      null,
      { 'button.0': { kind: 'URL_SUFFIX', value: 'token' } },
    ],
    [{ odd: true }, ['lost'], null, {}],
    [[null, 'FOOTER', { type: 'BODY' }], [], null, {}],
  ];
  const ids: string[] = [];
  for (const [components, parameters, mediaUrl] of cases)
    ids.push(await store(components, parameters, mediaUrl));
  const migration = readFileSync('migrations/1764600000000-template-values.sql', 'utf8');
  await app.database.transaction(async (transaction) => {
    await transaction.query(`ALTER TABLE campaigns DROP COLUMN template_values`);
    await transaction.query(`ALTER TABLE products DROP COLUMN catalog_id, DROP COLUMN retailer_id`);
    await transaction.query(migration);
  });
  for (const [i, [, , , expected]] of cases.entries()) {
    const [row] = await app.database.query<{ template_values: unknown }[]>(
      `SELECT template_values FROM campaigns WHERE id = $1`,
      [ids[i]],
    );
    expect([i, row?.template_values]).toEqual([i, expected]);
  }
});
