import { nanosBetween } from '@/lib/format';
import type { TraceRow } from './useTraceRows';

/** A box of the flame graph; offsets are nanoseconds after the start of the trace. */
export interface FlameBox {
  row: TraceRow;
  offset: number;
  depth: number;
}

/**
 * Preorder rows as boxes. Children that run at the same time lie beside each other in a waterfall, but would cover each
 * other here: a span goes into the first lane below its parent that is free when it starts.
 */
export function flameBoxes(rows: readonly TraceRow[], traceStart: string): { boxes: FlameBox[]; depth: number } {
  const lanes: number[] = [];
  const depthOf = new Map<string, number>();
  const boxes = rows
    .map((row) => ({ row, offset: nanosBetween(traceStart, row.startTimeUnixNano) }))
    .sort((a, b) => a.row.depth - b.row.depth || a.offset - b.offset)
    .map(({ row, offset }) => {
      const parent = row.parentSpanId ? depthOf.get(row.parentSpanId) : undefined;
      let depth = parent === undefined ? 0 : parent + 1;
      while ((lanes[depth] ?? -Infinity) > offset) depth++;
      lanes[depth] = Math.max(lanes[depth] ?? 0, offset + row.durationNanos);
      depthOf.set(row.spanId, depth);
      return { row, offset, depth };
    });
  return { boxes, depth: lanes.length };
}
