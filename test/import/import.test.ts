import { gzipSync } from 'node:zlib';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { refusal } from '../api/ask';
import { createTenant } from '../api/tenant';
import { waitFor } from '../support/wait';
import { contacts, csv, ended, importFile, importOf, post, send } from './files';
import type { ImportAnswer } from './files';

describe('an import', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());
  beforeEach(() => app.database.query('TRUNCATE leads, customers, suppressions'));

  it('creates contacts with all fields of their kind', async () => {
    const done = await importFile(
      app,
      'name,phone,email,tags,engagementScore,totalSpent,totalOrders,lastOrderAt,externalId\n' +
        'Asha Verma,98765 43210,asha@example.com,vip;new,7,"1,499.50",3,2024-11-05T10:00:00Z,C-1\n' +
        'Ravi,+91 98765 43211,,,,,,,\n',
      { parameters: { fileName: 'people.csv' } },
    );
    expect(done).toMatchObject({
      kind: 'CUSTOMERS',
      fileName: 'people.csv',
      totalRows: 2,
      importedRows: 2,
      createdRows: 2,
      updatedRows: 0,
      failedRows: 0,
      ignoredColumns: [],
    });
    expect(
      await contacts(
        app,
        'customers',
        'name, phone, phone_e164, identity, email, tags, engagement_score, total_spent, total_orders, last_order_at, external_id, attributes',
      ),
    ).toEqual([
      {
        name: 'Asha Verma',
        phone: '98765 43210',
        phone_e164: '+919876543210',
        identity: '+919876543210',
        email: 'asha@example.com',
        tags: ['vip', 'new'],
        engagement_score: 7,
        total_spent: '1499.50',
        total_orders: 3,
        last_order_at: new Date('2024-11-05T10:00:00Z'),
        external_id: 'C-1',
        attributes: {},
      },
      {
        name: 'Ravi',
        phone: '+91 98765 43211',
        phone_e164: '+919876543211',
        identity: '+919876543211',
        email: null,
        tags: [],
        engagement_score: 0,
        total_spent: '0.00',
        total_orders: 0,
        last_order_at: null,
        external_id: null,
        attributes: {},
      },
    ]);
  });

  describe('into contacts that are there already', () => {
    const phones = 'name, phone_e164, email, tags, external_id, attributes';

    it('updates by phone in any spelling, and empty cells leave the value', async () => {
      await importFile(app, 'name,phone,email,tags\nAsha,9876543210,asha@example.com,a;b\n');
      const done = await importFile(app, 'Mobile,Full Name,tags,Email\n+91 98765 43210,Asha Verma,c,\n');
      expect(done).toMatchObject({ createdRows: 0, updatedRows: 1, importedRows: 1 });
      expect(await contacts(app, 'customers', phones)).toEqual([
        {
          name: 'Asha Verma',
          phone_e164: '+919876543210',
          email: 'asha@example.com',
          tags: ['c'],
          external_id: null,
          attributes: {},
        },
      ]);
    });

    it('knows the same WhatsApp number in both of its spellings, and updates the oldest of several contacts', async () => {
      await app.database.query(
        `INSERT INTO leads (business_id, name, phone, phone_e164, created_at) VALUES
           ($1, 'Younger', '+5511987654321', '+5511987654321', now()), ($1, 'Older', '+551187654321', '+551187654321', now() - interval '1 day')`,
        [app.businessId],
      );
      const done = await importFile(app, 'name,phone\nNew name,+55 11 98765-4321\n', { kind: 'leads' });
      expect(done).toMatchObject({ createdRows: 0, updatedRows: 1 });
      expect((await contacts<{ name: string }>(app, 'leads', 'name')).map(({ name }) => name).sort()).toEqual(
        ['New name', 'Younger'],
      );
    });

    it('knows people by their bsuid when there is no phone, and gives it to those known by their phone', async () => {
      const first = await importFile(app, 'name,bsuid\nAsha,IN.1001\nNobody,\nWrong,IN 1002\n', {
        kind: 'leads',
      });
      expect(first).toMatchObject({ createdRows: 1, failedRows: 2 });
      const file =
        'name,phone,BSUID\nAsha Rao,,IN.1001\nRavi,9876543211,IN.1003\nRavi,9876543211,\nRavi,,IN.1003\n';
      expect(await importFile(app, file, { kind: 'leads' })).toMatchObject({
        createdRows: 1,
        updatedRows: 3,
      });
      const third = 'phone,bsuid\n9876543210,IN.1001\n9876543211,IN.1004\n';
      expect(await importFile(app, third, { kind: 'leads' })).toMatchObject({
        createdRows: 0,
        updatedRows: 2,
      });
      expect(await contacts(app, 'leads', 'name, phone_e164, bsuid, identity')).toEqual([
        { name: 'Asha Rao', phone_e164: '+919876543210', bsuid: 'IN.1001', identity: '+919876543210' },
        { name: 'Ravi', phone_e164: '+919876543211', bsuid: 'IN.1004', identity: '+919876543211' },
      ]);
    });

    it('updates by externalId when the file has it', async () => {
      await importFile(app, 'name,phone,externalId\nAsha,9876543210,C1\nRavi,9876543211,\n');
      const done = await importFile(
        app,
        [
          'name,phone,externalId',
          'Asha moved,9876543219,C1', // the same person with a new phone
          'Ravi,9876543211,C2', // found by the phone, gets the id
          'Other,9876543211,C3', // the phone belongs to C2 now
          ',,C1', // changes nothing
          'Nobody,,', // neither
          'No phone,,C4',
          'By phone,9876543219,', // found by the phone
        ].join('\n'),
      );
      expect(done.errors.nodes).toEqual([
        {
          line: 4,
          column: 'phone',
          value: '9876543211',
          reason: 'the phone belongs to the contact with the externalId C2',
        },
        { line: 6, column: 'phone', value: '', reason: 'expected a phone or an externalId' },
      ]);
      expect(done).toMatchObject({ createdRows: 1, updatedRows: 4, importedRows: 5 });
      expect(await contacts(app, 'customers', 'name, phone_e164, external_id')).toEqual([
        { name: 'Ravi', phone_e164: '+919876543211', external_id: 'C2' },
        { name: 'By phone', phone_e164: '+919876543219', external_id: 'C1' },
        { name: 'No phone', phone_e164: null, external_id: 'C4' },
      ]);
    });

    it('takes the first row of a person as new and later ones as updates', async () => {
      const done = await importFile(
        app,
        'name,phone,city\nA,9876543210,Pune\nB,+919876543210,\nC,09876543210,Goa\n',
        { kind: 'leads' },
      );
      expect(done).toMatchObject({ createdRows: 1, updatedRows: 2, importedRows: 3 });
      expect(await contacts(app, 'leads', 'name, city')).toEqual([{ name: 'C', city: 'Goa' }]);
    });

    it('leaves them alone with onDuplicate=skip', async () => {
      await importFile(app, 'name,phone\nAsha,9876543210\n');
      const done = await importFile(app, 'name,phone\nX,9876543210\nRavi,9876543211\nY,9876543211\n', {
        parameters: { onDuplicate: 'skip' },
      });
      expect(done).toMatchObject({ importedRows: 3, createdRows: 1, updatedRows: 0, failedRows: 0 });
      expect(await contacts(app, 'customers', 'name')).toEqual([{ name: 'Asha' }, { name: 'Ravi' }]);
    });

    it('merges attributes', async () => {
      const parameters = { attributes: 'true' };
      await importFile(app, ' Plan ,phone,__proto__,City\ngold,9876543210,x,Pune\n', { parameters });
      const done = await importFile(app, 'Plan,phone,City\nsilver,9876543210,\n', { parameters });
      expect(done.ignoredColumns).toEqual([]);
      expect(await contacts(app, 'customers', 'attributes::text')).toEqual([
        { attributes: '{"City": "Pune", "Plan": "silver", "__proto__": "x"}' },
      ]);
    });
  });

  it('names the columns that it ignores, and maps headers as told', async () => {
    const mapping = JSON.stringify({ 'Mobile No': 'phone', Phone: null, handle: 'name' });
    const done = await importFile(
      app,
      'Phone,Mobile No,Handle,Shoe size,EMAIL Address\n1,9876543210,Asha,7,a@b.c\n',
      {
        parameters: { mapping },
      },
    );
    expect(done.ignoredColumns).toEqual(['Phone', 'Shoe size']);
    expect(await contacts(app, 'customers', 'name, phone, email')).toEqual([
      { name: 'Asha', phone: '9876543210', email: 'a@b.c' },
    ]);
  });

  it('puts first and last names together, and reads enums in any case', async () => {
    await importFile(
      app,
      'first name,Last Name,मोबाइल नंबर,Lead Status,quality,State\nAsha,Verma,9876543210,Qualified,hOt,Goa\nRavi,,9876543211,,,\n',
      { kind: 'leads' },
    );
    expect(await contacts(app, 'leads', 'name, status, quality, state')).toEqual([
      { name: 'Asha Verma', status: 'QUALIFIED', quality: 'HOT', state: 'Goa' },
      { name: 'Ravi', status: 'NEW', quality: null, state: null },
    ]);
    const bad = await importFile(app, 'phone,status\n9876543212,PERHAPS\n', { kind: 'leads' });
    expect(bad.errors.nodes).toEqual([
      {
        line: 2,
        column: 'status',
        value: 'PERHAPS',
        reason: 'expected NEW, CONTACTED, QUALIFIED, CONVERTED, LOST',
      },
    ]);
  });

  it('counts lastOrderDays back from its beginning', async () => {
    const { startedAt } = await importFile(app, 'phone,lastOrderDays\n9876543210,30\n');
    const [found] = await contacts<{ last_order_at: Date }>(app, 'customers', 'last_order_at');
    expect(found?.last_order_at.getTime()).toBe(new Date(startedAt).getTime() - 30 * 86_400_000);
  });

  it('takes opt-outs, which campaigns respect', async () => {
    await app.addCustomers(3);
    const file = 'phone,reason\n+919820000001,asked by phone\n98200 00001,again\nnobody,\n+919820000777,\n';
    const done = await importFile(app, file, { kind: 'optouts' });
    expect(done).toMatchObject({ kind: 'OPTOUTS', createdRows: 2, updatedRows: 1, failedRows: 1 });
    const rows = await app.database.query<unknown[]>(
      `SELECT identity, source, reason, lifted FROM suppressions ORDER BY identity`,
    );
    expect(rows).toEqual([
      { identity: '+919820000001', source: 'IMPORT', reason: 'again', lifted: false },
      { identity: '+919820000777', source: 'IMPORT', reason: 'imported from a file', lifted: false },
    ]);
    const { previewAudience } = await app.data<{ previewAudience: { count: number } }>(
      `mutation ($id: ID!) { previewAudience(input: { businessId: $id, audienceType: CUSTOMERS }) { count } }`,
      { id: app.businessId },
    );
    expect(previewAudience.count).toBe(2);
  });

  describe('of a file in another form', () => {
    const table = [
      ['name', 'phone', 'email'],
      ['José “Pepe” Núñez', '+919876543210', 'jose@example.com'],
      ['Zoë, a; b\tc | d', '+919876543211', ''],
    ];
    const names = [{ name: 'José “Pepe” Núñez' }, { name: 'Zoë, a; b\tc | d' }];
    const utf16 = (text: string, big: boolean, mark: boolean): Buffer<ArrayBuffer> => {
      const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
      return big ? bytes.swap16() : bytes;
    };
    const windows = (text: string) =>
      Buffer.from(text.replaceAll('“', '\x93').replaceAll('”', '\x94'), 'latin1');
    it.each<[string, (text: string) => Buffer<ArrayBuffer>, string, string]>([
      ['UTF-8, commas', (text) => Buffer.from(text), ',', '\n'],
      ['UTF-8 with BOM, semicolons, CRLF', (text) => Buffer.from(`\ufeff${text}`), ';', '\r\n'],
      ['UTF-8, tabs', (text) => Buffer.from(text), '\t', '\n'],
      ['UTF-8, bars', (text) => Buffer.from(text), '|', '\r'],
      ['UTF-8 with sep=', (text) => Buffer.from(`sep=;\r\n${text}`), ';', '\r\n'],
      ['UTF-16LE with BOM, tabs', (text) => utf16(text, false, true), '\t', '\r\n'],
      ['UTF-16BE with BOM', (text) => utf16(text, true, true), ',', '\n'],
      ['UTF-16LE without BOM', (text) => utf16(text, false, false), ';', '\n'],
      ['UTF-16BE without BOM', (text) => utf16(text, true, false), ';', '\n'],
      ['Windows-1252', windows, ';', '\r\n'],
    ])('reads %s', async (_name, encode, delimiter, lineEnd) => {
      const body = encode(csv(table, delimiter, lineEnd));
      const done = await importFile(app, body);
      expect(done).toMatchObject({ createdRows: 2, failedRows: 0, bytesTotal: body.length });
      expect(await contacts(app, 'customers', 'name')).toEqual(names);
    });

    it('unpacks gzip', async () => {
      const text = csv(table);
      const done = await importFile(app, gzipSync(text), { headers: { 'content-encoding': 'gzip' } });
      expect(done).toMatchObject({ createdRows: 2, bytesTotal: Buffer.byteLength(text) });
      const wrong = await post(app, text, { headers: { 'content-encoding': 'gzip' } });
      expect([wrong.status, wrong.body.error?.message]).toEqual([
        400,
        expect.stringContaining('cannot be unpacked'),
      ]);
      const cut = gzipSync(
        csv(Array.from({ length: 60_000 }, (_, i) => ['phone', `${Math.random()}`, `${i}`])),
      ).subarray(0, 500_000);
      expect((await post(app, cut, { headers: { 'content-encoding': 'gzip' } })).status).toBe(400);
      const bomb = gzipSync(`phone\n${'\n'.repeat(100_000_000)}`);
      expect((await post(app, bomb, { headers: { 'content-encoding': 'gzip' } })).status).toBe(400);
    });
  });

  describe('that is asked for wrongly', () => {
    const file = 'phone\n9876543210\n';
    it.each<[string, Record<string, string>, string]>([
      ['kind', { kind: 'people' }, 'kind: expected leads, customers or optouts'],
      ['onDuplicate', { onDuplicate: 'merge' }, 'onDuplicate: expected update or skip'],
      ['attributes', { attributes: 'yes' }, 'attributes: expected true or false'],
      ['mapping', { mapping: '{' }, 'mapping: expected a JSON object'],
      ['a header that is none', { mapping: '{"Mobile":"phone"}' }, 'mapping: expected headers of the file'],
      ['a field that is none', { mapping: '{"phone":"mobile"}' }, 'mapping: expected fields of'],
      ['fileName', { fileName: 'x'.repeat(256) }, 'fileName: expected 1 to 255'],
      ['a parameter that is none', { onDuplicates: 'skip' }, 'onDuplicates: expected only the parameters'],
    ])('is a 400 for %s', async (_name, parameters, message) => {
      const answer = await post(app, file, { parameters });
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'BAD_USER_INPUT']);
      expect(answer.body.error?.message).toContain(message);
    });

    it('is a 401 without a token, a 403 for a VIEWER, a 404 for the business of another', async () => {
      const viewer = await app.token({ role: Role.VIEWER });
      const foreign = await app.token({ businessIds: [(await createTenant(app)).businessId] });
      for (const path of ['/imports', '/imports/preview']) {
        expect((await post(app, file, { path, token: null })).status).toBe(401);
        expect((await post(app, file, { path, token: viewer })).status).toBe(403);
        const other = await post(app, file, { path, token: foreign });
        expect([other.status, other.body.error?.message]).toEqual([404, 'Business not found']);
      }
      const { id } = await importFile(app, file);
      const errors = async (token: string) =>
        (await fetch(`${app.url}/imports/${id}/errors`, { headers: { authorization: `Bearer ${token}` } }))
          .status;
      expect([await errors(viewer), await errors(foreign)]).toEqual([200, 404]);
      expect(
        await refusal(app, `mutation ($id: ID!) { cancelImport(id: $id) { id } }`, { id }, viewer),
      ).toMatchObject({ code: 'FORBIDDEN' });
      expect(
        await refusal(app, `mutation ($id: ID!) { cancelImport(id: $id) { id } }`, { id }),
      ).toMatchObject({ code: 'CONFLICT' });
    });
  });

  it('can be tried first, by its first megabyte', async () => {
    const before = await app.database.query<unknown[]>(`SELECT count(*) FROM imports`);
    const rows = Array.from(
      { length: 40_000 },
      (_, i) =>
        `Asha ${i},${i % 1000 === 7 ? 'none' : `98${String(i).padStart(8, '0')}`},${'x'.repeat(20)}\n`,
    );
    const answer = await post(app, `Full Name,Mobile,Plan\n${rows.join('')}`, {
      path: '/imports/preview',
      parameters: { attributes: 'true' },
    });
    expect(answer.status).toBe(200);
    const {
      columns,
      rows: count,
      errors,
    } = answer.body as { columns: unknown; rows: number; errors: unknown[] };
    expect(columns).toEqual([
      { header: 'Full Name', field: 'name', samples: ['Asha 0', 'Asha 1', 'Asha 2'] },
      { header: 'Mobile', field: 'phone', samples: ['9800000000', '9800000001', '9800000002'] },
      { header: 'Plan', field: 'attributes.Plan', samples: ['x'.repeat(20)] },
    ]);
    expect(count).toBeGreaterThan(20_000);
    expect(count).toBeLessThan(40_000);
    expect(errors[0]).toEqual({
      line: 9,
      column: 'Mobile',
      value: 'none',
      reason: expect.stringContaining('expected a phone') as string,
    });
    expect(await app.database.query(`SELECT count(*) FROM imports`)).toEqual(before);
    expect(await contacts(app, 'customers', 'name')).toEqual([]);
  });

  it.each(['leads', 'customers', 'optouts'])(
    'has a sample file of %s with twenty bad lines',
    async (kind) => {
      const response = await fetch(`${app.url}/imports/sample.csv?kind=${kind}`);
      const text = await response.text();
      expect(await (await fetch(`${app.url}/imports/sample.csv?kind=${kind}`)).text()).toBe(text);
      const done = await importFile(app, text, { kind });
      expect(done).toMatchObject({ totalRows: 5000, failedRows: 20 });
      expect(new Set(done.errors.nodes.map(({ reason }) => reason)).size).toBeGreaterThan(2);
    },
  );

  it('is listed, newest first, with its place', async () => {
    const list = async (variables: object) =>
      (
        await app.data<{
          imports: {
            totalCount: number;
            nodes: ImportAnswer[];
            pageInfo: { endCursor: string; hasNextPage: boolean };
          };
        }>(
          `query ($id: ID!, $first: Int, $after: String) { imports(businessId: $id, first: $first, after: $after) {
             totalCount nodes { id } pageInfo { endCursor hasNextPage } } }`,
          { id: app.businessId, ...variables },
        )
      ).imports;
    const { id } = await importFile(app, 'phone\n9876543210\n');
    const all = (await list({ first: 100 })).nodes.map((one) => one.id);
    expect(all[0]).toBe(id);
    const first = await list({ first: 2 });
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map((one) => one.id)).toEqual(all.slice(0, 4));
    expect(first.totalCount).toBe(all.length);
  });

  it('can be followed to its last state, at most four times a second', async () => {
    const file = csv([
      ['phone'],
      ...Array.from({ length: 30_000 }, (_, i) => [`98${String(i).padStart(8, '0')}`]),
    ]);
    const id = await send(app, file);
    const socket = await app.socket();
    const seen: { at: number; status: string; totalRows: number }[] = [];
    for await (const { data } of socket.iterate<{ importProgress: { status: string; totalRows: number } }>({
      query: `subscription ($id: ID!) { importProgress(importId: $id) { id status totalRows bytesRead bytesTotal } }`,
      variables: { id },
    }))
      if (data) seen.push({ at: performance.now(), ...data.importProgress });
    await socket.dispose();
    expect(seen.at(-1)).toMatchObject({ status: 'COMPLETED', totalRows: 30_000 });
    const rows = seen.map(({ totalRows }) => totalRows);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    const seconds = ((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)) / 1000;
    expect(seen.length).toBeLessThanOrEqual(2 + 4 * seconds);
  });

  it('keeps the rows imported so far when it is cancelled', async () => {
    const id = await send(
      app,
      csv([['phone'], ...Array.from({ length: 100_000 }, (_, i) => [`98${String(i).padStart(8, '0')}`])]),
    );
    await waitFor(async () => (await importOf(app, id)).importedRows > 0, {
      what: 'rows are imported',
      timeoutMs: 30_000,
    });
    const { cancelImport } = await app.data<{ cancelImport: { status: string } }>(
      `mutation ($id: ID!) { cancelImport(id: $id) { status } }`,
      { id },
    );
    expect(cancelImport.status).toBe('CANCELLED');
    await waitFor(
      async () => (await app.database.query<unknown[]>(`SELECT FROM import_chunks`)).length === 0,
      {
        what: 'the file is deleted',
        timeoutMs: 30_000,
      },
    );
    const now = await ended(app, id);
    expect(now.status).toBe('CANCELLED');
    expect(now.importedRows).toBeLessThan(100_000);
    expect(await contacts(app, 'customers', 'id')).toHaveLength(now.importedRows);
  });

  it('that breaks off while it is sent ends FAILED, and nothing of it is imported', async () => {
    let broken = false;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('phone\n' + '9876543210\n'.repeat(60_000)));
      },
      async pull(controller) {
        await waitFor(
          async () => (await app.database.query<unknown[]>(`SELECT FROM import_chunks`)).length > 0,
          {
            what: 'a piece is stored',
          },
        );
        broken = true;
        controller.error(new Error('the line is cut'));
      },
    });
    await expect(post(app, body)).rejects.toThrow();
    expect(broken).toBe(true);
    const failed = await waitFor(
      async () => {
        const [found] = await app.database.query<{ id: string; status: string; reason: string }[]>(
          `SELECT id, status, reason FROM imports ORDER BY created_at DESC LIMIT 1`,
        );
        return found?.status === 'FAILED' ? found : undefined;
      },
      { what: 'the import fails', timeoutMs: 5_000 },
    );
    expect(failed.reason).toBe('The upload broke off');
    expect(await contacts(app, 'customers', 'id')).toEqual([]);
  });

  it('does not double anybody when several run into the same kind at once', async () => {
    const rows = (from: number) =>
      Array.from({ length: 12_000 }, (_, i) => [`98${String(from + i).padStart(8, '0')}`, `from ${from}`]);
    const ids = await Promise.all(
      [0, 4000, 8000].map((from) => send(app, csv([['phone', 'name'], ...rows(from)]))),
    );
    const all = await Promise.all(ids.map((id) => ended(app, id)));
    expect(all.map(({ status, importedRows }) => [status, importedRows])).toEqual(
      ids.map(() => ['COMPLETED', 12_000]),
    );
    expect(all.reduce((sum, { createdRows }) => sum + createdRows, 0)).toBe(20_000);
    const [count] = await app.database.query<unknown[]>(
      `SELECT count(*)::int AS people, count(DISTINCT identity)::int AS numbers FROM customers`,
    );
    expect(count).toEqual({ people: 20_000, numbers: 20_000 });
  });
});
