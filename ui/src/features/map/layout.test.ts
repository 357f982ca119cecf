import { expect, test } from 'vitest';
import { edgeId, edgeWidth, type MapEdge, type MapNode, matching, neighbourhood, shorten } from './graph';
import { boundsOf, layoutMap, nodeHeight, nodeWidth, type Point } from './layout';

const node = (id: string): MapNode => ({ id, name: id, type: 'service', spanCount: 1, errorCount: 0 });
const edge = (source: string, target: string): MapEdge => ({ source, target, type: 'rpc', callCount: 1, errorCount: 0, errorRate: 0, ratePerSecond: 1, durationAverageNanos: 1, durationP95Nanos: 1 });
const overlaps = (points: Point[]) => points.some((a, i) => points.some((b, j) => i < j && Math.abs(a.x - b.x) < nodeWidth && Math.abs(a.y - b.y) < nodeHeight));

const nodes = ['a', 'b', 'c', 'd'].map(node);
const edges = [edge('a', 'b'), edge('a', 'c'), edge('b', 'd')];

test('calls go from left to right', () => {
  const at = layoutMap(nodes, edges).nodes;
  expect(at.get('a')!.x).toBeLessThan(at.get('b')!.x);
  expect(at.get('b')!.x).toBeLessThan(at.get('d')!.x);
});

test('a refresh moves nobody, whatever the order or the figures', () => {
  const first = layoutMap(nodes, edges);
  const second = layoutMap([...nodes].reverse(), [...edges].reverse(), first);
  expect(second.nodes).toEqual(first.nodes);
  expect(second.routes).toEqual(first.routes);
});

test('a new node comes behind its caller and covers nobody', () => {
  const first = layoutMap(nodes, edges);
  const second = layoutMap([...nodes, node('e'), node('f')], [...edges, edge('a', 'e'), edge('e', 'f')], first);
  for (const id of ['a', 'b', 'c', 'd']) expect(second.nodes.get(id)).toEqual(first.nodes.get(id));
  expect(second.nodes.get('e')!.x).toBeGreaterThan(second.nodes.get('a')!.x);
  expect(second.nodes.get('f')!.x).toBeGreaterThan(second.nodes.get('e')!.x);
  expect(overlaps([...second.nodes.values()])).toBe(false);
  expect(second.routes.has(edgeId(edge('e', 'f')))).toBe(true);
});

test('who leaves and comes back finds the place free', () => {
  const first = layoutMap(nodes, edges);
  const without = layoutMap(nodes.slice(0, 3), edges.slice(0, 2), first);
  const again = layoutMap(nodes, edges, without);
  expect(again.nodes.get('d')).toEqual(first.nodes.get('d'));
});

test('another system is another picture', () => {
  const other = ['w', 'x', 'y', 'z'].map(node);
  const calls = [edge('w', 'x'), edge('x', 'y'), edge('y', 'z')];
  expect(layoutMap(other, calls, layoutMap(nodes, edges))).toEqual(layoutMap(other, calls));
});

test('two hundred nodes, some of them alone and one calling itself, cover nobody', () => {
  const many = Array.from({ length: 200 }, (_, index) => node(`n${index}`));
  const calls = Array.from({ length: 400 }, (_, index) => edge(`n${index % 180}`, `n${(index * 7 + 1) % 180}`));
  const layout = layoutMap(many, [...calls, edge('n3', 'n3')]);
  expect(layout.nodes.size).toBe(200);
  expect(overlaps([...layout.nodes.values()])).toBe(false);
  const bounds = boundsOf(layout, layout.nodes.keys());
  expect(bounds.width).toBeGreaterThan(nodeWidth);
});

test('edges are wider the more they carry, and never vanish', () => {
  expect(edgeWidth(100, 100)).toBe(6);
  expect(edgeWidth(10, 100)).toBeGreaterThan(edgeWidth(1, 100));
  expect(edgeWidth(1e-9, 100)).toBe(edgeWidth(0, 100));
  expect(edgeWidth(0, 100)).toBeGreaterThan(1);
});

test('a node is found by name, kind or product, and so are those around it', () => {
  const all: MapNode[] = [node('cart'), { ...node('shop'), type: 'database', system: 'postgresql' }];
  expect([...matching(all, 'POST data')]).toEqual(['shop']);
  expect([...neighbourhood('a', edges)].sort()).toEqual(['a', 'b', 'c']);
});

test('a long name keeps both of its ends', () => {
  expect(shorten('shopping-assistant-production-eu', 20)).toBe('shopping-ass…tion-eu');
  expect(shorten('cart', 20)).toBe('cart');
});
