import { useState } from 'react';
import { useKeptPicture } from '../../media/use-kept-picture';
import styles from './bubble.module.css';

/** A picture that is kept with POST /media, above its icon and name. */
export function UploadedPicture({ id }: { id: string }) {
  const address = useKeptPicture(id);
  const [unreadable, setUnreadable] = useState<string>();
  if (address === undefined || unreadable === address) return null;
  return (
    <img
      className={styles.picture}
      src={address}
      alt=""
      onError={() => setUnreadable(address)} // bytes that the browser cannot show
    />
  );
}
