import { useEffect, useState } from 'react';
import { useSignedIn } from '../sign-in/signed-in';

/**
 * An address of a picture that is kept with POST /media, for `<img>`. It is read with the token, which an address of the
 * server's could not carry.
 * @param id undefined: there is none, or it is not to be read yet
 * @returns undefined until it is read, and when it cannot be
 */
export function useKeptPicture(id: string | undefined): string | undefined {
  const { token } = useSignedIn();
  const [picture, setPicture] = useState<{ of: string; address: string }>();
  useEffect(() => {
    if (id === undefined) return undefined;
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
    read().catch(() => undefined); // the icon stays in its place
    return () => {
      abort.abort();
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [id, token]);
  return picture !== undefined && picture.of === id ? picture.address : undefined;
}
