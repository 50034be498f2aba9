import { normalisePhone } from '../../src/audience/contacts/phone';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { openWindows } from '../support/windows';
import { createCampaign, documents, sendCampaign, stats } from './ask';

interface Preview {
  count: number;
  matched: number;
  excluded: { reason: string; count: number }[];
  sample: { name: string; phone: string; email: string | null }[];
}

type Contact = Record<string, unknown> & { name: string; phone: string };

const day = 24 * 3600;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** Each contact has a different phone, so that nobody is excluded as a duplicate. */
const leads: Contact[] = [
  {
    name: 'Asha',
    phone: '+919810000001',
    status: 'NEW',
    quality: 'HOT',
    city: 'Mumbai',
    state: 'Maharashtra',
  },
  {
    name: 'Bina',
    phone: '+919810000002',
    status: 'CONTACTED',
    quality: 'WARM',
    city: 'MUMBAI',
    state: 'maharashtra',
  },
  {
    name: 'Chand',
    phone: '+919810000003',
    status: 'QUALIFIED',
    quality: 'COLD',
    city: 'mumbai',
    tags: ['ebook-download'],
  },
  {
    name: 'Dev',
    phone: '+919810000004',
    status: 'CONVERTED',
    city: 'Pune',
    state: 'Maharashtra',
    tags: ['webinar-attendee', 'vip'],
  },
  {
    name: 'Esha',
    phone: '+919810000005',
    status: 'LOST',
    quality: 'HOT',
    city: 'Navi Mumbai',
    assigned_user_id: 'user-7',
  },
  {
    name: 'Farid',
    phone: '+919810000006',
    quality: 'HOT',
    city: 'दिल्ली',
    assigned_user_id: 'user-70',
    tags: ['VIP'],
  },
];

const customers: Contact[] = [
  {
    name: 'Gita',
    phone: '+919820000001',
    engagement_score: 5,
    total_spent: '999.99',
    total_orders: 2,
    last_order_at: ago(60),
  },
  {
    name: 'Hari',
    phone: '+919820000002',
    engagement_score: 7,
    total_spent: '1000.00',
    total_orders: 3,
    last_order_at: ago(day - 60),
  },
  {
    name: 'Indu',
    phone: '+919820000003',
    engagement_score: 10,
    total_spent: '1000.01',
    total_orders: 3,
    last_order_at: ago(day + 60),
  },
  {
    name: 'Jai',
    phone: '+919820000004',
    engagement_score: 11,
    total_spent: '50000.00',
    total_orders: 9,
    last_order_at: ago(90 * day + 60),
  },
  {
    name: 'Kavi',
    phone: '+919820000005',
    total_spent: '50000.01',
    total_orders: 40,
    last_order_at: ago(91 * day - 60),
    tags: ['repeat-buyer'],
  },
  { name: 'Lata', phone: '+919820000006', last_order_at: ago(91 * day + 60), tags: ['vip'] },
  { name: 'Mani', phone: '+919820000007', tags: ['vip', 'repeat-buyer'] },
];

