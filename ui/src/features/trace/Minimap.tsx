import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { resolveColor, serviceColor } from '@/lib/color';
import { useShownTheme } from '@/lib/preferences';
import styles from './Minimap.module.css';
import type { TimeView } from './timeScale';
import type { TraceHead } from './useTraceRows';

interface MinimapProps {
  head: TraceHead;
  view: TimeView | null;
  onView: (view: TimeView | null) => void;
}

const height = 44;
const dragPixelsMin = 3;
const zoomStep = 1.25;

/** The whole trace, small: a drag looks closer, a double click looks at all of it again, the wheel zooms. */
export function Minimap({ head, view, onView }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const theme = useShownTheme();
  const duration = Math.max(1, head.durationNanos);

  useEffect(() => {
    const element = canvas.current!;
    const draw = () => {
      const width = element.clientWidth;
      element.width = width * devicePixelRatio;
      element.height = height * devicePixelRatio;
      const context = element.getContext('2d');
      const spans = head.minimap ?? [];
      if (!context) return;
      context.scale(devicePixelRatio, devicePixelRatio);
      const levels = spans.reduce((max, span) => Math.max(max, span.depth), 0) + 1;
      const line = Math.min(6, (height - 6) / levels);
      const errorColor = resolveColor('var(--error-fill)');
      const colors = new Map<string, string>();
      for (const span of spans) {
        if (!colors.has(span.serviceName)) colors.set(span.serviceName, resolveColor(serviceColor(span.serviceName)));
        context.fillStyle = span.isError ? errorColor : colors.get(span.serviceName)!;
        context.fillRect((span.startOffsetNanos / duration) * width, 3 + span.depth * line, Math.max(1, (span.durationNanos / duration) * width), Math.max(1, line * 0.75));
      }
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [head.minimap, duration, theme]);

  const shareAt = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const shown = drag ? { from: Math.min(drag.from, drag.to) * duration, to: Math.max(drag.from, drag.to) * duration } : view;
  return (
    <div
      className={styles.map}
      style={{ height }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const share = shareAt(event);
        setDrag({ from: share, to: share });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: shareAt(event) })}
      onPointerUp={(event) => {
        if (!drag) return;
        const to = shareAt(event);
        const isDrag = Math.abs(to - drag.from) * event.currentTarget.clientWidth >= dragPixelsMin;
        if (isDrag) onView({ from: Math.min(drag.from, to) * duration, to: Math.max(drag.from, to) * duration });
        setDrag(undefined);
      }}
      onDoubleClick={() => onView(null)}
      onWheel={(event) => {
        const current = view ?? { from: 0, to: duration };
        const at = shareAt(event as unknown as PointerEvent) * duration;
        const factor = event.deltaY > 0 ? zoomStep : 1 / zoomStep;
        const next = { from: at - (at - current.from) * factor, to: at + (current.to - at) * factor };
        onView(next.to - next.from >= duration ? null : next);
      }}
      title="Drag to look closer, double-click for the whole trace"
    >
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={`The whole trace: ${head.spanCount} spans`} />
      {shown && (
        <>
          <span className={styles.shade} style={{ left: 0, width: `${(shown.from / duration) * 100}%` }} />
          <span className={styles.shade} style={{ right: 0, width: `${(1 - shown.to / duration) * 100}%` }} />
          <span className={styles.window} style={{ left: `${(shown.from / duration) * 100}%`, width: `${((shown.to - shown.from) / duration) * 100}%` }} />
        </>
      )}
    </div>
  );
}
