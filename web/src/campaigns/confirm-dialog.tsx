import { useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  yes: string;
  no: string;
  danger?: boolean;
  confirm: () => void;
  dismiss: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be undone. Esc, a click outside and `no` cancel. */
export function ConfirmDialog({ title, yes, no, danger, confirm, dismiss, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // A layout effect, so that the dialog is closed before it is removed: only then does the focus return to where it was.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        dismiss();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dismiss();
      }}
    >
      <div className="dialog-body">
        <h2 id={titleId}>{title}</h2>
        {children}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={dismiss}>
            {no}
          </button>
          <button
            type="button"
            className={`button ${danger ? 'button-danger' : 'button-primary'}`}
            onClick={confirm}
          >
            {yes}
          </button>
        </div>
      </div>
    </dialog>
  );
}
