import type { Schema } from '@/api/client';

export type ComparedNode = Schema<'TraceComparison'>['nodes'][number];

/** The nodes that differ, and those above them, in the same order. */
export function changedWithParents<Node extends Pick<ComparedNode, 'id' | 'parentId' | 'change'>>(nodes: readonly Node[]): Node[] {
  const kept = new Set<number>();
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]));
  for (const node of nodes) {
    if (node.change === 'same') continue;
    // Stops where a path was kept already, so that each node is visited once.
    for (let id: number | undefined = node.id; id !== undefined && !kept.has(id); id = parents.get(id)) kept.add(id);
  }
  return nodes.filter((node) => kept.has(node.id));
}

export function countChanges(nodes: readonly Pick<ComparedNode, 'change'>[]): Record<ComparedNode['change'], number> {
  const counts = { same: 0, changed: 0, added: 0, removed: 0 };
  for (const node of nodes) counts[node.change]++;
  return counts;
}
