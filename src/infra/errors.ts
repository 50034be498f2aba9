import { isNativeError } from 'node:util/types';
import { GraphQLError } from 'graphql';

/** The codes a caller may see in `extensions.code`, with the HTTP status of each on the plain HTTP paths. */
const httpStatus = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;

export type ErrorCode = keyof typeof httpStatus;

/** One of several problems of an input: its field, and what was expected there. */
export interface InputProblem {
  field: string;
  message: string;
}

/** An error that is meant for the caller, who sees its message and code as they are. */
export class UserError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    field?: string,
    problems?: readonly InputProblem[],
  ) {
    super(message, {
      extensions: {
        code,
        ...(field === undefined ? {} : { field }),
        ...(problems ? { problems } : {}),
        // Over HTTP a missing or bad token is also a 401, so that proxies and clients notice it.
        ...(code === 'UNAUTHENTICATED' ? { http: { status: 401 } } : {}),
      },
    });
  }

  get httpStatus(): number {
    return httpStatus[this.code];
  }
}

/** `field` is the path from the argument down, e.g. `input.filter.totalSpent`; `expected` completes "expected …". */
export function badInput(field: string, expected: string): UserError {
  return new UserError('BAD_USER_INPUT', `${field}: expected ${expected}`, field);
}

/**
 * All problems of an input at once, at least one, in `extensions.problems`; `extensions.field` and the message are the
 * first one's.
 */
export function badInputs(problems: readonly { field: string; expected: string }[]): UserError {
  const messages = problems.map(({ field, expected }) => ({ field, message: `expected ${expected}` }));
  const [first, ...others] = messages;
  const more = others.length > 0 ? ` (and ${others.length} more: see extensions.problems)` : '';
  return new UserError('BAD_USER_INPUT', `${first?.field}: ${first?.message}${more}`, first?.field, messages);
}

/** Also for what exists but belongs to another business: a caller must not be able to tell the two apart. */
export function notFound(what: string): UserError {
  return new UserError('NOT_FOUND', `${what} not found`);
}

/** Every failed authentication looks the same from outside. */
export function unauthenticated(): UserError {
  return new UserError('UNAUTHENTICATED', 'A valid token is required: Authorization: Bearer <JWT>');
}

/** PostgreSQL or Redis is not connected yet, or not any more: thrown by our own checks before they are used. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** SQLSTATE classes: 08 connection exceptions, 53 insufficient resources, 57P shutdown and crash recovery. */
const unavailableSqlState = /^(08...|53...|57P..)$/;
/** Lock, statement, idle-in-transaction and transaction timeouts; serialization failure and deadlock. */
const busySqlState = /^(55P03|57014|25P03|25P04|40001|40P01)$/;
/** Node's codes of a connection that cannot be made or broke. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
]);
/** Error classes of ioredis, BullMQ and our own that mean a lost connection. */
const unavailableClasses = new Set([
  'NotConnected',
  'AbortError',
  'MaxRetriesPerRequestError',
  'ConnectionClosedError',
]);
/** First words of Redis's replies while it starts, fails over or runs a script for too long. */
const unavailableReplies = /^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|READONLY|BUSY) /;
/** What pg, pg-pool and ioredis throw as a plain Error, without a code or a class: compared as a whole. */
const unavailableMessages = new Set([
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'connect ETIMEDOUT',
  'Command timed out',
  'Connection is closed.',
  "Stream isn't writeable and enableOfflineQueue options is false",
]);

/**
 * Whether PostgreSQL or Redis is away for now (not reachable, restarting, out of resources), so that the same work
 * may succeed later. A programming error never is.
 */
export function isUnavailable(error: unknown): boolean {
  return causes(error).some(
    (one) =>
      networkCodes.has(codeOf(one)) ||
      unavailableSqlState.test(codeOf(one)) ||
      unavailableClasses.has(one.name) ||
      (one.name === 'ReplyError' && unavailableReplies.test(one.message)) ||
      unavailableMessages.has(one.message),
  );
}

/**
 * Whether the server is there, but this piece of work met a timeout or a deadlock: others hold its rows, or it is too
 * large. Waiting for the server does not help; smaller pieces, or the other tenants' work first, may.
 */
export function isBusy(error: unknown): boolean {
  return causes(error).some((one) => busySqlState.test(codeOf(one)));
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/**
 * An error with the errors inside it: TypeORM wraps the driver's, graphql-js what comes from another realm (a vm
 * context), and Node collects one for each address.
 */
function causes(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error || isNativeError(error)) || depth > 5) return [];
  const { driverError, thrownValue, errors } = error as Error & Record<string, unknown>;
  const several: unknown[] = Array.isArray(errors) ? errors : [];
  const inside = [driverError, thrownValue, error.cause, ...several];
  return [error, ...inside.flatMap((one) => causes(one, depth + 1))];
}

/** What the caller may see of any error: a {@link UserError} as it is, everything else without internal details. */
export function toUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (isUnavailable(error) || isBusy(error)) {
    return new UserError('SERVICE_UNAVAILABLE', 'The service is not available right now; please try again');
  }
  // Unique violation: two requests created the same thing at the same time, after both had found it missing.
  if ((error as { code?: unknown } | null)?.code === '23505')
    return new UserError('CONFLICT', 'It already exists');
  return new UserError('INTERNAL_SERVER_ERROR', 'Internal server error');
}
