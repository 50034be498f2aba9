import { lazy, Suspense, useLayoutEffect } from 'react';
import type { ConfirmProps } from './confirm-modal';

const ConfirmModal = lazy(() => import('./confirm-modal'));

/** Asks before something that cannot be undone. It is loaded when it is first needed. */
export function ConfirmDialog(props: ConfirmProps) {
  // The dialog is removed while it is open, so Mantine does not give the focus back.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <Suspense fallback={null}>
      <ConfirmModal {...props} />
    </Suspense>
  );
}
