import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { badInput } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { Template } from './template.entity';

/** The values that WhatsApp documents, by the field that is filtered by. */
const documented = {
  status: [
    ...['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'IN_APPEAL', 'PENDING_DELETION', 'DELETED'],
    ...['LIMIT_EXCEEDED', 'ARCHIVED'],
  ],
  category: ['MARKETING', 'UTILITY', 'AUTHENTICATION'],
} as const;

/** Which templates of the library; a list means any of its values, and what is left out is not filtered by. */
export interface TemplateFilter {
  status?: readonly string[] | null | undefined;
  category?: readonly string[] | null | undefined;
  language?: readonly string[] | null | undefined;
  /** Part of the name or of the body's text, whatever its case. */
  search?: string | null | undefined;
}

/** The latest reading of all templates of each account of a business, by account. */
export async function readSyncs(sql: Sql, businessId: string): Promise<Map<string, Date>> {
  const found = await rows<{ waba_id: string; synced_at: Date }>(
    sql,
    `/* readSyncs */ SELECT waba_id, synced_at FROM template_syncs WHERE business_id = $1`,
    [businessId],
  );
  return new Map(found.map((one) => [one.waba_id, one.synced_at]));
}

/** The library of a business, by name and language. @throws BAD_USER_INPUT naming the argument */
export async function listTemplates(
  sql: Sql,
  businessId: string,
  filter: TemplateFilter,
): Promise<Template[]> {
  const list = sql
    .getRepository(Template)
    .createQueryBuilder('t')
    .where('t.businessId = :businessId', { businessId })
    .orderBy('t.name')
    .addOrderBy('t.language')
    .addOrderBy('t.id');
  for (const field of ['status', 'category', 'language'] as const) {
    const values = filter[field];
    if (!values) continue;
    if (values.length === 0) throw badInput(field, 'at least one value (leave it out for all)');
    if (field !== 'language') await checkValues(sql, businessId, field, values);
    list.andWhere(`t.${field} IN (:...${field})`, { [field]: values });
  }
  const search = checkText('search', filter.search ?? '', 200, 0);
  if (search !== '') {
    const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    // the path finds nothing in components of another form, instead of failing
    list.andWhere(
      `(fold(t.name) LIKE fold(:part) OR EXISTS (
         SELECT FROM jsonb_path_query(t.components, '$[*] ? (@.type like_regex "^body$" flag "i").text') AS body
         WHERE fold(body #>> '{}') LIKE fold(:part)))`,
      { part },
    );
  }
  const templates = await list.getMany();
  const syncs = await readSyncs(sql, businessId);
  for (const template of templates) template.syncedAt = lastRead(template, syncs);
  return templates;
}

/** When WhatsApp's description of a template was last read: by itself, or with all of its account. */
export function lastRead({ wabaId, syncedAt }: Template, syncs: ReadonlyMap<string, Date>): Date {
  const sync = syncs.get(wabaId);
  return sync && sync > syncedAt ? sync : syncedAt;
}

/** @throws BAD_USER_INPUT for a value that is not documented, unless a template has it: WhatsApp adds values */
async function checkValues(
  sql: Sql,
  businessId: string,
  field: keyof typeof documented,
  values: readonly string[],
): Promise<void> {
  const known: readonly string[] = documented[field];
  for (const value of values)
    if (
      !known.includes(value) &&
      !(await sql.getRepository(Template).existsBy({ businessId, [field]: value }))
    )
      throw badInput(field, `one of ${known.join(', ')}`);
}
