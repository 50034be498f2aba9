import { randomUUID } from 'node:crypto';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { decryptSecret } from '../../src/accounts/secrets';
import { Role } from '../../src/accounts/viewer';
import { schemaText } from '../../src/schema';
import { App } from '../support/app';
import { documents, post, refusal } from './ask';
import { canary, createTenant } from './tenant';
import type { Tenant } from './tenant';

const now = () => Math.floor(Date.now() / 1000);
const question = `{ businesses { id } }`;
const schema = buildSchema(schemaText());

/** All fields of a type and of the objects in it. */
const allFields = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .map(({ name, type: of }) => {
      const inner = getNamedType(of);
      return isObjectType(inner) ? `${name} { ${allFields(inner)} }` : name;
    })
    .join(' ');

const updateSender = `mutation ($id: ID!, $input: UpdateSenderInput!) {
  updateSender(id: $id, input: $input) { id displayPhoneNumber messagesPerSecond } }`;

describe('tokens', () => {
  let app: App;
  let tenant: Tenant;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    tenant = await createTenant(app);
  });
  afterAll(() => app?.close());

  const good = (): JWTPayload => ({
    sub: 'tester',
    exp: now() + 600,
    role: Role.ADMIN,
    businessIds: [app.businessId],
  });

  function sign(claims: JWTPayload, secret = app.config.jwt.secret ?? '', alg = 'HS256'): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
  }

  async function answerTo(authorization: string | undefined) {
    const { status, text } = await post(`${app.url}/graphql`, JSON.stringify({ query: question }), {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    });
    return { status, text };
  }

  const without = (claim: string): JWTPayload =>
    Object.fromEntries(Object.entries(good()).filter(([name]) => name !== claim));

  /** Invalid tokens by what is wrong with them. */
  const bad: Record<string, () => Promise<string> | string> = {
    empty: () => '',
    garbage: () => 'Bearer garbage',
    'three dots': () => 'Bearer a.b.c',
    'another scheme': () => 'Basic dGVzdDp0ZXN0',
    expired: async () => `Bearer ${await sign({ ...good(), exp: now() - 60 })}`,
    'not valid yet': async () => `Bearer ${await sign({ ...good(), nbf: now() + 600 })}`,
    'signed with another secret': async () =>
      `Bearer ${await sign(good(), 'another-secret-of-32-characters!!')}`,
    'of another algorithm': async () => `Bearer ${await sign(good(), `${app.config.jwt.secret}`, 'HS384')}`,
    unsigned: () => `Bearer ${new UnsecuredJWT(good()).encode()}`,
    'unsigned with a cut signature': async () =>
      `Bearer ${(await sign(good())).split('.').slice(0, 2).join('.')}.`,
    'of an unknown role': async () => `Bearer ${await sign({ ...good(), role: 'ROOT' })}`,
    'of a role in lower case': async () => `Bearer ${await sign({ ...good(), role: 'admin' })}`,
    'without a role': async () => `Bearer ${await sign(without('role'))}`,
    'without an expiry': async () => `Bearer ${await sign(without('exp'))}`,
    'without a subject': async () => `Bearer ${await sign(without('sub'))}`,
    'with a blank subject': async () => `Bearer ${await sign({ ...good(), sub: ' ' })}`,
    'with a NUL in the subject': async () => `Bearer ${await sign({ ...good(), sub: 'a\0b' })}`,
    'with a line break in the subject': async () => `Bearer ${await sign({ ...good(), sub: 'a\nb' })}`,
    'with a control character in the subject': async () =>
      `Bearer ${await sign({ ...good(), sub: 'a\u009bb' })}`,
    'with half an emoji in the subject': async () => `Bearer ${await sign({ ...good(), sub: 'a\ud83d' })}`,
    'with a subject of 256 characters': async () =>
      `Bearer ${await sign({ ...good(), sub: 'x'.repeat(256) })}`,
    'with businesses that are not a list': async () =>
      `Bearer ${await sign({ ...good(), businessIds: app.businessId })}`,
    'with the payload of another token': async () => {
      const [header, , signature] = (await sign(good())).split('.');
      const payload = Buffer.from(JSON.stringify({ ...good(), role: Role.OPERATOR })).toString('base64url');
      return `Bearer ${header}.${payload}.${signature}`;
    },
  };

  it('are required, and all invalid ones get the same error', async () => {
    const answers = await Promise.all(
      Object.entries(bad).map(async ([what, token]) => ({ what, ...(await answerTo(await token())) })),
    );
    for (const { what, status, text } of answers)
      expect({ what, status, text }).toEqual({ what, status: 401, text: answers[0]?.text });
    expect(JSON.parse(answers[0]?.text ?? '')).toEqual({
      errors: [
        {
          message: expect.stringContaining('valid token') as unknown,
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    const none = await answerTo(undefined);
    expect(none.status).toBe(401);
    expect(JSON.parse(none.text)).toMatchObject(JSON.parse(answers[0]?.text ?? '') as object);
    expect(await answerTo(`Bearer ${await sign(good())}`)).toMatchObject({ status: 200 });
    expect(await answerTo(`bearer ${await sign({ ...good(), exp: now() - 2 })}`)).toMatchObject({
      status: 200,
    });
  });

  it('may have any subject of 255 characters in any script', async () => {
    for (const sub of ['x'.repeat(255), 'auth0|आशा 🎉', 'asha@example.com'])
      expect(await app.graphql(question, {}, await sign({ ...good(), sub }))).not.toHaveProperty('errors');
  });

  it('are not required for { __typename }', async () => {
    expect(await app.graphql(`{ __typename }`, {}, null)).toEqual({ data: { __typename: 'Query' } });
  });

  it('list businesses by id; other values are ignored', async () => {
    const token = await sign({ ...good(), businessIds: ['*', 7, null, app.businessId.toUpperCase()] });
    expect(await app.data(question, {}, token)).toEqual({ businesses: [{ id: app.businessId }] });
    expect(await app.data(question, {}, await sign(without('businessIds')))).toEqual({ businesses: [] });
  });

  describe('of a role', () => {
    const preview = () => ({ input: { businessId: app.businessId, audienceType: 'ALL' } });
    const product = () => ({ input: { businessId: app.businessId, name: 'Kurta' } });
    const sender = () => ({
      input: {
        businessId: app.businessId,
        phoneNumberId: '77',
        wabaId: '77',
        displayPhoneNumber: '77',
        accessToken: canary,
      },
    });
    const campaign = () => ({
      input: {
        businessId: app.businessId,
        campaignName: 'C',
        campaignType: 'REMINDER',
        audienceType: 'ALL',
        messageText: 'Hi',
      },
    });
    const onCampaign = (name: string) => `mutation { ${name}(campaignId: "${randomUUID()}") { status } }`;

    /** The lowest role that is allowed to, the operation, and a request for it. */
    const needs: [Role, string, () => [string, Record<string, unknown>?]][] = [
      [Role.VIEWER, 'businesses', () => [question]],
      [
        Role.ADMIN,
        'webhookSetup',
        () => [`{ webhookSetup(businessId: "${app.businessId}") { url verifyWord fields problem } }`],
      ],
      [Role.VIEWER, 'senders', () => [`{ senders(businessId: "${app.businessId}") { id } }`]],
      [Role.MARKETER, 'previewAudience', () => [documents.previewAudience, preview()]],
      [Role.MARKETER, 'createCampaign', () => [documents.createCampaign, campaign()]],
      [
        Role.MARKETER,
        'createSegment',
        () => [
          documents.createSegment,
          { input: { businessId: app.businessId, name: randomUUID(), audienceType: 'ALL' } },
        ],
      ],
      [
        Role.MARKETER,
        'updateSegment',
        () => [`mutation { updateSegment(id: "${tenant.segmentId}", input: {}) { id } }`],
      ],
      [Role.MARKETER, 'cancelImport', () => [`mutation { cancelImport(id: "${randomUUID()}") { id } }`]],
      [Role.MARKETER, 'deleteSegment', () => [`mutation { deleteSegment(id: "${randomUUID()}") { id } }`]],
      [
        Role.MARKETER,
        'recordConversion',
        () => [documents.recordConversion, { input: { businessId: app.businessId, orderId: randomUUID() } }],
      ],
      ...[
        'sendCampaign',
        'retryFailed',
        'resendUnconfirmed',
        'pauseCampaign',
        'resumeCampaign',
        'cancelCampaign',
        'deleteCampaign',
        'fixAudience',
        'unscheduleCampaign',
      ].map((name): [Role, string, () => [string]] => [Role.MARKETER, name, () => [onCampaign(name)]]),
      [Role.ADMIN, 'createProduct', () => [documents.createProduct, product()]],
      [Role.ADMIN, 'createSender', () => [documents.createSender, sender()]],
      [Role.ADMIN, 'updateSender', () => [updateSender, { id: tenant.senderId, input: {} }]],
      ...(
        [
          [Role.MARKETER, 'updateContact(id: "ID", input: {}) { id }'],
          [Role.MARKETER, 'deleteContact(id: "ID") { id }'],
          [
            Role.MARKETER,
            'scheduleCampaign(campaignId: "ID", input: { sendAt: "2027-01-01T00:00:00Z" }) { id }',
          ],
          [Role.MARKETER, 'tagContacts(ids: ["ID"], add: ["vip"]) { id }'],
          [Role.MARKETER, 'optOut(businessId: "BUSINESS", phones: ["1"], reason: "asked") { changed }'],
          [Role.MARKETER, 'optIn(businessId: "BUSINESS", phones: ["1"], reason: "asked") { changed }'],
          [
            Role.MARKETER,
            'createContact(input: { businessId: "BUSINESS", kind: LEAD, phone: "+919876500009" }) { id }',
          ],
          [Role.MARKETER, 'updateCampaign(campaignId: "ID", input: {}) { id }'],
          [Role.MARKETER, 'cloneCampaign(campaignId: "ID", campaignName: "C") { id }'],
          [Role.MARKETER, 'sendTest(input: { campaignId: "ID", phones: ["1"] }) { results { accepted } }'],
          [
            Role.MARKETER,
            'createSegmentFromRecipients(input: { campaignId: "ID", name: "S", status: [FAILED] }) { id }',
          ],
          [
            Role.MARKETER,
            'createCampaignFromRecipients(input: { campaignId: "ID", campaignName: "C", status: [FAILED] }) { id }',
          ],
          [
            Role.ADMIN,
            'createTemplate(input: { businessId: "BUSINESS", name: "n", language: "en", category: "MARKETING", components: [] }) { id }',
          ],
          [Role.MARKETER, 'createWidgetToken(campaignId: "ID", expiresAt: "2030-01-01T00:00:00Z")'],
          [Role.ADMIN, 'deleteTemplate(id: "ID") { id }'],
          [Role.ADMIN, 'updateProduct(id: "ID", input: {}) { id }'],
          [Role.ADMIN, 'deleteProduct(id: "ID") { id }'],
          [Role.ADMIN, 'eraseContact(id: "ID")'],
          [Role.ADMIN, 'testSender(id: "ID") { ok }'],
          [Role.ADMIN, 'sendTestMessage(input: { senderId: "ID", phone: "1" }) { accepted }'],
          [Role.ADMIN, 'updateBusiness(id: "BUSINESS", input: {}) { id }'],
        ] as const
      ).map(([role, text]): [Role, string, () => [string]] => [
        role,
        text.replace(/\(.*/, ''),
        () => [`mutation { ${text.replace('ID', randomUUID()).replace('BUSINESS', app.businessId)} }`],
      ]),
      ...[
        'contact(id: "ID") { id }',
        'contacts(businessId: "BUSINESS", kind: LEAD) { totalCount }',
        'optOuts(businessId: "BUSINESS") { totalCount }',
        'previewMessage(input: { businessId: "BUSINESS", messageText: "Hi" }) { body }',
        'optOutHistory(businessId: "BUSINESS", phone: "+919876500009") { reason }',
      ].map((text): [Role, string, () => [string]] => [
        Role.VIEWER,
        text.replace(/\(.*/, ''),
        () => [`{ ${text.replace('ID', randomUUID()).replace('BUSINESS', app.businessId)} }`],
      ]),
      [
        Role.ADMIN,
        'updateTemplate',
        () => [`mutation { updateTemplate(id: "${tenant.templateId}", input: {}) { id } }`],
      ],
      [
        Role.ADMIN,
        'syncTemplates',
        () => [`mutation { syncTemplates(businessId: "${app.businessId}") { id } }`],
      ],
      [
        Role.OPERATOR,
        'createBusiness',
        () => [documents.createBusiness, { input: { name: 'N', defaultCountry: 'IN' } }],
      ],
    ];
    const ranks = Object.values(Role);

    for (const [lowest, name, ask] of needs) {
      it(`${lowest} and above may do ${name}`, async () => {
        for (const role of ranks) {
          const [query, variables] = ask();
          const { errors } = await app.graphql(query, variables, await app.token({ role }));
          const code = errors?.[0]?.extensions.code;
          if (ranks.indexOf(role) < ranks.indexOf(lowest)) expect([role, code]).toEqual([role, 'FORBIDDEN']);
          else expect([role, code]).not.toEqual([role, 'FORBIDDEN']);
        }
      });
    }

    it('is required by every mutation', () => {
      const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
      const listed = needs.map(([, name]) => name);
      expect(mutations.filter((name) => !listed.includes(name))).toEqual([]);
    });

    it('is checked first, so that a refusal does not reveal what exists', async () => {
      const token = await app.token({ role: Role.VIEWER });
      const answers = await Promise.all(
        [tenant.campaignId, randomUUID()].map((id) =>
          refusal(app, `mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id }, token),
        ),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]?.message).toContain('MARKETER');
    });
  });

  describe("of WhatsApp's", () => {
    it('have no field in the schema', () => {
      const fields = Object.values(schema.getTypeMap())
        .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
        .flatMap((type) => Object.keys(isObjectType(type) ? type.getFields() : {}));
      expect(
        fields.filter((name) => /token|secret|password|encrypted|link(Id|Key)|credential/i.test(name)),
        // a token of our own, which reads one campaign's figures
      ).toEqual(['createWidgetToken']);
    });

    it('appear in no other field', async () => {
      const sender = schema.getType('Sender');
      const fields = isObjectType(sender) ? allFields(sender) : '';
      const { data } = await app.graphql(
        `query ($id: ID!) { senders(businessId: $id) { ${fields} } businesses { id name } }`,
        { id: tenant.businessId },
        await app.token({ role: Role.OPERATOR }),
      );
      expect(data).toMatchObject({ senders: [{ id: tenant.senderId, businessId: tenant.businessId }] });
      expect(JSON.stringify(data)).not.toMatch(new RegExp(`${canary}|v1\\.`));
    });

    it('are encrypted in the table, each with a nonce of its own', async () => {
      const rows =
        await app.database.query<{ id: string; access_token_encrypted: string }[]>(`SELECT * FROM senders`);
      expect(JSON.stringify(rows)).not.toContain(canary);
      const texts = rows.map((row) => row.access_token_encrypted);
      expect(new Set(texts.map((text) => text.split('.')[1])).size).toBe(rows.length);
      const mine = rows.find(({ id }) => id === tenant.senderId)?.access_token_encrypted ?? '';
      expect(decryptSecret(mine, app.config.encryptionKey)).toBe(canary);
      expect(() => decryptSecret(mine, Buffer.alloc(32))).toThrow();
      expect(() => decryptSecret(`${mine.slice(0, -2)}AA`, app.config.encryptionKey)).toThrow();
    });

    it('can be replaced, and the rest of the sender stays unchanged', async () => {
      const encrypted = async () => {
        const [row] = await app.database.query<{ access_token_encrypted: string }[]>(
          `SELECT access_token_encrypted FROM senders WHERE id = $1`,
          [app.senderId],
        );
        return decryptSecret(row?.access_token_encrypted ?? '', app.config.encryptionKey);
      };
      const update = (input: Record<string, unknown>) => app.data(updateSender, { id: app.senderId, input });
      const before = { id: app.senderId, displayPhoneNumber: '+91 22 4000 1234', messagesPerSecond: 1000 };
      expect(await update({ accessToken: `${canary}New` })).toEqual({ updateSender: before });
      expect(await encrypted()).toBe(`${canary}New`);
      const changed = { displayPhoneNumber: '+91 22 4000 5678', messagesPerSecond: 20 };
      expect(await update({ ...changed, accessToken: null })).toEqual({
        updateSender: { ...before, ...changed },
      });
      expect(await update({})).toEqual({ updateSender: { ...before, ...changed } });
      expect(await encrypted()).toBe(`${canary}New`);
      for (const around of [' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff']) {
        const token = `${canary}${around.charCodeAt(0)}`;
        await update({ accessToken: `${around}${token}${around}` });
        expect(await encrypted()).toBe(token);
      }
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['displayPhoneNumber', { displayPhoneNumber: ' ' }, /1 to 40 characters/],
      ['displayPhoneNumber', { displayPhoneNumber: 'a\0' }, /NUL/],
      ['accessToken', { accessToken: '' }, /printable/],
      ['accessToken', { accessToken: ' \n' }, /printable/],
      ['accessToken', { accessToken: `${canary} x` }, /without blanks/],
      ['accessToken', { accessToken: `${canary}\r\nHost: evil` }, /printable/],
      ['messagesPerSecond', { messagesPerSecond: 0 }, /1 to 1000/],
      ['messagesPerSecond', { messagesPerSecond: 1001 }, /1 to 1000/],
      ['phoneNumberId', { phoneNumberId: '7' }, /not defined/],
    ])('are not replaced with an invalid %s: %j', async (field, input, says) => {
      const found = await refusal(app, updateSender, { id: app.senderId, input });
      expect(found).toEqual({
        code: 'BAD_USER_INPUT',
        field: `input.${field}`,
        message: expect.stringMatching(says) as unknown,
      });
      expect(found.message).not.toContain(canary);
    });

    it('are not replaced by a user without access to the business', async () => {
      const token = await app.token({ role: Role.ADMIN });
      for (const id of [tenant.senderId, randomUUID(), 'x'])
        expect(await refusal(app, updateSender, { id, input: { accessToken: 'x' } }, token)).toEqual({
          code: 'NOT_FOUND',
          field: undefined,
          message: 'Sender not found',
        });
    });

    it('are not repeated in an error', async () => {
      const { errors } = await app.graphql(
        documents.createSender,
        {
          input: {
            businessId: app.businessId,
            phoneNumberId: '5',
            wabaId: '5',
            displayPhoneNumber: '5',
            accessToken: `${canary}\n${canary}`,
          },
        },
        await app.token({ role: Role.ADMIN }),
      );
      expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'input.accessToken' });
      expect(JSON.stringify(errors)).not.toContain(canary);
    });
  });
});
