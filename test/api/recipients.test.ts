import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import {
  act,
  addSender,
  people,
  phoneOf,
  reached,
  retryFailed,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { waitFor } from '../support/wait';
import { openWindows } from '../support/windows';
import { createCampaign, refusal, refusalOf, sendCampaign } from './ask';

let app: App;
/** To 600 customers and one without a phone: with failures of several kinds, duplicates and shuffled statuses. */
let finished: string;
/** Paused in the middle; and a draft. */
let halfway: string;
let draft: string;

const weekendSale = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{firstName|there}}'],
  linkUrl: 'https://shop.example.com/',
};
const many = 600;

beforeAll(async () => {
  app = await App.start({
    env: { DELIVERY_BACKOFF_MS: '20' },
    behaviour: {
      deliveredShare: 0.9,
      readShare: 0.6,
      clickShare: 0.5,
      previewShare: 0,
      conversionShare: 0.5,
      webhooks: { duplicateShare: 1, duplicateTimes: 2, shuffle: true, shuffleWindowMs: 200 },
    },
  });
  await app.addCustomers(many);
  await app.database.query(
    `UPDATE customers SET name = CASE phone WHEN $1 THEN '=1+1, "x"' ELSE 'Zoya' END WHERE phone IN ($1, $2)`,
    [phoneOf(10), phoneOf(300)],
  );
  await app.database.query(`INSERT INTO customers (business_id, name, phone) VALUES ($1, 'Nobody', 'none')`, [
    app.businessId,
  ]);
  await app.behave({
    perNumber: {
      [phoneOf(1)]: { fail: 131026 },
      [phoneOf(2)]: { respond: { http: 500, code: 131000, times: 1 } },
      [phoneOf(3)]: { respond: { http: 400, code: 131026 } },
      [phoneOf(4)]: { fail: 131049 },
      [phoneOf(5)]: { fail: 199999 },
      [phoneOf(599)]: { fail: 131026 },
    },
  });
  finished = await createCampaign(app, [], {
    customRecipients: undefined,
    audienceType: 'CUSTOMERS',
    ...weekendSale,
  });
  await app.data(sendCampaign, { id: finished });
  await reached(app, finished, 'COMPLETED', 60_000);
  await webhooksDelivered(app, 60_000);
  await order();
  await answer();
  await app.behave({ perNumber: {}, webhooks: { duplicateShare: 0, shuffle: false } });
  const slow = await addSender(app, 1);
  halfway = await startCampaign(app, { customRecipients: people(300, 1000), senderId: slow.id });
  await waitFor(async () => (await stats(app, halfway)).sentCount > 0, { what: 'somebody is sent to' });
  await act(app, 'pauseCampaign', halfway);
  await waitFor(async () => (await rowsOf(halfway)).every(({ status }) => status !== 'SENDING'), {
    what: 'all claims are settled',
  });
  draft = await createCampaign(app, [phoneOf(2000)]);
}, 180_000);
afterAll(() => app?.close());

/** Three people order, one of them twice. */
async function order(): Promise<void> {
  const read = (await rowsOf(finished)).filter(({ status }) => status === 'READ').slice(5, 8);
  const orders = [...read, ...read.slice(0, 1)].map(({ phone }, i) => ({
    businessId: app.businessId,
    orderId: `order ${i}`,
    phone,
    value: 100,
    currency: 'INR',
  }));
  const answered = await fetch(`${app.url}/conversions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token()}` },
    body: JSON.stringify(orders),
  });
  expect(await answered.json()).toMatchObject({ accepted: 4 });
}

/** Somebody whom the message has reached answers it. */
async function answer(): Promise<void> {
  const [person] = await app.database.query<{ phone: string; number: string }[]>(
    `SELECT r.phone, s.phone_number_id AS number FROM campaign_recipients r, senders s
     WHERE r.campaign_id = $1 AND s.business_id = $2 AND r.status = 'READ' ORDER BY r.seq LIMIT 1`,
    [finished, app.businessId],
  );
  const from = person?.phone;
  await app.steer('POST', 'inbound', { phoneNumberId: person?.number, from, type: 'text', body: 'Yes' });
  await app.steer('POST', 'inbound', { phoneNumberId: person?.number, from, type: 'text', body: 'Yes!' });
  await waitFor(async () => (await stats(app, finished)).repliedCount === 1, {
    what: 'the answer is counted',
  });
}

