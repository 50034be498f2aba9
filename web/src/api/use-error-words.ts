import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { useCallback } from 'react';
import type { MessageId } from '../i18n/message-ids';
import { useText } from '../i18n/text';
import { HttpProblem } from './http';

/** Errors whose cause is not in the input: what to do is the same each time. */
const byCode: Partial<Record<string, MessageId>> = {
  UNAUTHENTICATED: 'ui.error.signIn',
  FORBIDDEN: 'ui.error.forbidden',
  RATE_LIMITED: 'ui.error.busy',
  SERVICE_UNAVAILABLE: 'ui.error.busy',
  INTERNAL_SERVER_ERROR: 'ui.error.server',
};

/** An error as a sentence that says what to do: for wrong input the server's own message, else one of the catalogue. */
export function useErrorWords(): (error: unknown) => string {
  const say = useText();
  return useCallback(
    (error) => {
      if (CombinedGraphQLErrors.is(error))
        return error.errors
          .map(({ message, extensions }) => {
            const id = byCode[String(extensions?.code)];
            return id === undefined ? message : say(id);
          })
          .join(' ');
      if (error instanceof HttpProblem) {
        const id = byCode[error.code ?? ''];
        if (id !== undefined) return say(id);
        return error.code === undefined ? say('ui.error.status', { status: error.status }) : error.message;
      }
      if (ServerError.is(error)) return say('ui.error.status', { status: error.statusCode });
      // fetch() fails with a TypeError when it gets no answer
      if (error instanceof TypeError) return say('ui.error.unreachable');
      return say('ui.error.unknown');
    },
    [say],
  );
}

/** Whether what was asked for is not there, or not for this person to see. */
export function isNotFound(error: unknown): boolean {
  return (
    CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === 'NOT_FOUND')
  );
}

/** The input field that the server refused, e.g. `input.phone`, and why; undefined for other errors. */
export function fieldError(error: unknown): { field: string; message: string } | undefined {
  if (!CombinedGraphQLErrors.is(error)) return undefined;
  for (const { message, extensions } of error.errors)
    if (typeof extensions?.field === 'string') return { field: extensions.field, message };
  return undefined;
}
