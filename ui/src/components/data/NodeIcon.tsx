import { Box, Cloud, Database, Layers } from 'lucide-react';
import type { Schema } from '@/api/client';

export type NodeType = Schema<'ServiceMapNode'>['type'];

const icons = { service: Box, database: Database, queue: Layers, external: Cloud } as const;

/** What a thing on the map is, by the same sign everywhere. */
export function NodeIcon({ type, size = 14 }: { type: NodeType; size?: number }) {
  const Icon = icons[type];
  return <Icon size={size} aria-label={type} role="img" />;
}
