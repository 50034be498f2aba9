import { randomUUID } from 'node:crypto';
import { buildSchema, getNamedType, isInputObjectType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLObjectType } from 'graphql';
import { Role } from '../../src/accounts/viewer';
import { schemaText } from '../../src/schema';
import { App } from '../support/app';
import { refusalOf } from './ask';
import { createTenantObjects, createTenant } from './tenant';
import type { Tenant } from './tenant';

const schema = buildSchema(schemaText());

/**
 * A valid request for every operation that takes an id. Each id in it is then replaced by an id of another
 * business and by unknown ids. A new operation, or a new ID in an input, fails below until it is added here.
 */
const filterOf = ({ segmentId, campaignId }: Tenant) => ({ segmentId, campaign: { campaignId } });
const newTemplate = ({ businessId, senderId }: Tenant) => ({
  businessId,
  senderId,
  name: 'a_template',
  language: 'en',
  category: 'MARKETING',
  components: [{ type: 'BODY', text: 'Hello' }],
});
const requests: Record<string, (own: Tenant) => Record<string, unknown>> = {
  'query campaign': (own) => ({ id: own.campaignId }),
  'query campaignStats': (own) => ({ campaignId: own.campaignId }),
  'query campaigns': (own) => ({ businessId: own.businessId, templateId: own.templateId }),
  'query contact': (own) => ({ id: own.contactId }),
  'query contacts': (own) => ({ businessId: own.businessId, kind: 'LEAD', filter: filterOf(own) }),
  'query segment': (own) => ({ id: own.segmentId }),
  'mutation updateSegment': (own) => ({ id: own.segmentId, input: { filter: filterOf(own) } }),
  'mutation deleteSegment': (own) => ({ id: own.segmentId }),
  'query optOuts': (own) => ({ businessId: own.businessId }),
  'query optOutHistory': (own) => ({ businessId: own.businessId, phone: '+919876500001' }),
  'query import': (own) => ({ id: own.importId }),
  'query imports': (own) => ({ businessId: own.businessId }),
  'query products': (own) => ({ businessId: own.businessId }),
  'query product': (own) => ({ id: own.productId }),
  'mutation updateProduct': (own) => ({ id: own.productId, input: { name: 'X' } }),
  'mutation deleteProduct': (own) => ({ id: own.productId }),
  'query previewMessage': (own) => ({
    input: {
      businessId: own.businessId,
      templateId: own.templateId,
      templateValues: [{ key: 'header', productId: own.productId, productIds: [own.productId] }],
      productId: own.productId,
      senderId: own.senderId,
      contactIds: [own.contactId],
    },
  }),
  'query segments': (own) => ({ businessId: own.businessId }),
  'query senders': (own) => ({ businessId: own.businessId }),
  'query templates': (own) => ({ businessId: own.businessId }),
  'query template': (own) => ({ id: own.templateId }),
  'query templateLibrary': (own) => ({ businessId: own.businessId }),
  'query checkTemplate': (own) => ({ input: newTemplate(own) }),
  'mutation createTemplate': (own) => ({ input: newTemplate(own) }),
  'mutation deleteTemplate': (own) => ({ id: own.templateId }),
  'mutation cancelImport': (own) => ({ id: own.importId }),
  'mutation cancelCampaign': (own) => ({ campaignId: own.campaignId }),
  'mutation pauseCampaign': (own) => ({ campaignId: own.campaignId }),
  'mutation resumeCampaign': (own) => ({ campaignId: own.campaignId }),
  'mutation resendUnconfirmed': (own) => ({ campaignId: own.campaignId }),
  'mutation retryFailed': (own) => ({ campaignId: own.campaignId }),
  'mutation scheduleCampaign': (own) => ({
    campaignId: own.campaignId,
    input: { sendAt: new Date(Date.now() + 3_600_000).toISOString() },
  }),
  'mutation unscheduleCampaign': (own) => ({ campaignId: own.campaignId }),
  'mutation sendCampaign': (own) => ({ campaignId: own.campaignId }),
  'mutation sendTest': (own) => ({
    input: { campaignId: own.campaignId, phones: ['+919876500001'], asContactId: own.contactId },
  }),
  'mutation syncTemplates': (own) => ({ businessId: own.businessId }),
  'mutation createContact': (own) => ({
    input: { businessId: own.businessId, kind: 'LEAD', phone: '+919876500002' },
  }),
  'mutation updateContact': (own) => ({ id: own.contactId, input: { name: 'X' } }),
  'mutation deleteContact': (own) => ({ id: own.contactId }),
  'mutation eraseContact': (own) => ({ id: own.contactId }),
  'mutation tagContacts': (own) => ({ ids: [own.contactId], add: ['x'] }),
  'mutation optOut': (own) => ({ businessId: own.businessId, phones: ['+919876500001'], reason: 'x' }),
  'mutation optIn': (own) => ({ businessId: own.businessId, phones: ['+919876500001'], reason: 'x' }),
  'mutation updateBusiness': (own) => ({ id: own.businessId, input: { name: 'X' } }),
  'mutation createProduct': (own) => ({ input: { businessId: own.businessId, name: 'Kurta' } }),
  'mutation createSender': (own) => ({
    input: {
      businessId: own.businessId,
      phoneNumberId: '1',
      wabaId: '1',
      displayPhoneNumber: '1',
      accessToken: 'x',
    },
  }),
  'query webhookSetup': (own) => ({ businessId: own.businessId }),
  'mutation testSender': (own) => ({ id: own.senderId }),
  'mutation sendTestMessage': (own) => ({ input: { senderId: own.senderId, phone: '+919876500001' } }),
  'mutation updateSender': (own) => ({ id: own.senderId, input: {} }),
  'mutation updateTemplate': (own) => ({ id: own.templateId, input: {} }),
  'mutation createSegment': (own) => ({
    input: { businessId: own.businessId, name: 'S', audienceType: 'ALL', filter: filterOf(own) },
  }),
  'mutation recordConversion': (own) => ({ input: { businessId: own.businessId, orderId: '1' } }),
  'mutation previewAudience': (own) => ({
    input: {
      businessId: own.businessId,
      audienceType: 'SEGMENT',
      segmentId: own.segmentId,
      filter: filterOf(own),
      exclude: filterOf(own),
    },
  }),
  'mutation createCampaign': (own) => ({
    input: {
      businessId: own.businessId,
      campaignName: 'C',
      campaignType: 'REMINDER',
      audienceType: 'SEGMENT',
      segmentId: own.segmentId,
      audienceFilter: filterOf(own),
      exclude: filterOf(own),
      templateId: own.templateId,
      templateValues: [{ key: 'header', productId: own.productId, productIds: [own.productId] }],
      productId: own.productId,
      senderId: own.senderId,
    },
  }),
  'mutation updateCampaign': (own) => ({
    campaignId: own.campaignId,
    input: {
      audienceType: 'SEGMENT',
      segmentId: own.segmentId,
      audienceFilter: filterOf(own),
      exclude: filterOf(own),
      templateId: own.templateId,
      templateValues: [{ key: 'header', productId: own.productId, productIds: [own.productId] }],
      messageText: null,
      productId: own.productId,
      senderId: own.senderId,
    },
  }),
  'mutation cloneCampaign': (own) => ({ campaignId: own.campaignId, campaignName: 'C' }),
  'mutation createSegmentFromRecipients': (own) => ({
    input: { campaignId: own.campaignId, name: 'S', outcome: ['FAILED'] },
  }),
  'mutation createCampaignFromRecipients': (own) => ({
    input: {
      campaignId: own.campaignId,
      campaignName: 'C',
      outcome: ['FAILED'],
      senderId: own.senderId,
      templateId: own.templateId,
      templateValues: [{ key: 'header', productId: own.productId, productIds: [own.productId] }],
    },
  }),
  'mutation deleteCampaign': (own) => ({ campaignId: own.campaignId }),
  'mutation fixAudience': (own) => ({ campaignId: own.campaignId }),
  'mutation createWidgetToken': (own) => ({
    campaignId: own.campaignId,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  }),
  'subscription importProgress': (own) => ({ importId: own.importId }),
  'subscription campaignStats': (own) => ({ campaignId: own.campaignId }),
  'subscription businessStats': (own) => ({ businessId: own.businessId }),
};

