import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** One key (`/`, `Escape`), a sequence (`g t`) or a chord (`Mod+k`, where Mod is Ctrl, or Cmd on a Mac). */
export interface Shortcut {
  keys: string;
  description: string;
  group: string;
}

interface Registered extends Shortcut {
  run: (event: KeyboardEvent) => void;
}

const sequenceMillis = 900;
/** What presses the button that has the focus, whatever else it would do. */
const presses = new Set(['Enter', ' ']);
const registered: Registered[] = [];
const listeners = new Set<() => void>();
let list: Shortcut[] = [];
let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

function changed() {
  const seen = new Set<string>();
  list = registered.filter(({ keys }) => !seen.has(keys) && seen.add(keys));
  listeners.forEach((listener) => listener());
}

function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : '';
  return mod + (mod ? event.key.toLowerCase() : event.key);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = nameOf(event);
  if (isTyping(event.target) && !name.startsWith('Mod+')) return;
  if (presses.has(name) && event.target instanceof Element && event.target.closest('a,button,summary,[role="tab"],[role="option"]')) return;
  const keys = prefix ? `${prefix} ${name}` : name;
  prefix = '';
  clearTimeout(prefixTimer);
  // The last one registered wins: a dialog's Escape comes before the page's.
  const found = registered.findLast((shortcut) => shortcut.keys === keys);
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (registered.some((shortcut) => shortcut.keys.startsWith(`${keys} `))) {
    prefix = keys;
    prefixTimer = setTimeout(() => (prefix = ''), sequenceMillis);
  }
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

/** Registers a shortcut while the component is there. Not called while a person types, unless it is a chord. */
export function useShortcut(keys: string, description: string, run: (event: KeyboardEvent) => void, options: { group?: string; enabled?: boolean } = {}) {
  const { group = 'This page', enabled = true } = options;
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    const shortcut: Registered = { keys, description, group, run: (event) => latest(event) };
    registered.push(shortcut);
    changed();
    return () => {
      registered.splice(registered.indexOf(shortcut), 1);
      changed();
    };
  }, [keys, description, group, enabled]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useShortcuts(): Shortcut[] {
  return useSyncExternalStore(subscribe, () => list);
}
