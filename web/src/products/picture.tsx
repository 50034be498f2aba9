import { useEffect, useRef, useState } from 'react';
import { MediaIcon } from '../campaigns/new/icons';
import { useKeptPicture } from '../media/use-kept-picture';
import styles from './products.module.css';

interface Props {
  /** Of an uploaded picture; null for an address, or none. */
  mediaId: string | null;
  alt: string;
  large?: boolean;
}

/**
 * A picture that is kept here, read when it comes into view. Pictures at other addresses are not shown: the page loads
 * nothing from other hosts.
 */
export function Picture({ mediaId, alt, large = false }: Props) {
  const box = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  const source = useKeptPicture(seen ? (mediaId ?? undefined) : undefined);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <span ref={box} className={styles.picture} data-large={large || undefined}>
      {source === undefined ? <MediaIcon kind="IMAGE" /> : <img src={source} alt={alt} />}
    </span>
  );
}
