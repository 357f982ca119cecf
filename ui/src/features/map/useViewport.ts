import { type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Box, Point } from './layout';

/** What part of the picture is seen: shifted by pixels, then scaled. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

const scaleMin = 0.08;
const scaleMax = 3;
const fitScaleMax = 1.15;
/** From here on names can be read. */
const readableScale = 0.8;
const margin = 40;
const panStep = 60;
const zoomStep = 1.25;
const dragPixelsMin = 4;

export interface ViewportControl {
  view: Viewport;
  isDragging: boolean;
  /** Around a point of the element, or its middle. */
  zoom: (factor: number, around?: Point) => void;
  fitAll: () => void;
  center: (point: Point) => void;
  handlers: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
    onClickCapture: (event: MouseEvent) => void;
  };
}

/** Panning by dragging and arrows, zooming by wheel and by + and -. */
export function useViewport(element: RefObject<SVGSVGElement | null>, bounds: () => Box): ViewportControl {
  const [view, setView] = useState<Viewport>({ x: 0, y: 0, scale: 1 });
  const drag = useRef<{ x: number; y: number; view: Viewport; moved: boolean }>(undefined);
  const [isDragging, setDragging] = useState(false);

  const size = () => ({ width: element.current?.clientWidth ?? 0, height: element.current?.clientHeight ?? 0 });
  const zoom = (factor: number, around?: Point) => {
    const { width, height } = size();
    const { x, y } = around ?? { x: width / 2, y: height / 2 };
    setView((previous) => {
      const scale = Math.min(scaleMax, Math.max(scaleMin, previous.scale * factor));
      const by = scale / previous.scale;
      return { x: x - (x - previous.x) * by, y: y - (y - previous.y) * by, scale };
    });
  };
  const fitAll = () => {
    const { width, height } = size();
    const box = bounds();
    if (width === 0 || height === 0) return;
    const scale = Math.min(fitScaleMax, Math.max(scaleMin, Math.min((width - 2 * margin) / box.width, (height - 2 * margin) / box.height)));
    setView({ x: (width - box.width * scale) / 2 - box.x * scale, y: (height - box.height * scale) / 2 - box.y * scale, scale });
  };
  const center = (point: Point) => {
    const { width, height } = size();
    setView((previous) => {
      const scale = Math.max(previous.scale, readableScale);
      return { x: width / 2 - point.x * scale, y: height / 2 - point.y * scale, scale };
    });
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = element.current!.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), { x: event.clientX - box.left, y: event.clientY - box.top });
  });
  useEffect(() => {
    const host = element.current!;
    const listener = (event: WheelEvent) => onWheel(event);
    // React's own listener may not prevent the page from scrolling.
    host.addEventListener('wheel', listener, { passive: false });
    return () => host.removeEventListener('wheel', listener);
  }, [element]);

  const onPointerDown = (event: PointerEvent) => {
    if (event.button === 0) drag.current = { x: event.clientX, y: event.clientY, view, moved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const start = drag.current;
    if (!start) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    if (!start.moved && Math.hypot(dx, dy) < dragPixelsMin) return;
    if (!start.moved) {
      start.moved = true;
      setDragging(true);
      element.current!.setPointerCapture(event.pointerId);
    }
    setView({ ...start.view, x: start.view.x + dx, y: start.view.y + dy });
  };
  const onPointerUp = () => {
    setDragging(false);
    if (!drag.current?.moved) drag.current = undefined;
  };
  const onClickCapture = (event: MouseEvent) => {
    // The end of a drag is no click on what lies below.
    if (drag.current?.moved) event.stopPropagation();
    drag.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = { ArrowLeft: [panStep, 0], ArrowRight: [-panStep, 0], ArrowUp: [0, panStep], ArrowDown: [0, -panStep] };
    const move = moves[event.key];
    if (move) setView((previous) => ({ ...previous, x: previous.x + move[0], y: previous.y + move[1] }));
    else if (event.key === '+' || event.key === '=') zoom(zoomStep);
    else if (event.key === '-') zoom(1 / zoomStep);
    else if (event.key === '0') fitAll();
    else return;
    // Elsewhere these keys change the time range.
    event.preventDefault();
    event.stopPropagation();
  };
  return { view, isDragging, zoom, fitAll, center, handlers: { onPointerDown, onPointerMove, onPointerUp, onKeyDown, onClickCapture } };
}
