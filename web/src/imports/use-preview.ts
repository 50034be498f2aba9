import { useEffect, useState } from 'react';
import { useBusiness } from '../frame/business';
import { useSignedIn } from '../sign-in/signed-in';
import { firstColumns } from './first-rows';
import { isRefusal, parametersOf, requestPreview } from './preview';
import type { Choices, Preview, PreviewColumn } from './preview';

interface Known {
  file: File;
  /** The parameters that this was read with. */
  parameters: string;
  /** The last one that the server gave for this file. */
  preview?: Preview;
  /** What stands in the file, if the server has refused it from the beginning. */
  found?: PreviewColumn[];
  problem?: unknown;
}

export interface PreviewState {
  /** Of the choices before the last ones while `busy`, or while there is a `problem`. */
  preview: Preview | undefined;
  columns: PreviewColumn[] | undefined;
  problem: unknown;
  busy: boolean;
  retry: () => void;
}

/** Asks the server what a file would become, each time that the file or the choices change. */
export function usePreview(file: File | undefined, choices: Choices): PreviewState {
  const { id } = useBusiness();
  const { token } = useSignedIn();
  const [known, setKnown] = useState<Known>();
  const [attempt, setAttempt] = useState(0);
  const parameters = file && parametersOf(id, file.name, { ...choices, onDuplicate: 'update' });

  useEffect(() => {
    if (!file || parameters === undefined) return undefined;
    const abort = new AbortController();
    const keep = (next: Omit<Known, 'file' | 'parameters'>) => {
      if (abort.signal.aborted) return;
      setKnown((before) => ({
        ...(before?.file === file && { preview: before.preview, found: before.found }),
        ...next,
        file,
        parameters,
      }));
    };
    requestPreview(file, parameters, token, abort.signal)
      .then((preview) => keep({ preview }))
      .catch(async (problem: unknown) => {
        if (abort.signal.aborted) return;
        const found = isRefusal(problem) ? await readColumns(file) : undefined;
        keep({ problem, ...(found && { found }) });
      });
    return () => abort.abort();
  }, [file, parameters, token, attempt]);

  const mine = known?.file === file ? known : undefined;
  return {
    preview: mine?.preview,
    columns:
      mine?.preview?.columns ??
      mine?.found?.map((column) => ({ ...column, field: fieldOf(column, choices) })),
    problem: mine?.problem,
    busy: file !== undefined && mine?.parameters !== parameters,
    retry: () => {
      setKnown((before) => before && { ...before, parameters: '', problem: undefined });
      setAttempt(attempt + 1);
    },
  };
}

/** What a column of a refused file would become. */
function fieldOf({ header }: PreviewColumn, { kind, mapping, keepOthers }: Choices): string | null {
  const chosen = mapping[header];
  if (chosen !== undefined) return chosen;
  return keepOthers && kind !== 'optouts' && header !== '' ? `attributes.${header}` : null;
}

async function readColumns(file: File): Promise<PreviewColumn[] | undefined> {
  try {
    const columns = firstColumns(new Uint8Array(await file.slice(0, 100_000).arrayBuffer()));
    return columns.length > 0 && columns.length <= 1000 ? columns : undefined;
  } catch {
    return undefined;
  }
}
