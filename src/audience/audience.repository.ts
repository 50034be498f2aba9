import type { Repository } from 'typeorm';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { ExclusionReason } from './audience';
import { Customer } from './contacts/contact.entity';
import type { Audience } from './source';
import { audienceSource, binder, optedOut } from './source';

/** `matched` contacts, of whom `count` will be sent to; `excluded` says why the others will not. */
export interface AudienceCount {
  matched: number;
  count: number;
  excluded: { reason: ExclusionReason; count: number }[];
}

export interface AudienceMember {
  name: string;
  /** E.164. */
  phone: string;
  email: string | null;
}

/** Counts and samples audiences. Reads only; what it selects is what materialise selects. */
interface AudienceStatements {
  /** Counts in one pass over the contacts, grouped by person. */
  countAudience(businessId: string, audience: Audience): Promise<AudienceCount>;
  /** Up to `size` of the people who will be sent to. */
  sampleAudience(businessId: string, audience: Audience, size: number): Promise<AudienceMember[]>;
}

export type AudienceRepository = Repository<Customer> & AudienceStatements;

/** Counts and samples audiences; read through the pool or the caller's transaction. */
export function audienceRepository(source: Sql): AudienceRepository {
  return source.getRepository(Customer).extend<AudienceStatements>({
    async countAudience(this: Repository<Customer>, businessId, audience) {
      const parameters: unknown[] = [];
      const bind = binder(parameters);
      const people = audienceSource(audience, businessId, bind);
      const [found] = await rows<Record<'matched' | 'invalid' | 'duplicate' | 'opted_out' | 'count', string>>(
        this.manager,
        `/* previewAudience */ WITH people AS (
           SELECT identity, count(*) AS contacts FROM (${people}) c GROUP BY 1
         )
         SELECT coalesce(sum(p.contacts), 0) AS matched,
           coalesce(sum(p.contacts) FILTER (WHERE p.identity IS NULL), 0) AS invalid,
           coalesce(sum(p.contacts - 1) FILTER (WHERE p.identity IS NOT NULL), 0) AS duplicate,
           count(*) FILTER (WHERE s.identity IS NOT NULL) AS opted_out,
           count(*) FILTER (WHERE p.identity IS NOT NULL AND s.identity IS NULL) AS count
         FROM people p LEFT JOIN (${optedOut(bind(businessId))}) s ON s.identity = p.identity`,
        parameters,
      );
      const number = (name: keyof NonNullable<typeof found>) => Number(found?.[name] ?? 0);
      const excluded = [
        { reason: ExclusionReason.DUPLICATE_PHONE, count: number('duplicate') },
        { reason: ExclusionReason.INVALID_PHONE, count: number('invalid') },
        { reason: ExclusionReason.OPTED_OUT, count: number('opted_out') },
      ];
      return {
        matched: number('matched'),
        count: number('count'),
        excluded: excluded.filter((one) => one.count > 0),
      };
    },

    sampleAudience(this: Repository<Customer>, businessId, audience, size) {
      const parameters: unknown[] = [];
      const bind = binder(parameters);
      const people = audienceSource(audience, businessId, bind);
      return rows<AudienceMember>(
        this.manager,
        `/* previewAudience sample */ SELECT name, phone, email FROM (
           SELECT DISTINCT ON (c.identity) c.name, c.phone_e164 AS phone, c.email FROM (${people}) c
           WHERE c.identity IS NOT NULL AND NOT EXISTS (
             SELECT FROM suppressions s WHERE s.business_id = ${bind(businessId)} AND s.identity = c.identity AND NOT s.lifted)
           ORDER BY c.identity, c.rank, c.age_order, c.contact_id
           LIMIT ${bind(size)}
         ) sample`,
        parameters,
      );
    },
  });
}
