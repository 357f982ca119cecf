import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp, Maximize2, Route, UnfoldVertical } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { getRouteApi } from '@tanstack/react-router';
import { Button, IconButton } from '@/components/controls/Button';
import { SearchInput } from '@/components/controls/SearchInput';
import { formatDuration, formatInteger } from '@/lib/format';
import { usePagePreference } from '@/lib/preferences';
import { useShortcut } from '@/lib/shortcuts';
import { Minimap } from './Minimap';
import styles from './Timeline.module.css';
import { TimelineRow } from './TimelineRow';
import { clampView, ticks } from './timeScale';
import type { TimelineState } from './useTimelineState';
import { type TraceHead, useRowOf } from './useTraceRows';

const route = getRouteApi('/traces/$traceId');
const rowHeight = 26;
const overscan = 16;
const tickCount = 6;
const namesMin = 180;
const namesMax = 900;

export interface TimelineProps {
  state: TimelineState;
  head: TraceHead;
  span: string | undefined;
  onOpen: (spanId: string | undefined) => void;
}

/** The waterfall: rows come from the server in windows, so that a hundred thousand of them scroll like fifty. */
export function Timeline({ state, head, span, onOpen }: TimelineProps) {
  const { rows, collapsed, view, setView, withCriticalPath } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const [names, setNames] = usePagePreference('trace.names', 420);
  const [cursor, setCursor] = useState(-1);
  const virtualizer = useVirtualizer({ count: head.rowCount, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { onVisibleRange } = rows;
  useEffect(() => onVisibleRange(first, last), [onVisibleRange, first, last]);

  // A link to a span leads to its row, once; afterwards the person scrolls.
  const rowOfSpan = useRowOf(state.traceId, span, collapsed);
  const reveal = (index: number) => {
    setCursor(index);
    const inView = virtualizer.range;
    if (!inView || index < inView.startIndex || index > inView.endIndex) virtualizer.scrollToIndex(index, { align: 'center' });
  };
  const follow = useEffectEvent(reveal);
  useEffect(() => {
    if (rowOfSpan !== undefined) follow(rowOfSpan);
  }, [rowOfSpan]);

  const whole = { from: 0, to: Math.max(1, head.durationNanos) };
  const shown = view ?? whole;
  const move = (to: number) => {
    const index = Math.max(0, Math.min(head.rowCount - 1, to));
    setCursor(index);
    virtualizer.scrollToIndex(index);
    const row = rows.getRow(index);
    if (row && span) onOpen(row.spanId);
  };
  const atCursor = () => (cursor >= 0 ? rows.getRow(cursor) : undefined);
  useShortcut('j', 'Next span', () => move(cursor + 1));
  useShortcut('k', 'Previous span', () => move(cursor - 1));
  useShortcut('Enter', 'Open the span', () => onOpen(atCursor()?.spanId), { enabled: cursor >= 0 });
  useShortcut('c', 'Show or hide the critical path', () => state.setCriticalPath(!withCriticalPath));
  useShortcut('0', 'The whole trace', () => setView(null));
  const fold = (isOpen: boolean) => {
    const row = atCursor();
    if (row && row.childCount > 0 && row.isCollapsed === isOpen) state.toggle(row.spanId);
  };
  useShortcut('ArrowRight', 'Open what is below', () => fold(true));
  useShortcut('ArrowLeft', 'Close what is below', () => fold(false));

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: cursor + 1, ArrowUp: cursor - 1, PageDown: cursor + 20, PageUp: cursor - 20, Home: 0, End: head.rowCount - 1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  return (
    <div className={styles.timeline} style={{ '--names': `${names}px` } as CSSProperties}>
      <Tools state={state} head={head} onJump={reveal} cursor={cursor} />
      <div className={styles.head}>
        <div className={styles.headNames}>
          Service and operation
          <Splitter width={names} onChange={setNames} />
        </div>
        <div className={styles.headTime}>
          <Minimap head={head} view={view} onView={(next) => setView(next && clampView(next, head.durationNanos))} />
          <div className={styles.ruler} aria-hidden>
            {ticks(shown, tickCount).map((tick) => (
              <span key={tick} className={styles.tick} style={{ left: `${((tick - shown.from) / (shown.to - shown.from)) * 100}%` }}>
                {formatDuration(tick)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        role="treegrid"
        aria-label="Spans"
        aria-rowcount={head.rowCount}
        // The grid has the focus; its rows are pointed to.
        tabIndex={0}
        aria-activedescendant={cursor >= 0 ? `row-${cursor}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className={styles.body} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows.getRow(item.index);
            return (
              <TimelineRow
                key={item.index}
                index={item.index}
                top={item.start}
                row={row}
                traceStart={head.startTimeUnixNano}
                view={shown}
                isCursor={item.index === cursor}
                isOpen={row !== undefined && row.spanId === span}
                isDimmed={state.find !== undefined && head.matchCount > 0 && row !== undefined && !row.isMatch}
                withCriticalPath={withCriticalPath}
                onToggle={state.toggle}
                onOpen={(spanId) => {
                  setCursor(item.index);
                  onOpen(spanId);
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Tools({ state, head, cursor, onJump }: { state: TimelineState; head: TraceHead; cursor: number; onJump: (row: number) => void }) {
  const navigate = route.useNavigate();
  const [text, setText] = useState(state.find ?? '');
  const submit = (find: string) => void navigate({ search: (previous) => ({ ...previous, find: find.trim() || undefined }), replace: true });
  const matches = head.matchRows;
  const step = (by: 1 | -1) => {
    if (matches.length === 0) return;
    const next = by === 1 ? matches.find((row) => row > cursor) : matches.findLast((row) => row < cursor);
    onJump(next ?? (by === 1 ? matches[0]! : matches.at(-1)!));
  };
  useShortcut('n', 'Next match', () => step(1), { enabled: matches.length > 0 });
  useShortcut('N', 'Previous match', () => step(-1), { enabled: matches.length > 0 });
  return (
    <div className={styles.tools}>
      <div className={styles.search}>
        <SearchInput
          primary
          label="Search in this trace"
          placeholder="Text, or a filter such as status = error"
          value={text}
          onChange={(next) => {
            setText(next);
            if (next === '') submit('');
          }}
          onSubmit={(find) => (find.trim() === (state.find ?? '') ? step(1) : submit(find))}
        />
      </div>
      {state.find && (
        <span className={styles.matches} role="status">
          {head.matchCount === 0 ? 'No match' : `${formatInteger(head.matchCount)} ${head.matchCount === 1 ? 'match' : 'matches'}`}
          <IconButton label="Previous match" shortcut="N" size="s" disabled={matches.length === 0} onClick={() => step(-1)}>
            <ChevronUp size={14} />
          </IconButton>
          <IconButton label="Next match" shortcut="n" size="s" disabled={matches.length === 0} onClick={() => step(1)}>
            <ChevronDown size={14} />
          </IconButton>
        </span>
      )}
      <span className={styles.space} />
      {state.view && (
        <Button size="s" look="quiet" onClick={() => state.setView(null)}>
          <Maximize2 size={13} /> Whole trace
        </Button>
      )}
      {state.collapsed.size > 0 && (
        <Button size="s" look="quiet" onClick={state.expandAll}>
          <UnfoldVertical size={13} /> Expand all
        </Button>
      )}
      <Button size="s" pressed={state.withCriticalPath} onClick={() => state.setCriticalPath(!state.withCriticalPath)}>
        <Route size={13} /> Critical path
      </Button>
    </div>
  );
}

function Splitter({ width, onChange }: { width: number; onChange: (width: number) => void }) {
  const bounded = (value: number) => Math.round(Math.min(namesMax, Math.max(namesMin, value)));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const [origin, initial] = [event.clientX, width];
    const moved = (at: globalThis.PointerEvent) => onChange(bounded(initial + at.clientX - origin));
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', moved), { once: true });
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that moves is a widget
    <div
      className={styles.splitter}
      role="separator"
      aria-label="Width of the names"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={namesMin}
      aria-valuemax={namesMax}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onChange(bounded(width - 20));
        if (event.key === 'ArrowRight') onChange(bounded(width + 20));
      }}
    />
  );
}
