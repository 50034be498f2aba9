import pino from 'pino';

export type Log = pino.Logger;

/**
 * JSON lines on stdout. People's phones, e-mails, tokens and message bodies are never given to it;
 * the redaction is the net below that rule, and drops the statement parameters that a database error carries.
 */
export function createLog(level: string, role: string): Log {
  return pino({
    level,
    base: { role },
    serializers: { err: describeError },
    redact: ['*.accessToken', '*.authorization', 'accessToken', 'authorization'],
  });
}

interface DescribedError {
  type: string;
  message: string;
  code: unknown;
  stack: string | undefined;
  cause: DescribedError | undefined;
}

/** An error for the log: without TypeORM's `query` and `parameters`, which hold people's data. */
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) {
    return {
      type: typeof error,
      message: String(error),
      code: undefined,
      stack: undefined,
      cause: undefined,
    };
  }
  return {
    type: error.constructor.name,
    message: error.message,
    code: (error as { code?: unknown }).code,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
