import { randomBytes, randomUUID } from 'node:crypto';
import { ContactKind } from '../../src/audience/audience';
import { checkFilter } from '../../src/audience/filter/check';
import { filterCondition } from '../../src/audience/filter/compile';
import type { AudienceFilter, ResolvedFilter } from '../../src/audience/filter/filter';
import { resolveFilter, Unresolvable } from '../../src/audience/filter/resolve';
import type { SavedFilter } from '../../src/audience/filter/resolve';
import { createTestDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { matches } from './filter-oracle';
import type { KnownContact } from './filter-oracle';
import { Random, randomContact, randomFilter } from './filter-trees';

const { LEAD, CUSTOMER } = ContactKind;
const trees = 500;
const seed = 20261126;

let test: TestDatabase;
let businessId: string;
let campaigns: string[];
let contacts: KnownContact[];

beforeAll(async () => {
  test = await createTestDatabase();
  [businessId, campaigns] = await addBusiness();
  const random = new Random(seed);
  contacts = [LEAD, CUSTOMER].flatMap((kind) =>
    Array.from({ length: 200 }, () => randomContact(random, kind, campaigns)),
  );
  await store(businessId, contacts);
  // another business with contacts that would match just as well
  const [other, theirs] = await addBusiness();
  await store(
    other,
    Array.from({ length: 50 }, () => randomContact(random, LEAD, theirs)),
  );
});
afterAll(() => test?.drop());

it(`${trees} random filters select what they say, over contacts with gaps, other cases and numbers as text`, async () => {
  const random = new Random(seed + 1);
  const segments = new Map<string, SavedFilter>();
  let matched = 0;
  for (let i = 0; i < trees; i++) {
    const kinds = random.one([[LEAD], [CUSTOMER], [LEAD, CUSTOMER]]);
    const { filter } = valid(() => {
      const made = randomFilter(random, { kinds, campaigns, segments: [...segments.keys()] });
      return { checked: checkFilter(made, kinds, 'filter'), resolved: resolveFilter(made, segments) };
    });
    if (segments.size < 10 || random.chance(0.02)) segments.set(randomUUID(), { kinds, filter });
    // as it is after it was stored
    const resolved = resolveFilter(JSON.parse(JSON.stringify(filter)) as AudienceFilter, segments);
    for (const kind of kinds) {
      const expected = contacts
        .filter((one) => one.kind === kind && matches(resolved, one))
        .map(({ id }) => id);
      const found = await select(resolved, kind);
      if (found.join() !== expected.sort().join())
        throw new Error(`seed ${seed}, tree ${i}: ${JSON.stringify(filter)}`);
      matched += found.length;
    }
  }
  // neither nobody nor everybody: the comparison above has something to compare
  expect(matched / (trees * 300)).toBeGreaterThan(0.1);
  expect(matched / (trees * 300)).toBeLessThan(0.9);
});

it('the comparison itself notices a condition that is left out, and a "not" that forgets contacts without a value', async () => {
  const filter: ResolvedFilter = { not: { city: ['Mumbai'] } };
  const expected = contacts.filter((one) => one.kind === LEAD && matches(filter, one)).length;
  expect((await select(filter, LEAD)).length).toBe(expected);
  const [row] = await test.database.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM leads c WHERE c.business_id = $1 AND NOT fold(btrim(c.city)) = 'mumbai'`,
    [businessId],
  );
  expect(row?.count).toBeLessThan(expected);
});

/** Draws again what is too large. */
function valid(draw: () => { checked: { filter: AudienceFilter } }): { filter: AudienceFilter } {
  for (;;) {
    try {
      return draw().checked;
    } catch (error) {
      if (!(error instanceof Unresolvable) && !/at most 100 conditions/.test(String(error))) throw error;
    }
  }
}

async function select(filter: ResolvedFilter, kind: ContactKind): Promise<string[]> {
  const parameters: unknown[] = [];
  const condition = filterCondition(filter, kind, businessId, (value) => `$${parameters.push(value)}`);
  const table = kind === LEAD ? 'leads' : 'customers';
  const found = await test.database.query<{ id: string }[]>(
    `SELECT id FROM ${table} c WHERE business_id = $${parameters.push(businessId)} AND ${condition}`,
    parameters,
  );
  return found.map(({ id }) => id).sort();
}

async function addBusiness(): Promise<[string, string[]]> {
  const [business] = await test.database.query<{ id: string }[]>(
    `INSERT INTO businesses (name, timezone, default_country) VALUES ('B', 'Asia/Kolkata', 'IN') RETURNING id`,
  );
  const id = business?.id ?? '';
  const [sender] = await test.database.query<{ id: string }[]>(
    `INSERT INTO senders (business_id, phone_number_id, waba_id, display_phone_number, access_token_encrypted)
     VALUES ($1, '1', '1', '1', '') RETURNING id`,
    [id],
  );
  const made: string[] = [];
  for (let i = 0; i < 2; i++) {
    const [campaign] = await test.database.query<{ id: string }[]>(
      `INSERT INTO campaigns (business_id, campaign_name, campaign_type, channel, sender_id, audience_type, link_id, link_key)
       VALUES ($1, 'C', 'REMINDER', 'WHATSAPP', $2, 'ALL', $3, $3) RETURNING id`,
      [id, sender?.id, randomBytes(16)],
    );
    made.push(campaign?.id ?? '');
  }
  return [id, made];
}

async function store(business: string, people: readonly KnownContact[]): Promise<void> {
  const seqs = new Map<string, number>();
  for (const one of people) {
    const lead = one.kind === LEAD;
    const shared = [
      one.id,
      business,
      one.tags,
      one.email,
      JSON.stringify(one.attributes),
      one.createdHoursAgo,
    ];
    await test.database.query(
      lead
        ? `INSERT INTO leads (id, business_id, tags, email, attributes, created_at, status, quality, city, state, assigned_user_id)
           VALUES ($1, $2, $3, $4, $5, now() - make_interval(hours => $6), $7, $8, $9, $10, $11)`
        : `INSERT INTO customers (id, business_id, tags, email, attributes, created_at, engagement_score, total_spent, total_orders, last_order_at)
           VALUES ($1, $2, $3, $4, $5, now() - make_interval(hours => $6), $7, $8, $9, now() - make_interval(hours => $10))`,
      lead
        ? [...shared, one.status, one.quality, one.city, one.state, one.assignedUserId]
        : [...shared, one.engagementScore, one.totalSpent, one.totalOrders, one.lastOrderHoursAgo],
    );
    for (const { campaignId, status, clicked, converted, replied } of one.recipients) {
      const seq = (seqs.get(campaignId) ?? 0) + 1;
      seqs.set(campaignId, seq);
      await test.database.query(
        `INSERT INTO campaign_recipients (campaign_id, seq, phone, identity, contact_kind, contact_id, status, excluded_reason, clicked_at, converted_at, replied_at)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          campaignId,
          seq,
          `+${seq}`,
          one.kind,
          one.id,
          status,
          status === 'EXCLUDED' ? 'OPTED_OUT' : null,
          ...[clicked, converted, replied].map((happened) => (happened ? new Date() : null)),
        ],
      );
    }
  }
}
