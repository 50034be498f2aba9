import { useEffect, useRef, useState } from 'react';

const everyMs = 10_000;

/** Lets screen readers announce a text that changes often: every ten seconds, and at once when `now` becomes true. */
export function Announcer({ text, now }: { text: string; now: boolean }) {
  const latest = useRef(text);
  const [announced, setAnnounced] = useState(text);
  useEffect(() => {
    latest.current = text;
    if (now) setAnnounced(text);
  }, [text, now]);
  useEffect(() => {
    const timer = setInterval(() => setAnnounced(latest.current), everyMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="visually-hidden" role="status">
      {announced}
    </p>
  );
}
