import { randomUUID } from 'node:crypto';
import { App } from '../support/app';
import { refusal } from './ask';

type Fields = Record<string, unknown>;
interface Contact extends Fields {
  id: string;
  name: string;
}

const all = `id businessId kind name phone phoneE164 bsuid email tags attributes status quality city state assignedUserId
  engagementScore totalSpent totalOrders lastOrderAt externalId optedOut createdAt updatedAt`;
const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) { ${all} } }`;
const update = `mutation ($id: ID!, $input: UpdateContactInput!) { updateContact(id: $id, input: $input) { ${all} } }`;
const tag = `mutation ($ids: [ID!]!, $add: [String!], $remove: [String!]) {
  tagContacts(ids: $ids, add: $add, remove: $remove) { id tags } }`;

describe('contacts', () => {
  let app: App;
  let next = 0;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
  });
  afterAll(() => app?.close());

  const phone = () => `+9198765${String(next++).padStart(5, '0')}`;
  const input = (more: Fields = {}) => ({
    businessId: app.businessId,
    kind: 'LEAD',
    phone: phone(),
    ...more,
  });
  const add = async (more: Fields = {}) =>
    (await app.data<{ createContact: Contact }>(create, { input: input(more) })).createContact;
  const change = async (id: string, more: Fields) =>
    (await app.data<{ updateContact: Contact }>(update, { id, input: more })).updateContact;

  it('are created with all fields of their kind', async () => {
    const common = {
      name: ' Asha Verma ',
      phone: '098765 43210',
      bsuid: 'IN.13491208655302741918',
      email: 'Asha@Example.com',
      tags: ['vip', 'newsletter', ' vip '],
      attributes: { 'Date of birth': '1990-03-12', visits: 3, member: true, empty: '', gone: null },
    };
    const stored = {
      name: 'Asha Verma',
      phone: '098765 43210',
      phoneE164: '+919876543210',
      bsuid: 'IN.13491208655302741918',
      email: 'Asha@Example.com',
      tags: ['vip', 'newsletter'],
      attributes: { 'Date of birth': '1990-03-12', visits: 3, member: true, empty: '' },
      businessId: app.businessId,
      optedOut: false,
    };
    const nothing = {
      status: null,
      quality: null,
      city: null,
      state: null,
      assignedUserId: null,
      engagementScore: null,
      totalSpent: null,
      totalOrders: null,
      lastOrderAt: null,
    };
    const lead = {
      status: 'QUALIFIED',
      quality: 'HOT',
      city: 'Mumbai',
      state: 'Maharashtra',
      assignedUserId: 'u7',
    };
    expect(await add({ ...common, ...lead, externalId: 'crm-1' })).toMatchObject({
      ...stored,
      ...nothing,
      ...lead,
      kind: 'LEAD',
      externalId: 'crm-1',
    });
    const customer = { engagementScore: 7, totalOrders: 3, lastOrderAt: '2026-11-01T10:00:00.000Z' };
    const made = await add({
      ...common,
      ...customer,
      totalSpent: 49.9,
      kind: 'CUSTOMER',
      externalId: 'crm-1',
    });
    expect(made).toMatchObject({
      ...stored,
      ...nothing,
      ...customer,
      totalSpent: '49.90',
      kind: 'CUSTOMER',
      externalId: 'crm-1',
    });
    const { contact } = await app.data<{ contact: Contact }>(
      `query ($id: ID!) { contact(id: $id) { ${all} } }`,
      {
        id: made.id.toUpperCase(),
      },
    );
    expect(contact).toEqual(made);
  });

  it('may have a phone that cannot be read, no phone but a bsuid, and the phone of another', async () => {
    expect(await add({ phone: ' call me ' })).toMatchObject({ phone: 'call me', phoneE164: null });
    expect(await add({ phone: null, bsuid: 'IN.7' })).toMatchObject({ phone: null, phoneE164: null });
    const [a, b] = [await add({ phone: '+5215512345678' }), await add({ phone: '+52 55 1234 5678' })];
    expect([a.phoneE164, b.phoneE164]).toEqual(['+5215512345678', '+525512345678']);
    expect(await add({ kind: 'CUSTOMER' })).toMatchObject({
      name: '',
      tags: [],
      attributes: {},
      totalSpent: '0.00',
      totalOrders: 0,
    });
  });

  const long = (length: number) => 'x'.repeat(length);
  const tooManyAttributes = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, i]));
  it.each<[string, Fields]>([
    ['phone', { phone: null }],
    ['phone', { phone: '  ', bsuid: '' }],
    ['phone', { phone: long(201) }],
    ['name', { name: long(201) }],
    ['name', { name: 'a\0b' }],
    ['bsuid', { bsuid: 'two words' }],
    ['email', { email: 'asha' }],
    ['email', { email: 'a b@example.com' }],
    ['email', { email: `${long(320)}@example.com` }],
    ['externalId', { externalId: long(201) }],
    ['tags.1', { tags: ['vip', ' '] }],
    ['tags.0', { tags: [long(201)] }],
    ['tags', { tags: Array.from({ length: 101 }, (_, i) => `t${i}`) }],
    ['city', { city: long(201) }],
    ['quality', { quality: 'LUKEWARM' }],
    ['engagementScore', { engagementScore: 1 }],
    ['city', { kind: 'CUSTOMER', city: 'Mumbai' }],
    ['engagementScore', { kind: 'CUSTOMER', engagementScore: -1 }],
    ['engagementScore', { kind: 'CUSTOMER', engagementScore: 1.5 }],
    ['totalOrders', { kind: 'CUSTOMER', totalOrders: -1 }],
    ['totalSpent', { kind: 'CUSTOMER', totalSpent: '-0.01' }],
    ['totalSpent', { kind: 'CUSTOMER', totalSpent: '1.005' }],
    ['totalSpent', { kind: 'CUSTOMER', totalSpent: 'much' }],
    ['lastOrderAt', { kind: 'CUSTOMER', lastOrderAt: 'yesterday' }],
    ['attributes', { attributes: [1] }],
    ['attributes', { attributes: tooManyAttributes }],
    ['attributes.list', { attributes: { list: ['a'] } }],
    ['attributes.inner', { attributes: { ok: 1, inner: { a: 1 } } }],
    ['attributes.text', { attributes: { text: long(10_001) } }],
    ['attributes.text', { attributes: { text: 'a\0b' } }],
    [`attributes.${long(100)}`, { attributes: { [long(101)]: 1 } }],
    ['attributes.', { attributes: { '  ': 1 } }],
    ['attributes.twice', { attributes: { twice: 1, ' twice ': 2 } }],
  ])('are refused because of %s: %j', async (field, wrong) => {
    expect(await refusal(app, create, { input: input(wrong) })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: `input.${field}`,
    });
  });

  it('keep attributes of any name as they are', async () => {
    const odd =
      JSON.parse(`{"__proto__": "a", "constructor": 1, "a'); DROP TABLE leads; --": true, "$1": 2, "a.b": "c",
      "नाम": "आशा 🎉", "\\ud83d": "\\ud83d!"}`) as Fields;
    const { id, attributes } = await add({ attributes: odd });
    const expected = Object.entries(odd).map(([name, value]) => [
      name.toWellFormed(),
      typeof value === 'string' ? value.toWellFormed() : value,
    ]);
    expect(Object.entries(attributes as Fields).sort()).toEqual(expected.sort());
    const changed = await change(id, { attributes: JSON.parse('{"__proto__": null, "$1": 3}') });
    expect(Object.entries(changed.attributes as Fields)).toHaveLength(6);
    expect(changed.attributes).toMatchObject({ $1: 3, 'a.b': 'c' });
  });

  it('change by what is given: the rest stays, null clears', async () => {
    const before = await add({
      name: 'Bina',
      email: 'b@example.com',
      tags: ['a'],
      attributes: { a: 1, b: 2 },
      status: 'LOST',
      city: 'Pune',
      externalId: 'x-1',
    });
    const { updatedAt, ...rest } = before;
    const same = await change(before.id, {});
    expect(same).toMatchObject(rest);
    const changed = await change(before.id, { phone: '98765 00042', attributes: { b: null, c: 'x' } });
    expect(changed).toMatchObject({
      ...rest,
      phone: '98765 00042',
      phoneE164: '+919876500042',
      attributes: { a: 1, c: 'x' },
    });
    expect(Date.parse(changed.updatedAt as string)).toBeGreaterThan(Date.parse(updatedAt as string));
    const cleared = await change(before.id, {
      name: null,
      email: null,
      tags: null,
      status: null,
      city: null,
      externalId: null,
      attributes: null,
    });
    expect(cleared).toMatchObject({
      name: '',
      email: null,
      tags: [],
      status: 'NEW',
      city: null,
      externalId: null,
      attributes: { a: 1, c: 'x' },
    });
    expect(await refusal(app, update, { id: before.id, input: { phone: null } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.phone',
    });
    expect(await refusal(app, update, { id: before.id, input: { totalOrders: 1 } })).toMatchObject({
      field: 'input.totalOrders',
    });
    const many = (from: number) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`n${from + i}`, i]));
    await change(before.id, { attributes: many(0) });
    expect(await refusal(app, update, { id: before.id, input: { attributes: many(60) } })).toMatchObject({
      field: 'input.attributes',
    });
  });

  it('at the same time keep every change', async () => {
    const { id } = await add();
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => change(id, { attributes: { [`a${i}`]: i }, externalId: `e${i}` })),
    );
    const last = await change(id, {});
    expect(Object.keys(last.attributes as Fields)).toHaveLength(8);
  });

  it('have an externalId of their own in their kind and business', async () => {
    const taken = await add({ externalId: 'same' });
    await add({ externalId: 'same', kind: 'CUSTOMER' });
    const conflict = { code: 'CONFLICT', field: 'input.externalId' };
    expect(await refusal(app, create, { input: input({ externalId: ' same ' }) })).toMatchObject(conflict);
    const other = await add();
    expect(await refusal(app, update, { id: other.id, input: { externalId: 'same' } })).toMatchObject(
      conflict,
    );
    expect(await change(taken.id, { externalId: 'same' })).toMatchObject({ externalId: 'same' });
  });

  it('are deleted, and returned as they were', async () => {
    const made = await add({ name: 'Chand' });
    const remove = `mutation ($id: ID!) { deleteContact(id: $id) { ${all} } }`;
    expect(await app.data(remove, { id: made.id })).toEqual({ deleteContact: made });
    expect(await refusal(app, remove, { id: made.id })).toEqual({
      code: 'NOT_FOUND',
      field: undefined,
      message: 'Contact not found',
    });
  });

  describe('get and lose tags', () => {
    it('of both kinds, in the order given', async () => {
      const contacts = [await add({ tags: ['a', 'b'] }), await add({ kind: 'CUSTOMER' })];
      const ids = contacts.map(({ id }) => id).reverse();
      const ask = { ids: [...ids, ids[0]], add: ['c', 'b', 'c'], remove: ['a'] };
      const done = {
        tagContacts: [
          { id: ids[0], tags: ['c', 'b'] },
          { id: ids[1], tags: ['b', 'c'] },
        ],
      };
      expect(await app.data(tag, ask)).toEqual(done);
      expect(await app.data(tag, ask)).toEqual(done);
    });

    it('all of them or none', async () => {
      const { id } = await add({ tags: ['a'] });
      const full = await add({ tags: Array.from({ length: 100 }, (_, i) => `t${i}`) });
      for (const [ask, expected] of [
        [{ ids: [id, randomUUID()], add: ['b'] }, { code: 'NOT_FOUND' }],
        [{ ids: [id, full.id], add: ['b'] }, { field: 'add' }],
        [{ ids: [], add: ['b'] }, { field: 'ids' }],
        [{ ids: Array.from({ length: 1001 }, () => id), add: ['b'] }, { field: 'ids' }],
        [{ ids: [id] }, { field: 'add' }],
        [{ ids: [id], add: [' '] }, { field: 'add.0' }],
        [{ ids: [id], add: ['b'], remove: ['x', 'b'] }, { field: 'remove.1' }],
      ] as const)
        expect(await refusal(app, tag, ask)).toMatchObject(expected);
      expect((await change(id, {})).tags).toEqual(['a']);
    });
  });
});
