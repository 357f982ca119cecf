import { randomBytes } from 'node:crypto';
import { apiAddress, otlpAddress } from './addresses';
import { sendTrace } from './bigTrace';
import { axeProblems, expect, test, untilFound } from './fixtures';

// New ones each time, as the server may be one that is kept.
const big = randomBytes(16).toString('hex');
const hostile = randomBytes(16).toString('hex');
const spans = 100_000;
const depth = 1_000;
const rowsMax = 150;
const longTaskMillisMax = 200;

const rowsOf = (traceId: string) => `/api/v1/traces/${traceId}/rows?limit=1`;
const hasSpans = (count: number) => (body: unknown) => (body as { spanCount?: number }).spanCount === count;

interface TracingEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds on the processor, as against on the clock: what else the machine does is not the page's fault. */
  tdur?: number;
  args?: { name?: string };
}

/** How long each task of the page's main thread worked, in milliseconds. */
function mainThreadTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TracingEvent[] };
  const main = new Set(traceEvents.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain').map((event) => `${event.pid} ${event.tid}`));
  return traceEvents.filter((event) => event.name === 'RunTask' && main.has(`${event.pid} ${event.tid}`)).map((event) => (event.tdur ?? 0) / 1000);
}

async function tracesOfCheckout(): Promise<{ traceId: string; errorCount: number }[]> {
  const answer = await fetch(`${apiAddress}/api/v1/traces?limit=100&start=-1h&q=${encodeURIComponent('name = "POST /checkout"')}`);
  return ((await answer.json()) as { traces: { traceId: string; errorCount: number }[] }).traces;
}

test('a hundred thousand spans, a thousand deep, are scrolled without a stutter', async ({ page, browser }) => {
  const deepest = await sendTrace(big, spans, depth);
  await untilFound(rowsOf(big), hasSpans(spans));
  await page.goto(`/traces/${big}`);
  const grid = page.getByRole('treegrid', { name: 'Spans' });
  await expect(grid.getByRole('row').nth(10)).toContainText('item');
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  const box = (await grid.boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + 200);
  for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, 2_500);
  for (const share of [0.25, 0.9, 0.5, 1]) {
    await grid.evaluate((element, to) => element.scrollTo({ top: element.scrollHeight * to }), share);
    await expect(grid.locator('[role=row]:not([aria-busy])').first()).toBeVisible();
    expect(await grid.getByRole('row').count()).toBeLessThan(rowsMax);
  }
  await expect(grid.getByRole('row').last()).not.toHaveAttribute('aria-busy', 'true');
  await expect(grid.getByRole('row').last()).toHaveAttribute('aria-rowindex', String(spans));
  const tasks = mainThreadTasks(await browser.stopTracing());
  expect(tasks.some((millis) => millis > 0)).toBe(true);
  expect(tasks.filter((millis) => millis > longTaskMillisMax)).toEqual([]);

  const fresh = await page.context().newPage();
  await fresh.goto(`/traces/${big}?span=${deepest}`);
  await expect(fresh.getByRole('row', { selected: true })).toContainText(`step ${depth - 1}`);
  await expect(fresh.getByRole('row', { selected: true })).toHaveAttribute('aria-level', String(depth));
  await expect(fresh.getByRole('complementary', { name: 'Span' })).toContainText(`step ${depth - 1}`);
  await fresh.close();

  const search = page.getByRole('searchbox', { name: 'Search in this trace' });
  await search.fill('status = error');
  await search.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'matches' })).toContainText('101');
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await grid.getByRole('button', { name: 'Close what is below' }).first().click();
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(spans));
});

