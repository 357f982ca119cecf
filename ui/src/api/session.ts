import { useSyncExternalStore } from 'react';
import type { components } from './schema';

type Token = components['schemas']['Token'];

/** Who is logged in here. It ends with the tab. */
export interface Session {
  token: string;
  refreshToken: string;
  tenant: string;
  role: components['schemas']['Role'];
  /** Unix milliseconds of this browser's clock: from then on the token is renewed before it is used. */
  renewAt: number;
}

export interface Access {
  session: Session | undefined;
  /** The server asks for a key and there is none, or none that is still good. */
  isLocked: boolean;
}

const key = 'otelier.session';
const unauthenticated = 401;
/** A token is renewed after this share of its life, so that none expires on its way. */
const renewedAfter = 0.8;
const listeners = new Set<() => void>();
let access: Access = { session: read(), isLocked: false };
let renewal: Promise<boolean> | undefined;

function read(): Session | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Session | null;
    return typeof stored?.token === 'string' && typeof stored.refreshToken === 'string' ? stored : undefined;
  } catch {
    // Storage may be forbidden: then the session lives in memory alone.
    return undefined;
  }
}

function set(next: Access) {
  access = next;
  try {
    if (next.session) sessionStorage.setItem(key, JSON.stringify(next.session));
    else sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
  listeners.forEach((listener) => listener());
}

export function getAccess(): Access {
  return access;
}

export function useAccess(): Access {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, getAccess);
}

/** Takes a token that was given out just now. `serverDate` is the answer's own clock, because this browser's may be wrong. */
export function open(token: Token, serverDate: string | null) {
  const now = Date.now();
  const life = Date.parse(token.expiresAt) - (serverDate ? Date.parse(serverDate) : now);
  set({
    session: { token: token.token, refreshToken: token.refreshToken, tenant: token.tenant, role: token.role, renewAt: now + life * renewedAfter },
    isLocked: false,
  });
}

/** Forgets the session and has the server void it. */
export async function close(): Promise<void> {
  const { session } = access;
  set({ session: undefined, isLocked: true });
  if (!session) return;
  const revoke = (token: string) => post('/api/v1/auth/revoke', { token }).catch(() => undefined);
  // A token that cannot be told to the server expires by itself.
  await Promise.all([revoke(session.token), revoke(session.refreshToken)]);
}

/** Every request of the API goes through here: it carries the token, renews it, and notices when there has to be one. */
export async function authorizedFetch(request: Request): Promise<Response> {
  if (access.session && Date.now() >= access.session.renewAt) await renew();
  const { session } = access;
  // A body can be sent once, so what may be sent again is kept.
  const again = session && request.clone();
  if (session) request.headers.set('authorization', `Bearer ${session.token}`);
  const response = await fetch(request);
  if (response.status !== unauthenticated || isOpen(request)) return response;
  if (again && (await renew())) {
    again.headers.set('authorization', `Bearer ${access.session!.token}`);
    const second = await fetch(again);
    if (second.status !== unauthenticated) return second;
  }
  if (access.session?.token === session?.token) set({ session: undefined, isLocked: true });
  return response;
}

/** These answer 401 about what is in their body, not about who asks. */
function isOpen(request: Request): boolean {
  return /\/api\/v1\/auth\/(token|refresh|revoke)$/.test(new URL(request.url).pathname);
}

/** A refresh token works once, so everybody waits for the same renewal. */
function renew(): Promise<boolean> {
  renewal ??= renewNow().finally(() => (renewal = undefined));
  return renewal;
}

async function renewNow(): Promise<boolean> {
  const { session } = access;
  if (!session) return false;
  const response = await post('/api/v1/auth/refresh', { refreshToken: session.refreshToken }).catch(() => undefined);
  // Nobody answered, or not now: what is there stays, and the request itself will tell.
  if (!response?.ok) return false;
  open((await response.json()) as Token, response.headers.get('date'));
  return true;
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
