import { isDeepStrictEqual } from 'node:util';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { storableJson, storableText } from '../../infra/well-formed';
import type { TemplateChange } from '../../whatsapp/template-events';
import { isObject } from './component';
import { TemplateQuality } from './template.entity';
import type { Template } from './template.entity';

/** Templates of one statement, which are all in one parameter. */
const chunk = 500;

/** What the library keeps of one template that WhatsApp listed. */
type ListedTemplate = Pick<
  Template,
  | 'whatsappId'
  | 'name'
  | 'language'
  | 'category'
  | 'status'
  | 'parameterFormat'
  | 'components'
  | 'rejectedReason'
  | 'quality'
  | 'problem'
>;

/** A WhatsApp account, as one business has it. */
export interface TemplateAccount {
  businessId: string;
  wabaId: string;
}

/** What identifies a template within an account. */
export type TemplateKey = Pick<Template, 'name' | 'language'>;

/** When WhatsApp was asked for a list, by the database's clock, and what the list has. */
export interface Listing {
  askedAt: Date;
  listed: readonly unknown[];
}

/** A template of which a list says something else than the library said: the same changes as webhooks report. */
export interface ReadChange {
  templateId: string;
  changes: TemplateChange[];
  categoryBefore: string;
  /** When WhatsApp was asked, by the database's clock. */
  askedAt: Date;
}

/**
 * Stores what WhatsApp listed. Its form is not relied on: each template is read by itself, and one that cannot be sent is
 * stored with the reason. Entries that are not objects are ignored.
 *
 * Rows that are as listed are not written, unless `touch` asks to note that they were read. A row that was changed by a
 * webhook, or read, after `askedAt` stays as it is: the list may be older.
 * @returns the templates that were listed, and what changed of those that the library had; an entry that could not be
 *   read whole says nothing of a change
 */
export async function storeTemplates(
  sql: Sql,
  { businessId, wabaId }: TemplateAccount,
  { askedAt, listed }: Listing,
  touch: boolean,
): Promise<{ there: TemplateKey[]; changed: ReadChange[] }> {
  // one row may not be written twice by a statement; the list changes while it is paged through
  const byName = new Map<string, ListedTemplate>();
  for (const one of listed) {
    const read = readTemplate(one);
    if (!read) continue;
    const key = `${read.name}/${read.language}`;
    if (byName.get(key)?.status !== 'APPROVED' || read.status === 'APPROVED') byName.set(key, read);
  }
  // in one order, so that two statements at once wait for each other instead of both
  const all = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, template]) => template);
  const changed: ReadChange[] = [];
  for (let from = 0; from < all.length; from += chunk) {
    const written = await rows<WrittenTemplate>(sql, upsert, [
      businessId,
      wabaId,
      JSON.stringify(all.slice(from, from + chunk)),
      askedAt,
      touch,
    ]);
    for (const row of written)
      changed.push({
        templateId: row.id,
        changes: changesOf(row),
        categoryBefore: row.category_before,
        askedAt,
      });
  }
  return { there: all.map(({ name, language }) => ({ name, language })), changed };
}

/** A row that was there before, and became another one. */
interface WrittenTemplate {
  id: string;
  status: string;
  status_before: string;
  rejected_reason: string | null;
  category: string;
  category_before: string;
  components: unknown;
  components_before: unknown;
}

function changesOf(row: WrittenTemplate): TemplateChange[] {
  const { status, category } = row;
  const changes: TemplateChange[] = [];
  if (status !== row.status_before) changes.push({ kind: 'status', status, reason: row.rejected_reason });
  if (category !== row.category_before)
    changes.push({ kind: 'category', category, previous: row.category_before });
  if (!isDeepStrictEqual(withoutExamples(row.components), withoutExamples(row.components_before)))
    changes.push({ kind: 'components' });
  return changes;
}

/** The address of an example's media differs each time WhatsApp lists it, and examples are not sent to anybody. */
function withoutExamples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key === 'example' ? [] : [[key, withoutExamples(inner)]],
    ),
  );
}

/** The columns that WhatsApp's list decides, with the names in {@link ListedTemplate}. */
const columns: Readonly<Record<keyof ListedTemplate, string>> = {
  name: 'name',
  language: 'language',
  whatsappId: 'whatsapp_id',
  category: 'category',
  status: 'status',
  parameterFormat: 'parameter_format',
  components: 'components',
  rejectedReason: 'rejected_reason',
  quality: 'quality',
  problem: 'problem',
};
const names = Object.values(columns);
const changeable = names.filter((name) => name !== 'name' && name !== 'language');
const changeableOf = (table: string) => changeable.map((name) => `${table}.${name}`).join(', ');

