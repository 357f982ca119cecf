import { X } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { IconButton } from '@/components/controls/Button';
import { usePagePreference } from '@/lib/preferences';
import { useShortcut } from '@/lib/shortcuts';
import styles from './DetailPanel.module.css';

export interface DetailPanelProps {
  /** The accessible name. */
  label: string;
  title: ReactNode;
  /** Beside the title: links, copy buttons. */
  actions?: ReactNode;
  onClose: () => void;
  /** Its width is kept under this name. */
  name: string;
  children: ReactNode;
}

const widthMin = 320;
const widthMax = 1100;
const keyStep = 32;

/** What is selected, at the right side of the page; Esc closes it, its edge is dragged. */
export function DetailPanel({ label, title, actions, onClose, name, children }: DetailPanelProps) {
  const [kept, keep] = usePagePreference(`${name}.width`, 460);
  const [dragged, setDragged] = useState<number>();
  const width = dragged ?? kept;
  useShortcut('Escape', 'Close the details', onClose);

  const bounded = (value: number) => Math.round(Math.min(widthMax, Math.max(widthMin, Math.min(value, innerWidth - 360))));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const [origin, initial] = [event.clientX, width];
    const widthAt = (x: number) => bounded(initial + origin - x);
    const move = (moved: globalThis.PointerEvent) => setDragged(widthAt(moved.clientX));
    const end = (ended: globalThis.PointerEvent) => {
      handle.removeEventListener('pointermove', move);
      keep(widthAt(ended.clientX));
      setDragged(undefined);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') keep(bounded(width + keyStep));
    if (event.key === 'ArrowRight') keep(bounded(width - keyStep));
  };
  return (
    <aside className={styles.panel} aria-label={label} style={{ width }}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that moves is a widget */}
      <div
        className={styles.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the details"
        aria-valuenow={width}
        aria-valuemin={widthMin}
        aria-valuemax={widthMax}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      />
      <header className={styles.head}>
        <div className={styles.title}>{title}</div>
        {actions}
        <IconButton label="Close" shortcut="Esc" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className={styles.body} tabIndex={0} role="region" aria-label={label}>
        {children}
      </div>
    </aside>
  );
}

export interface SectionProps {
  title: ReactNode;
  count?: number;
  /** Open to begin with. */
  open?: boolean;
  end?: ReactNode;
  children: ReactNode;
}

/** A part of the details that opens and closes. */
export function Section({ title, count, open = true, end, children }: SectionProps) {
  return (
    <details className={styles.section} open={open}>
      <summary>
        {title}
        {count !== undefined && <span className={styles.count}>{count}</span>}
        {end && <span className={styles.end}>{end}</span>}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
