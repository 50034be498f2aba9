import { toUserError, UserError } from '../errors';

/** What the caller of a plain path is told of an error: nothing internal. */
export interface ErrorAnswer {
  status: number;
  code: string;
  message: string;
}

/** Errors of the plain paths and of body parsing, as they are answered. */
export function errorAnswer(error: unknown): ErrorAnswer {
  // body-parser's own errors carry a status and a type
  const { status, type } = error as { status?: number; type?: string };
  if (!(error instanceof UserError) && typeof status === 'number' && status >= 400 && status < 500) {
    if (type === 'entity.too.large')
      return { status: 413, code: 'BAD_USER_INPUT', message: 'The request body is too large' };
    if (type === 'entity.parse.failed')
      return { status: 400, code: 'BAD_REQUEST', message: 'The request body is not valid JSON' };
    return {
      status,
      code: status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST',
      message: 'The request cannot be read',
    };
  }
  const shown = toUserError(error);
  return { status: shown.httpStatus, code: shown.code, message: shown.message };
}
