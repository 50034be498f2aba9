import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import { toUserError, UserError } from '../errors';
import type { InputProblem } from '../errors';
import type { Log } from '../log';
import { inputPathOf } from './variable-path';

/** Codes that GraphQL and Apollo themselves give; their messages speak of the document only. */
const ownCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTROSPECTION_DISABLED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * What clients see of an error, over HTTP and sockets alike: no stack, no statement, no host, no suggestion.
 * What was not foreseen is logged and masked.
 */
export function maskError(error: unknown, formatted: GraphQLFormattedError, log: Log): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const place = { locations: formatted.locations, path: formatted.path };
  if (original instanceof UserError) return shaped(original, place);
  const { code, validationErrorCode } = formatted.extensions ?? {};
  const own = [validationErrorCode, code].find((name) => typeof name === 'string' && ownCodes.has(name));
  if (own) return { message: withoutHints(formatted.message), ...place, extensions: { code: own } };
  const variable = badVariable(formatted.message, error);
  if (variable) return shaped(variable, place);
  if (original instanceof GraphQLError && code === 'BAD_USER_INPUT') {
    return { message: withoutHints(formatted.message), ...place, extensions: { code } };
  }
  const masked = toUserError(original);
  if (masked.code === 'INTERNAL_SERVER_ERROR') log.error({ err: original }, 'a request failed');
  return shaped(masked, place);
}

/**
 * graphql-js's words on a variable, as our own: the path of the input, which begins with the argument whatever the
 * variable is called, and what was expected. The value, which it repeats whole, is left out; it may be long, or an
 * access token.
 */
function badVariable(message: string, error: unknown): UserError | undefined {
  const found = /^Variable "\$(\w+)" (?:got invalid value .*? at "([\w.[\]]+)";|)/s.exec(message);
  if (!found) return undefined;
  const [, name = '', at = name] = found;
  const argument = (error instanceof GraphQLError && inputPathOf(name, error)) || name;
  const { originalError } = error as { originalError?: Error };
  const reason = (originalError?.message ?? message).replace(/^Variable "\$\w+" /, '');
  const child = /^Field "(\w+)" (?:of required type|is not defined)/.exec(reason)?.[1];
  const inside = at.slice(name.length).replaceAll('[', '.').replaceAll(']', '');
  const field = [argument + inside, child].filter(Boolean).join('.');
  return new UserError('BAD_USER_INPUT', `${field}: ${withoutHints(reason)}`, field);
}

function shaped(
  error: UserError,
  place: Pick<GraphQLFormattedError, 'locations' | 'path'>,
): GraphQLFormattedError {
  const { code, field, problems } = error.extensions as {
    code: string;
    field?: string;
    problems?: readonly InputProblem[];
  };
  const extensions = { code, ...(field ? { field } : {}), ...(problems ? { problems } : {}) };
  return { message: error.message, ...place, extensions };
}

function withoutHints(message: string): string {
  return message.replace(/ Did you mean [^?]*\?/g, '');
}
