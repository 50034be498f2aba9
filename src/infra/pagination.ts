import { createHash } from 'node:crypto';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { badInput } from './errors';

/** Where a page of a connection ends (Relay). */
@ObjectType({ description: 'Where a page of a list ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more items follow.' }) hasNextPage: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` for the next page; null if the page is empty.',
  })
  endCursor: string | null;
}

/** Which page of a list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: '1 to 100.' })
  first?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'The cursor after which the page begins; of this list with the same arguments.',
  })
  after?: string | null;
}

/** The sort key of an item, as JSON keeps it exactly: times as text with microseconds. */
export type Key = readonly (string | number)[];

/** A page of a keyset connection, in the form that GraphQL returns. */
export interface Page<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfo;
}

/**
 * @param found up to `first + 1` items: the one too many says that more follow
 * @param scope everything that decides which items are in the list and in which order; a cursor is valid only in its own
 */
export function page<T>(
  found: readonly T[],
  first: number,
  scope: unknown,
  keyOf: (node: T) => Key,
): Page<T> {
  const nodes = found.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: encode(scope, keyOf(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

/** @throws BAD_USER_INPUT unless `first` is from 1 to 100 */
export function checkFirst(first: number | null | undefined): number {
  const size = first ?? 50;
  if (size < 1 || size > 100) throw badInput('first', 'a whole number from 1 to 100');
  return size;
}

/**
 * The key after which a page begins; undefined for the first page.
 * @throws BAD_USER_INPUT for a cursor of another list or filter
 */
export function keyAfter(scope: unknown, after: string | null | undefined): Key | undefined {
  if (after == null) return undefined;
  const [hash, key] = parsed(after) ?? [];
  if (hash !== hashOf(scope) || !Array.isArray(key))
    throw badInput('after', 'a cursor of this list with the same arguments');
  return key as Key;
}

function encode(scope: unknown, key: Key): string {
  return Buffer.from(JSON.stringify([hashOf(scope), key])).toString('base64url');
}

function parsed(cursor: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(scope: unknown): string {
  return createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 16);
}
