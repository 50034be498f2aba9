import { Button, FileButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { acceptedFiles, checkFile } from '../campaigns/new/media-kinds';
import { useMediaUpload } from '../campaigns/new/use-media-upload';
import { useText } from '../i18n/text';
import styles from './templates.module.css';

interface Props {
  kind: 'IMAGE' | 'VIDEO' | 'GIF' | 'DOCUMENT';
  /** The name of the file that is kept; empty before. */
  fileName: string;
  wrong: string | undefined;
  touch: () => void;
  change: (kept: { mediaId: string; fileName: string }) => void;
}

/** A file that shows WhatsApp what a header looks like. */
export function ExampleFile({ kind, fileName, wrong, touch, change }: Props) {
  const say = useText();
  const words = useErrorWords();
  const id = useId();
  const [refused, setRefused] = useState<'TYPE' | 'SIZE' | 'EMPTY'>();
  const upload = useMediaUpload((mediaId, { name }) => change({ mediaId, fileName: name }));
  const choose = (file: File | null) => {
    if (!file) return;
    touch();
    upload.forget();
    const checked = checkFile(kind, file);
    setRefused('wrong' in checked ? checked.wrong : undefined);
    if ('type' in checked) upload.start(file, checked.type);
  };
  const problem =
    refused !== undefined
      ? say('campaigns.wrongFile', { wrong: refused, kind })
      : upload.problem === undefined
        ? upload.sending
          ? undefined
          : wrong
        : words(upload.problem);
  return (
    <div className={styles.section}>
      <p className="muted small" id={id}>
        {say('templates.mediaWords', { kind })}
      </p>
      <div className={styles.row}>
        <FileButton
          accept={acceptedFiles(kind)}
          onChange={choose}
          inputProps={{ 'aria-label': say('templates.mediaExample') }}
        >
          {(button) => (
            <Button
              {...button}
              aria-describedby={id}
              aria-invalid={problem !== undefined}
              aria-busy={upload.sending !== undefined}
            >
              {say(fileName === '' ? 'templates.chooseFile' : 'templates.chooseAnother')}
            </Button>
          )}
        </FileButton>
        <span className={styles.fileName} role="status">
          {upload.sending ? say('templates.uploading', { name: upload.sending.file.name }) : fileName}
        </span>
      </div>
      {problem !== undefined && (
        <p className={styles.wrong} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
