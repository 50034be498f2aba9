import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { parseFailpoints } from './infra/failpoint';
import type { Failpoints } from './infra/failpoint';

/** Roles of a process; `start` is all of them in one, with embedded services. */
export type Role = 'api' | 'worker' | 'simulator' | 'migrate' | 'seed' | 'verify' | 'token' | 'start';

/** The settings of a process, from its environment. Built once by {@link loadConfig}, then frozen. */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  /** Where a worker answers /healthz, /readyz and /metrics; undefined: nowhere. */
  readonly workerPort: number | undefined;
  /** The public address, without a trailing slash: click links and the webhook URL start with it. */
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Prefix of every Redis key and channel; the braces keep them in one slot of a Redis Cluster. */
  readonly redisPrefix: string;
  readonly jwt: {
    readonly secret: string | undefined;
    readonly jwksUrl: string | undefined;
    readonly issuer: string | undefined;
    readonly audience: string | undefined;
  };
  readonly whatsapp: {
    readonly apiUrl: string;
    readonly apiVersion: string;
    readonly appSecret: string;
    readonly verifyToken: string;
    /** The proxy for calls to WhatsApp, and the hosts that are reached without it. */
    readonly proxy: { readonly url: string; readonly noProxy: string } | undefined;
  };
  /** Hosts that media may be fetched from although they are not public, in lower case. */
  readonly mediaAllowedHosts: readonly string[];
  /** 32 bytes; encrypts provider tokens at rest. */
  readonly encryptionKey: Buffer;
  readonly delivery: {
    readonly concurrency: number;
    readonly batchSize: number;
    readonly attempts: number;
    readonly backoffMs: number;
    readonly unconfirmedAfterMs: number;
  };
  /** A rate card to use instead of the product's; see rate-cards/README.md. */
  readonly rateCard: string | undefined;
  readonly introspection: boolean;
  readonly logLevel: string;
  readonly metricsToken: string | undefined;
  /** Directory of PostgreSQL's programs for `start`, instead of those that npm installed. */
  readonly pgBin: string | undefined;
  /** File in which the simulator keeps its state; without it the state is lost when it stops. */
  readonly simulatorState: string | undefined;
  /** This process was started by `npm start`, and ends together with npm. */
  readonly startedByNpm: boolean;
  /** Where a test makes this process fail; never in production. */
  readonly failpoints: Failpoints | undefined;
}

/** All problems of a configuration, one line each: "NAME: what is expected". */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : 'problems'}:\n  ${problems.join('\n  ')}`,
    );
  }
}

const numberWithin = (min: number, max: number) =>
  z.coerce
    .number(`a whole number from ${min} to ${max}`)
    .int(`a whole number from ${min} to ${max}`)
    .min(min, `a whole number from ${min} to ${max}`)
    .max(max, `a whole number from ${min} to ${max}`);

const wholeNumber = (fallback: number, min: number, max: number) => numberWithin(min, max).default(fallback);

const httpUrl = z
  .string()
  .refine((text) => /^https?:\/\/[^/]/.test(text) && URL.canParse(text), 'an http or https URL')
  .transform((text) => text.replace(/\/+$/, ''));

/** As for curl, the scheme may be left out. */
const proxyUrl = z
  .string()
  .transform((text) => (text.includes('://') ? text : `http://${text}`))
  .pipe(httpUrl)
  .optional();

const serviceUrl = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text),
      `a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    );

/** In the spelling of URL: `[::1]` in brackets, numbers as four of them. */
const hostNames = z.string().transform((text, context) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => (isIPv6(name) ? `[${name}]` : name))
    .map((name) => {
      if (/^(\[[\da-f:.]+\]|[^\s/:@?#]+)$/i.test(name) && URL.canParse(`http://${name}`))
        return new URL(`http://${name}`).hostname;
      context.addIssue({
        code: 'custom',
        message: 'host names separated by commas, without schemes and ports',
      });
      return z.NEVER;
    }),
);

const encryptionKey = z.string().transform((text, context) => {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== 32) context.addIssue({ code: 'custom', message: '32 bytes as 64 hex digits or base64' });
  return key;
});

const failpoints = z.string().transform((text, context) => {
  const points = parseFailpoints(text);
  if (typeof points !== 'string') return points;
  context.addIssue({ code: 'custom', message: points });
  return z.NEVER;
});

