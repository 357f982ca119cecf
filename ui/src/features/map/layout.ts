import dagre from '@dagrejs/dagre';
import { edgeId, type MapEdge, type MapNode } from './graph';

export interface Point {
  x: number;
  y: number;
}

/** The way of an edge, and where its figures stand. */
export interface Route {
  points: readonly Point[];
  label: Point;
}

/** Where everything is: nodes by their middle, edges by their way. */
export interface Layout {
  nodes: ReadonlyMap<string, Point>;
  routes: ReadonlyMap<string, Route>;
}

export const nodeWidth = 176;
export const nodeHeight = 52;
const columnGap = 56;
/** Room for the figures of an edge, where there are so few edges that all of them show theirs. */
const label = { width: 92, height: 26, labelpos: 'c' };
export const labelledMax = 40;
const rowGap = 26;
const column = nodeWidth + columnGap + label.width;
const row = nodeHeight + rowGap;
/** Of the nodes, the share that has to be known for the rest to be fitted in; below it, the picture is another one. */
const knownShareMin = 0.5;
const emptyLayout: Layout = { nodes: new Map(), routes: new Map() };

/**
 * Who was there stays where they were; who is new comes beside those they speak with. Only when most are new, everything is
 * arranged afresh, from left to right along the calls.
 */
export function layoutMap(nodes: readonly MapNode[], edges: readonly MapEdge[], kept: Layout = emptyLayout): Layout {
  const known = nodes.filter((node) => kept.nodes.has(node.id)).length;
  if (known === 0 || known < nodes.length * knownShareMin) return arrange(nodes, edges);
  if (known === nodes.length) return withRoutes(kept.nodes, edges, kept);
  return withRoutes(fitIn(nodes, edges, kept.nodes), edges, kept);
}

function arrange(nodes: readonly MapNode[], edges: readonly MapEdge[]): Layout {
  const speaking = new Set(edges.filter((edge) => edge.source !== edge.target).flatMap((edge) => [edge.source, edge.target]));
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: rowGap, ranksep: columnGap, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  // The answer is ordered by id, so the same map is the same picture.
  for (const node of nodes) if (speaking.has(node.id)) graph.setNode(node.id, { width: nodeWidth, height: nodeHeight });
  for (const edge of edges) if (edge.source !== edge.target) graph.setEdge(edge.source, edge.target, edges.length <= labelledMax ? { ...label } : {}, edge.type);
  if (speaking.size > 0) dagre.layout(graph);
  const placed = new Map<string, Point>();
  for (const id of graph.nodes()) {
    const { x, y } = graph.node(id);
    placed.set(id, { x, y });
  }
  const routes = new Map<string, Route>();
  for (const { v: source, w: target, name } of graph.edges()) {
    const { points = [], x, y } = graph.edge({ v: source, w: target, name }) as { points?: Point[]; x?: number; y?: number };
    const way = throughSides(placed.get(source)!, placed.get(target)!, points.map((point) => ({ x: point.x, y: point.y })));
    routes.set(edgeId({ source, target, type: name as MapEdge['type'] }), { points: way, label: x === undefined || y === undefined ? middleOf(way) : { x, y } });
  }
  // Who speaks with nobody stands in rows below the others.
  const silent = nodes.filter((node) => !speaking.has(node.id));
  const bottom = placed.size ? Math.max(...[...placed.values()].map((point) => point.y)) + row * 1.5 : 0;
  const perRow = Math.max(4, Math.ceil(Math.sqrt(silent.length * 2)));
  silent.forEach((node, index) => placed.set(node.id, { x: nodeWidth / 2 + (index % perRow) * (nodeWidth + rowGap), y: bottom + Math.floor(index / perRow) * row }));
  return { nodes: placed, routes };
}

/** Puts each new node one column after who calls it, or before whom it calls, in the nearest free place. */
function fitIn(nodes: readonly MapNode[], edges: readonly MapEdge[], kept: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  // Who has left keeps the place: it may come back with the next refresh.
  const placed = new Map(kept);
  const waiting = new Set(nodes.filter((node) => !kept.has(node.id)).map((node) => node.id));
  while (waiting.size > 0) {
    const next = [...waiting].find((id) => edges.some((edge) => speaksWith(edge, id, placed))) ?? [...waiting][0]!;
    waiting.delete(next);
    placed.set(next, freePlace(wish(next, edges, placed), placed));
  }
  return placed;
}

function speaksWith(edge: MapEdge, id: string, placed: ReadonlyMap<string, Point>): boolean {
  return (edge.source === id && placed.has(edge.target)) || (edge.target === id && placed.has(edge.source));
}

