import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { useText } from '../i18n/text';
import styles from './frame.module.css';

/** Something that failed after its screen had been left. */
interface Notice {
  /** What failed. */
  title: string;
  error: unknown;
  /** Where it can be put right. */
  link: { to: string; business: string; words: string };
}

interface Notices {
  shown: readonly Notice[];
  tell: (notice: Notice) => void;
  close: (notice: Notice) => void;
}

const Context = createContext<Notices | undefined>(undefined);

/** Keeps what {@link useTell} tells, on whichever screen the person is. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const tell = useCallback((notice: Notice) => setShown((before) => [...before, notice]), []);
  const close = useCallback(
    (notice: Notice) => setShown((before) => before.filter((one) => one !== notice)),
    [],
  );
  const value = useMemo(() => ({ shown, tell, close }), [shown, tell, close]);
  return <Context value={value}>{children}</Context>;
}

/** Tells of a failure after the screen that it belongs to has been left. */
export function useTell(): (notice: Notice) => void {
  return useNotices().tell;
}

/** What was told and is not closed yet, above the screen. */
export function NoticeList() {
  const say = useText();
  const words = useErrorWords();
  const { shown, close } = useNotices();
  return shown.map((notice, index) => (
    <div key={index} className={styles.notice} role="alert">
      <p>
        <strong>{notice.title}</strong> {words(notice.error)}
      </p>
      <div className={styles.noticeActions}>
        <Link to={notice.link.to} search={{ business: notice.link.business }} onClick={() => close(notice)}>
          {notice.link.words}
        </Link>
        <Button
          onClick={() => {
            close(notice);
            // The button goes with it, so the focus is given to the screen.
            document.getElementById('content')?.focus({ preventScroll: true });
          }}
        >
          {say('frame.closeNotice')}
        </Button>
      </div>
    </div>
  ));
}

function useNotices(): Notices {
  const notices = use(Context);
  if (!notices) throw new Error('Nothing can be told here');
  return notices;
}
