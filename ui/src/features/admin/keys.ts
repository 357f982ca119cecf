import type { Schema } from '@/api/client';

export type Key = Schema<'Key'>;
export type Role = Schema<'Role'>;

export const roles: readonly { value: Role; label: string; may: string }[] = [
  { value: 'ingest', label: 'ingest', may: 'Sends telemetry and reads nothing. For collectors and SDKs.' },
  { value: 'viewer', label: 'viewer', may: 'Reads everything of its tenant.' },
  { value: 'editor', label: 'editor', may: 'Reads, and changes what people keep, such as saved views.' },
  { value: 'admin', label: 'admin', may: 'Everything within its tenant; in the default tenant also tenants and statistics.' },
];

export const lives = [
  { value: 'never', label: 'Never', days: undefined },
  { value: '7', label: 'In 7 days', days: 7 },
  { value: '30', label: 'In 30 days', days: 30 },
  { value: '90', label: 'In 90 days', days: 90 },
  { value: '365', label: 'In a year', days: 365 },
] as const;
export type Life = (typeof lives)[number]['value'];

const dayMillis = 86_400_000;

export function expiryOf(life: Life, now: number): string | undefined {
  const days = lives.find((one) => one.value === life)?.days;
  return days === undefined ? undefined : new Date(now + days * dayMillis).toISOString();
}

export type KeyState = 'active' | 'expired' | 'revoked';

export function stateOf(key: Pick<Key, 'revokedAt' | 'expiresAt'>, now: number): KeyState {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && Date.parse(key.expiresAt) <= now ? 'expired' : 'active';
}

/** Those that open something first, among them the newest first. */
export function arrangeKeys(keys: readonly Key[], now: number): Key[] {
  const rank = { active: 0, expired: 1, revoked: 2 } as const;
  return [...keys].sort((a, b) => rank[stateOf(a, now)] - rank[stateOf(b, now)] || Date.parse(b.createdAt) - Date.parse(a.createdAt));
}
