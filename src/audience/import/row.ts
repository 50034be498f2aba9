import { normalisePhone } from '../contacts/phone';
import { CellProblem, expected, isoTime, plainFields, wholeNumber } from './cell-values';
import type { ContactColumn } from './cell-values';
import type { Field } from './fields';
import type { Layout } from './layout';
import type { FileRow } from './record-reader';

/** What a row says of a contact. What is missing stays as it is. */
export interface Person {
  line: number;
  /** The row as in the file, for when it turns out to be bad: its cells would take a third of the memory. */
  raw: string;
  columns: Partial<Record<ContactColumn, string>>;
  tags?: string[];
  attributes?: Map<string, string>;
  /** Of an opt-out. */
  reason?: string;
}

export interface BadRow {
  line: number;
  /** As in the file's header; null for the row as a whole. */
  column: string | null;
  value: string | null;
  /** In words. */
  reason: string;
  cells: string[];
}

/** What rows are read against. */
export interface RowContext {
  layout: Layout;
  /** ISO 3166 alpha-2, for phones without a country code. */
  country: string;
  /** IANA zone, for times without one. */
  timezone: string;
  /** `lastOrderDays` counts back from here. */
  startedAt: Date;
}

/** Characters of tags and attributes, and how many tags a contact has. */
const longest = { name: 200, reason: 500, tag: 200, attribute: 10_000 };
const mostTags = 100;

const unreadable = /[\0\ufffd]/;
const apostrophe = 39;
const guarded = /^'[=+\-@\t\r]/;

/** Reads the rows of one file: what each says of a person, or why it says nothing. Pure. */
export class RowParser {
  private readonly phoneAt: number;
  /** The fields that say who is meant, of those that the file has. */
  private readonly keys: string;

  constructor(private readonly context: RowContext) {
    const { targets } = context.layout;
    const place = (field: Field) => targets.findIndex((one) => one && 'field' in one && one.field === field);
    this.phoneAt = place('phone');
    const keys = (['phone', 'externalId', 'bsuid'] as const).filter(
      (key) => key === 'phone' || place(key) !== -1,
    );
    this.keys = keys.map((key) => (key === 'externalId' ? 'an externalId' : `a ${key}`)).join(' or ');
  }

  parse(row: FileRow): Person | BadRow {
    const { headers, targets } = this.context.layout;
    const { line, cells, raw, problem } = row;
    if (problem) return this.bad(row, problem.column, problem.value, problem.reason);
    if (cells.length > headers.length) {
      const extra = cells.findIndex((cell, i) => i >= headers.length && cell.trim() !== '');
      if (extra !== -1)
        return this.bad(row, -1, cells[extra] ?? '', `expected at most ${headers.length} cells`);
    }
    const person: Person = { line, raw, columns: {} };
    const names: { first?: string; last?: string } = {};
    for (let i = 0; i < targets.length; i++) {
      const target = targets[i];
      const cell = cells[i];
      if (!target || !cell) continue;
      const text = cleaned(cell);
      if (text === '') continue;
      const wrong = unreadable.test(text)
        ? new CellProblem('it has characters that cannot be read')
        : 'field' in target
          ? this.set(person, names, target.field, text)
          : setAttribute(person, target.attribute, text);
      if (wrong) return this.bad(row, i, cell, wrong.reason);
    }
    const { columns } = person;
    if (names.first !== undefined || names.last !== undefined)
      columns.name ??= [names.first, names.last].filter(Boolean).join(' ');
    if (columns.name !== undefined && columns.name.length > longest.name)
      return this.bad(row, this.nameAt(), columns.name, `expected at most ${longest.name} characters`);
    return this.checkKey(row, person);
  }

  /** Somebody must be meant: by a valid phone, by an externalId or by a bsuid. A phone that is given must be valid. */
  private checkKey(row: FileRow, person: Person): Person | BadRow {
    const { phone, phone_e164: number, external_id: externalId, bsuid } = person.columns;
    if (phone !== undefined && number === undefined) {
      const shortened = /^\d+[.,]?\d*e\+?\d+$/i.test(phone);
      return this.bad(
        row,
        this.phoneAt,
        phone,
        shortened
          ? 'expected all digits of the phone: a spreadsheet has shortened it'
          : `expected a phone number with its country code, or one of ${countryName(this.context.country)}`,
      );
    }
    if (number !== undefined || externalId !== undefined || bsuid !== undefined) return person;
    const column = this.phoneAt === -1 ? this.place(['externalId', 'bsuid']) : this.phoneAt;
    return this.bad(row, column, '', `expected ${this.keys}`);
  }

