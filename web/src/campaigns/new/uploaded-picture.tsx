import { useEffect, useState } from 'react';
import { useSignedIn } from '../../sign-in/signed-in';
import styles from './bubble.module.css';

/** A picture that is kept with POST /media. It is read with the token, which an address of a picture could not carry. */
export function UploadedPicture({ id }: { id: string }) {
  const { token } = useSignedIn();
  const [picture, setPicture] = useState<{ of: string; address: string }>();
  useEffect(() => {
    const abort = new AbortController();
    let address: string | undefined;
    const read = async () => {
      const response = await fetch(`/media/${encodeURIComponent(id)}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: abort.signal,
      });
      if (!response.ok) return;
      const content = await response.blob();
      if (abort.signal.aborted) return;
      address = URL.createObjectURL(content);
      setPicture({ of: id, address });
    };
    read().catch(() => undefined); // the icon and the name of the file stay
    return () => {
      abort.abort();
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [id, token]);
  if (picture?.of !== id) return null;
  return (
    <img
      className={styles.picture}
      src={picture.address}
      alt=""
      onError={() => setPicture(undefined)} // bytes that the browser cannot show
    />
  );
}
