import { Group } from 'lucide-react';
import { Button } from '@/components/controls/Button';
import { fieldName, hasRule, toggleRule, valueRule } from '@/components/filter/fieldName';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { lineText } from '@/lib/attributes';
import { formatInteger } from '@/lib/format';
import type { useLabels } from './LabelPicker';
import styles from './MetricDetails.module.css';
import { groupLabelsMax, type QueryText } from './search';

export interface LabelTableProps {
  labels: ReturnType<typeof useLabels>;
  query: QueryText;
  onQuery: (query: QueryText) => void;
}

const valuesShown = 8;

/** The labels of a metric: how many values each has, and the most frequent to filter by. */
export function LabelTable({ labels, query, onQuery }: LabelTableProps) {
  if (labels.error) return <ErrorState error={labels.error} onRetry={() => void labels.refetch()} compact />;
  if (!labels.data) return <SkeletonLines count={6} />;
  if (labels.data.labels.length === 0) return <EmptyState title="No labels">Its points have no attributes, and neither do their resources.</EmptyState>;
  const ordered = [...labels.data.labels].sort((a, b) => Number(a.scope === 'resource') - Number(b.scope === 'resource') || b.valueCount - a.valueCount);
  const by = query.by ?? [];
  const group = (name: string) => onQuery({ ...query, by: by.includes(name) ? dropped(by, name) : [...by, name] });
  return (
    <>
      <Warnings warnings={labels.data.warnings} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className={styles.scroller} tabIndex={0} role="region" aria-label="Labels">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col">Of the</th>
              <th scope="col" className={styles.number}>
                Values
              </th>
              <th scope="col" className={styles.number}>
                Series
              </th>
              <th scope="col">Most frequent</th>
              <th scope="col">
                <span className="visually-hidden">Group</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ name, scope, valueCount, seriesCount, values }) => (
              <tr key={`${scope} ${name}`}>
                <th scope="row">{lineText(name, 120)}</th>
                <td className={styles.faint}>{scope}</td>
                <td className={styles.number}>{formatInteger(valueCount)}</td>
                <td className={styles.number}>{formatInteger(seriesCount)}</td>
                <td>
                  <div className={styles.values}>
                    {values.slice(0, valuesShown).map(({ value, seriesCount: count }) => {
                      const rule = valueRule(fieldOf(name, scope), value);
                      return (
                        <button
                          key={value}
                          type="button"
                          className={styles.value}
                          aria-pressed={hasRule(query.q, rule)}
                          title={`${rule}: ${formatInteger(count)} series`}
                          onClick={() => onQuery({ ...query, q: toggleRule(query.q, rule) || undefined })}
                        >
                          {lineText(value, 48) || '(empty)'}
                        </button>
                      );
                    })}
                  </div>
                </td>
                <td>
                  <Button size="s" look="quiet" pressed={by.includes(name)} disabled={!by.includes(name) && by.length >= groupLabelsMax} aria-label={`Group by ${name}`} onClick={() => group(name)}>
                    <Group size={13} /> Group
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function fieldOf(name: string, scope: 'point' | 'resource'): string {
  return name === 'service.name' ? name : fieldName(scope === 'point' ? 'attributes' : 'resource', name);
}

function dropped(by: readonly string[], name: string): string[] | undefined {
  const kept = by.filter((one) => one !== name);
  return kept.length ? kept : undefined;
}
