import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useBusiness } from '../frame/business';
import { useSignedIn } from '../sign-in/signed-in';
import { parametersOf } from './preview';
import type { Choices } from './preview';
import { upload } from './upload';

export interface Sending {
  /** Bytes; undefined while nothing is being sent. */
  sent: number | undefined;
  /** Why the last attempt failed. */
  problem: unknown;
  stopped: boolean;
  start: () => void;
  stop: () => void;
  /** Forgets how the last attempt ended. */
  forget: () => void;
  /** Whether leaving the page would break off the upload. Asked at the moment of leaving. */
  isSending: () => boolean;
}

/** Sends the file and leads to its import. An upload ends when the screen is left. */
export function useUpload(file: File | undefined, choices: Choices): Sending {
  const { id } = useBusiness();
  const { token } = useSignedIn();
  const navigate = useNavigate();
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<unknown>();
  const [stopped, setStopped] = useState(false);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const forget = () => {
    setProblem(undefined);
    setStopped(false);
  };
  const start = () => {
    if (!file || abort.current) return;
    const controller = new AbortController();
    abort.current = controller;
    forget();
    setSent(0);
    upload(file, parametersOf(id, file.name, choices), token, setSent, controller.signal)
      .then((importId) => {
        abort.current = undefined;
        return navigate({ to: '/imports/$importId', params: { importId }, replace: true });
      })
      .catch((error: unknown) => {
        abort.current = undefined;
        setSent(undefined);
        if (controller.signal.aborted) setStopped(true);
        else setProblem(error);
      });
  };
  return {
    sent,
    problem,
    stopped,
    start,
    stop: () => abort.current?.abort(),
    forget,
    isSending: () => abort.current !== undefined,
  };
}
