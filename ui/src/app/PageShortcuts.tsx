import { useNavigate } from '@tanstack/react-router';
import { useShortcut } from '@/lib/shortcuts';
import type { NavigationEntry } from './navigation';

/** `g` and a letter, for one page. */
export function PageShortcuts({ entry }: { entry: NavigationEntry }) {
  const navigate = useNavigate();
  useShortcut(`g ${entry.letter}`, `Go to ${entry.label}`, () => void navigate({ to: entry.to }), { group: 'Pages' });
  return null;
}
