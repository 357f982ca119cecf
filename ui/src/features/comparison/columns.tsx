import type { Schema } from '@/api/client';
import { ErrorCount, ServiceBadge } from '@/components/data/badges';
import type { Column } from '@/components/data/VirtualTable';
import { lineText } from '@/lib/attributes';
import { formatCount, formatDuration } from '@/lib/format';
import styles from './Comparison.module.css';
import type { ComparedNode } from './nodes';

const indentPixels = 14;
const levelsMax = 20;
const signs = { added: '+', removed: '−', changed: '≠', same: '' } as const;

/** Durations are drawn to one scale: the longer of the two traces. */
export function columnsFor(comparison: Pick<Schema<'TraceComparison'>, 'left' | 'right'> | undefined): Column<ComparedNode>[] {
  const longest = Math.max(1, comparison?.left.durationNanos ?? 1, comparison?.right.durationNanos ?? 1);
  const share = (nanos: number) => `${Math.min(1, nanos / longest) * 100}%`;
  return [
    {
      id: 'change',
      header: <span className="visually-hidden">Change</span>,
      width: '26px',
      render: (node) => (
        <span className={styles.sign} data-change={node.change} title={node.change}>
          <span aria-hidden>{signs[node.change]}</span>
          <span className="visually-hidden">{node.change}</span>
        </span>
      ),
    },
    {
      id: 'name',
      header: 'Service and operation',
      width: 'minmax(260px, 3fr)',
      render: (node) => (
        <span className={styles.node} data-change={node.change} style={{ paddingLeft: Math.min(node.depth, levelsMax) * indentPixels }}>
          <ServiceBadge name={node.serviceName} muted />
          <span className={styles.name} title={node.name}>
            {lineText(node.name)}
          </span>
          <span className={styles.kind}>{node.kind}</span>
        </span>
      ),
    },
    { id: 'count', header: 'Spans', width: '92px', align: 'end', render: (node) => <Pair left={formatCount(node.leftCount)} right={formatCount(node.rightCount)} /> },
    {
      id: 'errors',
      header: 'Errors',
      width: '92px',
      align: 'end',
      render: (node) =>
        node.leftErrorCount === 0 && node.rightErrorCount === 0 ? <ErrorCount count={0} /> : <Pair left={formatCount(node.leftErrorCount)} right={<ErrorCount count={node.rightErrorCount} format={formatCount} />} />,
    },
    { id: 'left', header: 'Before', width: '84px', align: 'end', render: (node) => (node.leftCount > 0 ? formatDuration(node.leftDurationNanos) : '–') },
    { id: 'right', header: 'Now', width: '84px', align: 'end', render: (node) => (node.rightCount > 0 ? formatDuration(node.rightDurationNanos) : '–') },
    {
      id: 'bars',
      header: 'Both to one scale',
      width: 'minmax(140px, 2fr)',
      render: (node) => (
        <span className={styles.bars} aria-hidden>
          <span className={styles.before} data-empty={node.leftCount === 0 || undefined} style={{ width: share(node.leftDurationNanos) }} />
          <span className={styles.now} data-empty={node.rightCount === 0 || undefined} style={{ width: share(node.rightDurationNanos) }} />
        </span>
      ),
    },
    {
      id: 'difference',
      header: 'Difference',
      width: '92px',
      align: 'end',
      render: (node) => <Difference nanos={node.rightDurationNanos - node.leftDurationNanos} isSame={node.change === 'same'} />,
    },
  ];
}

function Pair({ left, right }: { left: string; right: React.ReactNode }) {
  return (
    <span>
      <span className={styles.faint}>{left} →</span> {right}
    </span>
  );
}

function Difference({ nanos, isSame }: { nanos: number; isSame: boolean }) {
  if (nanos === 0) return <span className={styles.faint}>0</span>;
  return (
    <span className={isSame ? styles.faint : nanos > 0 ? styles.slower : styles.faster}>
      {nanos > 0 ? '+' : '−'}
      {formatDuration(Math.abs(nanos))}
    </span>
  );
}
