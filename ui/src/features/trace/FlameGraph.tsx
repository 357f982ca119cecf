import { useQuery } from '@tanstack/react-query';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { lineText } from '@/lib/attributes';
import { resolveColor, serviceColor } from '@/lib/color';
import { formatDuration, formatInteger } from '@/lib/format';
import { useShownTheme } from '@/lib/preferences';
import { flameBoxes, type FlameBox } from './flame';
import styles from './FlameGraph.module.css';
import { clampView, type TimeView } from './timeScale';

const rowsMax = 10_000;
const line = 20;
const textPixelsMin = 36;
const heightMax = 16_000;

interface FlameGraphProps {
  traceId: string;
  span: string | undefined;
  onOpen: (spanId: string) => void;
}

/** Time from left to right, calls from top to bottom; a click opens a span, a double click looks closer at it. */
export default function FlameGraph({ traceId, span, onOpen }: FlameGraphProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<TimeView | null>(null);
  const [hover, setHover] = useState<{ box: FlameBox; x: number; y: number }>();
  const [width, setWidth] = useState(0);
  const theme = useShownTheme();
  const rows = useQuery({
    queryKey: ['trace-flame', traceId],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/traces/{traceId}/rows', { params: { path: { traceId }, query: { limit: rowsMax, minimap: false } }, signal })),
    gcTime: 30_000,
  });
  const data = rows.data;
  const flame = useMemo(() => (data ? flameBoxes(data.rows, data.startTimeUnixNano) : undefined), [data]);
  const shown = view ?? { from: 0, to: Math.max(1, data?.durationNanos ?? 1) };
  const height = Math.min(heightMax, (flame?.depth ?? 0) * line + 4);
  const isReady = flame !== undefined;

  useEffect(() => {
    const element = canvas.current;
    if (!element || !isReady) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isReady]);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !flame || width === 0) return;
    element.width = width * devicePixelRatio;
    element.height = height * devicePixelRatio;
    const context = element.getContext('2d');
    if (!context) return;
    context.scale(devicePixelRatio, devicePixelRatio);
    draw(context, flame.boxes, shown, width, span);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `shown` is made of these
  }, [flame, view, data, width, height, span, theme]);

  if (rows.error) return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />;
  if (!data || !flame) return <SkeletonLines count={12} />;
  const boxAt = (event: PointerEvent | React.MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const depth = Math.floor((event.clientY - box.top - 2) / line);
    const time = shown.from + ((event.clientX - box.left) / box.width) * (shown.to - shown.from);
    const slack = ((shown.to - shown.from) / box.width) * 2;
    return flame.boxes.find((one) => one.depth === depth && time >= one.offset - slack && time <= one.offset + one.row.durationNanos + slack);
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <span>A click opens a span, a double click looks closer at it.</span>
        {data.rowCount > rowsMax && <Warnings warnings={[{ code: 'truncated', message: `The first ${formatInteger(rowsMax)} of ${formatInteger(data.rowCount)} spans are shown; the timeline has all.` }]} />}
        {view && (
          <Button size="s" look="quiet" onClick={() => setView(null)}>
            Whole trace
          </Button>
        )}
      </div>
      <div className={styles.scroller}>
        { }
        <canvas
          ref={canvas}
          className={styles.canvas}
          style={{ height }}
          role="img"
          aria-label={`Flame graph of ${data.rows.length} spans`}
          onPointerMove={(event) => {
            const box = boxAt(event);
            setHover(box && { box, x: event.clientX, y: event.clientY });
          }}
          onPointerLeave={() => setHover(undefined)}
          onClick={(event) => {
            const box = boxAt(event);
            if (box) onOpen(box.row.spanId);
          }}
          onDoubleClick={(event) => {
            const box = boxAt(event);
            setView(box ? clampView({ from: box.offset, to: box.offset + box.row.durationNanos }, data.durationNanos) : null);
          }}
        />
      </div>
      {hover && (
        <div className={styles.tip} style={{ left: Math.min(hover.x + 12, innerWidth - 320), top: hover.y + 16 }}>
          <strong>{lineText(hover.box.row.name, 200)}</strong>
          <div>
            {hover.box.row.serviceName} · {hover.box.row.kind}
          </div>
          <div>
            {formatDuration(hover.box.row.durationNanos)}, own time {formatDuration(hover.box.row.selfTimeNanos)}
          </div>
        </div>
      )}
    </div>
  );
}

function draw(context: CanvasRenderingContext2D, boxes: readonly FlameBox[], view: TimeView, width: number, selected: string | undefined) {
  const scale = width / (view.to - view.from);
  const colors = new Map<string, string>();
  const [onColor, errorColor, focusColor] = [resolveColor('light-dark(#fff, #0c1011)'), resolveColor('var(--error-fill)'), resolveColor('var(--text)')];
  context.font = '11px "Inter Variable", system-ui, sans-serif';
  context.textBaseline = 'middle';
  for (const { row, offset, depth } of boxes) {
    const from = Math.max(0, (offset - view.from) * scale);
    const to = Math.min(width, (offset + row.durationNanos - view.from) * scale);
    if (to < 0 || from > width) continue;
    const [x, y, w, h] = [from, 2 + depth * line, Math.max(1, to - from - 1), line - 2];
    let color = colors.get(row.serviceName);
    if (!color) colors.set(row.serviceName, (color = resolveColor(serviceColor(row.serviceName))));
    context.fillStyle = color;
    context.fillRect(x, y, w, h);
    if (row.status === 'error') {
      context.fillStyle = errorColor;
      context.fillRect(x, y + h - 3, w, 3);
    }
    if (row.spanId === selected) {
      context.strokeStyle = focusColor;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, w - 2, h - 2);
    }
    if (w < textPixelsMin) continue;
    context.fillStyle = onColor;
    context.save();
    context.beginPath();
    context.rect(x, y, w - 4, h);
    context.clip();
    context.fillText(`${lineText(row.name, 80)}  ${formatDuration(row.durationNanos)}`, x + 5, y + h / 2);
    context.restore();
  }
}
