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

/** An error that is meant for the caller: its message and code leave the house as they are. */
export class UserError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    field?: string,
  ) {
    super(message, {
      extensions: {
        code,
        ...(field === undefined ? {} : { field }),
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

/** Also for what exists but belongs to another business: the two must not be told apart. */
export function notFound(what: string): UserError {
  return new UserError('NOT_FOUND', `${what} not found`);
}

/** Every failed authentication looks the same from outside. */
export function unauthenticated(): UserError {
  return new UserError('UNAUTHENTICATED', 'A valid token is required: Authorization: Bearer <JWT>');
}

// SQLSTATE: 08 connection, 53 resources, 57 shut down or cancelled, 25P03 and 55P03 timeouts, 40 to be tried again
const passingSqlStates = /^(08...|53...|57P..|25P03|40001|40P01)$/;
const passingMessages =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|Connection is closed|Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Command timed out|Stream isn't writeable|Reached the max retries|not queryable|DataSource is not (initialized|set)|No metadata for .* was found|Driver not Connected|Connection with .* is not established|LOADING Redis|Socket closed/i;

/** Whether the trouble is PostgreSQL's or Redis's for now (away, restarting, overloaded) and a later try may work. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  const state = typeof code === 'string' ? code : '';
  if (passingSqlStates.test(state) || passingMessages.test(`${state} ${error.name} ${error.message}`))
    return true;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return error.cause !== undefined && isUnavailable(error.cause);
}

/** Whether a statement gave up waiting for a lock (55P03) or for its own end (57014): the server is there, and busy. */
export function isBusy(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return code === '55P03' || code === '57014' || (cause !== undefined && isBusy(cause));
}

/** What may leave the house of any error: a {@link UserError} as it is, everything else without its inside. */
export function toUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (isUnavailable(error) || isBusy(error)) {
    return new UserError('SERVICE_UNAVAILABLE', 'The service is not available right now; please try again');
  }
  // Two requests made the same at once, and both had looked before.
  if ((error as { code?: unknown } | null)?.code === '23505')
    return new UserError('CONFLICT', 'It exists already');
  return new UserError('INTERNAL_SERVER_ERROR', 'Internal server error');
}
