import { Autocomplete } from '@base-ui/react/autocomplete';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import popup from '@/components/controls/popup.module.css';
import { lineText } from '@/lib/attributes';
import styles from './FilterBuilder.module.css';

export interface Suggestion {
  value: string;
  detail?: string;
}

interface SuggestInputProps {
  label: string;
  value: string;
  placeholder?: string;
  /** Everything the suggestions depend on beside what is typed. */
  queryKey: readonly unknown[];
  load: (typed: string) => Promise<Suggestion[]>;
  /** Enter, a chosen suggestion, or the focus going elsewhere. */
  onCommit: (value: string) => void;
  /** It was just added: what the person writes next. */
  isWrittenNext?: boolean;
  code?: boolean;
}

/** A text with suggestions, of which none has to be taken. */
export function SuggestInput({ label, value, placeholder, queryKey, load, onCommit, isWrittenNext, code }: SuggestInputProps) {
  const [typed, setTyped] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWrittenNext) input.current?.focus();
  }, [isWrittenNext]);
  // What was there before a person typed is no reason to hide the alternatives.
  const found = useQuery({ queryKey: ['suggest', ...queryKey, typed ?? ''], queryFn: () => load(typed ?? ''), enabled: isOpen, placeholderData: (previous) => previous, meta: { background: true } });
  const commit = (text: string) => {
    setTyped(undefined);
    if (text !== value) onCommit(text);
  };
  const items = found.data ?? [];
  return (
    <Autocomplete.Root
      items={items}
      mode="none"
      value={typed ?? value}
      open={isOpen && items.length > 0}
      onOpenChange={setOpen}
      openOnInputClick
      itemToStringValue={(item: Suggestion) => item.value}
      onValueChange={(next, details) => (details.reason === 'item-press' ? commit(next) : setTyped(next))}
    >
      <Autocomplete.Input
        className={styles.input}
        data-code={code || undefined}
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        ref={input}
        onFocus={() => setOpen(true)}
        onBlur={() => typed !== undefined && commit(typed)}
        onKeyDown={(event) => {
          const isHighlighted = event.currentTarget.getAttribute('aria-activedescendant');
          if (event.key === 'Enter' && !isHighlighted) {
            setOpen(false);
            commit(typed ?? value);
          }
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className={popup.positioner}>
          <Autocomplete.Popup className={`${popup.menu} ${styles.suggestions}`}>
            <Autocomplete.List>
              {(item: Suggestion) => (
                <Autocomplete.Item key={item.value} value={item} className={popup.item}>
                  <span className={styles.suggestion}>{item.value === '' ? '(empty)' : lineText(item.value, 200)}</span>
                  {item.detail && <span className={styles.detail}>{item.detail}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
