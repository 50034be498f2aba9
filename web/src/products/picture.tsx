import { useEffect, useRef, useState } from 'react';
import { MediaIcon } from '../campaigns/new/icons';
import { useSignedIn } from '../sign-in/signed-in';
import styles from './products.module.css';

interface Props {
  /** Of an uploaded picture; null for an address, or none. */
  mediaId: string | null;
  /** Shown instead, e.g. a file that has been chosen and not been uploaded yet. */
  file?: File | undefined;
  alt: string;
  large?: boolean;
}

/**
 * A picture that is kept here. It is read when it comes into view, because a request needs the token, which a link cannot
 * carry. Pictures at other addresses are not shown: the page loads nothing from other hosts.
 */
export function Picture({ mediaId, file, alt, large = false }: Props) {
  const { token } = useSignedIn();
  const box = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  const [source, setSource] = useState<string>();

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    setSource(undefined);
    if (file) {
      const url = URL.createObjectURL(file);
      setSource(url);
      return () => URL.revokeObjectURL(url);
    }
    if (!seen || mediaId === null) return undefined;
    const abort = new AbortController();
    let url: string | undefined;
    fetch(`/media/${mediaId}`, { headers: { authorization: `Bearer ${token}` }, signal: abort.signal })
      .then(async (response) => {
        if (!response.ok) return;
        url = URL.createObjectURL(await response.blob());
        setSource(url);
      })
      .catch(() => undefined); // without the picture the icon stays
    return () => {
      abort.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [file, mediaId, seen, token]);

  return (
    <span ref={box} className={styles.picture} data-large={large || undefined}>
      {source === undefined ? <MediaIcon kind="IMAGE" /> : <img src={source} alt={alt} />}
    </span>
  );
}
