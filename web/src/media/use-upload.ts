import { createContext, use, useEffect, useRef, useState } from 'react';
import { postFile } from '../api/post-file';
import { useBusiness } from '../frame/business';
import { useSignedIn } from '../sign-in/signed-in';

/** A file on its way to POST /media with the bytes sent so far, or why the last one was not taken. */
interface Upload {
  sending?: { file: File; sent: number };
  problem?: unknown;
}

type OnKept = (mediaId: string, file: File) => void;

/** Uploads of several fields, by the names that the fields give. */
export interface Uploads {
  of: (name: string) => Upload;
  /** The names of the files that are on their way. */
  running: readonly string[];
  /** Stops the one before of the same field. `onKept` is called even if the field is not shown any more. */
  start: (name: string, file: File, type: string, onKept: OnKept) => void;
  stop: (name: string) => void;
  /** Forgets why the last file was not taken. */
  forget: (name: string) => void;
}

/** Uploads that last as long as the component that calls this: when it is removed, they are stopped. */
export function useUploads(): Uploads {
  const { id } = useBusiness();
  const { token } = useSignedIn();
  const [uploads, setUploads] = useState<Readonly<Record<string, Upload>>>({});
  const aborts = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const { current } = aborts;
    return () => {
      for (const abort of current.values()) abort.abort();
    };
  }, []);

  const set = (name: string, upload: Upload) => setUploads((before) => ({ ...before, [name]: upload }));
  const start: Uploads['start'] = (name, file, type, onKept) => {
    aborts.current.get(name)?.abort();
    const controller = new AbortController();
    aborts.current.set(name, controller);
    set(name, { sending: { file, sent: 0 } });
    postFile(`/media?${new URLSearchParams({ businessId: id }).toString()}`, file, {
      type,
      token,
      onProgress: (sent) => {
        if (!controller.signal.aborted) set(name, { sending: { file, sent } });
      },
      signal: controller.signal,
    })
      .then((answer) => {
        set(name, {});
        onKept((answer as { mediaId: string }).mediaId, file);
      })
      .catch((problem: unknown) => {
        if (!controller.signal.aborted) set(name, { problem });
      });
  };
  const stop = (name: string) => {
    aborts.current.get(name)?.abort();
    set(name, {});
  };
  return {
    of: (name) => uploads[name] ?? {},
    running: Object.values(uploads).flatMap(({ sending }) => sending?.file.name ?? []),
    start,
    stop,
    forget: (name) =>
      setUploads((before) => {
        const sending = before[name]?.sending;
        return { ...before, [name]: sending ? { sending } : {} };
      }),
  };
}

const Shared = createContext<Uploads | undefined>(undefined);

/** Fields inside it that have a name upload through these uploads, which go on while the fields are not shown. */
export const UploadsProvider = Shared;

/**
 * The upload of one field.
 * @param name undefined: it lasts as long as the field is shown
 */
export function useUpload(onKept: OnKept, name?: string) {
  const own = useUploads();
  const shared = use(Shared);
  const uploads = name === undefined ? own : (shared ?? own);
  const key = name ?? '';
  return {
    ...uploads.of(key),
    start: (file: File, type: string) => uploads.start(key, file, type, onKept),
    stop: () => uploads.stop(key),
    forget: () => uploads.forget(key),
  };
}
