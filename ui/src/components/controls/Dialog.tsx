import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import styles from './popup.module.css';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog: focus is kept in it and given back, Esc closes it. */
export function Dialog({ open, onClose, title, wide, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={wide ? `${styles.dialog} ${styles.wide}` : styles.dialog}>
          <div className={styles.dialogHead}>
            <Base.Title>{title}</Base.Title>
            <Base.Close render={<Button look="quiet" size="s" aria-label="Close" />}>
              <X size={16} />
            </Base.Close>
          </div>
          <div className={styles.dialogBody}>{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
