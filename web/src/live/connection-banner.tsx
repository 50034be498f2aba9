import { useSyncExternalStore } from 'react';
import type { Socket } from './socket';

/** Says so while figures cannot be trusted to be of now. The region is always there, so that it is read out. */
export function ConnectionBanner({ socket }: { socket: Socket }) {
  const state = useSyncExternalStore(socket.subscribe, socket.state);
  return (
    <div role="status" className="banner-place">
      {state === 'down' && <p className="banner">Live figures are paused, reconnecting…</p>}
    </div>
  );
}
