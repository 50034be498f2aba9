import { getIntrospectionQuery } from 'graphql';
import { App } from '../support/app';
import { post } from './ask';
import { Wire } from './wire';

interface Denied {
  errors: { message: string; extensions: Record<string, unknown> }[];
}

const typename = '{ __typename }';

const codesOf = (errors: Denied['errors']) => [...new Set(errors.map(({ extensions }) => extensions.code))];

describe('GraphQL over HTTP, and the same limits on sockets', () => {
  let app: App;
  let token: string;
  let wire: Wire;
  let operations = 0;

  beforeAll(async () => {
    app = await App.start({ workers: 0, env: { GRAPHQL_INTROSPECTION: 'off' } });
    token = await app.token();
    wire = await Wire.connect(app);
  });
  afterAll(async () => {
    wire?.close();
    await app?.close();
  });

  const url = () => `${app.url}/graphql`;

  async function overHttp(query: string, variables: Record<string, unknown> = {}) {
    const { status, text } = await post(url(), JSON.stringify({ query, variables }), {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    });
    return { status, ...(JSON.parse(text) as Denied) };
  }

  async function overSocket(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Denied['errors']> {
    const { type, payload } = await wire.ask(String(++operations), query, variables);
    return type === 'error' ? (payload as Denied['errors']) : ((payload as Denied).errors ?? []);
  }

  /** The errors of a refused document, which must be the same over both transports and leave the server working. */
  async function refused(query: string, variables: Record<string, unknown> = {}) {
    const { status, errors } = await overHttp(query, variables);
    const others = await overSocket(query, variables);
    expect(codesOf(others)).toEqual(codesOf(errors));
    expect(wire.closed).toBeUndefined();
    return {
      status,
      codes: codesOf(errors),
      text: JSON.stringify(errors),
    };
  }

  describe('a page of another site', () => {
    const query = `?query=${encodeURIComponent(typename)}`;

    it('cannot query with a link or a form', async () => {
      expect((await fetch(url() + query)).status).toBe(400);
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ])
        expect([
          type,
          (await post(url(), JSON.stringify({ query: typename }), { 'content-type': type })).status,
        ]).toEqual([type, 400]);
      expect((await fetch(url(), { method: 'POST' })).status).toBe(400);
    });

    it('is not allowed by CORS', async () => {
      const headers = { origin: 'https://evil.example.com', 'content-type': 'application/json' };
      const asked = await post(url(), JSON.stringify({ query: typename }), headers);
      expect(asked.headers.get('access-control-allow-origin')).toBeNull();
      const preflight = await fetch(url(), {
        method: 'OPTIONS',
        headers: {
          ...headers,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('differs from a program with its own header, which may query but not mutate by GET', async () => {
      const asked = await fetch(url() + query, { headers: { 'apollo-require-preflight': '1' } });
      expect([asked.status, await asked.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
      const change = encodeURIComponent(
        `mutation { createBusiness(input: { name: "x", defaultCountry: "IN" }) { id } }`,
      );
      const mutation = await fetch(`${url()}?query=${change}`, {
        headers: { 'apollo-require-preflight': '1', authorization: `Bearer ${token}` },
      });
      expect(mutation.status).toBe(405);
    });
  });

  describe('a body', () => {
    it.each([
      ['that is not JSON', '{"query":', 400],
      ['that is a batch', JSON.stringify([{ query: typename }, { query: typename }]), 400],
      ['that is not an object', '"{ __typename }"', 400],
      ['without a query', '{}', 400],
      ['whose query is not a string', '{"query":7}', 400],
      ['that is empty', '', 400],
      [
        'that is too large',
        JSON.stringify({ query: typename, variables: { a: 'x'.repeat(4_100_000) } }),
        413,
      ],
    ])('%s is refused with a JSON error', async (_what, body, status) => {
      const answer = await post(url(), body);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      const { errors } = JSON.parse(answer.text) as Denied;
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions.code).toEqual(expect.any(String));
      expect(answer.text).not.toMatch(/node_modules|\.ts|\.js|at /);
    });

    it('with ten thousand custom recipients is not too large', async () => {
      const customRecipients = Array.from({ length: 10_000 }, (_, i) => ({
        name: `Customer number ${i}`,
        phone: `+9198${String(i).padStart(8, '0')}`,
      }));
      const found = await overHttp(
        `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { count } }`,
        { input: { businessId: app.businessId, audienceType: 'CUSTOM', customRecipients } },
      );
      expect(found).toMatchObject({
        status: 200,
        data: { previewAudience: { count: expect.any(Number) as unknown } },
      });
    });
  });

  describe('a document', () => {
    const deep = (depth: number) =>
      `{ campaign(id: "x") { ${'... on Campaign { '.repeat(depth)} id ${'} '.repeat(depth)} } }`;
    const aliases = (count: number) =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: businesses { id }`).join(' ')} }`;
    const directives = (count: number) =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: __typename @include(if: true)`).join(' ')} }`;
    const doubling = (levels: number) =>
      `{ ...f0 } ${Array.from({ length: levels }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')}
       fragment f${levels} on Query { __typename }`;

    const expensive = (times: number) =>
      `{ ${'...f '.repeat(times)} }
       fragment f on Query { campaigns(businessId: "x") { campaigns { id status stats { id sentCount readCount } } } }`;

    it.each([
      ['deeper than ten', deep(20)],
      [
        'deep inside a fragment with the name of an introspection field',
        `{ ...__schema } fragment __schema on Query { ${deep(20).slice(1, -1)} }`,
      ],
      ['with more than fifteen aliases', aliases(16)],
      ['with hundreds of aliases', aliases(300)],
      ['with more than fifty directives', directives(51)],
      ['with ten thousand tokens', `{ ${'a '.repeat(10_000)} }`],
      [
        'with fragments that contain each other',
        `{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }`,
      ],
      ['with fragments that double at each level', doubling(16)],
      ['that repeats an expensive fragment', expensive(300)],
      ['that is not GraphQL', `{ businesses { id `],
      ['with an unknown query', `{ campaing(id: "x") { id } }`],
      ['with an unknown field', `{ businesses { naem } }`],
      ['with an unknown argument', `{ campaigns(bussinessId: "x") { total } }`],
      ['with an unknown type', `query ($a: CampaignStatuss) { __typename }`],
      ['with an unknown enum value', `{ campaigns(businessId: "x", status: [ACTIV]) { total } }`],
      ['with hundreds of errors', `{ ${Array.from({ length: 200 }, (_, i) => `x${i}`).join(' ')} }`],
    ])('%s is refused quickly and without suggestions', async (_what, query) => {
      const start = performance.now();
      const { status, codes, text } = await refused(query);
      expect(performance.now() - start).toBeLessThan(5000);
      expect(status).toBe(400);
      expect(
        codes.filter((code) => code !== 'GRAPHQL_VALIDATION_FAILED' && code !== 'GRAPHQL_PARSE_FAILED'),
      ).toEqual([]);
      expect(text).not.toMatch(/Did you mean|node_modules|stack/i);
      expect(text.length).toBeLessThan(5000);
    });

    it('within the limits is answered', async () => {
      for (const query of [aliases(15), directives(10), '{ ...a } fragment a on Query { __typename }']) {
        expect((await overHttp(query)).status).toBe(200);
        expect(await overSocket(query)).toEqual([]);
      }
    });

    it('with introspection is refused if introspection is off', async () => {
      for (const query of [
        getIntrospectionQuery(),
        '{ __schema { types { name } } }',
        '{ __type(name: "Campaign") { name } }',
        '{ a: __schema { queryType { name } } }',
        '{ ...f } fragment f on Query { __type(name: "Sender") { fields { name } } }',
      ]) {
        const { status, errors } = await overHttp(query);
        expect([status, errors[0]?.extensions.code]).toEqual([400, 'INTROSPECTION_DISABLED']);
        expect((await overSocket(query))[0]?.extensions.code).toBe('INTROSPECTION_DISABLED');
      }
    });
  });

  it('an invalid variable is refused with its field on both', async () => {
    const query = `query ($id: ID!, $status: [CampaignStatus!]) { campaigns(businessId: $id, status: $status) { total } }`;
    const { codes, text } = await refused(query, { id: app.businessId, status: ['ACTIV'] });
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(text).toContain('"field":"status.0"');
    expect(text).not.toContain('Did you mean');
    // by the argument, whatever the client calls its variable
    expect((await refused(query, {})).text).toContain('"field":"businessId"');
  });

  it('the list of errors of many invalid variables is limited', async () => {
    const query = `query ($id: ID!, $status: [CampaignStatus!]) { campaigns(businessId: $id, status: $status) { total } }`;
    const { text } = await refused(query, { id: app.businessId, status: Array(2000).fill('NO') });
    expect(text.length).toBeLessThan(10_000);
  });

  it('internal errors are masked on both', async () => {
    const question = `query ($id: ID!) { segments(businessId: $id) { name } }`;
    await app.database.query(`ALTER TABLE segments RENAME COLUMN name TO secret_name`);
    try {
      const { status, codes, text } = await refused(question, { id: app.businessId });
      expect([status, codes]).toEqual([200, ['INTERNAL_SERVER_ERROR']]);
      expect(text).toContain('"message":"Internal server error"');
      expect(text).not.toMatch(/secret|SELECT|does not exist/);
    } finally {
      await app.database.query(`ALTER TABLE segments RENAME COLUMN secret_name TO name`);
    }
    expect((await overHttp(question, { id: app.businessId })).errors).toBeUndefined();
  });

  it('headers and errors do not reveal the server software', async () => {
    const { headers, text } = await post(`${app.url}/nothing/here`, '{}');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(JSON.parse(text)).toEqual({
      error: { code: 'NOT_FOUND', message: expect.any(String) as unknown },
    });
  });

  it('text in any script is stored unchanged', async () => {
    const name = 'नमस्ते 🎉 "quoted" \\ back';
    const saved = await overHttp(
      `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { name } }`,
      { input: { businessId: app.businessId, name, audienceType: 'ALL' } },
    );
    expect(saved).toMatchObject({ data: { createSegment: { name } } });
  });
});
