import { ConfigError, loadConfig } from '../../src/config';
import type { Role } from '../../src/config';
import { failpointNames } from '../../src/infra/failpoint';

const complete = {
  DATABASE_URL: 'postgres://localhost/dakiya',
  REDIS_URL: 'redis://localhost:6379',
  JWT_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEY: 'ab'.repeat(32),
  WHATSAPP_APP_SECRET: 'app-secret',
  WHATSAPP_VERIFY_TOKEN: 'verify-token',
};

function problemsOf(environment: Record<string, string | undefined>, role: Role): readonly string[] {
  try {
    loadConfig(environment, role);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const namesOf = (problems: readonly string[]) => problems.map((problem) => problem.split(':')[0]).sort();

test('all problems are reported at once, each with the name and the expected value', () => {
  const problems = problemsOf(
    {
      ...complete,
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      ENCRYPTION_KEY: 'short',
      WHATSAPP_API_VERSION: '25',
      DELIVERY_ATTEMPTS: 'many',
      LOG_LEVEL: 'loud',
      JWT_SECRET: 'short',
      REDIS_URL: undefined,
    },
    'api',
  );
  expect(namesOf(problems)).toEqual([
    'DATABASE_URL',
    'DELIVERY_ATTEMPTS',
    'ENCRYPTION_KEY',
    'JWT_SECRET',
    'LOG_LEVEL',
    'PORT',
    'REDIS_URL',
    'WHATSAPP_API_VERSION',
  ]);
  expect(problems).toContain('PORT: expected a whole number from 0 to 65535');
  expect(problems).toContain('ENCRYPTION_KEY: expected 32 bytes as 64 hex digits or base64');
});

test('a worker has no port without WORKER_PORT', () => {
  expect(loadConfig(complete, 'worker').workerPort).toBeUndefined();
  expect(loadConfig({ ...complete, WORKER_PORT: '' }, 'worker').workerPort).toBeUndefined();
  expect(loadConfig({ ...complete, WORKER_PORT: '9100' }, 'worker').workerPort).toBe(9100);
  expect(problemsOf({ ...complete, WORKER_PORT: 'none' }, 'worker')).toEqual([
    'WORKER_PORT: expected a whole number from 0 to 65535',
  ]);
});

test.each([
  [
    'api',
    [
      'DATABASE_URL',
      'ENCRYPTION_KEY',
      'JWT_SECRET',
      'REDIS_URL',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_VERIFY_TOKEN',
    ],
  ],
  ['worker', ['DATABASE_URL', 'ENCRYPTION_KEY', 'REDIS_URL']],
  ['migrate', ['DATABASE_URL']],
  ['token', ['JWT_SECRET']],
  ['start', []],
] as [Role, string[]][])('%s runs on no development default: it wants %j', (role, names) => {
  expect(namesOf(problemsOf({}, role))).toEqual(names);
  expect(namesOf(problemsOf(Object.fromEntries(names.map((name) => [name, ''])), role))).toEqual(names);
  expect(problemsOf(complete, role)).toEqual([]);
});

test('exactly one of JWT_SECRET and JWT_JWKS_URL is required', () => {
  const jwks = { JWT_JWKS_URL: 'https://login.example/keys' };
  expect(namesOf(problemsOf({ ...complete, ...jwks }, 'api'))).toEqual(['JWT_JWKS_URL']);
  expect(problemsOf({ ...complete, ...jwks, JWT_SECRET: undefined }, 'api')).toEqual([]);
});

test('the configuration has defaults and is frozen', () => {
  const config = loadConfig(complete, 'api');
  expect(config).toMatchObject({
    port: 8000,
    publicUrl: 'http://localhost:8000',
    redisPrefix: '{dakiya}',
    introspection: true,
    delivery: { concurrency: 10, batchSize: 100, attempts: 3, backoffMs: 2000, unconfirmedAfterMs: 900_000 },
    whatsapp: { apiUrl: 'https://graph.facebook.com' },
  });
  expect(
    Object.isFrozen(config) && Object.isFrozen(config.delivery) && Object.isFrozen(config.whatsapp),
  ).toBe(true);
  expect(loadConfig({ ...complete, NODE_ENV: 'production' }, 'api').introspection).toBe(false);
  expect(loadConfig({ ...complete, PUBLIC_URL: 'https://a.example/' }, 'api').publicUrl).toBe(
    'https://a.example',
  );
});

test('the encryption key may be hex or base64 of 32 bytes', () => {
  const bytes = Buffer.alloc(32, 7);
  for (const text of [bytes.toString('hex'), bytes.toString('base64')])
    expect(loadConfig({ ...complete, ENCRYPTION_KEY: text }, 'api').encryptionKey).toEqual(bytes);
});

test('MEDIA_ALLOWED_HOSTS takes IPv6 addresses with and without brackets', () => {
  const hosts = (text: string) =>
    loadConfig({ ...complete, MEDIA_ALLOWED_HOSTS: text }, 'api').mediaAllowedHosts;
  expect(hosts('::1, [FD00:0:0::2], shop.internal,10.0.0.7')).toEqual([
    '[::1]',
    '[fd00::2]',
    'shop.internal',
    '10.0.0.7',
  ]);
  expect(namesOf(problemsOf({ ...complete, MEDIA_ALLOWED_HOSTS: 'shop.internal:8080' }, 'api'))).toEqual([
    'MEDIA_ALLOWED_HOSTS',
  ]);
});

describe('the proxy for calls to WhatsApp', () => {
  const proxyOf = (environment: Record<string, string>) =>
    loadConfig({ ...complete, ...environment }, 'worker').whatsapp.proxy;
  const proxy = 'http://proxy.example:3128';

  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: proxy }, { url: proxy, noProxy: '' }],
    [
      { https_proxy: `${proxy}/`, no_proxy: 'a.example' },
      { url: proxy, noProxy: 'a.example' },
    ],
    [
      { HTTPS_PROXY: 'http://other.example', https_proxy: proxy, NO_PROXY: 'other.example', no_proxy: '*' },
      { url: proxy, noProxy: '*' },
    ],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, { url: proxy, noProxy: '' }],
    [{ HTTP_PROXY: proxy }, undefined],
    [
      { HTTP_PROXY: proxy, WHATSAPP_API_URL: 'http://whatsapp.example' },
      { url: proxy, noProxy: '' },
    ],
    [
      { http_proxy: proxy, WHATSAPP_API_URL: 'http://whatsapp.example' },
      { url: proxy, noProxy: '' },
    ],
    [{ HTTPS_PROXY: proxy, WHATSAPP_API_URL: 'http://whatsapp.example' }, undefined],
  ])('%j: %j', (environment, expected) => {
    expect(proxyOf(environment as Record<string, string>)).toEqual(expected);
  });

  test('a URL with another scheme than http or https is refused with the name of the variable', () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])
      expect(problemsOf({ ...complete, [name]: 'socks5://proxy.example' }, 'worker')).toEqual([
        `${name}: expected an http or https URL`,
      ]);
  });
});

