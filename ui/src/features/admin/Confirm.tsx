import type { ReactNode } from 'react';
import { Button } from '@/components/controls/Button';
import { Dialog } from '@/components/controls/Dialog';
import styles from './Admin.module.css';

interface ConfirmProps {
  title: string;
  /** What happens, and what cannot be taken back. */
  children: ReactNode;
  action: string;
  isBusy: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ title, children, action, isBusy, error, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog open onClose={onClose} title={title}>
      <div className={styles.form}>
        <p>{children}</p>
        {error && (
          <p role="alert" className={styles.problem}>
            {error.message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
