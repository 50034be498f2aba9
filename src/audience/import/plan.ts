import { phoneIdentity } from '../contacts/phone';
import { cellsOf } from './record-reader';
import { badRow } from './row';
import type { BadRow, Person } from './row';

/** A contact that is there already, as far as rows are matched by it. */
export interface ExistingContact {
  id: string;
  external_id: string | null;
  bsuid: string | null;
  identity: string | null;
}

/** A contact to be written: a new one, or the changes of one that is there. */
export interface PlannedContact {
  /** Null for a new one. */
  id: string | null;
  columns: Person['columns'];
  tags?: string[];
  attributes?: Map<string, string>;
}

export interface Plan {
  created: PlannedContact[];
  updated: PlannedContact[];
  bad: BadRow[];
  createdRows: number;
  updatedRows: number;
  /** Left alone, because the contact is there already. */
  skippedRows: number;
}

/** A contact during the planning. */
interface Known extends PlannedContact {
  externalId: string | null;
  bsuid: string | null;
  identity: string | null;
  changed: boolean;
}

/**
 * Decides what becomes of each row of a set, in the order of the file: a row whose externalId exists belongs to that
 * contact, else one whose phone, or else bsuid, exists to the oldest contact with it that has no other externalId; otherwise
 * it is a new contact, to which later rows of the set may belong. Pure.
 * @param existing the contacts with an externalId, a phone or a bsuid of the set, oldest first
 */
export function planRows(
  people: readonly Person[],
  existing: readonly ExistingContact[],
  options: { skipDuplicates: boolean; phoneHeader: string | null; delimiter: string },
): Plan {
  const plan: Plan = { created: [], updated: [], bad: [], createdRows: 0, updatedRows: 0, skippedRows: 0 };
  const byExternalId = new Map<string, Known>();
  const byIdentity = new Map<string, Known[]>();
  const byBsuid = new Map<string, Known[]>();
  const register = (known: Known): void => {
    if (known.externalId !== null) byExternalId.set(known.externalId, known);
    add(byIdentity, known.identity, known);
    add(byBsuid, known.bsuid, known);
  };
  for (const { id, external_id: externalId, bsuid, identity } of existing)
    register({ id, externalId, bsuid, identity, columns: {}, changed: false });

  for (const person of people) {
    const { columns } = person;
    const externalId = columns.external_id ?? null;
    const bsuid = columns.bsuid ?? null;
    const identity = columns.phone_e164 === undefined ? null : phoneIdentity(columns.phone_e164);
    const named = externalId === null ? undefined : byExternalId.get(externalId);
    const sharing = identity === null || named?.identity === identity ? [] : (byIdentity.get(identity) ?? []);
    const other =
      externalId === null
        ? undefined
        : sharing.find((one) => one.externalId !== null && one.externalId !== externalId);
    if (other) {
      const reason = `the phone belongs to the contact with the externalId ${other.externalId}`;
      const row = { line: person.line, cells: cellsOf(person.raw, options.delimiter) };
      plan.bad.push(badRow(row, options.phoneHeader, columns.phone ?? '', reason));
      continue;
    }
    const target = named ?? sharing[0] ?? ofBsuid(byBsuid, bsuid, externalId);
    if (target && options.skipDuplicates) {
      plan.skippedRows++;
      continue;
    }
    if (!target) {
      const added: Known = { id: null, externalId, bsuid, identity, columns: { ...columns }, changed: true };
      if (person.tags) added.tags = person.tags;
      if (person.attributes) added.attributes = person.attributes;
      register(added);
      plan.created.push(added);
      plan.createdRows++;
      continue;
    }
    plan.updatedRows++;
    if (!target.changed && target.id !== null) plan.updated.push(target);
    target.changed = true;
    if (columns.phone !== undefined) delete target.columns.phone_e164;
    Object.assign(target.columns, columns);
    if (person.tags) target.tags = person.tags;
    if (person.attributes) target.attributes = new Map([...(target.attributes ?? []), ...person.attributes]);
    if (bsuid !== null && target.bsuid !== bsuid) {
      remove(byBsuid, target.bsuid, target);
      target.bsuid = bsuid;
      add(byBsuid, bsuid, target);
    }
    const moved = columns.phone !== undefined && identity !== target.identity;
    const gained = externalId !== null && target.externalId === null;
    if (moved) remove(byIdentity, target.identity, target);
    if (!moved && !gained) continue;
    const { identity: before } = target;
    target.externalId ??= externalId;
    if (moved) target.identity = identity;
    if (target.externalId !== null) byExternalId.set(target.externalId, target);
    if (moved && before !== target.identity) add(byIdentity, target.identity, target);
  }
  return plan;
}

/** The oldest contact with a bsuid that has no other externalId. */
function ofBsuid(
  byBsuid: ReadonlyMap<string, readonly Known[]>,
  bsuid: string | null,
  externalId: string | null,
): Known | undefined {
  if (bsuid === null) return undefined;
  const fits = (one: Known) =>
    externalId === null || one.externalId === null || one.externalId === externalId;
  return byBsuid.get(bsuid)?.find(fits);
}

function add(map: Map<string, Known[]>, key: string | null, known: Known): void {
  if (key === null) return;
  const same = map.get(key);
  if (same) same.push(known);
  else map.set(key, [known]);
}

function remove(map: Map<string, Known[]>, key: string | null, known: Known): void {
  if (key === null) return;
  map.set(
    key,
    (map.get(key) ?? []).filter((one) => one !== known),
  );
}