  /** Sets a field of the person. @returns what is wrong with the cell */
  private set(
    person: Person,
    names: { first?: string; last?: string },
    field: Field,
    text: string,
  ): CellProblem | undefined {
    const { columns } = person;
    const plain = plainFields[field];
    if (plain) {
      const value = plain.read(text);
      if (value instanceof CellProblem) return value;
      columns[plain.column] = value;
    } else if (field === 'phone') {
      if (text.length > 300) return expected('a phone number');
      columns.phone = text;
      const number = normalisePhone(text, this.context.country);
      if (number !== null) columns.phone_e164 = number;
    } else if (field === 'firstName') names.first = text;
    else if (field === 'lastName') names.last = text;
    else if (field === 'tags') return setTags(person, text);
    else if (field === 'reason') {
      if (text.length > longest.reason) return expected(`at most ${longest.reason} characters`);
      person.reason = text;
    } else if (field === 'lastOrderDays') {
      const days = wholeNumber(text, 100_000);
      if (days === undefined) return expected('whole days since the last order');
      const time = this.context.startedAt.getTime() - Number(days) * 86_400_000;
      columns.last_order_at ??= new Date(time).toISOString();
    } else if (field === 'lastOrderAt') {
      const time = isoTime(text, this.context.timezone);
      if (time === undefined) return expected('a time of ISO 8601, e.g. 2024-11-05 or 2024-11-05T10:30:00Z');
      columns.last_order_at = time;
    }
    return undefined;
  }

  private nameAt(): number {
    return this.place(['name', 'firstName', 'lastName']);
  }

  private place(fields: readonly Field[]): number {
    return this.context.layout.targets.findIndex(
      (one) => one && 'field' in one && fields.includes(one.field),
    );
  }

  private bad(row: FileRow, column: number, value: string, reason: string): BadRow {
    return badRow(row, this.context.layout.headers[column] ?? null, value, reason);
  }
}

/** @param column the header of the cell; null if the row as a whole is bad */
export function badRow(
  { line, cells }: { line: number; cells: string[] },
  column: string | null,
  value: string,
  reason: string,
): BadRow {
  return { line, column, value: storable(value, 200), reason, cells: storableCells(cells) };
}

/** The apostrophe that keeps spreadsheets from calculating is taken off. */
function cleaned(cell: string): string {
  const text = cell.trim();
  return text.charCodeAt(0) === apostrophe && guarded.test(text) ? text.slice(1).trim() : text;
}

function setTags(person: Person, text: string): CellProblem | undefined {
  if (text.length <= longest.tag && !/[;|]/.test(text)) {
    person.tags = [text];
    return undefined;
  }
  const tags: string[] = [];
  for (const part of text.split(/[;|]/)) {
    const tag = part.trim();
    if (tag !== '' && !tags.includes(tag)) tags.push(tag);
    if (tag.length > longest.tag || tags.length > mostTags)
      return expected(`at most ${mostTags} tags of at most ${longest.tag} characters`);
  }
  if (tags.length > 0) person.tags = tags;
  return undefined;
}

function setAttribute(person: Person, name: string, text: string): CellProblem | undefined {
  if (text.length > longest.attribute) return expected(`at most ${longest.attribute} characters`);
  (person.attributes ??= new Map()).set(name, text);
  return undefined;
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** A country as people call it, of its code of two letters. */
function countryName(code: string): string {
  return countryNames.of(code) ?? code;
}

/** PostgreSQL cannot store NUL, and nobody reads more. */
function storable(text: string, most: number): string {
  const short = text.length > most ? `${text.slice(0, most)}…` : text;
  return short.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Cells that are given back later; of those that are too large, only the beginning. */
function storableCells(cells: readonly string[]): string[] {
  const size = cells.reduce((sum, cell) => sum + cell.length, 0);
  return cells.slice(0, 1000).map((cell) => storable(cell, size > 100_000 ? 1000 : Infinity));
}
