import { ListTree } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/controls/Button';
import { SavedViews } from '@/components/data/SavedViews';
import { usePagePreference } from '@/lib/preferences';
import styles from './FilterBar.module.css';
import { FilterBox } from './FilterBox';
import { useFilterCompletion } from './useFilterCompletion';
import type { Signal } from './useFilterSuggestions';

const FilterBuilder = lazy(() => import('./FilterBuilder'));

export interface FilterBarProps {
  signal: Signal;
  /** Whose saved views stand beside the box. */
  page: string;
  /** The accessible name of the box. */
  label: string;
  /** The filter that is in force. */
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** What the server said about the filter, if it could not read it. */
  problem?: string;
}

/** One filter, written as text or put together of rules, and kept under a name. */
export function FilterBar({ signal, page, label, value, onChange, placeholder, problem }: FilterBarProps) {
  const complete = useFilterCompletion(signal);
  // What was typed but not sent yet: the rules show it, too, so that editing them loses nothing of it.
  const [draft, setDraft] = useState({ value, text: value });
  const [isBuilding, setBuilding] = usePagePreference(`${page}.builder`, false);
  return (
    <div className={styles.bar}>
      <FilterBox
        label={label}
        value={value}
        onSubmit={onChange}
        onEdit={(text) => setDraft({ value, text: text.trim() })}
        complete={complete}
        placeholder={placeholder}
        problem={problem}
        end={
          <>
            <Button pressed={isBuilding} onClick={() => setBuilding(!isBuilding)}>
              <ListTree size={14} /> Rules
            </Button>
            <SavedViews page={page} />
          </>
        }
      />
      {isBuilding && (
        <Suspense>
          <FilterBuilder signal={signal} value={draft.value === value ? draft.text : value} onChange={onChange} />
        </Suspense>
      )}
    </div>
  );
}
