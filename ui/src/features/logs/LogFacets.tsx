import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { EqualNot } from 'lucide-react';
import { useState } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { hasRule, toggleRule, valueRule } from '@/components/filter/fieldName';
import { ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { lineText } from '@/lib/attributes';
import { serviceColor } from '@/lib/color';
import { formatCount, formatInteger } from '@/lib/format';
import styles from './LogFacets.module.css';

export interface LogFacetsProps {
  /** What counts: the filter with its severities. */
  filter: string | undefined;
  /** The filter that values are added to. */
  q: string | undefined;
  onChange: (q: string) => void;
}

const valuesMax = 20;
const valuesShown = 6;

/** The most frequent values of fields, to filter by. */
export function LogFacets({ filter, q, onChange }: LogFacetsProps) {
  const { range } = useTimeRange();
  const facets = useQuery({
    queryKey: ['logs', 'facets', range, filter],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/logs/facets', { params: { query: { ...range, q: filter, limit: valuesMax } }, signal })),
    placeholderData: keepPreviousData,
  });
  if (facets.error) return <ErrorState error={facets.error} onRetry={() => void facets.refetch()} compact />;
  if (!facets.data) return <SkeletonLines count={14} />;
  const known = facets.data.facets.filter(({ field, values }) => values.length > 0 && field !== 'severity');
  return (
    <div className={styles.facets} aria-busy={facets.isPlaceholderData || undefined}>
      {known.map((facet) => (
        <Facet key={facet.field} facet={facet} q={q} onChange={onChange} />
      ))}
      {known.length === 0 && <p className={styles.none}>Nothing to narrow by.</p>}
      <Warnings warnings={facets.data.warnings} />
    </div>
  );
}

function Facet({ facet: { field, values, distinctCount }, q, onChange }: { facet: Schema<'Facet'>; q: string | undefined; onChange: (q: string) => void }) {
  const [isWhole, setWhole] = useState(false);
  const most = values[0]?.count ?? 1;
  const shown = isWhole ? values : values.slice(0, valuesShown);
  return (
    <details className={styles.facet} open>
      <summary title={field}>
        <span className={styles.field}>{field}</span>
        <span className={styles.distinct} title={`${formatInteger(distinctCount)} different values`}>
          {formatCount(distinctCount)}
        </span>
      </summary>
      <ul>
        {shown.map(({ value, count }) => {
          const rule = valueRule(field, value);
          const exclusion = valueRule(field, value, true);
          return (
            <li key={value} className={styles.value}>
              <button type="button" className={styles.only} aria-pressed={hasRule(q, rule)} title={`${rule}: ${formatInteger(count)}`} onClick={() => onChange(toggleRule(q, rule))}>
                <span className={styles.bar} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
                {field === 'service.name' && <span className={styles.swatch} style={{ background: serviceColor(value) }} aria-hidden />}
                <span className={styles.name}>{value === '' ? <em>empty</em> : lineText(value, 120)}</span>
                <span className={styles.count}>{formatCount(count)}</span>
              </button>
              <button type="button" className={styles.exclude} aria-label={`Exclude ${field} ${lineText(value, 120)}`} title="Exclude" onClick={() => onChange(toggleRule(q, exclusion))}>
                <EqualNot size={12} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      {values.length > valuesShown && (
        <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'fewer' : `${values.length - valuesShown} more`}
        </button>
      )}
    </details>
  );
}