interface Row {
  seq: number;
  name: string;
  phone: string;
  email: string | null;
  status: string;
  error_code: number | null;
  clicked_at: Date | null;
  converted_at: Date | null;
  replied_at: Date | null;
}

function rowsOf(id: string): Promise<Row[]> {
  return app.database.query(`SELECT * FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq`, [id]);
}

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: { seq: number }[];
}

const pageQuery = (
  fields: string,
) => `query ($id: ID!, $first: Int, $after: String, $status: [RecipientStatus!],
    $outcome: [RecipientOutcome!], $errorCode: [Int!], $search: String) { campaign(id: $id) {
  recipients(first: $first, after: $after, status: $status, outcome: $outcome, errorCode: $errorCode, search: $search) {
    ${fields} } } }`;
const placesQuery = pageQuery('totalCount pageInfo { hasNextPage endCursor } nodes { seq }');

/** The places on all pages of a list, and its totalCount. */
async function placesOf(id: string, filter: Record<string, unknown>, first = 100) {
  const seqs: number[] = [];
  for (let after: string | null = null; ;) {
    const data: { campaign: { recipients: Page } } = await app.data(placesQuery, {
      id,
      first,
      after,
      ...filter,
    });
    const { nodes, pageInfo, totalCount } = data.campaign.recipients;
    seqs.push(...nodes.map(({ seq }) => seq));
    if (!pageInfo.hasNextPage) return { seqs, totalCount };
    after = pageInfo.endCursor;
  }
}

const sent = ['SENT', 'DELIVERED', 'READ'];
const outcomes: Record<string, (row: Row) => boolean> = {
  SENT: ({ status }) => sent.includes(status),
  DELIVERED: ({ status }) => status === 'DELIVERED' || status === 'READ',
  READ: ({ status }) => status === 'READ',
  CLICKED: (row) => row.clicked_at !== null,
  CONVERTED: (row) => row.converted_at !== null,
  REPLIED: (row) => row.replied_at !== null,
  FAILED: ({ status }) => status === 'FAILED',
  UNCONFIRMED: ({ status }) => status === 'UNCONFIRMED',
  SKIPPED: ({ status }) => status === 'SKIPPED',
  EXCLUDED: ({ status }) => status === 'EXCLUDED',
  NOT_DELIVERED: ({ status }) => status === 'SENT',
  NOT_READ: ({ status }) => status === 'SENT' || status === 'DELIVERED',
  NOT_CLICKED: (row) => sent.includes(row.status) && row.clicked_at === null,
  NOT_CONVERTED: (row) => sent.includes(row.status) && row.converted_at === null,
};
const statuses = [
  'QUEUED',
  'SENDING',
  'UNCONFIRMED',
  'SENT',
  'DELIVERED',
  'READ',
  'FAILED',
  'SKIPPED',
  'EXCLUDED',
];

const filters: [filter: Record<string, unknown>, matches: (row: Row) => boolean][] = [
  [{}, () => true],
  ...statuses.map((status): (typeof filters)[number] => [
    { status: [status] },
    (row) => row.status === status,
  ]),
  ...Object.entries(outcomes).map(([name, holds]): (typeof filters)[number] => [{ outcome: [name] }, holds]),
  [{ status: ['FAILED', 'EXCLUDED'] }, ({ status }) => status === 'FAILED' || status === 'EXCLUDED'],
  [{ outcome: ['CLICKED', 'FAILED'] }, (row) => row.clicked_at !== null || row.status === 'FAILED'],
  [{ status: ['READ'], outcome: ['NOT_CLICKED'] }, (row) => row.status === 'READ' && row.clicked_at === null],
  [{ status: ['SENT', 'READ'], outcome: ['DELIVERED'] }, ({ status }) => status === 'READ'],
  [{ errorCode: [131026] }, (row) => row.error_code === 131026],
  [{ errorCode: [131049, 199999, 1] }, ({ error_code: code }) => code === 131049 || code === 199999],
  [{ errorCode: [131026], status: ['SENT'] }, () => false],
  [{ search: 'customer' }, ({ name }) => name.startsWith('Customer')],
  [{ search: ' CUSTOMER 59' }, ({ name }) => name.startsWith('Customer 59')],
  [{ search: 'zoya' }, ({ name }) => name === 'Zoya'],
  [{ search: 'Customer%' }, () => false],
  [{ search: '98200 0030' }, ({ phone }) => phone.startsWith('+9198200 0030'.replace(' ', ''))],
  [{ search: phoneOf(300) }, ({ phone }) => phone === phoneOf(300)],
  [{ search: 'customer31@' }, ({ email }) => email?.startsWith('customer31@') === true],
  [{ search: 'cust', status: ['FAILED'] }, (row) => row.name.startsWith('Cust') && row.status === 'FAILED'],
];

