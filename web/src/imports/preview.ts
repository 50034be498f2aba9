import { HttpProblem, problemOf } from '../api/http';
import { fieldsOf } from './kinds';
import type { Kind } from './kinds';

/** A column of the file. `field` is what it becomes: a field, `attributes.<name>`, or null if it is left out. */
export interface PreviewColumn {
  header: string;
  field: string | null;
  samples: string[];
}

export interface RowProblem {
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
}

/** What the beginning of a file would become. */
export interface Preview {
  columns: PreviewColumn[];
  rows: number;
  /** One for each row that cannot be imported; the server tells at most `mostErrors`. */
  errors: RowProblem[];
}

export const mostErrors = 1000;

/** Bytes that the server looks at. */
const looksAt = 1_000_000;
/** A little more than that, so that the server knows that the file goes on and leaves out the row that is cut. */
const sentForPreview = 1_100_000;

/** Whether a preview is of the whole file. */
export function isWhole(file: File): boolean {
  return file.size <= looksAt;
}

/** What a person has chosen about a file. */
export interface Choices {
  kind: Kind;
  /** By header: the field, or null to leave the column out. Other columns are matched by their names. */
  mapping: Record<string, string | null>;
  /** Columns that match no field become attributes. */
  keepOthers: boolean;
  onDuplicate: 'update' | 'skip';
}

/** The parameters of POST /imports and of its preview. */
export function parametersOf(businessId: string, fileName: string, choices: Choices): string {
  const { kind, mapping, keepOthers, onDuplicate } = choices;
  return new URLSearchParams({
    businessId,
    kind,
    // The longest name that the server takes.
    fileName: fileName.slice(0, 255),
    mapping: JSON.stringify(mapping),
    onDuplicate: kind === 'optouts' ? 'update' : onDuplicate,
    attributes: String(keepOthers && kind !== 'optouts'),
  }).toString();
}

/** The file is no longer where it was, or has changed since it was chosen. */
export class FileGone extends Error {}

export async function requestPreview(
  file: File,
  parameters: string,
  token: string,
  signal: AbortSignal,
): Promise<Preview> {
  // Read before it is sent: afterwards a file that is gone could not be told from a lost connection.
  const beginning = await file
    .slice(0, sentForPreview)
    .arrayBuffer()
    .catch(() => {
      throw new FileGone();
    });
  const response = await fetch(`/imports/preview?${parameters}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: beginning,
    signal,
  });
  const body = await response.text();
  if (!response.ok) throw problemOf(response.status, body);
  return JSON.parse(body) as Preview;
}

/** No column is the phone: a person has to say which one it is. */
export function lacksPhone(problem: unknown): boolean {
  return problem instanceof HttpProblem && problem.message.startsWith('No column is the phone');
}

/** Whether the choices are wrong for this file, so that trying again cannot help. */
export function isRefusal(problem: unknown): boolean {
  return problem instanceof HttpProblem && problem.status >= 400 && problem.status < 429;
}

/** Values of a column's select besides the fields. */
export const asAttribute = '(attribute)';
export const leftOut = '(left out)';

/** What a column becomes, as a value of its select. */
export function choiceOf({ field }: PreviewColumn): string {
  if (field === null) return leftOut;
  return field.startsWith('attributes.') ? asAttribute : field;
}

/** What else a column can become. */
export function optionsOf(column: PreviewColumn, { kind, keepOthers }: Choices): string[] {
  // A column whose name is that of a field cannot become an attribute: the server would match it again.
  const attribute = kind !== 'optouts' && keepOthers && !isField(column.field);
  return [...fieldsOf[kind], ...(attribute ? [asAttribute] : []), leftOut];
}

function isField(field: string | null): boolean {
  return field !== null && !field.startsWith('attributes.');
}

/** The mapping after a person has chosen what a column becomes. A field goes to one column only. */
export function chosen(mapping: Choices['mapping'], header: string, choice: string): Choices['mapping'] {
  const others = Object.entries(mapping).filter(([name, field]) => name !== header && field !== choice);
  if (choice === asAttribute) return Object.fromEntries(others);
  return { ...Object.fromEntries(others), [header]: choice === leftOut ? null : choice };
}

/**
 * Columns that the server adds to the rows that it gives back: what was wrong with a row. They are no data, and cannot
 * become any.
 */
export function isRemark(columns: readonly PreviewColumn[], index: number): boolean {
  return index < remarks.length && remarks.every((name, i) => columns[i]?.header.toLowerCase() === name);
}

const remarks = ['line', 'reason'];