const settings = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(8000, 0, 65535),
  WORKER_PORT: numberWithin(0, 65535).optional(),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: serviceUrl('postgres', 'postgresql').optional(),
  REDIS_URL: serviceUrl('redis', 'rediss').optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'letters, digits, - and _, at most 40')
    .default('dakiya'),
  JWT_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  JWT_JWKS_URL: httpUrl.optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  WHATSAPP_API_URL: httpUrl.default('https://graph.facebook.com'),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'a Graph API version such as v25.0')
    .default('v25.0'),
  WHATSAPP_APP_SECRET: z.string().min(8, 'at least 8 characters').optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().min(8, 'at least 8 characters').optional(),
  WHATSAPP_RATE_CARD: z.string().optional(),
  HTTPS_PROXY: proxyUrl,
  https_proxy: proxyUrl,
  HTTP_PROXY: proxyUrl,
  http_proxy: proxyUrl,
  NO_PROXY: z.string().optional(),
  no_proxy: z.string().optional(),
  ENCRYPTION_KEY: encryptionKey.optional(),
  MEDIA_ALLOWED_HOSTS: hostNames.optional(),
  WORKER_CONCURRENCY: wholeNumber(10, 1, 1000),
  DELIVERY_BATCH_SIZE: wholeNumber(100, 1, 1000),
  DELIVERY_ATTEMPTS: wholeNumber(3, 1, 20),
  DELIVERY_BACKOFF_MS: wholeNumber(2000, 1, 3_600_000),
  DELIVERY_UNCONFIRMED_AFTER_SECONDS: wholeNumber(900, 1, 7 * 86_400),
  GRAPHQL_INTROSPECTION: z.enum(['on', 'off'], 'on or off').optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  METRICS_TOKEN: z.string().min(1, 'a token of at least one character').optional(),
  PG_BIN: z.string().optional(),
  SIMULATOR_STATE: z.string().optional(),
  npm_lifecycle_event: z.string().optional(),
  FAILPOINT: failpoints.optional(),
  FAILPOINT_SEED: wholeNumber(1, 0, 0xffffffff),
});

/** The settings that a role requires; `start` makes its own secrets. */
const required: Record<Role, readonly (keyof z.infer<typeof settings>)[]> = {
  api: ['DATABASE_URL', 'REDIS_URL', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'ENCRYPTION_KEY'],
  worker: ['DATABASE_URL', 'REDIS_URL', 'ENCRYPTION_KEY'],
  migrate: ['DATABASE_URL'],
  seed: ['DATABASE_URL', 'ENCRYPTION_KEY'],
  verify: ['DATABASE_URL'],
  token: ['JWT_SECRET'],
  simulator: [],
  start: [],
};

/**
 * Reads and checks the environment. An empty value counts as not given.
 * @throws ConfigError naming every wrong or missing setting.
 */
export function loadConfig(environment: Record<string, string | undefined>, role: Role): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: expected ${issue.message}`);
  const known = new Set(problems.map((problem) => problem.split(':')[0]));
  for (const name of required[role]) {
    if (given[name] === undefined && !known.has(name)) problems.push(`${name}: is required for ${role}`);
  }
  if (role === 'api' && given.JWT_SECRET === undefined && given.JWT_JWKS_URL === undefined) {
    problems.push('JWT_SECRET: is required for api, unless JWT_JWKS_URL is given');
  }
  if (given.JWT_SECRET !== undefined && given.JWT_JWKS_URL !== undefined) {
    problems.push('JWT_JWKS_URL: expected either JWT_SECRET or JWT_JWKS_URL, not both');
  }
  if (given.NODE_ENV === 'production' && given.FAILPOINT !== undefined) {
    problems.push('FAILPOINT: expected nothing where NODE_ENV is production');
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  return Object.freeze<Config>({
    production,
    port: env.PORT,
    workerPort: env.WORKER_PORT,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    redisPrefix: `{${env.REDIS_PREFIX}}`,
    jwt: Object.freeze({
      secret: env.JWT_SECRET,
      jwksUrl: env.JWT_JWKS_URL,
      issuer: env.JWT_ISSUER,
      audience: env.JWT_AUDIENCE,
    }),
    whatsapp: Object.freeze({
      apiUrl: env.WHATSAPP_API_URL,
      apiVersion: env.WHATSAPP_API_VERSION,
      appSecret: env.WHATSAPP_APP_SECRET ?? '',
      verifyToken: env.WHATSAPP_VERIFY_TOKEN ?? '',
      proxy: proxyFor(env),
    }),
    encryptionKey: env.ENCRYPTION_KEY ?? Buffer.alloc(0),
    mediaAllowedHosts: Object.freeze(env.MEDIA_ALLOWED_HOSTS ?? []),
    delivery: Object.freeze({
      concurrency: env.WORKER_CONCURRENCY,
      batchSize: env.DELIVERY_BATCH_SIZE,
      attempts: env.DELIVERY_ATTEMPTS,
      backoffMs: env.DELIVERY_BACKOFF_MS,
      unconfirmedAfterMs: env.DELIVERY_UNCONFIRMED_AFTER_SECONDS * 1000,
    }),
    rateCard: env.WHATSAPP_RATE_CARD,
    introspection: env.GRAPHQL_INTROSPECTION ? env.GRAPHQL_INTROSPECTION === 'on' : !production,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    pgBin: env.PG_BIN,
    simulatorState: env.SIMULATOR_STATE,
    startedByNpm: env.npm_lifecycle_event === 'start',
    failpoints: env.FAILPOINT && Object.freeze({ points: env.FAILPOINT, seed: env.FAILPOINT_SEED }),
  });
}

/** By the scheme of WhatsApp's address; names in lower case come first, as for curl. */
function proxyFor(env: z.infer<typeof settings>): Config['whatsapp']['proxy'] {
  const secure = env.WHATSAPP_API_URL.startsWith('https:');
  const url = secure ? (env.https_proxy ?? env.HTTPS_PROXY) : (env.http_proxy ?? env.HTTP_PROXY);
  return url === undefined ? undefined : Object.freeze({ url, noProxy: env.no_proxy ?? env.NO_PROXY ?? '' });
}