describe('recipients', () => {
  test('every filter lists exactly the rows that match it, on pages of any size, and counts them', async () => {
    for (const id of [finished, halfway]) {
      const all = await rowsOf(id);
      for (const [filter, matches] of filters) {
        const expected = all.filter(matches).map(({ seq }) => seq);
        const found = await placesOf(id, filter);
        expect([filter, found]).toEqual([filter, { seqs: expected, totalCount: expected.length }]);
      }
    }
    const statusesOf = new Set((await rowsOf(finished)).map(({ status }) => status));
    expect([...statusesOf].sort()).toEqual(['DELIVERED', 'EXCLUDED', 'FAILED', 'READ', 'SENT']);
    const read = (await rowsOf(finished)).filter(outcomes.READ ?? fail).map(({ seq }) => seq);
    expect((await placesOf(finished, { status: ['READ'] }, 7)).seqs).toEqual(read);
  });

  test('a campaign with more people than are looked at one by one is searched by the indexes', async () => {
    const large = 25_000;
    await app.database.query(
      `WITH rows AS (INSERT INTO campaign_recipients (campaign_id, seq, phone, identity, name, email, contact_kind, contact_id, status, excluded_reason, error_code)
         SELECT $1, i, '+9177' || lpad(i::text, 8, '0'), '+9177' || lpad(i::text, 8, '0'), CASE WHEN i % 10000 = 7 THEN 'Ünal ' || i ELSE 'Person ' || i END, 'p' || i || '@example.com',
           'CUSTOMER', (SELECT id FROM customers WHERE i = 24000 AND phone = '${phoneOf(77)}'),
           CASE WHEN i > 24990 THEN 'EXCLUDED' WHEN i % 9000 = 0 THEN 'FAILED' ELSE 'READ' END,
           CASE WHEN i > 24990 THEN 'OPTED_OUT' END, CASE WHEN i % 9000 = 0 THEN 131026 END FROM generate_series(1, $2::int) i)
       UPDATE campaigns SET materialised_at = now(), total_recipients = 24990, excluded_count = 10, queued_count = 0,
         sent_count = 24988, delivered_count = 24988, read_count = 24988, failed_count = 2 WHERE id = $1`,
      [draft, large],
    );
    const all = await rowsOf(draft);
    const searches: [Record<string, unknown>, (row: Row) => boolean][] = [
      [{ search: 'ünal' }, ({ name }) => name.startsWith('Ünal')],
      [{ search: 'ÜNAL 1' }, ({ name }) => name.startsWith('Ünal 1')],
      [{ search: '+91 77 0002 400' }, ({ phone }) => phone.startsWith('+91770002400')],
      [{ search: '7700024995' }, ({ seq }) => seq === 24995],
      [{ search: 'customer77@' }, ({ seq }) => seq === 24000],
      [{ search: 'person 9', status: ['FAILED'] }, ({ seq }) => seq === 9000],
      [
        { search: 'person 18', outcome: ['NOT_CLICKED'] },
        (row) => /^Person 18/.test(row.name) && row.status === 'READ',
      ],
    ];
    for (const [filter, matches] of searches) {
      const expected = all.filter(matches).map(({ seq }) => seq);
      expect([filter, await placesOf(draft, filter)]).toEqual([
        filter,
        { seqs: expected, totalCount: expected.length },
      ]);
      expect(expected.length).toBeGreaterThan(0);
    }
    // without rows of blocks everything is looked at; with one that says there is nothing, its people are not
    expect((await placesOf(draft, { outcome: ['FAILED'] })).seqs).toEqual([9000, 18_000]);
    await app.database.query(`INSERT INTO campaign_recipient_blocks VALUES ($1, $2, 0)`, [draft, 8999 >> 8]);
    expect((await placesOf(draft, { outcome: ['FAILED'] })).seqs).toEqual([18_000]);
  });

  test('a person has a story, in order', async () => {
    const query = pageQuery(
      `nodes { id name phone email status attempts errorCode errorText excludedReason sentAt events { event at detail } }`,
    );
    interface Node {
      status: string;
      attempts: number;
      errorCode: number | null;
      excludedReason: string | null;
      events: { event: string; at: string; detail: string | null }[];
    }
    const person = async (search: string) => {
      const data = await app.data<{ campaign: { recipients: { nodes: Node[] } } }>(query, {
        id: finished,
        search,
      });
      const [node] = data.campaign.recipients.nodes;
      if (!node) throw new Error(`Nobody is found by ${search}`);
      return { ...node, story: node.events.map(({ event }) => event) };
    };
    const retried = await person(phoneOf(2));
    expect(retried).toMatchObject({ attempts: 2, errorCode: null });
    // WhatsApp's times are whole seconds: those of the second attempt may be before ours of the retry
    expect(retried.story).toEqual(expect.arrayContaining(['RETRIED', 'SENT']));
    expect(retried.story).not.toContain('FAILED');
    const again = retried.events.find(({ event }) => event === 'RETRIED');
    expect(again?.detail).toMatch(/^Something went wrong at WhatsApp/);
    const failed = await person(phoneOf(1));
    expect(failed).toMatchObject({ status: 'FAILED', errorCode: 131026, story: ['SENT', 'FAILED'] });
    expect(failed.events[1]?.detail).toMatch(/not on WhatsApp/);
    expect(await person('Nobody')).toMatchObject({ excludedReason: 'INVALID_PHONE', story: [] });
    const bought = (await rowsOf(finished)).find((row) => row.converted_at);
    const { story, events, attempts } = await person(bought?.phone ?? '');
    expect(attempts).toBe(1);
    expect(story).toEqual(expect.arrayContaining(['SENT', 'DELIVERED', 'READ', 'CONVERTED']));
    const kinds = 'SENT DELIVERED READ FAILED CLICKED CONVERTED REPLIED SKIPPED OPTED_OUT RETRIED'.split(' ');
    const place = ({ event, at }: Node['events'][number]) => `${at.slice(0, 19)} ${kinds.indexOf(event)}`;
    expect(events.map(place)).toEqual(events.map(place).sort());
  });

  test('anybody can be asked for by id, and only of their own campaign', async () => {
    const query = `query ($id: ID!, $person: ID!) {
      campaign(id: $id) { recipient(id: $person) { id seq name phone events { event } } } }`;
    const places = (await rowsOf(finished)).map(({ seq }) => seq);
    for (const seq of [1, 60, 500, Math.max(...places)]) {
      const id = `${finished}:${seq}`;
      const { campaign } = await app.data<{ campaign: { recipient: object } }>(query, {
        id: finished,
        person: id,
      });
      const row = (await rowsOf(finished)).find((one) => one.seq === seq);
      expect(campaign.recipient).toMatchObject({ id, seq, name: row?.name, phone: row?.phone });
    }
    const wrong = [
      `${finished}:${Math.max(...places) + 1}`,
      `${finished}:0`,
      `${finished}:1.5`,
      `${finished}:99999999999`,
      `${halfway}:1`,
      finished,
      'x',
    ];
    for (const person of wrong)
      expect([person, await refusal(app, query, { id: finished, person })]).toEqual([
        person,
        expect.objectContaining({ code: 'NOT_FOUND' }),
      ]);
  });

  test('wrong arguments are refused, and a cursor belongs to its campaign and filter', async () => {
    const { campaign } = await app.data<{ campaign: { recipients: Page } }>(placesQuery, {
      id: finished,
      first: 2,
      status: ['READ', 'SENT'],
    });
    const after = campaign.recipients.pageInfo.endCursor;
    const same = await app.data<{ campaign: { recipients: Page } }>(placesQuery, {
      id: finished,
      after,
      status: ['SENT', 'READ'],
    });
    expect(same.campaign.recipients.nodes[0]?.seq).toBeGreaterThan(campaign.recipients.nodes[1]?.seq ?? 0);
    const wrong: [Record<string, unknown>, string][] = [
      [{ id: finished, after }, 'after'],
      [{ id: halfway, after, status: ['READ', 'SENT'] }, 'after'],
      [{ id: finished, after: 'x' }, 'after'],
      [{ id: finished, first: 0 }, 'first'],
      [{ id: finished, first: 101 }, 'first'],
      [{ id: finished, status: [] }, 'status'],
      [{ id: finished, outcome: [] }, 'outcome'],
      [{ id: finished, errorCode: [] }, 'errorCode'],
      [{ id: finished, search: 'x'.repeat(201) }, 'search'],
    ];
    for (const [variables, field] of wrong)
      expect(await refusal(app, placesQuery, variables)).toMatchObject({ code: 'BAD_USER_INPUT', field });
    const fresh = await createCampaign(app, [phoneOf(2001)]);
    expect(await placesOf(fresh, {})).toEqual({ seqs: [], totalCount: 0 });
    expect(await placesOf(fresh, { status: ['QUEUED'] })).toEqual({ seqs: [], totalCount: 0 });
  });
});

