import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** An error as a sentence for the user: the server's message if there is one, else what to do. */
export function inWords(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) return error.errors.map(({ message }) => message).join(' ');
  if (ServerError.is(error))
    return `The server answered with an error (${error.statusCode}). Please try again.`;
  if (error instanceof TypeError)
    return 'The server cannot be reached. Please check your connection and try again.';
  return 'Something went wrong. Please try again.';
}