describe('audiences', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start();
    for (const lead of leads) await add('leads', app.businessId, lead);
    for (const customer of customers) await add('customers', app.businessId, customer);
  });
  afterAll(() => app?.close());

  /** Stores a contact like an import: the phone as given, and normalised. */
  async function add(table: 'leads' | 'customers', businessId: string, contact: Contact): Promise<void> {
    const row = { business_id: businessId, phone_e164: normalisePhone(contact.phone, 'IN'), ...contact };
    await app.database.query(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map((_, i) => `$${i + 1}`)
        .join(', ')})`,
      Object.values(row),
    );
  }

  async function preview(input: Record<string, unknown>, token?: string): Promise<Preview> {
    const { previewAudience } = await app.data<{ previewAudience: Preview }>(
      documents.previewAudience,
      { input: { businessId: app.businessId, sampleSize: 100, ...input } },
      token,
    );
    const left = previewAudience.excluded.reduce((sum, { count }) => sum + count, 0);
    expect(previewAudience.matched).toBe(previewAudience.count + left);
    return previewAudience;
  }

  async function names(audienceType: string, filter: Record<string, unknown> | null): Promise<string> {
    const { sample, count } = await preview({ audienceType, filter });
    expect(sample).toHaveLength(count);
    return sample
      .map(({ name }) => name)
      .sort()
      .join(' ');
  }

  it.each<[string, Record<string, unknown> | null, string]>([
    ['nothing', null, 'Asha Bina Chand Dev Esha Farid'],
    ['nulls', { status: null, city: null, tags: null }, 'Asha Bina Chand Dev Esha Farid'],
    ['one status', { status: ['CONTACTED'] }, 'Bina'],
    ['any of the statuses', { status: ['NEW', 'CONTACTED', 'QUALIFIED'] }, 'Asha Bina Chand Farid'],
    ['the others', { status: ['CONVERTED', 'LOST'] }, 'Dev Esha'],
    ['quality', { quality: ['HOT'] }, 'Asha Esha Farid'],
    [
      'all qualities, which excludes leads without one',
      { quality: ['HOT', 'WARM', 'COLD'] },
      'Asha Bina Chand Esha Farid',
    ],
    ['a city in any case', { city: ['mUMBAI'] }, 'Asha Bina Chand'],
    ['the city as the guide writes it', { city: 'Mumbai' }, 'Asha Bina Chand'],
    ['a city with spaces around it', { city: [' Mumbai '] }, 'Asha Bina Chand'],
    ['any of the cities', { city: ['Pune', 'दिल्ली'] }, 'Dev Farid'],
    ['a state in any case', { state: ['MAHARASHTRA'] }, 'Asha Bina Dev'],
    ['no pattern, only the city', { city: ['%mumbai%'] }, ''],
    ['who it is assigned to', { assignedUserId: 'user-7' }, 'Esha'],
    ['any of the tags', { tags: ['webinar-attendee', 'ebook-download'] }, 'Chand Dev'],
    ['tags as they are written', { tags: ['vip'] }, 'Dev'],
    [
      'several filters at once',
      { quality: ['HOT', 'WARM'], city: ['Mumbai'], status: ['NEW', 'CONTACTED'] },
      'Asha Bina',
    ],
    ['what nobody is', { city: ['Mumbai'], status: ['LOST'] }, ''],
    ['text that is SQL', { city: [`') OR 1=1 --`], tags: [`{"a"}`] }, ''],
  ])('of leads by %s', async (_what, filter, expected) => {
    expect(await names('LEADS', filter)).toBe(expected);
  });

  it.each<[string, Record<string, unknown> | null, string]>([
    ['nothing', null, 'Gita Hari Indu Jai Kavi Lata Mani'],
    ['engagement, both ends included', { engagementScore: { gte: 5, lte: 10 } }, 'Gita Hari Indu'],
    ['engagement, one value', { engagementScore: { gte: 7, lte: 7 } }, 'Hari'],
    ['spending from', { totalSpent: { gte: 1000 } }, 'Hari Indu Jai Kavi'],
    ['spending, both ends included', { totalSpent: { gte: '1000.00', lte: 50000 } }, 'Hari Indu Jai'],
    ['spending to the paisa', { totalSpent: { gte: '1000.01', lte: '1000.01' } }, 'Indu'],
    ['spending up to', { totalSpent: { lte: '999.99' } }, 'Gita Lata Mani'],
    ['orders', { totalOrders: { gte: 3 } }, 'Hari Indu Jai Kavi'],
    ['no orders', { totalOrders: { lte: 0 } }, 'Lata Mani'],
    ['an order today: less than a whole day ago', { lastOrderDays: { lte: 0 } }, 'Gita Hari'],
    ['one whole day', { lastOrderDays: { gte: 1, lte: 1 } }, 'Indu'],
    ['at least one whole day', { lastOrderDays: { gte: 1 } }, 'Indu Jai Kavi Lata'],
    ['at most ninety whole days', { lastOrderDays: { lte: 90 } }, 'Gita Hari Indu Jai Kavi'],
    ['more than ninety', { lastOrderDays: { gte: 91 } }, 'Lata'],
    [
      'days, which excludes customers who never ordered',
      { lastOrderDays: { gte: 0 } },
      'Gita Hari Indu Jai Kavi Lata',
    ],
    ['any of the tags', { tags: ['vip', 'repeat-buyer'] }, 'Kavi Lata Mani'],
    [
      'several filters at once',
      { totalSpent: { gte: 1000 }, lastOrderDays: { lte: 90 }, totalOrders: { lte: 9 } },
      'Hari Indu Jai',
    ],
  ])('of customers by %s', async (_what, filter, expected) => {
    expect(await names('CUSTOMERS', filter)).toBe(expected);
  });

  it('of leads and customers use the filters that both have', async () => {
    expect(await names('ALL', null)).toBe('Asha Bina Chand Dev Esha Farid Gita Hari Indu Jai Kavi Lata Mani');
    expect(await names('ALL', { tags: ['vip'] })).toBe('Dev Lata Mani');
  });

  it('of segments are read again each time', async () => {
    const { createSegment } = await app.data<{ createSegment: { id: string } }>(documents.createSegment, {
      input: {
        businessId: app.businessId,
        name: ' Spenders ',
        audienceType: 'CUSTOMERS',
        filter: { totalSpent: { gte: '60000' }, tags: null },
      },
    });
    const segment = { audienceType: 'SEGMENT', segmentId: createSegment.id };
    expect(await preview(segment)).toMatchObject({ count: 0, sample: [] });
    await add('customers', app.businessId, { name: 'Nila', phone: '+919820000008', total_spent: '60000' });
    expect(await preview(segment)).toMatchObject({ count: 1, sample: [{ name: 'Nila' }] });
    const { segments } = await app.data<{ segments: unknown[] }>(
      `query ($id: ID!) { segments(businessId: $id) { name audienceType } }`,
      { id: app.businessId },
    );
    expect(segments).toEqual([{ name: 'Spenders', audienceType: 'CUSTOMERS' }]);
    await app.database.query(`DELETE FROM customers WHERE name = 'Nila'`);
  });

  it('return as large a sample as requested', async () => {
    const sampled = async (sampleSize?: number) =>
      (
        await preview({
          audienceType: 'ALL',
          ...(sampleSize === undefined ? { sampleSize: undefined } : { sampleSize }),
        })
      ).sample.length;
    expect([await sampled(0), await sampled(3), await sampled(100), await sampled()]).toEqual([0, 3, 13, 5]);
  });

  it('of custom recipients accept any spelling of a number, once', async () => {
    const people = (phones: string[]) =>
      phones.map((phone, i) => ({ name: `P${i}`, phone, email: `p${i}@example.com` }));
    const spellings = [
      '+919876543210',
      '9876543210',
      '09876543210',
      '+91 98765 43210',
      '(+91) 98765-43210',
      '0091 9876543210',
    ];
    const found = await preview({ audienceType: 'CUSTOM', customRecipients: people(spellings) });
    const read = spellings.filter((phone) => normalisePhone(phone, 'IN') === '+919876543210').length;
    expect(read).toBeGreaterThanOrEqual(5);
    expect(found).toMatchObject({
      matched: spellings.length,
      count: 1,
      sample: [{ name: 'P0', phone: '+919876543210', email: 'p0@example.com' }],
    });
    const none = ['', 'call me', '12345', '+91', '9'.repeat(41), '+9198765432101234'];
    expect(await preview({ audienceType: 'CUSTOM', customRecipients: people(none) })).toMatchObject({
      matched: none.length,
      count: 0,
      excluded: [{ reason: 'INVALID_PHONE', count: none.length }],
      sample: [],
    });
    const abroad = await preview({
      audienceType: 'CUSTOM',
      customRecipients: people(['+14155552671', '+44 20 7946 0958']),
    });
    expect(abroad.sample.map(({ phone }) => phone).sort()).toEqual(['+14155552671', '+442079460958']);
  });

  describe('with people who cannot or must not be sent to', () => {
    let businessId: string;
    let token: string;
    const input = () => ({ businessId, audienceType: 'ALL' });

    beforeAll(async () => {
      token = await app.token({ role: Role.OPERATOR });
      const { createBusiness } = await app.data<{ createBusiness: { id: string } }>(
        documents.createBusiness,
        { input: { name: 'Doubles', defaultCountry: 'IN' } },
        token,
      );
      businessId = createBusiness.id;
      await app.data(
        documents.createSender,
        {
          input: {
            businessId,
            phoneNumberId: '9001',
            wabaId: '9002',
            displayPhoneNumber: '1',
            accessToken: 'x',
            messagesPerSecond: 1000,
          },
        },
        token,
      );
      const young = { created_at: new Date() };
      await add('leads', businessId, { name: 'Old lead', phone: '98300 00001', created_at: ago(9 * day) });
      await add('leads', businessId, { name: 'Same lead', phone: '+91-9830000001', ...young });
      await add('customers', businessId, { name: 'Customer goes first', phone: '09830000001', ...young });
      await add('leads', businessId, {
        name: 'Older goes first',
        phone: '9830000002',
        created_at: ago(2 * day),
      });
      await add('leads', businessId, { name: 'Younger', phone: '9830000002', ...young });
      await add('leads', businessId, { name: 'No phone', phone: '' });
      await add('leads', businessId, { name: 'Bad phone', phone: 'n/a' });
      await add('leads', businessId, { name: 'Stopped', phone: '9830000003' });
      await add('customers', businessId, { name: 'Stopped too', phone: '9830000003' });
      await add('leads', businessId, { name: 'Alone', phone: '9830000004' });
      await app.database.query(
        `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, '+919830000003', 'asked'), ($2, '+919830000004', 'asked another business')`,
        [businessId, app.businessId],
      );
    });

    it('count each of them once', async () => {
      const found = await preview(input(), token);
      expect(found).toMatchObject({ matched: 10, count: 3 });
      expect(found.excluded).toEqual([
        { reason: 'INVALID_PHONE', count: 2 },
        { reason: 'DUPLICATE_PHONE', count: 4 },
        { reason: 'OPTED_OUT', count: 1 },
      ]);
      expect(found.sample.map(({ name }) => name)).toEqual([
        'Customer goes first',
        'Older goes first',
        'Alone',
      ]);
    });

    it('are the same in the preview, the draft, the campaign and the messages', async () => {
      await openWindows(app, businessId);
      const { createCampaign: draft } = await app.data<{
        createCampaign: { id: string; totalRecipients: number; stats: { excludedCount: number } };
      }>(
        documents.createCampaign,
        { input: { ...input(), campaignName: 'All', campaignType: 'REMINDER', messageText: 'Hi {{name}}' } },
        token,
      );
      expect(draft).toMatchObject({ totalRecipients: 3, stats: { excludedCount: 7 } });
      const sent = await app.data<{ sendCampaign: unknown }>(sendCampaign, { id: draft.id }, token);
      expect(sent.sendCampaign).toEqual({
        status: 'ACTIVE',
        totalRecipients: 3,
        message: 'Campaign queued for delivery. 3 messages will be sent.',
      });
      await waitFor(async () => (await app.ledger()).length === 3, { what: 'three messages are accepted' });
      expect((await app.ledger()).map(({ text }) => text).sort()).toEqual([
        'Hi Alone',
        'Hi Customer goes first',
        'Hi Older goes first',
      ]);
      const rows = await app.database.query<{ seq: number; name: string; excluded_reason: string | null }[]>(
        `SELECT seq, name, excluded_reason FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq`,
        [draft.id],
      );
      expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(rows.slice(0, 3).every((row) => row.excluded_reason === null)).toBe(true);
      const reasons = rows.slice(3).map((row) => `${row.name}: ${row.excluded_reason}`);
      expect(reasons.sort()).toEqual([
        'Bad phone: INVALID_PHONE',
        'No phone: INVALID_PHONE',
        'Old lead: DUPLICATE_PHONE',
        'Same lead: DUPLICATE_PHONE',
        'Stopped too: OPTED_OUT',
        'Stopped: DUPLICATE_PHONE',
        'Younger: DUPLICATE_PHONE',
      ]);
    });
  });

  describe('with people in several spellings of a number', () => {
    /** Two spellings of the same number: E.164, and the form that WhatsApp uses. */
    const spellings: [country: string, e164: string, whatsapp: string][] = [
      ['Brazil', '+5511987654321', '+551187654321'],
      ['Mexico', '+525512345678', '+5215512345678'],
      ['Argentina', '+541123456789', '+5491123456789'],
      ['Brazil, outside São Paulo', '+5531998765432', '+553198765432'],
      ['Argentina, outside Buenos Aires', '+543514123456', '+5493514123456'],
    ];

    it.each(spellings)(
      '(%s) send once, to the spelling that comes first',
      async (_country, e164, whatsapp) => {
        for (const [first, second] of [
          [e164, whatsapp],
          [whatsapp, e164],
        ] as const) {
          const customRecipients = [
            { phone: first },
            { phone: second.replace('+', '00') },
            { phone: second },
          ];
          expect(await preview({ audienceType: 'CUSTOM', customRecipients })).toMatchObject({
            matched: 3,
            count: 1,
            excluded: [{ reason: 'DUPLICATE_PHONE', count: 2 }],
            sample: [{ phone: first }],
          });
          expect(
            await preview({ audienceType: 'CUSTOM', customRecipients: [{ phone: second }] }),
          ).toMatchObject({
            count: 1,
            sample: [{ phone: second }],
          });
        }
      },
    );

    it.each(spellings)(
      '(%s) exclude a person who opted out in the other spelling',
      async (_country, e164, whatsapp) => {
        for (const [stopped, contact] of [
          [e164, whatsapp],
          [whatsapp, e164],
        ] as const) {
          await app.database.query(
            `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, $2, 'asked')`,
            [app.businessId, stopped],
          );
          const left = await preview({ audienceType: 'CUSTOM', customRecipients: [{ phone: contact }] });
          await app.database.query(`DELETE FROM suppressions WHERE phone = $1`, [stopped]);
          expect(left).toMatchObject({ count: 0, excluded: [{ reason: 'OPTED_OUT', count: 1 }] });
        }
      },
    );

    it('count a lead and a customer as one, the customer first; a landline is another person', async () => {
      const tag = { tags: ['spellings'] };
      await add('leads', app.businessId, { name: 'Lead', phone: '+551187654321', ...tag });
      await add('customers', app.businessId, { name: 'Customer', phone: '+5511987654321', ...tag });
      await add('leads', app.businessId, { name: 'Landline', phone: '+551154321098', ...tag });
      await add('leads', app.businessId, { name: 'Mobile', phone: '+5511954321098', ...tag });
      expect(await names('ALL', tag)).toBe('Customer Landline Mobile');
    });

    it('count an opt-out once, however many sources it has, and ignore lifted ones', async () => {
      const phone = '+5511976543210';
      const insert = (source: string, lifted: boolean) =>
        app.database.query(
          `INSERT INTO suppressions (business_id, phone, reason, source, lifted) VALUES ($1, $2, 'asked', $3, $4)`,
          [app.businessId, phone, source, lifted],
        );
      const people = { audienceType: 'CUSTOM', customRecipients: [{ phone }, { phone: '+551176543210' }] };
      await insert('KEYWORD', true);
      expect(await preview(people)).toMatchObject({ count: 1, matched: 2 });
      await insert('WHATSAPP', false);
      await insert('REFUSED', false);
      const expected = {
        matched: 2,
        count: 0,
        excluded: [
          { reason: 'DUPLICATE_PHONE', count: 1 },
          { reason: 'OPTED_OUT', count: 1 },
        ],
      };
      expect(await preview(people)).toMatchObject(expected);
      const { sample } = await preview({ ...people, sampleSize: 10 });
      expect(sample).toEqual([]);
    });
  });

  it('from spreadsheets never contain a wrong number', async () => {
    const people = ['9876543210.0', '9.876543210E9', '9.87654E+9', '\u202a+91 98765 43210\u202c'];
    expect(
      await preview({
        audienceType: 'CUSTOM',
        customRecipients: people.map((phone) => ({ phone })),
      }),
    ).toMatchObject({
      matched: 4,
      count: 1,
      excluded: [
        { reason: 'INVALID_PHONE', count: 1 },
        { reason: 'DUPLICATE_PHONE', count: 2 },
      ],
      sample: [{ phone: '+919876543210' }],
    });
  });

  it('that are empty cannot be sent to', async () => {
    const id = await createCampaign(app, ['n/a']);
    const { errors } = await app.graphql(sendCampaign, { id });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('nobody') as unknown,
      extensions: { code: 'CONFLICT' },
    });
    expect(await stats(app, id)).toMatchObject({
      status: 'DRAFT',
      totalRecipients: 0,
      excludedCount: 1,
      deliveryRate: null,
    });
  });

  it('of a draft are selected again at sendCampaign', async () => {
    const input = {
      businessId: app.businessId,
      campaignName: 'N',
      campaignType: 'REMINDER',
      messageText: 'Hi',
    };
    const { createCampaign: draft } = await app.data<{
      createCampaign: { id: string; totalRecipients: number };
    }>(documents.createCampaign, {
      input: { ...input, audienceType: 'LEADS', audienceFilter: { city: ['Agra'] } },
    });
    expect(draft.totalRecipients).toBe(0);
    await add('leads', app.businessId, { name: 'Omar', phone: '+919810000009', city: 'Agra' });
    await openWindows(app, app.businessId);
    const { sendCampaign: sent } = await app.data<{ sendCampaign: { totalRecipients: number } }>(
      sendCampaign,
      { id: draft.id },
    );
    expect(sent.totalRecipients).toBe(1);
    await waitFor(async () => (await stats(app, draft.id)).sentCount === 1, { what: 'one message is sent' });
  });
});