const behindQuery = `query ($id: ID!, $bucket: TimelineBucket, $from: DateTime, $to: DateTime) { campaign(id: $id) {
  timeline(bucket: $bucket, from: $from, to: $to) { at sent delivered read failed clicked converted replied }
  failures { code text action count retryable } funnel { step count ofPrevious ofAudience }
  stats { totalRecipients sentCount deliveredCount readCount failedCount clickedCount convertedCount repliedCount } } }`;

interface Behind {
  timeline: ({ at: string } & Record<string, number>)[];
  failures: { code: number; text: string; action: string; count: number; retryable: boolean }[];
  funnel: { step: string; count: number; ofPrevious: number | null; ofAudience: number | null }[];
  stats: Record<string, number>;
}

async function behind(id: string, variables: Record<string, unknown> = {}): Promise<Behind> {
  return (await app.data<{ campaign: Behind }>(behindQuery, { id, ...variables })).campaign;
}

describe('behind the figures', () => {
  test('after duplicates, shuffled statuses, failures and a retry all counters are the rows', async () => {
    await expectCountersAreRows(app, finished);
    const { repliedCount, failedCount } = await stats(app, finished);
    expect([repliedCount, failedCount]).toEqual([1, 5]);
  });

  test.each(['MINUTE', 'HOUR', 'DAY'])('the timeline by %s adds up to the counters', async (bucket) => {
    const { timeline, stats: figures } = await behind(finished, { bucket });
    for (const name of ['sent', 'delivered', 'read', 'failed', 'clicked', 'converted', 'replied'])
      expect([name, timeline.reduce((sum, point) => sum + (point[name] ?? 0), 0)]).toEqual([
        name,
        figures[`${name}Count`],
      ]);
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).sort());
    const [first] = timeline;
    // the day begins at midnight in Kolkata
    const begins = { MINUTE: /:00\.000Z$/, HOUR: /:00:00\.000Z$/, DAY: /T18:30:00\.000Z$/ };
    expect(first?.at).toMatch(begins[bucket as keyof typeof begins]);
    const from = new Date(Date.now() + 86_400_000 * 2).toISOString();
    expect((await behind(finished, { bucket, from })).timeline).toEqual([]);
    const within = await behind(finished, { bucket, from: first?.at, to: first?.at });
    expect(within.timeline).toEqual([first]);
  });

  test('failures are told by code with what to do, most frequent first; the funnel narrows', async () => {
    const { failures, funnel, stats: figures } = await behind(finished);
    expect(failures.map(({ code, count, retryable }) => [code, count, retryable])).toEqual([
      [131026, 3, false],
      [131049, 1, true],
      [199999, 1, true],
    ]);
    for (const { text, action } of failures)
      expect([text, action].join(' ')).toMatch(/^[A-Z].+\. [A-Z].+\.$/);
    expect(failures[1]?.action).toBe('Retry after 24 hours at the earliest.');
    expect(funnel.map(({ step }) => step)).toEqual(
      'AUDIENCE SENT DELIVERED READ CLICKED REPLIED CONVERTED'.split(' '),
    );
    expect(funnel[0]).toEqual({ step: 'AUDIENCE', count: many, ofPrevious: null, ofAudience: 100 });
    expect(funnel[1]).toEqual({
      step: 'SENT',
      count: figures.sentCount,
      ofPrevious: 99.17,
      ofAudience: 99.17,
    });
    const refused = await refusal(app, behindQuery, {
      id: finished,
      from: '2026-01-02T00:00:00Z',
      to: '2026-01-01T00:00:00Z',
    });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'to' });
  });
});

