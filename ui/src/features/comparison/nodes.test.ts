import { expect, test } from 'vitest';
import { changedWithParents, countChanges } from './nodes';

const nodes = [
  { id: 0, change: 'same' as const },
  { id: 1, parentId: 0, change: 'same' as const },
  { id: 2, parentId: 1, change: 'added' as const },
  { id: 3, parentId: 0, change: 'same' as const },
  { id: 4, parentId: 0, change: 'changed' as const },
];

test('what differs keeps those above it and the order', () => expect(changedWithParents(nodes).map((node) => node.id)).toEqual([0, 1, 2, 4]));

test('changes are counted by their kind', () => expect(countChanges(nodes)).toEqual({ same: 3, added: 1, changed: 1, removed: 0 }));
