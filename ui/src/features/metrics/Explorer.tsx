import { ChevronLeft, Diamond, Layers } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/controls/Button';
import { Select } from '@/components/controls/Select';
import { Card } from '@/components/layout/Page';
import { ErrorState } from '@/components/states/StateViews';
import { formatCount } from '@/lib/format';
import { isDistribution } from './aggregations';
import styles from './Explorer.module.css';
import { MetricDetails } from './MetricDetails';
import { QueryChart } from './QueryChart';
import { QueryRow } from './QueryRow';
import { type MetricsSearch, type QueryText, steps } from './search';
import { formatOf, unitText } from './units';
import { useExemplars } from './useExemplars';
import { type AskedQuery, overlaidSeries, seriesOf, titleOf, useMetricQueries } from './useMetricQueries';

export interface ExplorerProps {
  search: MetricsSearch & { queries: QueryText[] };
  onChange: (next: Partial<MetricsSearch>, replace?: boolean) => void;
}

const automatic = 'auto';
const stepOptions = [{ value: automatic, label: 'Step: automatic' }, ...steps.map((value) => ({ value, label: `Step: ${value}` }))];

/** The queries with their charts, and what is known of one of their metrics. */
export function Explorer({ search, onChange }: ExplorerProps) {
  const { queries, step, scale = 'linear', overlay = false } = search;
  const { asked, infos } = useMetricQueries(queries, step);
  const isOverlaid = overlay && queries.length > 1;
  const set = (index: number, query: QueryText) => onChange({ queries: queries.map((one, place) => (place === index ? query : one)) });
  const remove = (index: number) => onChange({ queries: queries.filter((_, place) => place !== index), of: undefined });
  const focus = Math.min(search.of ?? 0, queries.length - 1);
  const row = (one: AskedQuery, index: number) => <QueryRow asked={one} index={index} onChange={(query) => set(index, query)} onRemove={() => remove(index)} />;
  return (
    <div className={styles.explorer}>
      <div className={styles.bar}>
        <Button size="s" look="quiet" onClick={() => onChange({ queries: undefined, of: undefined })}>
          <ChevronLeft size={14} /> All metrics
        </Button>
        <span className={styles.spacer} />
        <Button size="s" look="quiet" pressed={search.exemplars !== false} onClick={() => onChange({ exemplars: search.exemplars === false ? undefined : false }, true)}>
          <Diamond size={13} /> Exemplars
        </Button>
        <Button size="s" look="quiet" pressed={scale === 'log'} onClick={() => onChange({ scale: scale === 'log' ? undefined : 'log' }, true)}>
          Logarithmic
        </Button>
        {queries.length > 1 && (
          <Button size="s" look="quiet" pressed={overlay} onClick={() => onChange({ overlay: overlay ? undefined : true }, true)}>
            <Layers size={13} /> One chart
          </Button>
        )}
        <Select label="Step" value={step ?? automatic} options={stepOptions} onChange={(next) => onChange({ step: next === automatic ? undefined : next }, true)} />
      </div>
      {infos.error && <ErrorState error={infos.error} onRetry={() => void infos.refetch()} compact />}
      {isOverlaid ? (
        <Card>
          <div className={styles.rows}>
            {asked.map((one, index) => (
              <div key={index}>{row(one, index)}</div>
            ))}
          </div>
          <Overlay asked={asked} scale={scale} />
        </Card>
      ) : (
        asked.map((one, index) => (
          <Card key={index}>
            {row(one, index)}
            <Single asked={one} scale={scale} withExemplars={search.exemplars !== false} />
          </Card>
        ))
      )}
      <MetricDetails
        queries={queries}
        focus={focus}
        asked={asked[focus]!}
        detail={search.detail ?? 'labels'}
        onChange={onChange}
        onQuery={(query) => set(focus, query)}
      />
    </div>
  );
}

function Single({ asked, scale, withExemplars }: { asked: AskedQuery; scale: 'linear' | 'log'; withExemplars: boolean }) {
  const { query, info, reading, result } = asked;
  const series = useMemo(() => seriesOf(query, result.data), [query, result.data]);
  const format = useMemo(() => (info ? formatOf(info, reading) : formatCount), [info, reading]);
  // A measurement stands beside quantiles and means of measurements, not beside rates of them.
  const isMeasured = info !== undefined && isDistribution(info) && /^(p\d\d|avg|min|max)$/.test(reading);
  const { exemplars } = useExemplars(withExemplars && isMeasured ? query.m : undefined, query.q);
  return <QueryChart title={titleOf(asked)} unit={info ? unitText(info, reading) : ''} asked={[asked]} series={series} format={format} scale={scale} exemplars={exemplars} />;
}

function Overlay({ asked, scale }: { asked: readonly AskedQuery[]; scale: 'linear' | 'log' }) {
  const series = useMemo(() => overlaidSeries(asked), [asked]);
  const units = useMemo(() => new Set(asked.map(({ info, reading }) => (info ? unitText(info, reading) : ''))), [asked]);
  const format = useMemo(() => {
    const [lead] = asked;
    return units.size === 1 && lead?.info ? formatOf(lead.info, lead.reading) : formatCount;
  }, [asked, units]);
  const unit = units.size === 1 ? [...units][0]! : 'several units on one axis, as plain numbers';
  return <QueryChart title={asked.map(titleOf).join(', ')} unit={unit} asked={asked} series={series} format={format} scale={scale} exemplars={none} height={320} />;
}

const none: readonly never[] = [];
