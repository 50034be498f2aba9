import { useState } from 'react';
import { UploadLost } from '../api/post-file';
import { useErrorWords } from '../api/use-error-words';
import { useText } from '../i18n/text';
import { checkFile } from './kinds';
import type { MediaKind } from './kinds';
import { useUpload } from './use-upload';

export type FileChoice = ReturnType<typeof useFileChoice>;

/**
 * A file that people choose: it is checked, and uploaded at once.
 * @param name of the field, for an upload that goes on while the field is not shown: see UploadsProvider
 */
export function useFileChoice(kind: MediaKind, onKept: (mediaId: string, file: File) => void, name?: string) {
  const say = useText();
  const words = useErrorWords();
  const [wrong, setWrong] = useState<'TYPE' | 'SIZE' | 'EMPTY'>();
  const { sending, problem, start, stop, forget } = useUpload(onKept, name);
  const choose = (file: File | null) => {
    if (!file) return;
    forget();
    const checked = checkFile(kind, file);
    setWrong('wrong' in checked ? checked.wrong : undefined);
    if ('type' in checked) start(file, checked.type);
  };
  return {
    choose,
    stop,
    /** On its way, with the bytes sent so far. */
    sending,
    /** Why the last file was not taken, in words. */
    problem:
      wrong !== undefined
        ? say('campaigns.wrongFile', { wrong, kind })
        : problem instanceof UploadLost
          ? say('campaigns.uploadLost')
          : problem !== undefined
            ? words(problem)
            : undefined,
  };
}
