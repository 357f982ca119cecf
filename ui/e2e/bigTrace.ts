import { otlpAddress } from './addresses';

const batchSpans = 5_000;
const services = ['edge', 'orders', 'stock', 'ledger', 'mail'];

/** Sends one trace: a chain of `depth` spans, and beside it groups of siblings until there are `count`. Gives the id of the deepest span. */
export async function sendTrace(traceId: string, count: number, depth: number): Promise<string> {
  const start = BigInt(Date.now() - 60_000) * 1_000_000n;
  const hex = (index: number) => (index + 1).toString(16).padStart(16, '0');
  const groupSize = 50;
  const parentOf = (index: number) => {
    if (index === 0) return undefined;
    if (index < depth) return hex(index - 1);
    // The first of a group hangs on the root, the others on the first.
    const inGroup = (index - depth) % groupSize;
    return inGroup === 0 ? hex(0) : hex(index - inGroup);
  };
  for (let from = 0; from < count; from += batchSpans) {
    const byService = new Map<string, object[]>();
    for (let index = from; index < Math.min(count, from + batchSpans); index++) {
      const service = services[index < depth ? index % services.length : Math.floor((index - depth) / groupSize) % services.length]!;
      const offset = BigInt(index < depth ? index * 1_000 : Math.floor(((index - depth) / count) * 50_000_000));
      const duration = BigInt(index === 0 ? 60_000_000 : index < depth ? 40_000_000 - index * 2_000 : 200_000);
      const spans = byService.get(service) ?? [];
      byService.set(service, spans);
      spans.push({
        traceId,
        spanId: hex(index),
        parentSpanId: parentOf(index),
        name: index < depth ? `step ${index}` : `item ${index}`,
        kind: 1,
        startTimeUnixNano: String(start + offset),
        endTimeUnixNano: String(start + offset + duration),
        status: index % 997 === 1 ? { code: 2, message: 'broken' } : {},
      });
    }
    const response = await fetch(`${otlpAddress}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        resourceSpans: [...byService].map(([service, spans]) => ({
          resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
          scopeSpans: [{ scope: { name: 'e2e' }, spans }],
        })),
      }),
    });
    if (response.status !== 200) throw new Error(`the trace was refused: ${response.status} ${await response.text()}`);
  }
  return hex(depth - 1);
}
