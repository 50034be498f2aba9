import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { useText } from '../i18n/text';
import styles from './frame.module.css';

/** Something that failed after its screen had been left. */
interface Notice {
  /** What it is about, e.g. the id of a campaign: a newer notice about the same takes its place. */
  about: string;
  /** What failed. */
  title: string;
  error: unknown;
  /** Where it can be put right. */
  link: { to: string; business: string; words: string };
}

interface Notices {
  shown: readonly Notice[];
  tell: (notice: Notice) => void;
  /** Takes away what was told about something: it is over, or tried again. */
  forgetAbout: (about: string) => void;
}

const Context = createContext<Notices | undefined>(undefined);

/** Keeps what is told with {@link useNotices}, on whichever screen the person is. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const tell = useCallback(
    (notice: Notice) => setShown((before) => [...without(before, notice.about), notice]),
    [],
  );
  const forgetAbout = useCallback((about: string) => setShown((before) => without(before, about)), []);
  const value = useMemo(() => ({ shown, tell, forgetAbout }), [shown, tell, forgetAbout]);
  return <Context value={value}>{children}</Context>;
}

function without(notices: readonly Notice[], about: string): readonly Notice[] {
  return notices.filter((one) => one.about !== about);
}

/** What was told and is not closed yet, above the screen. */
export function NoticeList() {
  const say = useText();
  const words = useErrorWords();
  const { shown, forgetAbout } = useNotices();
  return shown.map((notice) => (
    <div key={notice.about} className={styles.notice} role="alert">
      <p>
        <strong>{notice.title}</strong> {words(notice.error)}
      </p>
      <div className={styles.noticeActions}>
        <Link
          to={notice.link.to}
          search={{ business: notice.link.business }}
          onClick={() => forgetAbout(notice.about)}
        >
          {notice.link.words}
        </Link>
        <Button
          onClick={() => {
            forgetAbout(notice.about);
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

/** Tells of a failure after the screen that it belongs to has been left. */
export function useNotices(): Notices {
  const notices = use(Context);
  if (!notices) throw new Error('Nothing can be told here');
  return notices;
}