function wish(id: string, edges: readonly MapEdge[], placed: ReadonlyMap<string, Point>): Point {
  const callers = edges.filter((edge) => edge.target === id).flatMap((edge) => placed.get(edge.source) ?? []);
  const callees = edges.filter((edge) => edge.source === id).flatMap((edge) => placed.get(edge.target) ?? []);
  const middle = (points: Point[]) => points.reduce((sum, point) => sum + point.y, 0) / points.length;
  if (callers.length > 0) return { x: Math.max(...callers.map((point) => point.x)) + column, y: middle(callers) };
  if (callees.length > 0) return { x: Math.min(...callees.map((point) => point.x)) - column, y: middle(callees) };
  const all = [...placed.values()];
  return { x: Math.min(...all.map((point) => point.x)), y: Math.max(...all.map((point) => point.y)) + row };
}

function freePlace(wished: Point, placed: ReadonlyMap<string, Point>): Point {
  const taken = [...placed.values()].filter((point) => Math.abs(point.x - wished.x) < nodeWidth);
  // As many places as there are nodes on either side: one of them is free.
  for (let step = 0; step <= taken.length; step++) {
    for (const y of [wished.y + step * row, wished.y - step * row]) if (taken.every((point) => Math.abs(point.y - y) >= nodeHeight + 8)) return { x: wished.x, y };
  }
  return { x: wished.x, y: Math.max(...taken.map((point) => point.y)) + row };
}

/** Edges keep the way around other nodes they were given; new ones go straight. */
function withRoutes(nodes: ReadonlyMap<string, Point>, edges: readonly MapEdge[], kept: Layout): Layout {
  const routes = new Map(kept.routes);
  for (const edge of edges) {
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    if (routes.has(edgeId(edge)) || !source || !target || source === target) continue;
    const points = throughSides(source, target, []);
    routes.set(edgeId(edge), { points, label: middleOf(points) });
  }
  return { nodes, routes };
}

/** Calls leave at the right and arrive at the left; those that go back take the nearest sides. */
function throughSides(source: Point, target: Point, points: readonly Point[]): Point[] {
  const half = nodeWidth / 2;
  const inner = points.slice(1, -1);
  if (source.x + half < target.x - half) {
    const start = { x: source.x + half, y: source.y };
    const end = { x: target.x - half, y: target.y };
    return [start, ...inner.filter((point) => point.x > start.x + 8 && point.x < end.x - 8), end];
  }
  if (points.length >= 2) return [...points];
  const up = target.y <= source.y ? -1 : 1;
  const isBeside = Math.abs(target.x - source.x) >= nodeWidth;
  const start = isBeside ? { x: source.x - half, y: source.y } : { x: source.x, y: source.y + (up * nodeHeight) / 2 };
  const end = isBeside ? { x: target.x + half, y: target.y } : { x: target.x, y: target.y - (up * nodeHeight) / 2 };
  return [start, end];
}

/** A smooth line through the points; a node that calls itself has a loop. */
export function pathOf(route: Route | undefined, source: Point): string {
  if (!route) {
    const [x, y] = [source.x, source.y - nodeHeight / 2];
    return `M${x - 18} ${y}C${x - 30} ${y - 36} ${x + 30} ${y - 36} ${x + 18} ${y}`;
  }
  const [first, ...rest] = route.points;
  let path = `M${at(first!.x, first!.y)}`;
  let from = first!;
  for (const to of rest) {
    // Level where it passes a point, so that the pieces join without a corner.
    const bend = (to.x - from.x) / 2;
    path += Math.abs(bend) > 1 ? `C${at(from.x + bend, from.y)} ${at(to.x - bend, to.y)} ${at(to.x, to.y)}` : `L${at(to.x, to.y)}`;
    from = to;
  }
  return path;
}

/** Where the figures of an edge stand: on its middle, of a loop above it. */
export function labelOf(route: Route | undefined, source: Point): Point {
  return route?.label ?? { x: source.x, y: source.y - nodeHeight / 2 - 34 };
}

function middleOf(points: readonly Point[]): Point {
  const index = (points.length - 1) / 2;
  const [low, high] = [points[Math.floor(index)]!, points[Math.ceil(index)]!];
  return { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 };
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function boundsOf(layout: Layout, ids: Iterable<string>): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    const point = layout.nodes.get(id);
    if (!point) continue;
    left = Math.min(left, point.x - nodeWidth / 2);
    right = Math.max(right, point.x + nodeWidth / 2);
    top = Math.min(top, point.y - nodeHeight / 2);
    bottom = Math.max(bottom, point.y + nodeHeight / 2);
  }
  return left > right ? { x: 0, y: 0, width: 1, height: 1 } : { x: left, y: top, width: right - left, height: bottom - top };
}

function at(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
