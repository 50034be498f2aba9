import type { Repository } from 'typeorm';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { ExclusionReason } from './audience';
import { Customer } from './contacts/contact.entity';
import { exclusions } from './exclusions';
import { heldOut } from './holdout';
import type { Selection } from './exclusions';
import { audienceIdentities, audienceSource, binder } from './source';

/** `matched` contacts, of whom `count` will be sent to; `excluded` says why the others will not, in order of precedence. */
export interface AudienceCount {
  matched: number;
  count: number;
  excluded: { reason: ExclusionReason; count: number }[];
}

export interface AudienceMember {
  /** Null for people listed in the request. */
  contactId: string | null;
  name: string;
  /** E.164; the BSUID of a person without a phone. */
  phone: string;
  email: string | null;
}

/** Counts and samples audiences. Reads only; what it selects is what materialise selects. */
interface AudienceStatements {
  /**
   * Counts in one pass over the contacts. Distinct identities, and not groups of contacts: the planner cannot know how many
   * people two tables hold together, and groups that are more than it expects go to disk. They are sorted before the reasons
   * are joined: alone they are sorted twice as fast as with a reason beside each.
   */
  countAudience(selection: Selection): Promise<AudienceCount>;
  /** Up to `size` of the people who will be sent to. */
  sampleAudience(selection: Selection, size: number): Promise<AudienceMember[]>;
}

export type AudienceRepository = Repository<Customer> & AudienceStatements;

/** Counts and samples audiences; read through the pool or the caller's transaction. */
export function audienceRepository(source: Sql): AudienceRepository {
  return source.getRepository(Customer).extend<AudienceStatements>({
    async countAudience(this: Repository<Customer>, selection) {
      const parameters: unknown[] = [];
      const bind = binder(parameters);
      const { audience, businessId, policy } = selection;
      const identities = audienceIdentities(audience, businessId, bind, policy.needsPhone);
      const { joins, reason, reasons } = exclusions(selection, 'audience', bind);
      const counts = reasons.map(
        (one) => `, count(DISTINCT identity) FILTER (WHERE reason = '${one}') AS "${one}"`,
      );
      const [found] = await rows<Record<string, string>>(
        this.manager,
        `/* previewAudience */ WITH audience AS (${identities} ORDER BY identity)
         SELECT count(*) AS matched, count(identity) AS valid, count(DISTINCT identity) AS people${counts.join('')}
         FROM (SELECT p.identity, ${reason} AS reason FROM audience p ${joins}) c`,
        parameters,
      );
      return summary(reasons, (name) => Number(found?.[name] ?? 0), selection.holdoutPercent ?? 0);
    },

    async sampleAudience(this: Repository<Customer>, selection, size) {
      // more contacts than people are asked for only where many contacts are of the same person
      for (let contacts = size * 4; ; contacts *= 10) {
        const { people, complete } = await readSample(this.manager, selection, size, contacts);
        if (people.length === size || complete) return people;
      }
    },
  });
}

/**
 * The first people by identity among so many contacts. In two steps: a top-N sort of identities, which holds only those, or
 * an index in their order; then what is known of the people. DISTINCT would sort all of the audience on disk.
 */
async function readSample(
  sql: Sql,
  selection: Selection,
  size: number,
  contacts: number,
): Promise<{ people: AudienceMember[]; complete: boolean }> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const { audience, businessId, policy } = selection;
  const identities = audienceIdentities(audience, businessId, bind, policy.needsPhone);
  const { joins, allowed } = exclusions(selection, 'audience', bind);
  const found = await rows<AudienceMember & { read: string }>(
    sql,
    `/* previewAudience sample */ WITH audience AS (${identities}), chosen AS (
       SELECT p.identity FROM audience p ${joins}
       WHERE p.identity IS NOT NULL AND ${allowed} ORDER BY 1 LIMIT ${bind(contacts)}
     )
     SELECT DISTINCT ON (c.identity) c.contact_id AS "contactId", c.name, c.phone_e164 AS phone, c.email,
       (SELECT count(*) FROM chosen) AS read
     FROM (${audienceSource(audience, businessId, bind, policy.needsPhone)}) c
     WHERE c.identity = ANY (ARRAY(SELECT identity FROM chosen))
     ORDER BY c.identity, c.rank, c.age_order, c.contact_id LIMIT ${bind(size)}`,
    parameters,
  );
  const people = found.map(({ read: _read, ...person }) => person);
  return { people, complete: Number(found[0]?.read ?? 0) < contacts };
}

/**
 * Of a person's contacts one is looked at for the reasons, the others are duplicates. How many are held out is known before
 * it is known who.
 */
function summary(
  reasons: readonly ExclusionReason[],
  number: (name: string) => number,
  holdoutPercent: number,
): AudienceCount {
  const [matched, valid, people] = [number('matched'), number('valid'), number('people')];
  const excluded = [
    { reason: ExclusionReason.INVALID_PHONE, count: matched - valid },
    { reason: ExclusionReason.DUPLICATE_PHONE, count: valid - people },
    ...reasons.map((reason) => ({ reason, count: number(reason) })),
  ];
  const eligible = matched - excluded.reduce((sum, { count }) => sum + count, 0);
  const held = heldOut(eligible, holdoutPercent);
  excluded.push({ reason: ExclusionReason.HOLDOUT, count: held });
  return {
    matched,
    count: eligible - held,
    excluded: excluded.filter(({ count }) => count > 0),
  };
}
