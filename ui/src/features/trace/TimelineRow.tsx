import { ChevronRight, CircleAlert, Link2, Unlink } from 'lucide-react';
import { memo } from 'react';
import { Skeleton } from '@/components/states/StateViews';
import { lineText } from '@/lib/attributes';
import { serviceColor } from '@/lib/color';
import { formatCount, formatDuration, nanosBetween } from '@/lib/format';
import styles from './Timeline.module.css';
import { indentation, place, type TimeView } from './timeScale';
import type { TraceRow } from './useTraceRows';

interface TimelineRowProps {
  index: number;
  top: number;
  /** Undefined while its window is on its way. */
  row: TraceRow | undefined;
  traceStart: string;
  view: TimeView;
  isCursor: boolean;
  isOpen: boolean;
  isDimmed: boolean;
  withCriticalPath: boolean;
  onToggle: (spanId: string) => void;
  onOpen: (spanId: string) => void;
}

// The label stands to the right of its bar unless the bar ends too far right for it.
const labelRoom = 0.8;

/** One span: its name in the tree, its bar in time. */
export const TimelineRow = memo(function TimelineRow(props: TimelineRowProps) {
  const { index, top, row, traceStart, view, isCursor, isOpen, isDimmed, withCriticalPath, onToggle, onOpen } = props;
  const position = { translate: `0 ${top}px` };
  if (!row) {
    return (
      <div id={`row-${index}`} role="row" aria-busy className={styles.row} style={position}>
        <div role="gridcell" className={styles.names}>
          <Skeleton width="50%" />
        </div>
      </div>
    );
  }
  const offset = nanosBetween(traceStart, row.startTimeUnixNano);
  const bar = place(view, offset, row.durationNanos);
  const color = serviceColor(row.serviceName);
  const hiddenErrors = row.isCollapsed ? row.descendantErrorCount : 0;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and the keys
    <div
      id={`row-${index}`}
      role="row"
      aria-level={row.depth + 1}
      aria-rowindex={index + 1}
      aria-expanded={row.childCount > 0 ? !row.isCollapsed : undefined}
      aria-selected={isOpen}
      className={styles.row}
      data-cursor={isCursor || undefined}
      data-dimmed={isDimmed || undefined}
      data-match={row.isMatch || undefined}
      style={position}
      onClick={() => onOpen(row.spanId)}
    >
      <div role="gridcell" className={styles.names} style={{ paddingLeft: 8 + indentation(row.depth) }}>
        {row.childCount > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.fold}
            aria-label={row.isCollapsed ? `Open ${row.descendantCount} spans` : 'Close what is below'}
            data-open={!row.isCollapsed || undefined}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(row.spanId);
            }}
          >
            <ChevronRight size={12} aria-hidden />
            {row.isCollapsed && <span>{formatCount(row.descendantCount)}</span>}
          </button>
        ) : (
          <span className={styles.leaf} />
        )}
        <span className={styles.swatch} style={{ background: color }} aria-hidden />
        <span className={styles.service}>{row.serviceName}</span>
        <span className={styles.operation} title={row.name}>
          {lineText(row.name)}
        </span>
        {(row.status === 'error' || hiddenErrors > 0) && (
          <span className={styles.error} title={row.status === 'error' ? 'Status: error' : `${hiddenErrors} errors below`}>
            <CircleAlert size={13} aria-label="error" />
          </span>
        )}
        {row.isOrphan && (
          <span className={styles.mark} title="Its parent is not stored">
            <Unlink size={12} aria-label="parent missing" />
          </span>
        )}
        {row.linkCount > 0 && (
          <span className={styles.mark} title={`${row.linkCount} links`}>
            <Link2 size={12} aria-label={`${row.linkCount} links`} />
          </span>
        )}
      </div>
      <div role="gridcell" className={styles.lane}>
        {bar && (
          <>
            <span className={styles.bar} data-error={row.status === 'error' || undefined} style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%`, background: color }} />
            {withCriticalPath && row.isCritical && <span className={styles.critical} style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }} />}
            <span
              className={styles.label}
              data-side={bar.left + bar.width > labelRoom ? (bar.left > 1 - labelRoom ? 'left' : 'inside') : 'right'}
              style={bar.left + bar.width > labelRoom ? { right: `${(1 - (bar.left > 1 - labelRoom ? bar.left : bar.left + bar.width)) * 100}%` } : { left: `${(bar.left + bar.width) * 100}%` }}
            >
              {formatDuration(row.durationNanos)}
            </span>
          </>
        )}
      </div>
    </div>
  );
});
