import { useSyncExternalStore } from 'react';
import type { TimeZone } from './format';

/** What a person chose for this browser. Everything shareable is in the URL instead. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  timeZone: TimeZone;
  navigationCollapsed: boolean;
  /** Columns, widths and the like, by a name of the page's own. */
  pages: Record<string, unknown>;
}

const key = 'otelier.preferences';
const defaults: Preferences = { theme: 'system', timeZone: 'local', navigationCollapsed: false, pages: {} };
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...defaults, ...stored } : defaults;
  } catch {
    // Storage may be forbidden, or hold what somebody else wrote: then nothing was chosen.
    return defaults;
  }
}

export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>) {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Not kept beyond this page, which is all a browser without storage can do.
  }
  apply();
  listeners.forEach((listener) => listener());
}

/** Sets the theme on the document. */
export function apply() {
  if (current.theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current.theme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences);
}

/** One page's own setting, kept in this browser. */
export function usePagePreference<T>(name: string, initial: T): [T, (value: T) => void] {
  const value = usePreferences().pages[name];
  return [value === undefined ? initial : (value as T), (next) => setPreferences({ pages: { ...current.pages, [name]: next } })];
}

const darkQuery = '(prefers-color-scheme: dark)';

function subscribeTheme(listener: () => void): () => void {
  const media = matchMedia(darkQuery);
  media.addEventListener('change', listener);
  const unsubscribe = subscribe(listener);
  return () => {
    media.removeEventListener('change', listener);
    unsubscribe();
  };
}

/** The theme that is shown: for what is drawn rather than styled. */
export function useShownTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribeTheme, () => {
    if (current.theme !== 'system') return current.theme;
    return matchMedia(darkQuery).matches ? 'dark' : 'light';
  });
}