/** The request in which an id stands at this path: a filter goes with other types of audience than a segment does. */
function requestOf(name: string, own: Tenant, path: readonly string[]): Record<string, unknown> {
  const request = requests[name]?.(own) ?? {};
  const { audienceType, segmentId, filter, audienceFilter, ...input } = (request.input ?? {}) as Record<
    string,
    unknown
  >;
  if (audienceType !== 'SEGMENT') return request;
  const isFilter = path[1] === 'filter' || path[1] === 'audienceFilter';
  return {
    ...request,
    input: isFilter
      ? { ...input, audienceType: 'ALL', ...(filter ? { filter } : { audienceFilter }) }
      : { ...input, audienceType, segmentId },
  };
}

/** Ids that shops assign: they are compared, not used to find an object. For media see media.test.ts and products.test.ts. */
const notOurs = ['assignedUserId', 'mediaId'];

const operations = (
  [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as [string, GraphQLObjectType][]
).flatMap(([kind, type]) =>
  Object.values(type.getFields())
    .map((field) => ({
      name: `${kind} ${field.name}`,
      kind,
      field,
      ids: field.args.flatMap((arg) => idPaths(arg.type, [arg.name])),
    }))
    .filter(({ ids }) => ids.length > 0),
);

/** The paths of all ids in an argument, including nested inputs; of an input in itself, those of the outer one. */
function idPaths(type: GraphQLInputType, path: string[], inside: readonly string[] = []): string[][] {
  const named = getNamedType(type);
  const listed = isListType(isNonNullType(type) ? type.ofType : type);
  if (named.name === 'ID')
    return notOurs.includes(path.at(-1) ?? '') ? [] : [[...path, ...(listed ? ['0'] : [])]];
  if (!isInputObjectType(named) || inside.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    idPaths(field.type, [...path, ...(listed ? ['0'] : []), field.name], [...inside, named.name]),
  );
}

function document(kind: string, field: GraphQLField<unknown, unknown>, variables: object): string {
  const args = field.args.filter((arg) => arg.name in variables);
  const given = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return `${kind} (${given}) { ${field.name}(${passed}) ${selection} }`;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: string): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (String(i) === key ? replaced(one, rest, by) : one));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: replaced(record[key], rest, by) };
}

