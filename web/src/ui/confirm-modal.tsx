import { Button, Modal } from '@mantine/core';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import type { ReactNode } from 'react';
import styles from './confirm-modal.module.css';

export interface ConfirmProps {
  title: string;
  yes: string;
  no: string;
  /** It destroys something. */
  danger?: boolean;
  confirm: () => void;
  dismiss: () => void;
  children: ReactNode;
}

/** Mounted while it is open. Esc, a click outside and `no` dismiss it; the focus returns to where it was. */
export default function ConfirmModal({ title, yes, no, danger, confirm, dismiss, children }: ConfirmProps) {
  return (
    <Modal opened onClose={dismiss} title={title} withCloseButton={false} classNames={styles}>
      <div className={styles.words}>{children}</div>
      <div className={styles.buttons}>
        <Button onClick={dismiss} data-autofocus>
          {no}
        </Button>
        <Button variant="filled" color={danger ? 'red' : 'brand'} onClick={confirm}>
          {yes}
        </Button>
      </div>
    </Modal>
  );
}
