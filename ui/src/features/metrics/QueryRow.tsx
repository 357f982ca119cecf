import { X } from 'lucide-react';
import { useMemo } from 'react';
import { ApiError } from '@/api/client';
import { IconButton } from '@/components/controls/Button';
import { Select } from '@/components/controls/Select';
import { FilterBox } from '@/components/filter/FilterBox';
import { useFilterCompletion } from '@/components/filter/useFilterCompletion';
import { lineText } from '@/lib/attributes';
import { kindText, readingLabels, readings, readingsOf } from './aggregations';
import { LabelPicker } from './LabelPicker';
import styles from './QueryRow.module.css';
import { letterOf, type QueryText, topDefault, tops } from './search';
import type { AskedQuery } from './useMetricQueries';

export interface QueryRowProps {
  asked: AskedQuery;
  index: number;
  onChange: (query: QueryText) => void;
  onRemove: () => void;
}

const topOptions = tops.map((count) => ({ value: String(count), label: `Top ${count}` }));

/** One query to change: what is made of the metric, of which series, by which labels. */
export function QueryRow({ asked: { query, info, reading, result }, index, onChange, onRemove }: QueryRowProps) {
  const complete = useFilterCompletion('metrics');
  const options = useMemo(() => (info ? readingsOf(info) : readings).map((value) => ({ value, label: readingLabels[value] })), [info]);
  const problem = result.error instanceof ApiError && result.error.status === 422 ? result.error.message : undefined;
  return (
    <div className={styles.row} role="group" aria-label={`Query ${letterOf(index)}`}>
      <div className={styles.line}>
        <span className={styles.letter} aria-hidden>
          {letterOf(index)}
        </span>
        <Select label={`Query ${letterOf(index)}: what is made of it`} value={reading} options={options} onChange={(a) => onChange({ ...query, a })} />
        <span className={styles.of}>of</span>
        <strong className={styles.metric} title={info?.description}>
          {lineText(query.m)}
        </strong>
        {info && <span className={styles.kind}>{[kindText(info), info.unit].filter(Boolean).join(' · ')}</span>}
        <span className={styles.spacer} />
        <LabelPicker metric={query.m} labels={query.by ?? []} onChange={(by) => onChange({ ...query, by: by.length ? by : undefined })} />
        {query.by && <Select label={`Query ${letterOf(index)}: most lines`} value={String(query.top ?? topDefault)} options={topOptions} onChange={(top) => onChange({ ...query, top: Number(top) })} />}
        <IconButton label={`Remove query ${letterOf(index)}`} size="s" onClick={onRemove}>
          <X size={14} />
        </IconButton>
      </div>
      <FilterBox
        label={`Query ${letterOf(index)}: filter by labels`}
        value={query.q ?? ''}
        onSubmit={(q) => onChange({ ...query, q: q || undefined })}
        complete={complete}
        placeholder={'every series; or service.name = "cart"'}
        problem={problem}
      />
    </div>
  );
}
