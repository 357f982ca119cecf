import type { Schema } from '@/api/client';
import { formatBytes, formatCount } from '@/lib/format';

type Quota = Schema<'Quota'>;

/** As a person types it: empty for no limit. */
export interface QuotaText {
  mebibytesPerSecond: string;
  itemsPerSecond: string;
  burstSeconds: string;
}

const mebibyte = 1024 * 1024;
const burstDefault = 10;

export function quotaText(quota: Quota | undefined): QuotaText {
  return {
    mebibytesPerSecond: quota?.bytesPerSecond === undefined ? '' : String(quota.bytesPerSecond / mebibyte),
    itemsPerSecond: quota?.itemsPerSecond === undefined ? '' : String(quota.itemsPerSecond),
    burstSeconds: String(quota?.burstSeconds ?? burstDefault),
  };
}

/** What was typed, or nothing where it is no quota. The server checks its bounds. */
export function parseQuota(text: QuotaText): Quota | undefined {
  const [bytes, items, burst] = [number(text.mebibytesPerSecond), number(text.itemsPerSecond), number(text.burstSeconds)];
  if (bytes === null || items === null || burst === null) return undefined;
  return {
    ...(bytes !== undefined && { bytesPerSecond: Math.round(bytes * mebibyte) }),
    ...(items !== undefined && { itemsPerSecond: Math.round(items) }),
    ...(burst !== undefined && { burstSeconds: Math.round(burst) }),
  };
}

function number(text: string): number | undefined | null {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}

export function describeQuota(quota: Quota | undefined): string {
  const parts = [
    quota?.bytesPerSecond === undefined ? '' : `${formatBytes(quota.bytesPerSecond)}/s`,
    quota?.itemsPerSecond === undefined ? '' : `${formatCount(quota.itemsPerSecond)} items/s`,
  ].filter(Boolean);
  return parts.length ? `${parts.join(', ')}, bursts of ${quota?.burstSeconds ?? burstDefault} s` : 'no limit';
}
