import { Button } from '@mantine/core';
import { Link, useBlocker } from '@tanstack/react-router';
import { useLanguage } from '../i18n/language';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';
import { Bar } from '../ui/bar';
import styles from './new-import.module.css';
import { size } from '../format/size';
import { UploadLost } from '../api/post-file';
import type { Sending } from './use-upload';

interface Props {
  file: File | undefined;
  sending: Sending;
  /** Why the import cannot be started. */
  reason: string | undefined;
  /** What the check has found. */
  verdict: string | undefined;
}

/** Starts the import, and shows how far the file is on its way. */
export function StartBar({ file, sending, reason, verdict }: Props) {
  const say = useText();
  const { locale } = useLanguage();
  const { sent, problem, stopped, isSending } = sending;
  const leaving = useBlocker({
    shouldBlockFn: isSending,
    enableBeforeUnload: isSending,
    withResolver: true,
  });
  return (
    <>
      {problem !== undefined && <UploadProblem problem={problem} retry={sending.start} />}
      <div className={styles.bar}>
        {file && sent !== undefined ? (
          <>
            <div className={styles.sending}>
              <span role="status">{say(sent < file.size ? 'imports.sending' : 'imports.storing')}</span>
              <Bar label={say('imports.sendingBar')} part={sent} whole={file.size} />
              <span className="muted small">
                {say('imports.sentOf', { sent: size(sent, locale), total: size(file.size, locale) })}
              </span>
            </div>
            <Button onClick={sending.stop}>{say('imports.stop')}</Button>
          </>
        ) : (
          <>
            {stopped ? (
              <span role="status">{say('imports.stopped')}</span>
            ) : (
              reason === undefined && verdict !== undefined && <span className="muted small">{verdict}</span>
            )}
            <Action variant="filled" reason={reason} run={sending.start}>
              {say('imports.start')}
            </Action>
          </>
        )}
      </div>
      {leaving.status === 'blocked' && (
        <ConfirmDialog
          title={say('imports.askLeave')}
          yes={say('imports.leave')}
          no={say('imports.stay')}
          danger
          confirm={leaving.proceed}
          dismiss={leaving.reset}
        >
          <p>{say('imports.askLeaveWords')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function UploadProblem({ problem, retry }: { problem: unknown; retry: () => void }) {
  const say = useText();
  if (!(problem instanceof UploadLost))
    return <ErrorState title={say('imports.notStarted')} error={problem} retry={retry} />;
  // It may run: whoever starts it again should have looked.
  if (problem.allSent)
    return (
      <ErrorState
        title={say('imports.noAnswer')}
        error={problem}
        words={
          <>
            {say('imports.noAnswerNext')} <Link to="/imports">{say('imports.toList')}</Link>
          </>
        }
        retry={retry}
      />
    );
  return (
    <ErrorState
      title={say('imports.notSent')}
      error={problem}
      words={say('imports.notSentNext')}
      retry={retry}
    />
  );
}
