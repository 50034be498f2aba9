import { BREAK, Kind, parse, visit } from 'graphql';
import type { ASTNode, GraphQLError } from 'graphql';
import { maxTokens } from './limits';

/**
 * Where the document gives a variable's value to the API: the argument's name, then the fields and places in it, e.g.
 * `input.filter.city.0`. A client may name its variables as it likes, so their names say nothing to others.
 * @param error graphql-js's, about the definition of the variable
 * @returns undefined when the variable is not used, or the error does not belong to a document
 */
export function inputPathOf(variable: string, error: GraphQLError): string | undefined {
  const { source, start } = error.nodes?.[0]?.loc ?? {};
  if (!source || start === undefined) return undefined;
  let found: string | undefined;
  visit(parse(source.body, { maxTokens }), {
    OperationDefinition: ({ loc }) => {
      // another operation may have a variable of the same name
      const isDefinedHere = loc !== undefined && loc.start <= start && start < loc.end;
      return isDefinedHere ? undefined : false;
    },
    Variable: ({ name }, _key, parent, keys, ancestors) => {
      const path = name.value === variable ? pathThrough(parent ? [...ancestors, parent] : [], keys) : '';
      if (!path) return undefined;
      found = path;
      return BREAK;
    },
  });
  return found;
}

/** What each ancestor adds to the path; `keys` lead from each to the next. Empty outside of arguments. */
function pathThrough(
  ancestors: readonly (ASTNode | readonly ASTNode[])[],
  keys: readonly (string | number)[],
): string {
  return ancestors
    .flatMap((ancestor, i) => {
      if (!('kind' in ancestor)) return [];
      if (ancestor.kind === Kind.ARGUMENT || ancestor.kind === Kind.OBJECT_FIELD)
        return [ancestor.name.value];
      return ancestor.kind === Kind.LIST ? [String(keys[i + 1])] : [];
    })
    .join('.');
}