test('a trace is looked at in every way', async ({ page }) => {
  const failing = (await tracesOfCheckout()).find((trace) => trace.errorCount > 4)!;
  await page.goto(`/traces/${failing.traceId}`);
  await expect(page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').first()).toContainText('POST /checkout');
  await page.getByRole('tab', { name: 'Flame graph' }).click();
  await expect(page.getByRole('img', { name: /^Flame graph of/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Services and operations' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'payment' }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Logs' }).click();
  await expect(page.getByRole('grid', { name: 'Logs of the trace' }).getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('tab', { name: 'OTLP' }).click();
  await expect(page.getByText('resourceSpans').first()).toBeVisible();
});

test('a trace is laid over another of the same operation', async ({ page }) => {
  const failing = (await tracesOfCheckout()).find((trace) => trace.errorCount > 4)!;
  const good = (await tracesOfCheckout()).find((trace) => trace.errorCount === 0)!;
  await page.goto(`/traces/${failing.traceId}?start=-1h`);
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('button', { name: /\d+ spans/ }).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Trace id to compare with' }).fill(good.traceId);
  await page.getByRole('textbox', { name: 'Trace id to compare with' }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`left=${good.traceId}.*right=${failing.traceId}`));
  const merged = page.getByRole('grid', { name: 'Merged spans' });
  await expect(merged.getByRole('row').filter({ hasText: 'INSERT orders' })).toContainText('removed');
  await expect(merged.getByRole('row').filter({ hasText: 'authorize card' })).toContainText('changed');
  const all = Number(await merged.getAttribute('aria-rowcount'));
  await page.getByRole('button', { name: 'Only what differs' }).click();
  await expect.poll(async () => Number(await merged.getAttribute('aria-rowcount'))).toBeLessThan(all);
  expect(await axeProblems(page)).toEqual([]);
});

test('hostile names and values are text', async ({ page }) => {
  const script = '<script>window.broken = true</script>';
  const now = BigInt(Date.now() - 5_000) * 1_000_000n;
  const response = await fetch(`${otlpAddress}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: `evil${script}` } }] },
          scopeSpans: [
            {
              scope: { name: 'e2e' },
              spans: [
                {
                  traceId: hostile,
                  spanId: '00000000000000a1',
                  name: `\u001b[31mred\u001b[0m \u202egnp.exe ${script}`,
                  kind: 2,
                  startTimeUnixNano: String(now),
                  endTimeUnixNano: String(now + 5_000_000n),
                  attributes: [
                    { key: `key${script}`, value: { stringValue: `<img src=x onerror="window.broken = true">` } },
                    { key: 'long', value: { stringValue: 'y'.repeat(1_000_000) } },
                    { key: '__proto__', value: { stringValue: 'polluted' } },
                  ],
                  status: { code: 2, message: script },
                },
              ],
            },
          ],
        },
      ],
    }),
  });
  expect(response.status).toBe(200);
  await untilFound(rowsOf(hostile), hasSpans(1));
  await page.goto(`/traces/${hostile}?span=00000000000000a1`);
  const details = page.getByRole('complementary', { name: 'Span' });
  await expect(details).toContainText('<img src=x onerror=');
  await expect(details).toContainText(script);
  await expect(page.getByRole('treegrid')).toContainText('␛[31mred');
  await expect(page.getByRole('treegrid')).not.toContainText('\u202e');
  await page.goto(`/traces?start=-15m&q=${encodeURIComponent(`traceId = "${hostile}"`)}`);
  await expect(page.getByRole('row').nth(1)).toContainText('evil<script>');
  await page.goto('/?start=-15m');
  await expect(page.getByText(`evil${script}`).first()).toBeVisible();
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is wrong for axe in the ${colorScheme} theme`, async ({ page }) => {
    const failing = (await tracesOfCheckout()).find((trace) => trace.errorCount > 4)!;
    await page.emulateMedia({ colorScheme });
    await page.goto(`/traces/${failing.traceId}`);
    await page.getByRole('treegrid').getByRole('row').filter({ hasText: 'authorize card' }).click();
    await expect(page.getByRole('complementary', { name: 'Span' })).toContainText('amex');
    expect(await axeProblems(page)).toEqual([]);
  });
}
