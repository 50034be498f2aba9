import DataLoader from 'dataloader';
import type { Context } from '../../accounts/context';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';

/** A person as opt-outs know them: the identity of a phone, or a BSUID. */
export interface PersonKey {
  businessId: string;
  identity: string;
}

/** What resolvers of contacts get of a request. */
export interface ContactContext extends Context {
  /** Whether people are opted out, by any source; all that a request asks for in one statement. */
  optedOut: DataLoader<PersonKey, boolean>;
}

/** One for each request. Without a cache, so that a mutation is seen by the fields after it. */
export function optedOutLoader(sql: Sql): ContactContext['optedOut'] {
  return new DataLoader<PersonKey, boolean>(
    async (people) => {
      const found = await rows<{ place: number }>(
        sql,
        `/* optedOut */ SELECT p.place::int AS place
         FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS p (business_id, identity, place)
         WHERE EXISTS (SELECT FROM suppressions s
           WHERE s.business_id = p.business_id AND s.identity = p.identity AND NOT s.lifted)`,
        [people.map(({ businessId }) => businessId), people.map(({ identity }) => identity)],
      );
      const places = new Set(found.map(({ place }) => place));
      return people.map((_, i) => places.has(i + 1));
    },
    { cache: false },
  );
}
