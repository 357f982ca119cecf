import { Select } from '@/components/controls/Select';
import { Tabs } from '@/components/controls/Tabs';
import { TraceLink } from '@/components/data/TraceLink';
import { Card } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { lineText } from '@/lib/attributes';
import { formatDateTime, formatInteger } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { LabelTable } from './LabelTable';
import { useLabels } from './LabelPicker';
import styles from './MetricDetails.module.css';
import { type Detail, letterOf, type MetricsSearch, type QueryText } from './search';
import { SeriesTable } from './SeriesTable';
import { formatOf } from './units';
import { useExemplars } from './useExemplars';
import type { AskedQuery } from './useMetricQueries';

export interface MetricDetailsProps {
  queries: readonly QueryText[];
  /** Which of them these tables are of. */
  focus: number;
  asked: AskedQuery;
  detail: Detail;
  onChange: (next: Partial<MetricsSearch>, replace?: boolean) => void;
  onQuery: (query: QueryText) => void;
}

/** What one metric is made of: its labels, its series, measurements that went into it. */
export function MetricDetails({ queries, focus, asked, detail, onChange, onQuery }: MetricDetailsProps) {
  const { query, info } = asked;
  const labels = useLabels(query.m);
  const options = queries.map((one, index) => ({ value: String(index), label: `${letterOf(index)} · ${one.m}` }));
  return (
    <Card flush>
      <div className={styles.details}>
        <Tabs
          label="What the metric is made of"
          value={detail}
          onChange={(next) => onChange({ detail: next === 'labels' ? undefined : next }, true)}
          tabs={[
            { id: 'labels', label: 'Labels', count: labels.data && formatInteger(labels.data.labels.length) },
            { id: 'series', label: 'Series', count: info && formatInteger(info.seriesCount) },
            { id: 'exemplars', label: 'Exemplars' },
          ]}
          end={
            queries.length > 1 && <Select label="Of which query" value={String(focus)} options={options} onChange={(next) => onChange({ of: Number(next) || undefined }, true)} />
          }
        >
          {detail === 'labels' ? (
            <LabelTable labels={labels} query={query} onQuery={onQuery} />
          ) : detail === 'series' ? (
            <SeriesTable key={query.m} query={query} />
          ) : (
            <Exemplars asked={asked} />
          )}
        </Tabs>
      </div>
    </Card>
  );
}

const rowsMax = 100;

function Exemplars({ asked: { query, info } }: { asked: AskedQuery }) {
  const { timeZone } = usePreferences();
  const { exemplars, found } = useExemplars(query.m, query.q);
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} compact />;
  if (!found.data) return <SkeletonLines count={5} />;
  if (exemplars.length === 0) return <EmptyState title="No exemplars">The SDK sends them when a measurement is made within a sampled trace.</EmptyState>;
  const format = info ? formatOf(info, 'avg') : String;
  return (
    <>
      <p className={styles.faint}>A sample from all over the time range, newest first.</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Exemplars">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col" className={styles.number}>
                Value
              </th>
              <th scope="col">Trace</th>
              <th scope="col">Series</th>
            </tr>
          </thead>
          <tbody>
            {exemplars.slice(0, rowsMax).map((one) => (
              <tr key={one.id}>
                <td>{formatDateTime(one.time, timeZone, 3)}</td>
                <td className={styles.number}>{format(one.value)}</td>
                <td>
                  {one.traceId ? (
                    <TraceLink traceId={one.traceId} spanId={one.spanId} className={styles.code}>
                      {one.traceId}
                    </TraceLink>
                  ) : (
                    '–'
                  )}
                </td>
                <td className={styles.labels}>
                  {lineText(
                    Object.entries(one.labels)
                      .map(([name, value]) => `${name}=${value}`)
                      .join('  '),
                    300,
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
