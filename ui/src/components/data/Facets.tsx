import { Ban } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schema } from '@/api/client';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { serviceColor } from '@/lib/color';
import { lineText } from '@/lib/attributes';
import { formatCount } from '@/lib/format';
import styles from './Facets.module.css';

export interface FacetsProps {
  /** Everything the search depends on. */
  queryKey: readonly unknown[];
  fetchFacets: (signal: AbortSignal) => Promise<readonly Schema<'Facet'>[]>;
  /** A value was chosen, or excluded. */
  onSelect: (field: string, value: string, negated: boolean) => void;
  /** Whether the search is narrowed to a value already; choosing it again takes that back. */
  isChosen?: (field: string, value: string) => boolean;
}

const valuesShown = 10;
const serviceField = 'service.name';

/** The most frequent values of the fields that matter; a click narrows the search to one. */
export function Facets({ queryKey, fetchFacets, onSelect, isChosen }: FacetsProps) {
  const facets = useQuery({ queryKey, queryFn: ({ signal }) => fetchFacets(signal), placeholderData: (previous) => previous });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <div className={styles.facets} role="region" aria-label="Values" tabIndex={0} data-stale={facets.isPlaceholderData || undefined}>
      {facets.error ? (
        <ErrorState error={facets.error} onRetry={() => void facets.refetch()} compact />
      ) : !facets.data ? (
        <SkeletonLines count={14} label="Loading values" />
      ) : (
        facets.data.filter((facet) => facet.values.length > 0).map((facet) => <Facet key={facet.field} facet={facet} onSelect={onSelect} isChosen={isChosen} />)
      )}
    </div>
  );
}

function Facet({ facet, onSelect, isChosen }: { facet: Schema<'Facet'> } & Pick<FacetsProps, 'onSelect' | 'isChosen'>) {
  const [isWhole, setWhole] = useState(false);
  const most = facet.values.reduce((max, entry) => Math.max(max, entry.count), 1);
  return (
    <details className={styles.facet} open>
      <summary>
        <span className={styles.field} title={facet.field}>{facet.field}</span>
        {facet.distinctCount > facet.values.length && <span className={styles.distinct}>{formatCount(facet.distinctCount)}</span>}
      </summary>
      <ul>
        {(isWhole ? facet.values : facet.values.slice(0, valuesShown)).map(({ value, count }) => (
          <li key={value} className={styles.value}>
            <button type="button" className={styles.select} aria-pressed={isChosen?.(facet.field, value)} onClick={() => onSelect(facet.field, value, false)} title={value}>
              <span className={styles.bar} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
              {facet.field === serviceField && <span className={styles.swatch} style={{ background: serviceColor(value) }} aria-hidden />}
              <span className={styles.text}>{value === '' ? <em>empty</em> : lineText(value, 120)}</span>
              <span className={styles.count}>{formatCount(count)}</span>
            </button>
            <button type="button" className={styles.exclude} aria-label={`Exclude ${value}`} title="Exclude" onClick={() => onSelect(facet.field, value, true)}>
              <Ban size={12} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {facet.values.length > valuesShown && (
        <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'fewer' : `${facet.values.length - valuesShown} more`}
        </button>
      )}
    </details>
  );
}
