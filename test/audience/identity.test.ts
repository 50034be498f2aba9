import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import type { QueryRunner } from 'typeorm';
import { Lead } from '../../src/audience/contacts/contact.entity';
import { rereadPhones } from '../../src/audience/contacts/reread-phones';
import { Suppression } from '../../src/audience/opt-outs/suppression.entity';
import { createTestDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db?.drop());

async function identityOf(phone: string | null): Promise<string | null> {
  const [row] = await db.database.query<{ identity: string | null }[]>(
    `SELECT phone_identity($1) AS identity`,
    [phone],
  );
  return row?.identity ?? null;
}

test.each([
  ['Brazil', '+5511987654321', '+551187654321'],
  ['Brazil, outside São Paulo', '+5531998765432', '+553198765432'],
  ['Mexico', '+525512345678', '+5215512345678'],
  ['Argentina', '+541123456789', '+5491123456789'],
  ['Argentina, outside Buenos Aires', '+543514123456', '+5493514123456'],
])('%s: %s and %s are one person', async (_country, e164, whatsapp) => {
  expect(await identityOf(whatsapp)).toBe(await identityOf(e164));
});

test.each([
  ['a Brazilian landline and the mobile number with a 9 before it', '+551154321098', '+5511954321098'],
  ['Brazilian mobile numbers with other ninth digits', '+5511887654321', '+551187654321'],
  ['a Brazilian toll-free number and no mobile number', '+558001234567', '+5580901234567'],
  ['Mexican numbers of another length', '+521551234567', '+52551234567'],
  ['Argentinian numbers of another length', '+54911234567', '+5411234567'],
  ['numbers of other countries with the same digits', '+4915123456789', '+415123456789'],
  ['an Indian number that begins like one of Brazil without its plus', '+915511987654', '+91551198765'],
])('%s are two', async (_what, one, other) => {
  expect(await identityOf(one)).not.toBe(await identityOf(other));
});

test('numbers of other countries are their own identity, and an identity is its own identity', async () => {
  for (const phone of [
    '+919876543210',
    '+14155552671',
    '+4915123456789',
    '+5353123456',
    '+56912345678',
    'n/a',
    '',
  ])
    expect(await identityOf(phone)).toBe(phone);
  for (const phone of ['+551187654321', '+5215512345678', '+5491123456789'])
    expect(await identityOf(await identityOf(phone))).toBe(await identityOf(phone));
  expect(await identityOf(null)).toBeNull();
});

test('the database derives the identity of every contact and opt-out, and again when the phone changes', async () => {
  const [business] = await db.database.query<{ id: string }[]>(
    `INSERT INTO businesses (name, timezone, default_country) VALUES ('B', 'UTC', 'BR') RETURNING id`,
  );
  for (const table of ['leads', 'customers']) {
    const [row] = await db.database.query<{ id: string; identity: string }[]>(
      `INSERT INTO ${table} (business_id, name, phone, phone_e164) VALUES ($1, 'A', '11 8765-4321', '+551187654321')
       RETURNING id, identity`,
      [business?.id],
    );
    expect(row?.identity).toBe('+5511987654321');
    const change = (phone: string | null) =>
      db.database.query(`UPDATE ${table} SET phone_e164 = $2 WHERE id = $1`, [row?.id, phone]);
    const now = async () =>
      (
        await db.database.query<{ identity: string }[]>(`SELECT identity FROM ${table} WHERE id = $1`, [
          row?.id,
        ])
      )[0]?.identity;
    await change('+5215512345678');
    expect(await now()).toBe('+525512345678');
    await change(null);
    expect(await now()).toBeNull();
  }
  // the same through the repositories
  const phone = '+5491123456789';
  const lead = await db.database
    .getRepository(Lead)
    .save({ businessId: business?.id, name: 'A', phone, phoneE164: phone } as Lead);
  await db.database.getRepository(Suppression).insert({ businessId: business?.id, phone, reason: 'asked' });
  for (const entity of [Lead, Suppression]) {
    expect(await db.database.getRepository<Lead | Suppression>(entity).findOneBy({ phone })).toMatchObject({
      identity: '+541123456789',
    });
  }
  await db.database.getRepository(Lead).save({ ...lead, phoneE164: '+5215512345678' });
  expect((await db.database.getRepository(Lead).findOneBy({ id: lead.id }))?.identity).toBe('+525512345678');
  const optOut = (phone: string) =>
    db.database.query<{ identity: string; source: string }[]>(
      `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, $2, 'asked') RETURNING identity, source`,
      [business?.id, phone],
    );
  expect(await optOut('+551187654321')).toEqual([{ identity: '+5511987654321', source: 'MANUAL' }]);
  await expect(optOut('+5511987654321')).rejects.toMatchObject({
    driverError: { constraint: 'suppressions_pkey' },
  });
});

