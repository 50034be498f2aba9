import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { schemaText } from '../../src/schema';
import { createTestDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';

describe('schema.graphql', () => {
  it('matches the code', () => {
    expect(readFileSync(path.resolve('schema.graphql'), 'utf8')).toBe(schemaText());
  });

  it('describes every type and every operation, with values in upper case', () => {
    const schema = buildSchema(schemaText());
    const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
    const own = types.filter((type) => isObjectType(type) || isInputObjectType(type) || isEnumType(type));
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    expect(own.filter((type) => !type.description && !roots.includes(type as never)).map(String)).toEqual([]);
    const operations = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
    expect(operations.filter((field) => !field.description).map((field) => field.name)).toEqual([]);
    const values = own.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
    expect(values.filter(({ name }) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  });
});

describe('the tables', () => {
  let test: TestDatabase;
  const businessId = randomUUID();
  const senderId = randomUUID();

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.query(
      `INSERT INTO businesses (id, name, timezone, default_country) VALUES ($1, 'B', 'UTC', 'IN')`,
      [businessId],
    );
    await test.database.query(
      `INSERT INTO senders (id, business_id, phone_number_id, waba_id, display_phone_number, access_token_encrypted)
       VALUES ($1, $2, '1', '1', '1', 'x')`,
      [senderId, businessId],
    );
  });
  afterAll(() => test?.drop());

  it('after the migrations match the entities', async () => {
    const { upQueries } = await test.database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('control: one missing index is found', async () => {
    const other = await createTestDatabase();
    await other.database.query(`DROP INDEX senders_phone_number`);
    const { upQueries } = await other.database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([expect.stringContaining('senders_phone_number')]);
    await other.drop();
  });

  it('each have an entity or are listed here as used by SQL only', async () => {
    const rows = await test.database.query<{ table_name: string }[]>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const entities = test.database.entityMetadatas.map(({ tableName }) => tableName);
    const others = [
      'campaign_feeds',
      'campaign_link_clicks',
      'delivery_begun',
      'delivery_claims',
      'delivery_followups',
      'delivery_requeues',
      'campaign_stats_minutes',
      'campaign_recipient_blocks',
      'campaign_failures',
      'campaign_history',
      'recipient_retries',
      'segment_members',
      'conversation_windows',
      'identity_changes',
      'unreachable_failures',
      'import_chunks',
      'import_errors',
      'media_uploads',
      'template_syncs',
      'migrations',
    ];
    expect(rows.map((row) => row.table_name).sort()).toEqual([...entities, ...others].sort());
  });

  /** Invalid rows by the constraint that must refuse them. */
  const invalidRows: Record<string, [table: string, values: Record<string, unknown>]> = {
    businesses_default_country_check: ['businesses', { name: 'B', timezone: 'UTC', default_country: 'in' }],
    senders_messages_per_second_check: ['senders', { ...sender('2'), messages_per_second: 0 }],
    senders_business_phone_number: ['senders', sender('1')],
    senders_business_fk: ['senders', { ...sender('3'), business_id: randomUUID() }],
    leads_status_check: ['leads', { business_id: businessId, status: 'new' }],
    leads_quality_check: ['leads', { business_id: businessId, quality: 'BOILING' }],
    customers_engagement_score_check: ['customers', { business_id: businessId, engagement_score: -1 }],
    customers_total_spent_check: ['customers', { business_id: businessId, total_spent: -0.01 }],
    customers_total_orders_check: ['customers', { business_id: businessId, total_orders: -1 }],
    segments_audience_type_check: [
      'segments',
      { business_id: businessId, name: 'S', audience_type: 'CUSTOM' },
    ],
    products_price_check: ['products', { business_id: businessId, name: 'P', price: -1 }],
    products_one_image: [
      'products',
      { business_id: businessId, name: 'P', image_url: 'https://a.example/b.png', media_id: randomUUID() },
    ],
    products_currency_check: ['products', { business_id: businessId, name: 'P', currency: 'rupees' }],
    campaigns_status_check: ['campaigns', campaign({ status: 'SENDING' })],
    campaigns_channel_check: ['campaigns', campaign({ channel: 'SMS' })],
    campaigns_campaign_type_check: ['campaigns', campaign({ campaign_type: 'SPAM' })],
    campaigns_media_type_check: ['campaigns', campaign({ media_type: 'GIF' })],
    campaigns_audience_type_check: ['campaigns', campaign({ audience_type: 'EVERYBODY' })],
    campaigns_on_unconfirmed_check: ['campaigns', campaign({ on_unconfirmed: 'GUESS' })],
    campaigns_counts_add_up: ['campaigns', campaign({ total_recipients: 3, queued_count: 2 })],
    'campaigns_counts_add_up (delivered beyond sent)': [
      'campaigns',
      campaign({ total_recipients: 1, sent_count: 1, delivered_count: 2 }),
    ],
    'campaigns_counts_add_up (read beyond delivered)': [
      'campaigns',
      campaign({ total_recipients: 1, sent_count: 1, read_count: 1 }),
    ],
    campaigns_counts_not_negative: ['campaigns', campaign({ queued_count: 1, failed_count: -1 })],
    campaign_recipients_status_check: ['campaign_recipients', recipient({ status: 'LOST' })],
    'campaign_recipients_status_check (excluded without a reason)': [
      'campaign_recipients',
      recipient({ status: 'EXCLUDED' }),
    ],
    'campaign_recipients_status_check (a reason, yet queued)': [
      'campaign_recipients',
      recipient({ excluded_reason: 'OPTED_OUT' }),
    ],
    campaign_recipients_excluded_reason_check: [
      'campaign_recipients',
      recipient({ status: 'EXCLUDED', excluded_reason: 'DISLIKED' }),
    ],
    campaign_recipients_contact_kind_check: ['campaign_recipients', recipient({ contact_kind: 'FRIEND' })],
    delivery_followups_kind_check: [
      'delivery_followups',
      { campaign_id: businessId, seq: 1, kind: 'MAYBE', due_at: '2026-01-01' },
    ],
    templates_quality_check: [
      'templates',
      {
        business_id: businessId,
        waba_id: '1',
        whatsapp_id: '1',
        name: 'a',
        language: 'en',
        category: 'UTILITY',
        status: 'APPROVED',
        components: '[]',
        quality: 'PURPLE',
      },
    ],
    delivery_requeues_kind_check: [
      'delivery_requeues',
      { campaign_id: businessId, kind: 'MAYBE', requested_at: '2026-01-01', requested_by: 'x' },
    ],
    conversions_value_check: ['conversions', conversion({ value: -1 })],
    conversions_currency_check: ['conversions', conversion({ currency: 'Rs' })],
    imports_kind_check: ['imports', { business_id: businessId, kind: 'leads' }],
    imports_rows_check: [
      'imports',
      { business_id: businessId, kind: 'LEADS', total_rows: 1, failed_rows: 2 },
    ],
  };

  for (const [name, [table, values]] of Object.entries(invalidRows)) {
    it(`refuse a row by ${name}`, async () => {
      const columns = Object.keys(values);
      const places = columns.map((_, i) => `$${i + 1}`).join(', ');
      await expect(
        test.database.query(
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
          Object.values(values),
        ),
      ).rejects.toMatchObject({ driverError: { constraint: name.split(' ')[0] } });
    });
  }

  it('allow a phone once among the recipients of a campaign, and again if it is excluded', async () => {
    const campaignId = randomUUID();
    const insert = (seq: number, more: Record<string, unknown>) =>
      test.database.query(
        `INSERT INTO campaign_recipients (campaign_id, seq, phone, contact_kind, status, excluded_reason)
         VALUES ($1, $2, '+919876543210', 'LEAD', $3, $4)`,
        [campaignId, seq, more.status ?? 'QUEUED', more.excluded_reason ?? null],
      );
    await insert(1, {});
    await insert(2, { status: 'EXCLUDED', excluded_reason: 'DUPLICATE_PHONE' });
    await expect(insert(3, {})).rejects.toMatchObject({
      driverError: { constraint: 'campaign_recipients_phone' },
    });
  });

  function sender(phoneNumberId: string): Record<string, unknown> {
    return {
      business_id: businessId,
      phone_number_id: phoneNumberId,
      waba_id: '1',
      display_phone_number: '1',
      access_token_encrypted: 'x',
    };
  }

  function campaign(more: Record<string, unknown>): Record<string, unknown> {
    return {
      business_id: businessId,
      sender_id: senderId,
      campaign_name: 'C',
      campaign_type: 'PROMOTIONAL',
      channel: 'WHATSAPP',
      audience_type: 'ALL',
      link_id: Buffer.from(randomUUID()),
      link_key: Buffer.alloc(32),
      ...more,
    };
  }

  function recipient(more: Record<string, unknown>): Record<string, unknown> {
    return {
      campaign_id: businessId,
      seq: 1,
      phone: '+919876543210',
      contact_kind: 'LEAD',
      status: 'QUEUED',
      ...more,
    };
  }

  function conversion(more: Record<string, unknown>): Record<string, unknown> {
    return { business_id: businessId, order_id: randomUUID(), occurred_at: '2026-01-01', ...more };
  }
});
