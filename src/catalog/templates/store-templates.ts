import type { Repository } from 'typeorm';
import { storableJson, storableText } from '../../infra/well-formed';
import { TemplateQuality } from './template.entity';
import type { Template } from './template.entity';

/** Rows of one statement: a row has 12 parameters, and PostgreSQL takes 65,535 in a statement. */
const chunk = 500;

/** What the library keeps of one template that WhatsApp listed. */
type TemplateRow = Omit<
  Template,
  'id' | 'business' | 'optOutChoice' | 'statusAt' | 'qualityAt' | 'categoryAt' | 'componentsAt' | 'changedAt'
>;

/**
 * Stores what WhatsApp listed. Its form is not relied on: each template is read by itself, and one that cannot be sent is
 * stored with the reason. Entries that are not objects are ignored.
 */
export async function storeTemplates(
  library: Repository<Template>,
  account: { businessId: string; wabaId: string },
  found: readonly unknown[],
  syncedAt: Date,
): Promise<void> {
  // one row may not be written twice by a statement; the list changes while it is paged through
  const byName = new Map<string, TemplateRow>();
  for (const one of found) {
    const read = readTemplate(one);
    if (!read) continue;
    const row: TemplateRow = { ...account, ...read, syncedAt };
    const key = `${row.name}/${row.language}`;
    if (byName.get(key)?.status !== 'APPROVED' || row.status === 'APPROVED') byName.set(key, row);
  }
  // in one order, so that two statements at once wait for each other instead of both
  const all = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (let from = 0; from < all.length; from += chunk)
    await library.upsert(all.slice(from, from + chunk), ['businessId', 'wabaId', 'name', 'language']);
}

/** WhatsApp's longest name, and room for any language code: a longer text would not fit into the index. */
const longestName = 512;
const longestCode = 64;

/** One listed template as the library keeps it; undefined when there is nothing to keep. */
function readTemplate(listed: unknown): Omit<TemplateRow, 'businessId' | 'wabaId' | 'syncedAt'> | undefined {
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
