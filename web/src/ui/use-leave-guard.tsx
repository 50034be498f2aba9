import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text';
import { ConfirmDialog } from './confirm-dialog';

/** Asks before unsaved changes are left, also when the tab is closed or reloaded. */
export function useLeaveGuard(unsaved: boolean): { dialog: ReactNode; release: () => void } {
  const say = useText();
  const released = useRef(false);
  const blocker = useBlocker({
    shouldBlockFn: () => unsaved && !released.current,
    enableBeforeUnload: () => unsaved && !released.current,
    withResolver: true,
  });
  const dialog = blocker.status === 'blocked' && (
    <ConfirmDialog
      title={say('ui.leave')}
      yes={say('ui.leaveYes')}
      no={say('ui.leaveNo')}
      danger
      confirm={blocker.proceed}
      dismiss={blocker.reset}
    >
      {say('ui.leaveWords')}
    </ConfirmDialog>
  );
  return {
    dialog,
    /** The changes are saved, or not wanted: leaving is free. */
    release: () => {
      released.current = true;
    },
  };
}
