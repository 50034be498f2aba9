import { randomUUID } from 'node:crypto';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { refusal } from './ask';
import { createTenant } from './tenant';
import type { Tenant } from './tenant';

interface Segment {
  id: string;
  name: string;
  audienceType: string;
  filter: Record<string, unknown>;
  count: number;
  usedBy: string[];
  updatedAt: string;
}

const fields = 'id name audienceType filter count usedBy updatedAt';
const documents = {
  create: `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { ${fields} } }`,
  update: `mutation ($id: ID!, $input: UpdateSegmentInput!) { updateSegment(id: $id, input: $input) { ${fields} } }`,
  remove: `mutation ($id: ID!) { deleteSegment(id: $id) { id name } }`,
  one: `query ($id: ID!) { segment(id: $id) { ${fields} } }`,
  all: `query ($id: ID!) { segments(businessId: $id) { ${fields} } }`,
  preview: `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { matched count } }`,
  campaign: `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
};

let app: App;
let other: Tenant;
let made = 0;

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  other = await createTenant(app);
  await app.database.query(
    `INSERT INTO leads (business_id, name, phone, city, tags)
     SELECT $1, 'Lead ' || i, '', CASE WHEN i < 4 THEN 'Pune' END, CASE WHEN i % 2 = 0 THEN '{even}'::text[] ELSE '{}' END
     FROM generate_series(1, 10) i`,
    [app.businessId],
  );
  await app.addCustomers(5);
});
afterAll(() => app?.close());

async function create(
  filter: Record<string, unknown>,
  audienceType = 'ALL',
  name = `S${++made}`,
): Promise<Segment> {
  const input = { businessId: app.businessId, name, audienceType, filter };
  return (await app.data<{ createSegment: Segment }>(documents.create, { input })).createSegment;
}

async function update(id: string, input: Record<string, unknown>): Promise<Segment> {
  return (await app.data<{ updateSegment: Segment }>(documents.update, { id, input })).updateSegment;
}

const matched = async (
  audienceType: string,
  filter: Record<string, unknown>,
  more: Record<string, unknown> = {},
) =>
  (
    await app.data<{ previewAudience: { matched: number } }>(documents.preview, {
      input: { businessId: app.businessId, audienceType, filter, ...more },
    })
  ).previewAudience.matched;

const draft = (more: Record<string, unknown>) => ({
  input: {
    businessId: app.businessId,
    campaignName: 'Diwali',
    campaignType: 'REMINDER',
    messageText: 'Hi',
    ...more,
  },
});

it('keep the filter in the form of the input and count what it matches', async () => {
  const filter = {
    or: [
      { kind: 'LEAD', city: ['PUNE'] },
      { kind: 'CUSTOMER', totalSpent: { gt: '5000' } },
    ],
    tags: null,
  };
  const segment = await create(filter);
  expect(segment).toMatchObject({ audienceType: 'ALL', count: 8, usedBy: [], filter: { or: filter.or } });
  expect(await matched('ALL', segment.filter)).toBe(8);
  const { segment: read } = await app.data<{ segment: Segment }>(documents.one, { id: segment.id });
  expect(read).toEqual(segment);
});

it('change by field; what is left out stays', async () => {
  const segment = await create({ tags: ['even'] }, 'LEADS');
  const renamed = await update(segment.id, { name: ' Even leads ' });
  expect(renamed).toMatchObject({ name: 'Even leads', filter: { tags: ['even'] }, count: 5 });
  expect(Date.parse(renamed.updatedAt)).toBeGreaterThan(Date.parse(segment.updatedAt));
  expect(await update(segment.id, { filter: { city: ['Pune'] } })).toMatchObject({
    name: 'Even leads',
    count: 3,
  });
  expect(await update(segment.id, { filter: null, name: null })).toMatchObject({
    name: 'Even leads',
    count: 3,
  });
  expect(
    await refusal(app, documents.update, { id: segment.id, input: { audienceType: 'CUSTOMERS' } }),
  ).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.filter.city',
  });
  expect(await update(segment.id, { audienceType: 'CUSTOMERS', filter: {} })).toMatchObject({ count: 5 });
  const taken = await create({}, 'ALL');
  expect((await refusal(app, documents.update, { id: taken.id, input: { name: 'Even leads' } })).code).toBe(
    'CONFLICT',
  );
});

it('can be part of filters and of each other, and change with their parts', async () => {
  const pune = await create({ city: ['pune'] }, 'LEADS');
  const nobody = await create({ segmentId: pune.id, not: { segmentId: pune.id } });
  const rest = await create({ not: { segmentId: pune.id } });
  expect([nobody.count, rest.count]).toEqual([0, 12]);
  expect(await matched('LEADS', { segmentId: pune.id, tags: ['even'] })).toBe(1);
  expect(
    await matched('SEGMENT', undefined as never, { segmentId: rest.id, exclude: { tags: ['even'] } }),
  ).toBe(8);
  expect(await matched('LEADS', {}, { exclude: { segmentId: pune.id } })).toBe(7);
  await update(pune.id, { filter: { tags: ['even'] } });
  const { segments } = await app.data<{ segments: Segment[] }>(documents.all, { id: app.businessId });
  expect(segments.find(({ id }) => id === rest.id)?.count).toBe(10);
  expect(segments.find(({ id }) => id === pune.id)?.usedBy).toEqual([nobody.name, rest.name]);
});

it('cannot contain themselves, directly or through others', async () => {
  const a = await create({});
  const b = await create({ not: { segmentId: a.id } });
  const c = await create({ or: [{ hasEmail: true }, { segmentId: b.id }] });
  for (const [filter, field] of [
    [{ segmentId: a.id }, 'segmentId'],
    [{ and: [{ hasEmail: true }, { segmentId: c.id.toUpperCase() }] }, 'and.1.segmentId'],
  ] as const) {
    expect(await refusal(app, documents.update, { id: a.id, input: { filter } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: `input.filter.${field}`,
      message: expect.stringContaining('contain itself') as unknown,
    });
  }
  // at the same time: one of the two changes must lose
  const [x, y] = [await create({}), await create({})];
  const both = await Promise.all([
    app.graphql(documents.update, { id: x.id, input: { filter: { segmentId: y.id } } }),
    app.graphql(documents.update, { id: y.id, input: { filter: { segmentId: x.id } } }),
  ]);
  expect(both.filter(({ errors }) => errors).length).toBe(1);
});

it('cannot grow what uses them beyond the limit', async () => {
  const exists = (count: number) => ({
    attributes: Array.from({ length: count }, (_, i) => ({ name: `a${i}`, exists: true })),
  });
  const part = await create(exists(50));
  const whole = await create(
    { or: Array.from({ length: 15 }, () => ({ segmentId: part.id })) },
    'ALL',
    'Whole',
  );
  expect(await refusal(app, documents.update, { id: part.id, input: { filter: exists(90) } })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/"Whole".*1000 conditions/) as unknown,
  });
  expect((await update(part.id, { filter: exists(60) })).filter).toMatchObject({
    attributes: { length: 60 },
  });
  expect(whole.usedBy).toEqual([]);
});

it('cannot be deleted while a campaign or a segment uses them, and can afterwards', async () => {
  const segment = await create({ tags: ['even'] }, 'LEADS');
  const user = await create({ or: [{ segmentId: segment.id }] }, 'LEADS', 'User');
  const conflict = async () => (await refusal(app, documents.remove, { id: segment.id })).message;
  expect(await conflict()).toBe('The segment is used by the segment "User"');
  await app.data(documents.remove, { id: user.id });
  const asAudience = draft({ audienceType: 'SEGMENT', segmentId: segment.id });
  const inFilter = draft({
    campaignName: 'Eid',
    audienceType: 'ALL',
    audienceFilter: { not: { segmentId: segment.id } },
  });
  for (const input of [asAudience, inFilter]) await app.data(documents.campaign, input);
  expect(await conflict()).toBe('The segment is used by the campaign "Diwali" and 1 more');
  const status = (name: string, value: string) =>
    app.database.query(`UPDATE campaigns SET status = $2 WHERE campaign_name = $1`, [name, value]);
  for (const open of ['SCHEDULED', 'ACTIVE', 'PAUSED']) {
    await status('Diwali', open);
    expect((await app.data<{ segment: Segment }>(documents.one, { id: segment.id })).segment.usedBy).toEqual([
      'Diwali',
      'Eid',
    ]);
  }
  await status('Eid', 'COMPLETED');
  expect(await conflict()).toBe('The segment is used by the campaign "Diwali"');
  await status('Diwali', 'COMPLETED');
  expect(await app.data(documents.remove, { id: segment.id })).toEqual({
    deleteSegment: { id: segment.id, name: segment.name },
  });
  expect((await refusal(app, documents.one, { id: segment.id })).code).toBe('NOT_FOUND');
  const [kept] = await app.database.query<{ segment_id: null }[]>(
    `SELECT segment_id FROM campaigns WHERE campaign_name = 'Diwali'`,
  );
  expect(kept).toEqual({ segment_id: null });
});

it('and campaigns of other businesses are unknown ones, in every place that can name them', async () => {
  const own = await create({});
  const mine = (filter: unknown) => ({ businessId: app.businessId, audienceType: 'ALL', filter });
  const places = (filter: Record<string, unknown>): [string, Record<string, unknown>, string][] => [
    [documents.preview, { input: mine(filter) }, 'input.filter'],
    [documents.preview, { input: mine({ or: [{}, { not: filter }] }) }, 'input.filter.or.1.not'],
    [documents.preview, { input: { ...mine({}), exclude: filter } }, 'input.exclude'],
    [documents.create, { input: { ...mine(filter), name: 'X' } }, 'input.filter'],
    [documents.update, { id: own.id, input: { filter } }, 'input.filter'],
    [documents.campaign, draft({ audienceType: 'ALL', audienceFilter: filter }), 'input.audienceFilter'],
  ];
  for (const [id, campaignId] of [
    [other.segmentId, other.campaignId],
    [randomUUID(), randomUUID()],
    ['1', 'x'],
  ]) {
    // prettier-ignore
    for (const [query, variables, field] of places({ segmentId: id }))
      expect(await refusal(app, query, variables)).toEqual({ code: 'NOT_FOUND', field: `${field}.segmentId`, message: 'Segment not found' });
    for (const [query, variables, field] of places({ campaign: { campaignId } }))
      expect(await refusal(app, query, variables)).toEqual({
        code: 'NOT_FOUND',
        field: `${field}.campaign.campaignId`,
        message: 'Campaign not found',
      });
    for (const query of [documents.one, documents.remove, documents.update])
      expect(await refusal(app, query, { id, input: {} })).toMatchObject({
        code: 'NOT_FOUND',
        message: 'Segment not found',
      });
  }
});

it('are read by viewers and changed by marketers', async () => {
  const segment = await create({});
  const viewer = await app.token({ role: Role.VIEWER });
  const marketer = await app.token({ role: Role.MARKETER });
  await app.data(documents.one, { id: segment.id }, viewer);
  await app.data(documents.all, { id: app.businessId }, viewer);
  const input = { businessId: app.businessId, name: 'By a viewer', audienceType: 'ALL' };
  for (const [query, variables] of [
    [documents.create, { input }],
    [documents.update, { id: segment.id, input: { name: 'X' } }],
    [documents.remove, { id: segment.id }],
  ] as const) {
    expect((await refusal(app, query, variables, viewer)).code).toBe('FORBIDDEN');
    await app.data(query, variables, marketer);
  }
});

it('of earlier versions keep working', async () => {
  const [row] = await app.database.query<{ id: string }[]>(
    `INSERT INTO segments (business_id, name, audience_type, audience_filter)
     VALUES ($1, 'Old', 'CUSTOMERS', '{"totalSpent": {"gte": "1000"}, "tags": ["vip"]}') RETURNING id`,
    [app.businessId],
  );
  const { segment } = await app.data<{ segment: Segment }>(documents.one, { id: row?.id });
  expect(segment).toMatchObject({ count: 5, filter: { totalSpent: { gte: '1000' }, tags: ['vip'] } });
});

it('preview refuses what does not fit together', async () => {
  const input = (more: Record<string, unknown>) => ({
    input: { businessId: app.businessId, audienceType: 'ALL', ...more },
  });
  for (const [more, field] of [
    [{ category: 'AUTHENTICATION' }, 'input.category'],
    [{ exclude: { city: ['P'] } }, 'input.exclude.city'],
    [{ audienceType: 'CUSTOM', customRecipients: [{ phone: '1' }], exclude: {} }, 'input.exclude'],
    [{ filter: { or: [{ tags: ['a'] }, { totalSpent: { gte: 1 } }] } }, 'input.filter.or.1.totalSpent'],
  ] as const)
    expect(await refusal(app, documents.preview, input(more))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field,
    });
});
