import { App } from '../support/app';
import { createCampaign, refusal, sendCampaign, stats } from './ask';
import { waitFor } from '../support/wait';

type Fields = Record<string, unknown>;
interface Page {
  nodes: { id: string; name: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}

const list = `query ($id: ID!, $kind: ContactKind!, $filter: AudienceFilterInput, $search: String, $first: Int, $after: String) {
  contacts(businessId: $id, kind: $kind, filter: $filter, search: $search, first: $first, after: $after) {
    nodes { id name } edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount } }`;

describe('lists of contacts', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start();
    await app.database.query(
      `INSERT INTO businesses (id, name, timezone, default_country) VALUES
         ('00000000-0000-4000-8000-0000000000b2', 'Other', 'UTC', 'IN'), ('00000000-0000-4000-8000-0000000000b3', 'BR', 'UTC', 'BR')`,
    );
  });
  afterEach(() => app.database.query(`DELETE FROM leads; DELETE FROM customers; DELETE FROM suppressions`));
  afterAll(() => app?.close());

  async function add(rows: Fields[], table = 'leads', businessId = app.businessId): Promise<void> {
    for (const row of rows) {
      const values = { business_id: businessId, phone: row.phone_e164 ?? '', ...row };
      const names = Object.keys(values);
      await app.database.query(
        `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((_, i) => `$${i + 1}`).join()})`,
        Object.values(values),
      );
    }
  }

  const ask = async (more: Fields = {}) =>
    (await app.data<{ contacts: Page }>(list, { id: app.businessId, kind: 'LEAD', ...more })).contacts;
  const names = async (more: Fields) => (await ask(more)).nodes.map(({ name }) => name).sort();

  it('go from the newest to the oldest, page by page, without a gap or a repeat', async () => {
    // seven at each moment, which differ in microseconds only
    await app.database.query(
      `INSERT INTO leads (business_id, name, phone, created_at)
       SELECT $1, 'Lead ' || i, '1', '2026-01-01T00:00:00.000001Z'::timestamptz + (i / 7) * interval '1 microsecond' FROM generate_series(0, 54) i`,
      [app.businessId],
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await ask({ first: 10, after });
      expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
      expect(page.totalCount).toBe(55);
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
      seen.push(...page.nodes.map(({ name }) => name));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(55);
    const moments = seen.map((name) => Math.floor(Number(name.slice(5)) / 7));
    expect(moments).toEqual([...moments].sort((a, b) => b - a));
    expect(await ask({ first: 55 })).toMatchObject({ pageInfo: { hasNextPage: false } });
    expect(await ask({ kind: 'CUSTOMER' })).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: 0,
    });
  });

  it('refuse a size, a cursor, a search and a filter that do not fit', async () => {
    await add([{ name: 'Asha' }, { name: 'Bina' }]);
    const { pageInfo } = await ask({ first: 1 });
    const after = pageInfo.endCursor;
    for (const [more, field] of [
      [{ first: 0 }, 'first'],
      [{ first: 101 }, 'first'],
      [{ after: 'nonsense' }, 'after'],
      [{ after, search: 'a' }, 'after'],
      [{ after, kind: 'CUSTOMER' }, 'after'],
      [{ after, filter: { status: ['NEW'] } }, 'after'],
      [{ search: 'x'.repeat(201) }, 'search'],
      [{ search: 'a\0' }, 'search'],
      [{ filter: { totalOrders: { gte: 1 } } }, 'filter.totalOrders'],
      [{ filter: { status: [] } }, 'filter.status'],
    ] as const)
      expect(await refusal(app, list, { id: app.businessId, kind: 'LEAD', first: 1, ...more })).toMatchObject(
        { code: 'BAD_USER_INPUT', field },
      );
    expect((await ask({ first: 1, after })).nodes).toHaveLength(1);
  });

  it('are filtered and searched together', async () => {
    await add([
      { name: 'Asha Verma', city: 'Mumbai', status: 'NEW' },
      { name: 'Asha Nair', city: 'Kochi', status: 'NEW' },
      { name: 'Bina', city: 'Mumbai', status: 'NEW' },
    ]);
    await add([{ name: 'Asha of others', city: 'Mumbai' }], 'leads', '00000000-0000-4000-8000-0000000000b2');
    await add([{ name: 'Asha the customer' }], 'customers');
    const found = await ask({ filter: { city: ['MUMBAI'] }, search: 'asha' });
    expect([found.nodes.map(({ name }) => name), found.totalCount]).toEqual([['Asha Verma'], 1]);
  });

  it.each<[string, string[]]>([
    ['', ['ANITA', 'Asha', 'Élan', '50% off_', 'प्रिया शर्मा', 'Typo', 'O\\Neil', '98 Cafe']],
    ['  ', ['ANITA', 'Asha', 'Élan', '50% off_', 'प्रिया शर्मा', 'Typo', 'O\\Neil', '98 Cafe']],
    ['a', ['ANITA', 'Asha']],
    ['AN', ['ANITA']],
    [' asha ', ['Asha']],
    ['sha', []],
    ['élan', ['Élan']],
    ['ÉL', ['Élan']],
    ['प्रि', ['प्रिया शर्मा']],
    ['%', []],
    ['_', []],
    ['50%', ['50% off_']],
    ['50% off_', ['50% off_']],
    ['50%_off', []],
    ['o\\n', ['O\\Neil']],
    ["' OR true --", []],
    ['+919876543210', ['Asha']],
    ['98765 43210', ['Asha']],
    ['09876543210', ['Asha']],
    ['00919876543210', ['Asha']],
    ['wa.me/919876543210', ['Asha']],
    ['919876543210@c.us', ['Asha']],
    ['9', ['ANITA', 'Asha', '98 Cafe']],
    ['98', ['ANITA', 'Asha', '98 Cafe']],
    ['987654', ['Asha']],
    ['98765-4', ['Asha']],
    ['0987', ['Asha']],
    ['91987', ['Asha']],
    ['+91 987', ['Asha']],
    ['0091 987', ['Asha']],
    ['987655', []],
    ['3210', []],
    ['+52155', ['Élan']],
    ['+52 55', ['Élan']],
    ['5215512345678', ['Élan']],
    ['+525512345678', ['Élan']],
    ['asha@example.com', ['Asha']],
    ['ASHA@', ['Asha']],
    ['@example.com', []],
    ['priya_s@', ['प्रिया शर्मा']],
    ['priyaXs@', []],
  ])('find for %j: %j', async (search, expected) => {
    await add([
      { name: 'ANITA', phone_e164: '+919812345678' },
      { name: 'Asha', phone_e164: '+919876543210', email: 'Asha@Example.com' },
      { name: 'Élan', phone_e164: '+5215512345678' },
      { name: '50% off_' },
      { name: 'प्रिया शर्मा', email: 'priya_s@example.com' },
      { name: 'Typo', phone: '98' },
      { name: 'O\\Neil' },
      { name: '98 Cafe' },
    ]);
    expect(await names({ search })).toEqual([...expected].sort());
    expect((await ask({ search })).totalCount).toBe(expected.length);
  });

  it.each([
    ['BR', '+5511987654321', ['1187654321', '11 8765', '11987', '+55 11 8765-4321', '551198765']],
    ['AR', '+541123456789', ['91123456789', '+54 9 11 2345', '54911', '11 2345']],
    ['MX', '+525512345678', ['15512345678', '5215512', '+52 1 55', '55 1234']],
  ])('find numbers of %s in the forms that people and WhatsApp use', async (country, stored, searches) => {
    await app.database.query(`UPDATE businesses SET default_country = $2 WHERE id = $1`, [
      app.businessId,
      country,
    ]);
    await add([{ name: 'X', phone_e164: stored }]);
    const found = await Promise.all(searches.map(async (search) => [search, await names({ search })]));
    await app.database.query(`UPDATE businesses SET default_country = 'IN' WHERE id = $1`, [app.businessId]);
    expect(found).toEqual(searches.map((search) => [search, ['X']]));
  });

  it('say who opted out, by any source, spelling or BSUID', async () => {
    await add([
      { name: 'a', phone_e164: '+5511987654321' },
      { name: 'b', phone_e164: '+919876543211' },
      { name: 'c', phone_e164: '+919876543212' },
      { name: 'd', bsuid: 'IN.42' },
      { name: 'e', phone: 'none' },
    ]);
    await app.database.query(
      `INSERT INTO suppressions (business_id, phone, reason, source, lifted) VALUES ($1, '+551187654321', 'x', 'REFUSED', false),
         ($1, '+919876543211', 'x', 'MANUAL', true), ($1, 'IN.42', 'x', 'KEYWORD', false),
         ('00000000-0000-4000-8000-0000000000b2', '+919876543212', 'x', 'MANUAL', false)`,
      [app.businessId],
    );
    const { contacts } = await app.data<{ contacts: { nodes: { name: string; optedOut: boolean }[] } }>(
      `query ($id: ID!) { contacts(businessId: $id, kind: LEAD) { nodes { name optedOut } } }`,
      { id: app.businessId },
    );
    const out = contacts.nodes.filter(({ optedOut }) => optedOut).map(({ name }) => name);
    expect(out.sort()).toEqual(['a', 'd']);
  });

  it('show what a contact received, newest first, by the number and by the contact', async () => {
    await add([
      { name: 'Asha', phone_e164: '+919876543210' },
      { name: 'Bina', phone_e164: '+919876543219' },
    ]);
    const ids: string[] = [];
    // named with another spelling, as a lead, as a duplicate of a customer, and not at all
    for (const rest of [
      { customRecipients: [{ phone: '098765 43210' }] },
      { audienceType: 'LEADS', customRecipients: undefined },
      { audienceType: 'ALL', customRecipients: undefined },
      { customRecipients: [{ phone: '+919876543219' }] },
    ]) {
      if (rest.audienceType === 'ALL')
        await add([{ name: 'Asha', phone_e164: '+919876543210' }], 'customers');
      const id = await createCampaign(app, [], rest);
      await app.data(sendCampaign, { id });
      await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'it is sent' });
      ids.push(id);
    }
    await waitFor(async () => (await stats(app, ids[0] ?? '')).deliveredCount === 1, {
      what: 'it is delivered',
    });
    const asha = (await ask({ search: 'asha' })).nodes[0]?.id;
    const query = `query ($id: ID!, $first: Int, $after: String) { contact(id: $id) { campaigns(first: $first, after: $after) {
      nodes { campaignId campaignName status sentAt excludedReason errorCode } pageInfo { hasNextPage endCursor } } } }`;
    type Received = { contact: { campaigns: { nodes: Fields[]; pageInfo: Page['pageInfo'] } } };
    const read = async (more: Fields = {}) =>
      (await app.data<Received>(query, { id: asha, ...more })).contact.campaigns;
    const { nodes } = await read();
    expect(nodes.map(({ campaignId }) => campaignId)).toEqual(ids.slice(0, 3).reverse());
    expect(nodes.at(-1)).toMatchObject({
      campaignName: 'A campaign of the tests',
      sentAt: expect.any(String) as string,
      excludedReason: null,
    });
    const first = await read({ first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await read({ first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes]).toEqual(nodes);
    expect(await refusal(app, query, { id: asha, first: 0 })).toMatchObject({ field: 'first' });
    // with another phone, the contact still has what was sent to it as a contact; without one too
    await app.database.query(
      `UPDATE leads SET phone = 'none', phone_e164 = NULL WHERE phone_e164 = '+919876543210'`,
    );
    const left = (await read()).nodes;
    expect(left.map(({ campaignId, excludedReason }) => [campaignId, excludedReason])).toEqual([
      [ids[2], 'DUPLICATE_PHONE'],
      [ids[1], null],
    ]);
  });
});
