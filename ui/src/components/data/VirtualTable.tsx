import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useShortcut } from '@/lib/shortcuts';
import { Skeleton } from '@/components/states/StateViews';
import styles from './VirtualTable.module.css';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  /** A track of CSS grid: `120px`, `minmax(160px, 2fr)`. */
  width: string;
  align?: 'start' | 'end';
  /** Present: the head is a button; the text is what `sort` becomes, with `-` before it for descending. */
  sortKey?: string;
  render: (row: Row, index: number) => ReactNode;
}

export interface VirtualTableProps<Row> {
  /** The accessible name. */
  label: string;
  columns: readonly Column<Row>[];
  /** As many as are known, those not in memory included. */
  rowCount: number;
  /** Undefined while the row is not in memory: its skeleton is shown. */
  getRow: (index: number) => Row | undefined;
  rowHeight?: number;
  /** Rows are as high as their content and `rowHeight` is only the least: for texts that wrap or open. */
  measured?: boolean;
  /** Told which rows are on the screen, so that their pages are fetched and others let go. */
  onVisibleRange?: (first: number, last: number) => void;
  /** The row the keyboard is on; kept by the table unless given. */
  selected?: number;
  onSelect?: (index: number) => void;
  /** Enter or a click. */
  onOpen?: (row: Row, index: number) => void;
  /** A colour or a state at the row's start, e.g. `error`. */
  rowTone?: (row: Row) => 'error' | 'warn' | undefined;
  sort?: string;
  onSort?: (sort: string) => void;
  /** Below the last row: loading, the end, an error. */
  footer?: ReactNode;
  /** Whether j and k work here. One table per page. */
  primary?: boolean;
}

const overscan = 12;

/** Any number of rows, of which those on the screen are in the document. j and k, arrows, Home and End, Enter. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rowCount, getRow, rowHeight = 30, measured = false, onVisibleRange, onSelect, onOpen, rowTone, sort, onSort, footer, primary = true } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState(-1);
  const selected = props.selected ?? own;
  const virtualizer = useVirtualizer({ count: rowCount, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const tellRange = useEffectEvent(() => onVisibleRange?.(first, last));
  useEffect(() => tellRange(), [first, last, rowCount]);

  const select = (index: number) => {
    const bounded = Math.max(0, Math.min(rowCount - 1, index));
    if (rowCount === 0) return;
    setOwn(bounded);
    onSelect?.(bounded);
    virtualizer.scrollToIndex(bounded);
  };
  const open = (index: number) => {
    const row = getRow(index);
    if (row !== undefined) onOpen?.(row, index);
  };
  useShortcut('j', 'Next row', () => select(selected + 1), { enabled: primary });
  useShortcut('k', 'Previous row', () => select(selected - 1), { enabled: primary });
  useShortcut('Enter', 'Open the row', () => selected >= 0 && open(selected), { enabled: primary && onOpen !== undefined && selected >= 0 });

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2);
    const moves: Record<string, number> = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: rowCount - 1,
    };
    const to = moves[event.key];
    if (to === undefined || event.target !== scroller.current) return;
    event.preventDefault();
    select(to);
  };

  const template = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <div ref={scroller} className={styles.scroller} role="grid" aria-label={label} aria-rowcount={rowCount + 1} aria-colcount={columns.length} tabIndex={0} onKeyDown={onKeyDown}>
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`} style={template}>
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = getRow(item.index);
          return (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and the keys
            <div
              key={item.index}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={item.index === selected}
              aria-busy={row === undefined || undefined}
              className={styles.row}
              data-tone={row !== undefined ? rowTone?.(row) : undefined}
              data-openable={onOpen ? '' : undefined}
              ref={measured ? virtualizer.measureElement : undefined}
              data-index={item.index}
              data-measured={measured || undefined}
              style={{ ...template, [measured ? 'minHeight' : 'height']: rowHeight, translate: `0 ${item.start}px` }}
              onClick={(event: MouseEvent) => {
                // A click on a link or a button inside is theirs; so is a selection of text.
                if ((event.target as Element).closest('a,button,input') || getSelection()?.type === 'Range') return;
                setOwn(item.index);
                onSelect?.(item.index);
                open(item.index);
              }}
            >
              {columns.map((column) => (
                <div key={column.id} role="gridcell" className={styles.cell} data-align={column.align}>
                  {row === undefined ? <Skeleton width="60%" /> : column.render(row, item.index)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </div>
  );
}

function HeadCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: string; onSort?: (sort: string) => void }) {
  const isDown = sort === `-${column.sortKey}`;
  const isUp = sort === column.sortKey;
  const order = column.sortKey ? (isDown ? 'descending' : isUp ? 'ascending' : 'none') : undefined;
  return (
    <div role="columnheader" aria-sort={order} className={styles.cell} data-align={column.align}>
      {column.sortKey && onSort ? (
        <button type="button" className={styles.sort} onClick={() => onSort(isDown ? column.sortKey! : `-${column.sortKey}`)}>
          {column.header}
          {isDown && <ArrowDown size={12} aria-hidden />}
          {isUp && <ArrowUp size={12} aria-hidden />}
        </button>
      ) : (
        column.header
      )}
    </div>
  );
}
