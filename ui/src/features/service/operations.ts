import type { Schema } from '@/api/client';

export type Operation = Schema<'OperationSummary'>;

const sorts: Record<string, (operation: Operation) => number | string> = {
  name: (operation) => operation.name,
  kind: (operation) => operation.kind,
  rate: (operation) => operation.ratePerSecond,
  errors: (operation) => operation.errorRate,
  p50: (operation) => operation.durationP50Nanos,
  p95: (operation) => operation.durationP95Nanos,
  p99: (operation) => operation.durationP99Nanos,
  total: (operation) => operation.durationTotalNanos,
};

/** What comes in, or what the service does and calls on the way. */
export type Side = 'all' | 'in' | 'out';

const incoming = new Set(['server', 'consumer']);
const outgoing = new Set(['client', 'producer']);

export function arrangeOperations(operations: readonly Operation[], side: Side, sort: string): Operation[] {
  const by = sorts[sort.replace(/^-/, '')] ?? sorts.total!;
  const order = sort.startsWith('-') ? -1 : 1;
  return operations
    .filter(({ kind }) => side === 'all' || (side === 'in' ? incoming : outgoing).has(kind))
    .sort((a, b) => (by(a) < by(b) ? -order : by(a) > by(b) ? order : a.name.localeCompare(b.name)));
}
