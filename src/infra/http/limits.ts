import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';

/** Tokens of a document; the parser stops there. */
export const maxTokens = 2000;

/** Mistakes of a document, or of its variables, that are told; the search for more ends there. */
export const maxErrors = 10;

/** Largest body of a GraphQL request: 10,000 people named one by one fit in. */
export const maxRequestBytes = 4_000_000;

/**
 * What a document may ask for. GraphiQL's introspection and the admin UI's largest document stay well below.
 * Armor's own token limit answers with an HTTP 500, so tokens are limited by the parser instead.
 */
const armor = new ApolloArmor({
  maxDepth: { n: 10, exposeLimits: false },
  maxAliases: { n: 15, exposeLimits: false },
  maxDirectives: { n: 50, exposeLimits: false },
  costLimit: { maxCost: 5000, exposeLimits: false },
  maxTokens: { enabled: false },
  blockFieldSuggestion: { enabled: false },
});

/** The one list of rules; HTTP and sockets both validate with it. */
export function limitingRules(introspection: boolean): ValidationRule[] {
  return [...armor.protect().validationRules, ...(introspection ? [] : [noIntrospection])];
}

/** So many documents are kept; a client of ours has about ten for its sockets. */
const mostKept = 100;
const kept = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/**
 * Parses and validates as the HTTP side does, for the sockets, which Apollo does not guard. Documents that were accepted are
 * kept: after a restart everybody subscribes again at once, and the check costs 3 ms.
 */
export function checkDocument(
  schema: GraphQLSchema,
  source: string,
  introspection: boolean,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  const accepted = kept.get(schema) ?? new Map<string, DocumentNode>();
  kept.set(schema, accepted);
  const key = `${introspection} ${source}`;
  const known = accepted.get(key);
  if (known) return { document: known };
  const checked = check(schema, source, introspection);
  if ('document' in checked) {
    const [oldest] = accepted.keys();
    if (oldest !== undefined && accepted.size >= mostKept) accepted.delete(oldest);
    accepted.set(key, checked.document);
  }
  return checked;
}

function check(
  schema: GraphQLSchema,
  source: string,
  introspection: boolean,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens });
  } catch (error) {
    return { errors: [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')] };
  }
  const errors = validate(schema, document, [...specifiedRules, ...limitingRules(introspection)], {
    maxErrors,
  });
  return errors.length > 0
    ? { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) }
    : { document };
}

const noIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value === '__schema' || node.name.value === '__type') {
      context.reportError(
        new GraphQLError('Introspection is switched off', {
          nodes: [node],
          extensions: { validationErrorCode: 'INTROSPECTION_DISABLED' },
        }),
      );
    }
  },
});

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source,
    positions: error.positions,
    extensions: { ...error.extensions, code },
  });
}