describe('an object of another business', () => {
  let app: App;
  let own: Tenant;
  let foreign: Tenant;
  let token: string;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    [own, foreign] = [await createTenantObjects(app, app.businessId, app.senderId), await createTenant(app)];
    token = await app.token();
  });
  afterAll(() => app?.close());

  async function ask(
    kind: string,
    query: string,
    variables: Record<string, unknown>,
  ): ReturnType<App['graphql']> {
    if (kind !== 'subscription') return app.graphql(query, variables, token);
    const socket = await app.socket(token);
    try {
      for await (const result of socket.iterate({ query, variables })) return result as never;
      return {};
    } catch (errors) {
      return { errors } as never;
    } finally {
      await socket.dispose();
    }
  }

  it('is requested here by every operation that takes an id', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(requests).sort());
    for (const { name, ids } of operations) {
      for (const path of ids) {
        const value = valueAt(requestOf(name, own, path), path);
        expect([name, ...path, typeof value]).toEqual([name, ...path, 'string']);
      }
    }
  });

  for (const { name, kind, field, ids } of operations) {
    for (const path of ids) {
      it(`is NOT_FOUND for ${name}, ${path.join('.')}`, async () => {
        const variables = requestOf(name, own, path);
        const query = document(kind, field, variables);
        const mine = valueAt(variables, path);
        const [what] = Object.entries(own).find(([, id]) => id === mine) ?? [];
        const theirs = foreign[what as keyof Tenant];
        const answers = [];
        for (const id of [theirs, randomUUID(), 'none', "' OR 1=1 --", theirs.toUpperCase()]) {
          const changed = replaced(variables, path, id) as Record<string, unknown>;
          answers.push(refusalOf(await ask(kind, query, changed)));
        }
        expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' });
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      });
    }
  }

  it('is unchanged after all these requests', async () => {
    const rows = await app.database.query<{ status: string; count: string }[]>(
      `SELECT status, (SELECT count(*) FROM conversions WHERE business_id = $1) AS count,
         (SELECT array_agg(name || array_to_string(tags, ',')) FROM leads WHERE business_id = $1) AS leads,
         (SELECT count(*) FROM suppressions) AS suppressions FROM campaigns WHERE business_id = $1`,
      [foreign.businessId],
    );
    expect(rows).toEqual([{ status: 'DRAFT', count: '0', leads: ['Asha'], suppressions: '0' }]);
  });

  it('is not listed, except for an operator', async () => {
    const names = async (role: Role) =>
      (
        await app.data<{ businesses: { id: string }[] }>(
          `{ businesses { id } }`,
          {},
          await app.token({ role, businessIds: [own.businessId] }),
        )
      ).businesses.map(({ id }) => id);
    expect(await names(Role.ADMIN)).toEqual([own.businessId]);
    expect(await names(Role.OPERATOR)).toEqual([own.businessId, foreign.businessId]);
  });
});
