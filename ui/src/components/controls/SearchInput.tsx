import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcut } from '@/lib/shortcuts';
import styles from './SearchInput.module.css';

export interface SearchInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSubmit?: (value: string) => void;
  placeholder?: string;
  /** `/` goes here. One per page. */
  primary?: boolean;
}

/** A plain text search; the filter language has {@link FilterBox}. */
export function SearchInput({ label, value, onChange, onSubmit, placeholder, primary = false }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', label, () => input.current?.focus(), { enabled: primary });
  return (
    <div className={styles.box}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onSubmit?.(value);
          if (event.key === 'Escape') input.current?.blur();
        }}
      />
      {primary && !value && <kbd>/</kbd>}
    </div>
  );
}
