import { expect, test } from 'vitest';
import { describeQuota, parseQuota, quotaText } from './quota';

test('a quota is the same after it was shown and typed again', () => {
  const quota = { bytesPerSecond: 1_572_864, itemsPerSecond: 10_000, burstSeconds: 30 };
  expect(quotaText(quota)).toEqual({ mebibytesPerSecond: '1.5', itemsPerSecond: '10000', burstSeconds: '30' });
  expect(parseQuota(quotaText(quota))).toEqual(quota);
});

test('nothing typed is no limit, and nonsense is no quota', () => {
  expect(parseQuota({ mebibytesPerSecond: '', itemsPerSecond: ' ', burstSeconds: '10' })).toEqual({ burstSeconds: 10 });
  expect(parseQuota({ mebibytesPerSecond: 'much', itemsPerSecond: '', burstSeconds: '10' })).toBeUndefined();
  expect(parseQuota({ mebibytesPerSecond: '-1', itemsPerSecond: '', burstSeconds: '10' })).toBeUndefined();
});

test('a quota is said in words', () => {
  expect(describeQuota(undefined)).toBe('no limit');
  expect(describeQuota({ itemsPerSecond: 10_000 })).toBe('10k items/s, bursts of 10 s');
});
