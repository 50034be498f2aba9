import { useEffect, useRef, useState } from 'react';
import { postFile } from '../api/post-file';
import { useBusiness } from '../frame/business';
import { useSignedIn } from '../sign-in/signed-in';

/** A file on its way to POST /media, or the failure of the last one. Leaving the screen breaks it off. */
export function useUpload(onKept: (mediaId: string, file: File) => void) {
  const { id } = useBusiness();
  const { token } = useSignedIn();
  const [sending, setSending] = useState<{ file: File; sent: number }>();
  const [problem, setProblem] = useState<unknown>();
  const abort = useRef<AbortController>(undefined);
  const kept = useRef(onKept);
  useEffect(() => {
    kept.current = onKept;
  });
  useEffect(() => () => abort.current?.abort(), []);

  const start = (file: File, type: string) => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    setProblem(undefined);
    setSending({ file, sent: 0 });
    postFile(`/media?${new URLSearchParams({ businessId: id }).toString()}`, file, {
      type,
      token,
      onProgress: (sent) => setSending({ file, sent }),
      signal: controller.signal,
    })
      .then((answer) => {
        setSending(undefined);
        kept.current((answer as { mediaId: string }).mediaId, file);
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        setSending(undefined);
        setProblem(error);
      });
  };
  const stop = () => {
    abort.current?.abort();
    setSending(undefined);
  };
  return { sending, problem, start, stop, forget: () => setProblem(undefined) };
}
