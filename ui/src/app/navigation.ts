import { Box, ChartLine, House, ListTree, type LucideIcon, ScrollText, Settings, Waypoints } from 'lucide-react';

export interface NavigationEntry {
  to: string;
  label: string;
  icon: LucideIcon;
  /** `g` and this letter go there. */
  letter: string;
}

/** The pages of the navigation, in its order. A page that does not exist yet is not in it. */
export const navigation: readonly NavigationEntry[] = [
  { to: '/', label: 'Overview', icon: House, letter: 'h' },
  { to: '/traces', label: 'Traces', icon: ListTree, letter: 't' },
  { to: '/logs', label: 'Logs', icon: ScrollText, letter: 'l' },
  { to: '/explore', label: 'Metrics', icon: ChartLine, letter: 'm' },
  { to: '/services', label: 'Services', icon: Box, letter: 's' },
  { to: '/map', label: 'Service map', icon: Waypoints, letter: 'p' },
  { to: '/admin', label: 'Admin', icon: Settings, letter: 'a' },
];