describe('GET /exports/recipients', () => {
  async function exported(query: string, token?: string): Promise<{ status: number; text: string }> {
    const authorization = `Bearer ${token ?? (await app.token({ role: Role.VIEWER }))}`;
    const response = await fetch(`${app.url}/exports/recipients?${query}`, { headers: { authorization } });
    return { status: response.status, text: await response.text() };
  }

  test('is a file of the recipients, filtered as asked, and safe in a spreadsheet', async () => {
    const all = await rowsOf(finished);
    const lines = async (query: string) => {
      const { status, text } = await exported(`campaignId=${finished}${query}`);
      expect(status).toBe(200);
      return text.trimEnd().split('\r\n');
    };
    const [header, ...whole] = await lines('');
    expect(header).toBe(
      'name,phone,email,status,errorCode,errorMessage,excludedReason,skippedReason,sentAt,deliveredAt,readAt,failedAt,clickedAt,convertedAt,repliedAt,skippedAt,optedOutAt',
    );
    expect(whole).toHaveLength(many);
    const evil = whole.find((line) => line.includes(phoneOf(10))) ?? '';
    expect(evil).toContain(`"'=1+1, ""x""",${phoneOf(10)},customer10@example.com,`);
    expect(whole.find((line) => line.includes(phoneOf(3)))).toMatch(
      /^Customer 3,\+919820000003,customer3@example\.com,FAILED,131026,".*not on WhatsApp.*",,,,,,\d{4}-\d\d-\d\dT[\d:.]+Z,,,,,$/,
    );
    expect(await lines('&excluded=true')).toHaveLength(many + 2);
    expect((await lines('&excluded=true')).at(-1)).toBe('Nobody,none,,EXCLUDED,,,INVALID_PHONE,,,,,,,,,,');
    expect(await lines('&status=EXCLUDED')).toHaveLength(2);
    const read = all.filter(outcomes.READ ?? fail).length;
    expect(await lines('&status=failed,Read')).toHaveLength(1 + 5 + read);
    expect(await lines('&status=failed&status=Read')).toHaveLength(1 + 5 + read);
    const clicked = all.filter(outcomes.CLICKED ?? fail).length;
    expect(await lines('&outcome=CLICKED&status=READ,DELIVERED')).toHaveLength(1 + clicked);
    expect(await lines('&errorCode=131026,131049')).toHaveLength(1 + 4);
    expect(await lines('&errorCode=131026&errorCode=131049&status=READ')).toHaveLength(1);
    expect(await lines(`&errorCode=131026&search=${phoneOf(3).slice(3)}`)).toHaveLength(1 + 1);
    expect(await lines('&search=zoya')).toHaveLength(1 + all.filter(({ name }) => name === 'Zoya').length);
    expect(await lines('&search=nobody')).toHaveLength(1);
    expect(await lines('&search=nobody&excluded=true')).toHaveLength(2);
  });

  test('refuses what is wrong', async () => {
    expect((await fetch(`${app.url}/exports/recipients?campaignId=${finished}`)).status).toBe(401);
    const foreign = await app.token({ businessIds: ['00000000-0000-4000-8000-000000000000'] });
    expect((await exported(`campaignId=${finished}`, foreign)).status).toBe(404);
    expect((await exported('campaignId=x')).status).toBe(404);
    for (const wrong of [
      'status=',
      'status=SENT,x',
      'outcome=NOBODY',
      'excluded=yes',
      'errorCode=x',
      'errorCode=',
      'search=a&search=b',
      `search=${'a'.repeat(201)}`,
      'excluded=true&excluded=true',
      'other=1',
    ])
      expect([wrong, (await exported(`campaignId=${finished}&${wrong}`)).status]).toEqual([wrong, 400]);
    expect((await exported('status=SENT')).status).toBe(400);
  });
});

