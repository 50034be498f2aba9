import { Button } from '@mantine/core';
import { useState } from 'react';
import { download } from '../api/http';
import { useText } from '../i18n/text';
import { useSignedIn } from '../sign-in/signed-in';
import { ErrorState } from '../ui/error-state';
import type { Kind } from './kinds';
import styles from './new-import.module.css';

/** Gives a file to try an import with, or to copy the columns of. */
export function SampleFile({ kind }: { kind: Kind }) {
  const say = useText();
  const { token } = useSignedIn();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await download(`/imports/sample.csv?kind=${kind}`, token, `dakiya-${kind}.csv`);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.sample}>
      <p className={styles.hint}>{say('imports.sampleHint', { kind })}</p>
      <Button variant="default" aria-busy={busy} onClick={() => !busy && void save()}>
        {say('imports.sample')}
      </Button>
      {problem !== undefined && (
        <ErrorState title={say('imports.sampleFailed')} error={problem} retry={() => void save()} />
      )}
    </div>
  );
}