const upsert = `/* storeTemplates */ WITH listed AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS listed (${Object.keys(columns)
      .map((field) => `"${field}" ${field === 'components' ? 'jsonb' : 'text'}`)
      .join(', ')})
  ), old AS (
    SELECT t.id, t.status, t.category, t.components FROM templates t
    JOIN listed ON listed.name = t.name AND listed.language = t.language
    WHERE t.business_id = $1 AND t.waba_id = $2
  ), written AS (
    INSERT INTO templates AS t (business_id, waba_id, synced_at, ${names.join(', ')})
    SELECT $1, $2, $4, ${Object.keys(columns)
      .map((field) => `"${field}"`)
      .join(', ')}
    FROM listed
    ON CONFLICT (business_id, waba_id, name, language) DO UPDATE
      SET synced_at = excluded.synced_at, ${changeable.map((name) => `${name} = excluded.${name}`).join(', ')}
      WHERE (t.changed_at IS NULL OR t.changed_at <= excluded.synced_at) AND t.synced_at <= excluded.synced_at
        AND ($5 OR (${changeableOf('t')}) IS DISTINCT FROM (${changeableOf('excluded')}))
    RETURNING id, status, category, components, rejected_reason, problem
  )
  SELECT w.*, old.status AS status_before, old.category AS category_before, old.components AS components_before
  FROM written w JOIN old ON old.id = w.id
  WHERE w.problem IS NULL AND (w.status, w.category, w.components) IS DISTINCT FROM (old.status, old.category, old.components)`;

/**
 * Marks the templates of an account, or those of one name, as DELETED that WhatsApp did not list, unless they were
 * stored or changed by a webhook after it was asked.
 * @returns the templates that were marked
 */
export async function markMissing(
  sql: Sql,
  { businessId, wabaId }: TemplateAccount,
  askedAt: Date,
  there: readonly TemplateKey[],
  name?: string,
): Promise<ReadChange[]> {
  const marked = await rows<{ id: string; category: string }>(
    sql,
    `/* markMissing */ UPDATE templates t SET status = 'DELETED', synced_at = $3
     WHERE business_id = $1 AND waba_id = $2 AND ($6::text IS NULL OR t.name = $6) AND status <> 'DELETED'
       AND synced_at < $3 AND (changed_at IS NULL OR changed_at <= $3)
       AND NOT EXISTS (SELECT FROM unnest($4::text[], $5::text[]) AS there (name, language)
         WHERE there.name = t.name AND there.language = t.language)
     RETURNING id, category`,
    [
      businessId,
      wabaId,
      askedAt,
      there.map((one) => one.name),
      there.map((one) => one.language),
      name ?? null,
    ],
  );
  return marked.map(({ id, category }) => ({
    templateId: id,
    changes: [{ kind: 'status', status: 'DELETED', reason: null }],
    categoryBefore: category,
    askedAt,
  }));
}

/** Notes that all templates of an account were read. */
export async function noteSync(sql: Sql, { businessId, wabaId }: TemplateAccount, at: Date): Promise<void> {
  await rows(
    sql,
    `/* noteSync */ INSERT INTO template_syncs AS s (business_id, waba_id, synced_at) VALUES ($1, $2, $3)
     ON CONFLICT (business_id, waba_id) DO UPDATE SET synced_at = greatest(s.synced_at, excluded.synced_at)`,
    [businessId, wabaId, at],
  );
}

/** WhatsApp's longest name, and room for any language code: a longer text would not fit into the index. */
const longestName = 512;
const longestCode = 64;

/** One listed template as the library keeps it; undefined when there is nothing to keep. */
function readTemplate(listed: unknown): ListedTemplate | undefined {
  if (typeof listed !== 'object' || listed === null || Array.isArray(listed)) return undefined;
  const one = listed as Record<string, unknown>;
  const problems: string[] = [];
  const text = (field: string, longest: number): string => {
    const value = one[field];
    const given = typeof value === 'number' ? String(value) : value;
    if (typeof given !== 'string' || given === '') {
      problems.push(`it has no ${field}`);
      return '';
    }
    const storable = storableText(given);
    if (storable !== given || storable.length > longest)
      problems.push(`its ${field} is not one of WhatsApp's`);
    return storable.slice(0, longest).toWellFormed();
  };
  const whatsappId = text('id', longestCode);
  const parameterFormat = upperCase(one.parameter_format ?? 'POSITIONAL');
  if (parameterFormat !== 'POSITIONAL' && parameterFormat !== 'NAMED')
    problems.push(`its parameter_format ${shortly(one.parameter_format)} is unknown`);
  const quality = (one.quality_score as { score?: unknown } | null | undefined)?.score;
  return {
    whatsappId,
    name: text('name', longestName) || `unnamed ${whatsappId}`.trim(),
    language: text('language', longestCode),
    category: upperCase(text('category', longestCode)),
    status: upperCase(text('status', longestCode)) || 'UNKNOWN',
    parameterFormat: parameterFormat === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: storableComponents(one.components),
    rejectedReason:
      typeof one.rejected_reason === 'string' && one.rejected_reason !== 'NONE'
        ? storableText(one.rejected_reason)
        : null,
    quality: Object.values(TemplateQuality).find((known) => known === quality) ?? null,
    problem: problems[0] ?? null,
  };
}

/** The column takes no NULL; of an empty list template-shape.ts says that parts are missing. */
function storableComponents(components: unknown): object {
  const storable = storableJson(components);
  return typeof storable === 'object' && storable !== null ? storable : [];
}

function upperCase(value: unknown): string {
  return typeof value === 'string' ? value.toUpperCase() : '';
}

function shortly(value: unknown): string {
  return storableText(JSON.stringify(value) ?? '')
    .slice(0, 60)
    .toWellFormed();
}