describe('what follows a campaign', () => {
  const createSegment = `mutation ($input: CreateSegmentFromRecipientsInput!) {
    createSegmentFromRecipients(input: $input) { id name fixed audienceType filter count } }`;
  const createFollowUp = `mutation ($input: CreateCampaignFromRecipientsInput!) {
    createCampaignFromRecipients(input: $input) { id status parentCampaignId audienceType totalRecipients missing } }`;
  interface Segment {
    id: string;
    count: number;
  }
  const segmentOf = async (input: Record<string, unknown>) =>
    (
      await app.data<{ createSegmentFromRecipients: Segment }>(createSegment, {
        input: { campaignId: finished, ...input },
      })
    ).createSegmentFromRecipients;

  test('a segment has fixed people, also when their messages get on', async () => {
    const all = await rowsOf(finished);
    const failed = await segmentOf({ name: 'Failed', status: ['FAILED'] });
    expect(failed).toMatchObject({
      name: 'Failed',
      fixed: true,
      audienceType: 'CUSTOMERS',
      filter: {},
      count: 5,
    });
    expect(await segmentOf({ name: 'Not on WhatsApp', errorCode: [131026] })).toMatchObject({ count: 3 });
    const notClicked = all.filter(outcomes.NOT_CLICKED ?? fail).length;
    expect(await segmentOf({ name: 'Quiet', outcome: ['NOT_CLICKED'] })).toMatchObject({ count: notClicked });
    const { previewAudience } = await app.data<{ previewAudience: { matched: number } }>(
      `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { matched } }`,
      {
        input: {
          businessId: app.businessId,
          audienceType: 'CUSTOMERS',
          filter: { not: { segmentId: failed.id } },
        },
      },
    );
    expect(previewAudience.matched).toBe(many + 1 - 5);
    const update = `mutation ($id: ID!, $input: UpdateSegmentInput!) { updateSegment(id: $id, input: $input) { name count } }`;
    expect(await refusal(app, update, { id: failed.id, input: { filter: {} } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.filter',
    });
    expect(await app.data(update, { id: failed.id, input: { name: 'Failed in May' } })).toEqual({
      updateSegment: { name: 'Failed in May', count: 5 },
    });
    expect(await refusal(app, createSegment, { input: { campaignId: finished, name: 'X' } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.outcome',
    });
    const none = { campaignId: finished, name: 'X', status: ['SKIPPED'] };
    expect(await refusal(app, createSegment, { input: none })).toMatchObject({ code: 'CONFLICT' });
  });

  test('a draft goes to these people and knows its parent', async () => {
    const followUp = async (input: Record<string, unknown>) =>
      (
        await app.data<{ createCampaignFromRecipients: { id: string; totalRecipients: number } }>(
          createFollowUp,
          {
            input: { campaignName: 'Once more', ...input },
          },
        )
      ).createCampaignFromRecipients;
    const all = await rowsOf(finished);
    const delivered = all.filter(({ status }) => status === 'DELIVERED').length;
    const again = await followUp({ campaignId: finished, status: ['DELIVERED'] });
    expect(again).toMatchObject({
      status: 'DRAFT',
      parentCampaignId: finished,
      audienceType: 'CUSTOMERS',
      totalRecipients: delivered,
      missing: [expect.stringMatching(/template|message/i) as string],
    });
    const several = await followUp({
      campaignId: finished,
      status: ['DELIVERED', 'READ'],
      outcome: ['NOT_CLICKED'],
    });
    const quiet = all.filter(
      (row) => ['DELIVERED', 'READ'].includes(row.status) && row.clicked_at === null,
    ).length;
    expect(several.totalRecipients).toBe(quiet);
    const byCode = await followUp({ campaignId: finished, errorCode: [131049, 199999] });
    expect(byCode.totalRecipients).toBe(2);
    const listed = await followUp({ campaignId: halfway, outcome: ['SENT'], messageText: 'Hello again' });
    await openWindows(app, app.businessId);
    expect(listed).toMatchObject({
      audienceType: 'CUSTOM',
      totalRecipients: (await stats(app, halfway)).sentCount,
      missing: [],
    });
    const { campaign } = await app.data<{ campaign: { children: { id: string }[] } }>(
      `query ($id: ID!) { campaign(id: $id) { children { id } } }`,
      { id: finished },
    );
    expect(campaign.children.map(({ id }) => id)).toEqual([byCode.id, several.id, again.id]);
    const queued = { campaignId: finished, campaignName: 'X', status: ['QUEUED'] };
    expect(await refusal(app, createFollowUp, { input: queued })).toMatchObject({ field: 'input.status' });
    const viewer = await app.token({ role: Role.VIEWER });
    const asViewer = await app.graphql(createFollowUp, { input: queued }, viewer);
    expect(refusalOf(asViewer)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('the history tells who did what, and why', async () => {
    const history = async (id: string) =>
      (
        await app.data<{
          campaign: { history: { action: string; actor: string | null; reason: string | null }[] };
        }>(`query ($id: ID!) { campaign(id: $id) { history { at action actor reason } } }`, { id })
      ).campaign.history.map(({ action, actor, reason }) => [action, actor, reason]);
    expect(await history(finished)).toEqual([
      ['STARTED', 'tester', null],
      ['COMPLETED', null, null],
    ]);
    const asha = await app.token({ subject: 'asha' });
    const id = await createCampaign(app, [phoneOf(2010), phoneOf(2011)]);
    await app.behave({ perNumber: { [phoneOf(2010)]: { respond: { http: 400, code: 132015, times: 1 } } } });
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    await app.data(
      `mutation ($id: ID!, $input: ScheduleInput!) { scheduleCampaign(campaignId: $id, input: $input) { id } }`,
      { id, input: { sendAt } },
    );
    await app.data(`mutation ($id: ID!) { unscheduleCampaign(campaignId: $id) { id } }`, { id }, asha);
    await openWindows(app, app.businessId);
    await app.data(sendCampaign, { id }, asha);
    await reached(app, id, 'PAUSED');
    await act(app, 'resumeCampaign', id);
    await reached(app, id);
    expect(await history(id)).toEqual([
      ['SCHEDULED', 'tester', `Starts at ${sendAt}`],
      ['UNSCHEDULED', 'asha', null],
      ['STARTED', 'asha', null],
      ['PAUSED', null, expect.stringMatching(/template is paused/)],
      ['RESUMED', 'tester', null],
      ['COMPLETED', null, null],
    ]);
    await app.data(
      `mutation ($id: ID!) { cancelCampaign(campaignId: $id, reason: "too late") { id } }`,
      { id: halfway },
      asha,
    );
    expect((await history(halfway)).slice(0, 3)).toEqual([
      ['STARTED', 'tester', null],
      ['PAUSED', 'tester', null],
      ['CANCELLED', 'asha', 'too late'],
    ]);
    await retryFailed(app, finished);
    await reached(app, finished);
    expect((await history(finished)).slice(2)).toEqual([
      ['RETRIED', 'tester', '1 failed message queued again'],
      ['COMPLETED', null, null],
    ]);
    await webhooksDelivered(app);
    await expectCountersAreRows(app, finished);
    const [again] = (await behind(finished)).failures.filter(({ code }) => code === 199999);
    expect(again).toBeUndefined();
  });
});

function fail(): never {
  throw new Error('There is no such outcome');
}
