import type { Schema } from '@/api/client';

export type MapNode = Schema<'ServiceMapNode'>;
export type MapEdge = Schema<'ServiceMapEdge'>;

/** Names an edge; several kinds of calls between the same two are several edges. */
export function edgeId(edge: Pick<MapEdge, 'source' | 'target' | 'type'>): string {
  return `${edge.source}\n${edge.target}\n${edge.type}`;
}

/** A node and those it calls or is called by. */
export function neighbourhood(id: string, edges: readonly MapEdge[]): Set<string> {
  const found = new Set([id]);
  for (const edge of edges) {
    if (edge.source === id) found.add(edge.target);
    if (edge.target === id) found.add(edge.source);
  }
  return found;
}

export function matching(nodes: readonly MapNode[], text: string): Set<string> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return new Set(nodes.filter((node) => words.every((word) => `${node.name} ${node.type} ${node.system ?? ''}`.toLowerCase().includes(word))).map((node) => node.id));
}

export function errorShare(node: MapNode): number {
  return node.spanCount > 0 ? node.errorCount / node.spanCount : 0;
}

const widthMin = 1.25;
const widthMax = 6;

/** How wide an edge is drawn: rates differ by powers, so their logarithm is what can be seen. */
export function edgeWidth(ratePerSecond: number, rateMax: number): number {
  if (ratePerSecond <= 0 || rateMax <= 0) return widthMin;
  const decades = 3;
  const share = 1 + Math.log10(Math.min(1, ratePerSecond / rateMax)) / decades;
  return widthMin + (widthMax - widthMin) * Math.max(0, share);
}

/** A name as it fits into so many letters: its ends say more than its middle. */
export function shorten(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const tail = Math.floor((letters - 1) * 0.4);
  return `${name.slice(0, letters - 1 - tail)}…${name.slice(name.length - tail)}`;
}
