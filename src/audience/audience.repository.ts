import type { Repository } from 'typeorm';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { ExclusionReason } from './audience';
import { Customer } from './contacts/contact.entity';
import { exclusions } from './exclusions';
import type { Selection } from './exclusions';
import { audienceSource, binder } from './source';

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
  /** E.164. */
  phone: string;
  email: string | null;
}

/** Counts and samples audiences. Reads only; what it selects is what materialise selects. */
interface AudienceStatements {
  /** Counts in one pass over the contacts, grouped by person. */
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
      const contacts = audienceSource(selection.audience, selection.businessId, bind);
      const { joins, reason } = exclusions(selection, 'people', bind);
      const found = await rows<{ reason: ExclusionReason | null; contacts: string; people: string }>(
        this.manager,
        `/* previewAudience */ WITH people AS (
           SELECT identity, count(*) AS contacts FROM (${contacts}) c GROUP BY 1
         )
         SELECT CASE WHEN p.identity IS NULL THEN '${ExclusionReason.INVALID_PHONE}' ELSE ${reason} END AS reason,
           sum(p.contacts) AS contacts, count(*) AS people
         FROM people p ${joins} GROUP BY 1`,
        parameters,
      );
      return summary(
        found.map((row) => ({ ...row, contacts: Number(row.contacts), people: Number(row.people) })),
      );
    },

    sampleAudience(this: Repository<Customer>, selection, size) {
      const parameters: unknown[] = [];
      const bind = binder(parameters);
      const contacts = audienceSource(selection.audience, selection.businessId, bind);
      const { joins, reason } = exclusions(selection, `(${contacts}) audience`, bind);
      return rows<AudienceMember>(
        this.manager,
        `/* previewAudience sample */ SELECT p.contact_id AS "contactId", p.name, p.phone, p.email FROM (
           SELECT DISTINCT ON (c.identity) c.identity, c.contact_id, c.name, c.phone_e164 AS phone, c.email
           FROM (${contacts}) c WHERE c.identity IS NOT NULL
           ORDER BY c.identity, c.rank, c.age_order, c.contact_id
         ) p ${joins} WHERE ${reason} IS NULL ORDER BY p.identity LIMIT ${bind(size)}`,
        parameters,
      );
    },
  });
}

/** Of a person's contacts one is looked at for the reasons, the others are duplicates. */
function summary(
  groups: readonly { reason: ExclusionReason | null; contacts: number; people: number }[],
): AudienceCount {
  const counts = new Map<ExclusionReason, number>();
  const add = (reason: ExclusionReason, count: number) =>
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  for (const { reason, contacts, people } of groups) {
    if (reason === ExclusionReason.INVALID_PHONE) add(reason, contacts);
    else {
      add(ExclusionReason.DUPLICATE_PHONE, contacts - people);
      if (reason) add(reason, people);
    }
  }
  return {
    matched: groups.reduce((sum, { contacts }) => sum + contacts, 0),
    count: groups.find(({ reason }) => reason === null)?.people ?? 0,
    excluded: Object.values(ExclusionReason).flatMap((reason) => {
      const count = counts.get(reason) ?? 0;
      return count > 0 ? [{ reason, count }] : [];
    }),
  };
}
