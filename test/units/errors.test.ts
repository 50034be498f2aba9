import { Column, Entity, EntityMetadataNotFoundError, PrimaryColumn } from 'typeorm';
import { Campaign } from '../../src/campaigns/campaign.entity';
import { entities } from '../../src/entities';
import { createDatabase, persistently, rows } from '../../src/infra/database';
import { isBusy, isUnavailable, toUserError } from '../../src/infra/errors';
import { createTestDatabase, silent } from '../support/database';
import type { TestDatabase } from '../support/database';

const withCode = (code: string, message = 'an error') => Object.assign(new Error(message), { code });
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('errors of PostgreSQL and Redis', () => {
  test.each([
    ['connection refused', withCode('ECONNREFUSED')],
    ['every address refused', new AggregateError([withCode('ECONNREFUSED')], 'all failed')],
    ['a reset inside another error', new Error('sending failed', { cause: withCode('ECONNRESET') })],
    ['the server shuts down', withCode('57P01')],
    ['the server starts up', withCode('57P03')],
    ['too many connections', withCode('53300')],
    ['the disk is full', withCode('53100')],
    ['a connection failure', withCode('08006')],
    ['pg: the connection ended', new Error('Connection terminated unexpectedly')],
    ['pg-pool: no connection in time', new Error('timeout exceeded when trying to connect')],
    ['ioredis: closed', new Error('Connection is closed.')],
    ['ioredis: no reply in time', new Error('Command timed out')],
    ['ioredis: given up', named('MaxRetriesPerRequestError', 'any text')],
    ['Redis is loading', named('ReplyError', 'LOADING Redis is loading the dataset in memory')],
  ])('unavailable: %s', (_what, error) => {
    expect([isUnavailable(error), isBusy(error)]).toEqual([true, false]);
    expect(toUserError(error)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  test.each(['55P03', '57014', '25P03', '40P01', '40001'])(
    'busy, which is not an outage, and the caller may retry: %s',
    (code) => {
      const error = withCode(code);
      expect([isUnavailable(error), isBusy(error)]).toEqual([false, true]);
      expect(toUserError(error)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    },
  );

  test.each([
    ['an entity that is not registered', new EntityMetadataNotFoundError('Nobody')],
    ['a column that is not there', withCode('42703', 'column "ETIMEDOUT" does not exist')],
    ['words of an outage in another error', new Error('cannot parse "ECONNREFUSED: Connection is closed"')],
    ['a wrong Redis command', named('ReplyError', 'ERR unknown command: BUSY LOADING')],
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'Socket closed')")],
  ])('a programming error: %s', (_what, error) => {
    expect([isUnavailable(error), isBusy(error)]).toEqual([false, false]);
    expect(toUserError(error)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });
});

@Entity('forgotten')
class Forgotten {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
}

describe('a data source', () => {
  let own: TestDatabase;

  beforeAll(async () => {
    own = await createTestDatabase();
  });
  afterAll(() => own?.drop());

  const errorOf = (work: () => Promise<unknown>) =>
    work().then(
      () => undefined,
      (error: unknown) => error,
    );

  it('that is not connected is reported as unavailable by each of its methods', async () => {
    const database = createDatabase({
      url: own.url,
      entities,
      poolSize: 1,
      statementTimeoutMs: 1000,
      log: silent,
    });
    for (const work of [
      async () => database.getRepository(Campaign).findOneBy({ id: '0' }),
      async () => rows(database, 'SELECT 1'),
      async () => database.transaction(() => Promise.resolve()),
      async () => database.query<unknown[]>('SELECT 1'),
    ])
      expect(isUnavailable(await errorOf(work))).toBe(true);
    await database.initialize();
    await database.getRepository(Campaign).find();
    await database.destroy();
    expect(isUnavailable(await errorOf(async () => database.getRepository(Campaign).find()))).toBe(true);
  });

  it('that is connected does not report an unregistered entity as an outage', async () => {
    const error = await errorOf(async () => own.database.getRepository(Forgotten).find());
    expect(error).toBeInstanceOf(EntityMetadataNotFoundError);
    expect(toUserError(error)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });

  it('does not retry after a lock timeout or a statement timeout', async () => {
    const blocker = own.database.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query(`LOCK TABLE segments`);
    let tries = 0;
    const blocked = () =>
      persistently(() => {
        tries++;
        return own.database.transaction(async (transaction) => {
          await transaction.query(`SET LOCAL lock_timeout = 50`);
          await transaction.query(`SELECT FROM segments`);
        });
      }, 60_000);
    const error = await errorOf(blocked);
    await blocker.rollbackTransaction();
    await blocker.release();
    expect([isBusy(error), isUnavailable(error), tries]).toEqual([true, false, 1]);
  });
});