describe('failpoints', () => {
  const withFailpoint = (FAILPOINT: string) => ({ ...complete, FAILPOINT });

  test('have a name, an action and a share, which is 1 by default', () => {
    const { failpoints } = loadConfig(
      {
        ...withFailpoint('after_http:exit@0.05, before_enqueue:throw,before_http:delay(250)@.5'),
        FAILPOINT_SEED: '7',
      },
      'worker',
    );
    expect(failpoints).toEqual({
      seed: 7,
      points: [
        { name: 'after_http', action: { kind: 'exit' }, share: 0.05 },
        { name: 'before_enqueue', action: { kind: 'throw' }, share: 1 },
        { name: 'before_http', action: { kind: 'delay', ms: 250 }, share: 0.5 },
      ],
    });
    expect(loadConfig(complete, 'worker').failpoints).toBeUndefined();
  });

  test.each([
    'after_lunch:exit',
    'after_http',
    'after_http:stop',
    'after_http:exit@2',
    'after_http:exit@0',
    'after_http:delay',
    'after_http:exit,',
  ])('%s is refused with a list of what is allowed', (text) => {
    const [problem] = problemsOf(withFailpoint(text), 'worker');
    for (const word of ['FAILPOINT: expected', ...failpointNames, 'exit', 'throw', 'delay(ms)'])
      expect(problem).toContain(word);
  });

  test('are refused in production', () => {
    const production = { ...withFailpoint('after_http:exit'), NODE_ENV: 'production' };
    expect(problemsOf(production, 'api')).toEqual([
      'FAILPOINT: expected nothing where NODE_ENV is production',
    ]);
  });
});
