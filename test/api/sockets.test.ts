import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, documents, sendCampaign } from './ask';
import { createTenant } from './tenant';
import { Wire } from './wire';

const watch = `subscription ($id: ID!) { campaignStats(campaignId: $id) { id status version sentCount deliveryRate } }`;

describe('sockets', () => {
  let app: App;
  let campaignId: string;
  const wires: Wire[] = [];
  /** How many seconds a client that answers no ping stayed connected: it takes long, so the other tests go on meanwhile. */
  let stalled: Promise<number>;

  beforeAll(async () => {
    app = await App.start();
    campaignId = await createCampaign(app, ['+919876543210']);
    const start = Date.now();
    const { socket } = await Wire.open(app, { autoPong: false });
    socket.send(
      JSON.stringify({
        type: 'connection_init',
        payload: { authorization: `Bearer ${await app.token({ subject: 'stalled' })}` },
      }),
    );
    stalled = once(socket, 'close').then(() => (Date.now() - start) / 1000);
  });
  afterEach(() => wires.splice(0).forEach((wire) => wire.socket.terminate()));
  afterAll(() => app?.close());

  async function connect(token?: string): Promise<Wire> {
    const wire = await Wire.connect(app, token);
    wires.push(wire);
    return wire;
  }

  async function open(options?: Parameters<typeof Wire.open>[1]): Promise<Wire> {
    const wire = await Wire.open(app, options);
    wires.push(wire);
    return wire;
  }

  describe('are closed', () => {
    it('with 4408 without connection_init within three seconds', async () => {
      const start = Date.now();
      const wire = await open();
      expect(await wire.closing()).toMatchObject({ code: 4408 });
      expect(Date.now() - start).toBeGreaterThan(2500);
    });

    it('with 4401 for an operation before the acknowledgement', async () => {
      const wire = await open();
      wire.subscribe('1', '{ __typename }');
      expect(await wire.closing()).toMatchObject({ code: 4401 });
    });

    it.each<[string, unknown]>([
      ['no token', undefined],
      ['an empty payload', {}],
      ['garbage', { authorization: 'Bearer garbage' }],
      ['a token that is not a string', { authorization: { a: 1 } }],
      ['a token in another field', { token: 'x' }],
    ])('with 4403 for %s', async (_what, payload) => {
      const wire = await open();
      wire.send({ type: 'connection_init', payload });
      expect(await wire.closing()).toEqual({ code: 4403, reason: 'Forbidden' });
      expect(wire.messages).toEqual([]);
    });

    it('with 4403 for an expired token, and for one that expires while connected', async () => {
      const ended = await open();
      ended.send({
        type: 'connection_init',
        payload: { authorization: `Bearer ${await app.token({ ttlSeconds: -60 })}` },
      });
      expect(await ended.closing()).toMatchObject({ code: 4403 });

      const wire = await connect(await app.token({ ttlSeconds: 3 }));
      expect(await wire.ask('1', watch, { id: campaignId })).toMatchObject({ type: 'next' });
      expect(wire.closed).toBeUndefined();
      expect(await wire.closing()).toMatchObject({ code: 4403 });
    });

    it.each<[string, string, number]>([
      ['invalid JSON', '{', 4400],
      ['a message of an unknown type', '{"type":"shout"}', 4400],
      ['an operation without an id', '{"type":"subscribe","payload":{"query":"{ __typename }"}}', 4400],
      ['a second connection_init', '{"type":"connection_init"}', 4429],
      [
        'a frame that is too large',
        JSON.stringify({ type: 'ping', payload: { a: 'x'.repeat(70_000) } }),
        1009,
      ],
    ])('for %s', async (_what, frame, code) => {
      // graphql-ws logs to the console that a frame was too large
      const consoleError = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const wire = await connect();
      wire.send(frame);
      expect((await wire.closing()).code).toBe(code);
      consoleError.mockRestore();
    });

    it('with 4409 for two operations with the same id', async () => {
      const wire = await connect();
      await wire.ask('1', watch, { id: campaignId });
      wire.subscribe('1', watch, { id: campaignId });
      expect(await wire.closing()).toMatchObject({ code: 4409 });
    });

    it('with 4406 for the old subprotocol, or none', async () => {
      for (const protocols of [['graphql-ws'], []]) {
        // a client that offered a subprotocol and got none closes the connection itself
        const closed = await open({ protocols }).then(
          (wire) => wire.closing(),
          (error: Error) => error.message,
        );
        expect(closed).toEqual(
          protocols.length > 0
            ? 'Server sent no subprotocol'
            : { code: 4406, reason: 'Subprotocol not acceptable' },
        );
      }
    });
  });

  it('are not opened for another origin or at another path', async () => {
    for (const origin of ['https://evil.example.com', 'null', `${app.url}.evil.example.com`])
      await expect(open({ origin })).rejects.toThrow('403');
    await expect(open({ path: '/' })).rejects.toThrow('404');
    await expect(open({ path: '/graphql/../admin' })).rejects.toThrow('404');
    expect((await open({ origin: app.url })).closed).toBeUndefined();
  });

  it('do not concern requests that offer another protocol: the offer is ignored', async () => {
    const body = JSON.stringify({ query: '{ businesses { id } }' });
    const offering = request(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
        'content-type': 'application/json',
        authorization: `Bearer ${await app.token()}`,
      },
    });
    offering.end(body);
    const [answer] = (await once(offering, 'response')) as [IncomingMessage];
    const received = await text(answer);
    // Node 20 has no shouldUpgradeCallback; there such requests are refused instead of left without an answer.
    if ('shouldUpgradeCallback' in createServer())
      expect(JSON.parse(received)).toEqual({ data: { businesses: [{ id: app.businessId }] } });
    else expect({ status: answer.statusCode, received }).toEqual({ status: 400, received: '' });
  });

  it('are limited to fifty for a user, and closed ones do not count', async () => {
    const token = await app.token({ subject: 'many' });
    const fifty = await Promise.all(Array.from({ length: 50 }, () => connect(token)));
    const connectWith = async (by: string) => {
      const wire = await open();
      wire.send({ type: 'connection_init', payload: { authorization: `Bearer ${by}` } });
      return waitFor(() => wire.closed ?? (wire.messages.length > 0 && 'welcome'), {
        what: 'the socket is acknowledged or closed',
      });
    };
    expect(await connectWith(token)).toMatchObject({ code: 4429 });
    expect(await connectWith(await app.token({ subject: 'another' }))).toBe('welcome');
    fifty[0]?.close();
    await fifty[0]?.closing();
    expect(await connectWith(token)).toBe('welcome');
  });

  it('that are closed before the acknowledgement do not count', async () => {
    const token = await app.token({ subject: 'disconnecting' });
    for (let i = 0; i < 60; i++) {
      const wire = await open();
      wire.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
      wire.socket.terminate();
    }
    expect(await (await connect(token)).ask('1', '{ __typename }')).toMatchObject({ type: 'next' });
  });

  it('carry at most fifty operations at a time', async () => {
    const wire = await connect();
    for (let i = 1; i <= 50; i++) wire.subscribe(String(i), watch, { id: campaignId });
    await waitFor(() => wire.messages.filter(({ type }) => type === 'next').length === 50, {
      what: 'fifty snapshots have arrived',
    });
    const refused = await wire.ask('51', watch, { id: campaignId });
    expect(refused).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    wire.send({ type: 'complete', id: '7' });
    expect(await wire.ask('52', watch, { id: campaignId })).toMatchObject({ type: 'next' });
  });

  it('stay open after an error in one operation', async () => {
    const wire = await connect();
    await wire.ask('live', watch, { id: campaignId });
    expect(await wire.ask('syntax', '{ businesses {')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
    expect(await wire.ask('field', '{ nothing }')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(await wire.ask('none', 'fragment a on Query { __typename }')).toMatchObject({ type: 'error' });
    expect(await wire.ask('name', 'query A { __typename } query B { __typename }')).toMatchObject({
      type: 'error',
    });
    expect(await wire.ask('id', watch)).toMatchObject({
      payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'campaignId' } }] },
    });
    wire.send({ type: 'ping', payload: { at: 1 } });
    expect(await wire.until(({ type }) => type === 'pong', 'a pong')).toEqual({
      type: 'pong',
      payload: { at: 1 },
    });
    expect(await wire.ask('still', '{ __typename }')).toMatchObject({
      payload: { data: { __typename: 'Query' } },
    });
    expect(wire.closed).toBeUndefined();
  });

  it('accept queries and mutations, with the same checks', async () => {
    const wire = await connect(await app.token({ role: Role.VIEWER }));
    expect(await wire.ask('1', '{ businesses { id } }')).toMatchObject({
      type: 'next',
      payload: { data: { businesses: [{ id: app.businessId }] } },
    });
    expect(await wire.ask('2', sendCampaign, { id: campaignId })).toMatchObject({
      payload: { data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    });
    const marketer = await connect(await app.token({ role: Role.MARKETER }));
    const input = { businessId: app.businessId, audienceType: 'LEADS', filter: { city: [] } };
    expect(await marketer.ask('1', documents.previewAudience, { input })).toMatchObject({
      payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'input.filter.city' } }] },
    });
    expect(
      await marketer.ask('2', documents.previewAudience, { input: { ...input, filter: null } }),
    ).toMatchObject({ payload: { data: { previewAudience: { count: 0 } } } });
    expect(await marketer.ask('3', '{ __schema { queryType { name } } }')).toMatchObject({
      payload: { data: { __schema: { queryType: { name: 'Query' } } } },
    });
  });

  it('do not show campaigns of other businesses', async () => {
    const foreign = await createTenant(app);
    const wire = await connect();
    const answers = [];
    for (const id of [foreign.campaignId, randomUUID(), 'nothing'])
      answers.push((await wire.ask(id, watch, { id })).payload);
    expect(answers[0]).toMatchObject({
      errors: [{ message: 'Campaign not found', extensions: { code: 'NOT_FOUND' } }],
    });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await app.data(sendCampaign, { id: foreign.campaignId }, await app.token({ role: Role.OPERATOR }));
    await waitFor(async () => (await app.ledger()).length > 0, {
      what: 'the campaign of the other business is sent',
    });
    expect(wire.messages.filter(({ type }) => type === 'next')).toHaveLength(3);
  });

  it('send the figures of a campaign to its end, and stop on complete', async () => {
    const id = await createCampaign(app, ['+919876500002', '+919876500003']);
    const [stays, leaves] = [await connect(), await connect()];
    await Promise.all([stays, leaves].map((wire) => wire.ask('s', watch, { id })));
    leaves.send({ type: 'complete', id: 's' });
    await leaves.ask('gone', '{ __typename }');
    await app.data(sendCampaign, { id });
    type Event = { data: { campaignStats: { status: string; version: number; sentCount: number } } };
    const events = () =>
      stays.messages
        .filter(({ type }) => type === 'next')
        .map(({ payload }) => (payload as Event).data.campaignStats);
    await waitFor(() => events().at(-1)?.status === 'COMPLETED' && events().at(-1)?.sentCount === 2, {
      what: 'the campaign is completed',
    });
    const versions = events().map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(leaves.messages.filter(({ type, id: of }) => type === 'next' && of === 's')).toHaveLength(1);
    expect(stays.messages.filter(({ type }) => type === 'complete')).toEqual([]);
  });

  it('are closed within 24 seconds when the other side answers no more, and only then', async () => {
    const lives = await connect();
    const seconds = await stalled;
    expect(seconds).toBeGreaterThan(5);
    expect(seconds).toBeLessThan(23);
    expect(await lives.ask('a', '{ __typename }')).toMatchObject({ type: 'next' });
  });
});
