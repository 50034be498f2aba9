import { useState } from 'react';
import { columnsOf, usualColumns } from './columns';
import type { ContactColumn } from './columns';
import type { ContactKind } from './contact-values';

/** The columns of the list that a person chose; this browser keeps them, for each kind of contact. */
export function useColumns(kind: ContactKind): {
  shown: ContactColumn[];
  toggle: (key: string) => void;
  reset: () => void;
} {
  const [chosen, setChosen] = useState<Partial<Record<ContactKind, readonly string[]>>>({});
  const keys = chosen[kind] ?? stored(kind) ?? usualColumns[kind];
  const keep = (next: readonly string[]) => {
    setChosen({ ...chosen, [kind]: next });
    store(kind, next);
  };
  return {
    shown: columnsOf[kind].filter(({ key }) => keys.includes(key)),
    toggle: (key) => keep(keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key]),
    reset: () => keep(usualColumns[kind]),
  };
}

const storageKey = (kind: ContactKind) => `dakiya.columns.${kind}`;

function stored(kind: ContactKind): string[] | undefined {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(storageKey(kind)) ?? '');
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : undefined;
  } catch {
    return undefined; // nothing is stored, or storage is blocked
  }
}

function store(kind: ContactKind, keys: readonly string[]): void {
  try {
    localStorage.setItem(storageKey(kind), JSON.stringify(keys));
  } catch {
    // storage is blocked: the choice lasts until the page is closed
  }
}