test('an upgrade reads the phones of all contacts again, once', async () => {
  const old = await createTestDatabase();
  const log = pino({ level: 'silent' });
  const [business] = await old.database.query<{ id: string }[]>(
    `INSERT INTO businesses (name, timezone, default_country) VALUES ('B', 'UTC', 'ID') RETURNING id`,
  );
  const contacts: [phone: string, before: string | null, after: string | null][] = [
    ['+5215512345678', null, '+5215512345678'],
    ['81234567890.0', '+62812345678900', '+6281234567890'],
    ['9876543210;12', '+629876543210', null],
    ['0812-3456-7890', '+6281234567890', '+6281234567890'],
    ['n/a', null, null],
  ];
  const insert = (table: string, rows: typeof contacts) =>
    old.database.query(
      `INSERT INTO ${table} (business_id, name, phone, phone_e164)
       SELECT $1, 'A', phone, e164 FROM unnest($2::text[], $3::text[]) AS p (phone, e164)`,
      [business?.id, rows.map(([phone]) => phone), rows.map(([, before]) => before)],
    );
  const numbers = async (table: string) =>
    (
      await old.database.query<{ phone: string; phone_e164: string | null }[]>(
        `SELECT DISTINCT phone, phone_e164 FROM ${table}`,
      )
    ).map(({ phone, phone_e164: number }) => `${phone} ${number}`);
  await insert('customers', contacts);
  // more than one set
  await insert('leads', Array.from({ length: 1100 }, () => contacts).flat());
  const before = contacts.map(([phone, number]) => `${phone} ${number}`).sort();
  const after = contacts.map(([phone, , number]) => `${phone} ${number}`).sort();
  await rereadPhones(old.database, log);
  expect((await numbers('leads')).sort()).toEqual(before);
  await old.database.query(`DELETE FROM migrations WHERE name LIKE 'identity%'`);
  for (let i = 0; i < 2; i++) {
    await rereadPhones(old.database, log);
    for (const table of ['leads', 'customers']) expect((await numbers(table)).sort()).toEqual(after);
  }
  // a database without a schema has nothing to read
  await old.database.query(`DROP TABLE migrations`);
  await rereadPhones(old.database, log);
  await old.drop();
});

describe('the migration of an existing database', () => {
  const folder = path.resolve(__dirname, '../../migrations');
  const files = readdirSync(folder).sort();
  const migration = files.find((file) => file.endsWith('-identity.sql')) ?? '';
  const run = (runner: QueryRunner, file: string) =>
    runner.query(readFileSync(path.join(folder, file), 'utf8'));
  let runner: QueryRunner;

  beforeAll(async () => {
    runner = db.database.createQueryRunner();
    await runner.query(`CREATE SCHEMA old`);
    await runner.query(`SET search_path = old`);
    for (const file of files.filter((file) => file < migration)) await run(runner, file);
    await runner.query(`
      INSERT INTO businesses (id, name, timezone, default_country)
        VALUES ('00000000-0000-4000-8000-000000000001', 'B', 'UTC', 'BR');
      INSERT INTO leads (business_id, name, phone, phone_e164) VALUES
        ('00000000-0000-4000-8000-000000000001', 'A', 'x', '+551187654321'),
        ('00000000-0000-4000-8000-000000000001', 'N', 'n/a', NULL);
      INSERT INTO suppressions (business_id, phone, reason, created_at) VALUES
        ('00000000-0000-4000-8000-000000000001', '+551187654321', 'wrote "stop"', '2026-01-01Z'),
        ('00000000-0000-4000-8000-000000000001', '+5511987654321', 'wrote "sair"', '2026-02-01Z'),
        ('00000000-0000-4000-8000-000000000001', '+525512345678', 'asked on the phone', '2026-03-01Z');
      INSERT INTO campaign_recipients (campaign_id, seq, phone, contact_kind, status, excluded_reason) VALUES
        ('00000000-0000-4000-8000-000000000002', 1, '+551187654321', 'LEAD', 'SENT', NULL),
        ('00000000-0000-4000-8000-000000000002', 2, '+5511987654321', 'LEAD', 'SENT', NULL),
        ('00000000-0000-4000-8000-000000000002', 3, '+919876543210', 'LEAD', 'SENT', NULL),
        ('00000000-0000-4000-8000-000000000002', 4, '+919876543210', 'LEAD', 'EXCLUDED', 'DUPLICATE_PHONE'),
        ('00000000-0000-4000-8000-000000000002', 5, 'n/a', 'LEAD', 'EXCLUDED', 'INVALID_PHONE')`);
    await runner.startTransaction();
    await run(runner, migration);
    await runner.commitTransaction();
  });
  afterAll(async () => {
    await runner?.query(`RESET search_path`);
    await runner?.release();
  });

  it('gives everybody an identity, including recipients in two spellings', async () => {
    expect(await runner.query(`SELECT identity FROM leads ORDER BY name`)).toEqual([
      { identity: '+5511987654321' },
      { identity: null },
    ]);
    expect(await runner.query(`SELECT seq, identity FROM campaign_recipients ORDER BY seq`)).toEqual([
      { seq: 1, identity: '+551187654321' },
      { seq: 2, identity: '+5511987654321' },
      { seq: 3, identity: '+919876543210' },
      { seq: 4, identity: '+919876543210' },
      { seq: 5, identity: null },
    ]);
  });

  it('keeps one opt-out for each person and source, with its source, time and history', async () => {
    const expected = [
      { identity: '+525512345678', source: 'MANUAL', at: new Date('2026-03-01T00:00:00Z') },
      { identity: '+5511987654321', source: 'KEYWORD', at: new Date('2026-02-01T00:00:00Z') },
    ];
    await runner.query(`SET timezone = 'UTC'`);
    expect(
      await runner.query(`SELECT identity, source, changed_at AS at FROM suppressions ORDER BY 1`),
    ).toEqual(expected);
    expect(await runner.query(`SELECT identity, source, at FROM suppression_changes ORDER BY 1`)).toEqual(
      expected,
    );
  });
});
