import { useSyncExternalStore } from 'react';
import type { Socket } from './socket';

/** Says when figures may be out of date. The element is always there, so that screen readers announce its content. */
export function ConnectionBanner({ socket }: { socket: Socket }) {
  const state = useSyncExternalStore(socket.subscribe, socket.state);
  return (
    <div role="status" className="banner-place">
      {state === 'down' && <p className="banner">Live figures are paused, reconnecting…</p>}
    </div>
  );
}
