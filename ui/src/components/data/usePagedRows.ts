import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Schema } from '@/api/client';

export interface Page<Row> {
  rows: readonly Row[];
  nextCursor: string | null;
  warnings?: readonly Schema<'Warning'>[];
  total?: number;
}

export interface PagedRows<Row> {
  rowCount: number;
  getRow: (index: number) => Row | undefined;
  onVisibleRange: (first: number, last: number) => void;
  hasMore: boolean;
  /** The first page is on its way. */
  isLoading: boolean;
  isFetching: boolean;
  error: unknown;
  retry: () => void;
  warnings: readonly Schema<'Warning'>[];
  /** Of the first page, where the server was asked for it. */
  total?: number;
}

export interface PagedRowsOptions<Row> {
  /** Everything the search depends on. */
  queryKey: readonly unknown[];
  pageSize: number;
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>;
  enabled?: boolean;
}

/** What is known of the pages seen so far: where each begins, and by which cursor it is asked for. */
interface Outline {
  key: string;
  cursors: (string | undefined)[];
  starts: number[];
  rowCount: number;
  hasMore: boolean;
}

const gcMillis = 20_000;

/**
 * An endless list with a window of memory: cursors are kept, pages only while they are near the screen. Scrolling back
 * asks again for a page that was let go, by its cursor, so it comes back the same.
 */
export function usePagedRows<Row>({ queryKey, pageSize, fetchPage, enabled = true }: PagedRowsOptions<Row>): PagedRows<Row> {
  const key = JSON.stringify(queryKey);
  const [outline, setOutline] = useState<Outline>(() => begin(key));
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  if (outline.key !== key) {
    setOutline(begin(key));
    setVisible({ first: 0, last: 0 });
  }
  const current = outline.key === key ? outline : begin(key);
  const wanted = wantedPages(current, visible, pageSize);
  const pages = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...queryKey, 'page', page, current.cursors[page] ?? null],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(current.cursors[page], signal),
      gcTime: gcMillis,
      enabled,
    })),
  });

  const grown = grow(current, wanted, pages.map((page) => page.data));
  if (grown !== current) setOutline(grown);

  const getRow = useCallback(
    (index: number): Row | undefined => {
      const page = grown.starts.findLastIndex((start) => start <= index);
      const place = wanted.indexOf(page);
      return place < 0 ? undefined : pages[place]?.data?.rows[index - grown.starts[page]!];
    },
    [grown, wanted, pages],
  );
  const onVisibleRange = useCallback((first: number, last: number) => {
    setVisible((previous) => (previous.first === first && previous.last === last ? previous : { first, last }));
  }, []);
  const failed = pages.find((page) => page.error);
  const warnings = useMemo(() => pages.flatMap((page) => page.data?.warnings ?? []), [pages]);
  return {
    rowCount: grown.rowCount,
    getRow,
    onVisibleRange,
    hasMore: grown.hasMore,
    isLoading: enabled && grown.starts.length === 0 && !failed,
    isFetching: pages.some((page) => page.isFetching),
    error: failed?.error,
    retry: () => pages.forEach((page) => page.error && void page.refetch()),
    warnings: dedupe(warnings),
    total: wanted[0] === 0 ? pages[0]?.data?.total : undefined,
  };
}

function begin(key: string): Outline {
  return { key, cursors: [undefined], starts: [], rowCount: 0, hasMore: true };
}

/** The pages on the screen and one to either side; while the end of what is known is near, the next unknown one, too. */
export function wantedPages(outline: Pick<Outline, 'starts' | 'rowCount' | 'hasMore'>, visible: { first: number; last: number }, pageSize: number): number[] {
  const { starts, rowCount, hasMore } = outline;
  const pageOf = (index: number) => Math.max(0, starts.findLastIndex((start) => start <= index));
  const from = Math.max(0, pageOf(visible.first) - 1);
  let to = Math.min(starts.length - 1, pageOf(visible.last) + 1);
  if (hasMore && visible.last + pageSize / 2 >= rowCount) to = starts.length;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The outline with what the pages taught: a first page that came again may begin another list. */
function grow<Row>(outline: Outline, wanted: number[], data: (Page<Row> | undefined)[]): Outline {
  let next = outline;
  wanted.forEach((page, place) => {
    const answer = data[place];
    if (!answer) return;
    const isLast = page === next.starts.length - 1;
    if (page === next.starts.length) {
      next = { ...next, starts: [...next.starts, next.rowCount], rowCount: next.rowCount + answer.rows.length, ...after(next, page, answer) };
    } else if (next.cursors[page + 1] !== (answer.nextCursor ?? undefined) || (isLast && next.rowCount - next.starts[page]! !== answer.rows.length)) {
      // Refreshed: what follows this page is another list now.
      const start = next.starts[page]!;
      next = { ...next, starts: next.starts.slice(0, page + 1), rowCount: start + answer.rows.length, ...after(next, page, answer) };
    }
  });
  return next;
}

function after<Row>(outline: Outline, page: number, answer: Page<Row>): Pick<Outline, 'cursors' | 'hasMore'> {
  const cursors = outline.cursors.slice(0, page + 1);
  if (answer.nextCursor) cursors.push(answer.nextCursor);
  return { cursors, hasMore: answer.nextCursor !== null };
}

function dedupe(warnings: readonly Schema<'Warning'>[]): Schema<'Warning'>[] {
  return [...new Map(warnings.map((warning) => [warning.code + warning.message, warning])).values()];
}
