import type { CompletionSource } from '@codemirror/autocomplete';
import { Filter, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Button, IconButton } from '@/components/controls/Button';
import { useShortcut } from '@/lib/shortcuts';
import styles from './FilterBox.module.css';
import type { FilterEditorHandle } from './FilterEditor';

const FilterEditor = lazy(() => import('./FilterEditor'));

export interface FilterBoxProps {
  /** The accessible name. */
  label: string;
  /** The filter that is in force. */
  value: string;
  /** Enter, or the button. */
  onSubmit: (value: string) => void;
  /** What stands in the box, sent or not. */
  onEdit?: (text: string) => void;
  /** See `useFilterCompletion`. */
  complete?: CompletionSource;
  placeholder?: string;
  /** What the server said about the filter, if it could not read it. */
  problem?: string;
  /** Beside the box: the visual builder, saved views. */
  end?: ReactNode;
}

/** One line of the filter language: coloured, completed, submitted by Enter. `/` goes here. */
export function FilterBox({ label, value, onSubmit, onEdit, complete, placeholder = 'service.name = "cart" and duration > 250ms', problem, end }: FilterBoxProps) {
  const editor = useRef<FilterEditorHandle>(null);
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const [isWanted, setWanted] = useState(false);
  useShortcut('/', label, () => (editor.current ? editor.current.focus() : setWanted(true)));
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const isDirty = text.trim() !== value;
  const edit = (next: string) => {
    setText(next);
    onEdit?.(next);
  };
  return (
    <div className={styles.wrap}>
      <div className={styles.box} data-problem={problem ? '' : undefined}>
        <Filter size={14} aria-hidden className={styles.icon} />
        <Suspense fallback={<span className={styles.waiting}>{value || placeholder}</span>}>
          <FilterEditor ref={editor} className={styles.editor} label={label} value={value} onSubmit={onSubmit} onEdit={edit} complete={complete} placeholder={placeholder} isWanted={isWanted} />
        </Suspense>
        {text !== '' && (
          <IconButton label="Clear the filter" size="s" onClick={() => {
              editor.current?.clear();
              onSubmit('');
            }}>
            <X size={14} />
          </IconButton>
        )}
        <Button size="s" look={isDirty ? 'primary' : 'quiet'} onClick={() => onSubmit(editor.current?.text().trim() ?? value)}>
          Search
        </Button>
      </div>
      {end}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
