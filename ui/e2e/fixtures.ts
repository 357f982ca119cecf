import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page, test as base } from '@playwright/test';
import { apiAddress, otlpAddress } from './addresses';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const patienceMillis = 60_000;

export const test = base.extend<{ quiet: undefined }>({
  // A page that complains on its console has failed, whatever it shows.
  quiet: [
    async ({ page }, use) => {
      const said: string[] = [];
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      page.on('pageerror', (fault) => said.push(fault.message));
      await use(undefined);
      expect(said).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What axe finds wrong, in words. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script element, which the pages' policy refuses.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Result {
      violations: { id: string; help: string; nodes: { target: string[] }[] }[];
    }
    const { violations } = await (globalThis as unknown as { axe: { run: () => Promise<Result> } }).axe.run();
    return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')})`);
  });
}

/** Waits until the API answers with what was sent. */
export async function untilFound(path: string, isThere: (body: unknown) => boolean) {
  await expect
    .poll(async () => isThere(await (await fetch(apiAddress + path)).json()), { timeout: patienceMillis })
    .toBe(true);
}

/** Sends log records of one service. */
export async function sendLogs(serviceName: string, records: { body: string; severityNumber?: number }[]) {
  const now = Date.now();
  const answer = await fetch(`${otlpAddress}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: serviceName } }] },
          scopeLogs: [
            {
              scope: { name: 'e2e' },
              logRecords: records.map(({ body, severityNumber = 9 }, index) => ({
                timeUnixNano: `${now - index}000000`,
                severityNumber,
                body: { stringValue: body },
                attributes: [{ key: 'e2e.index', value: { intValue: String(index) } }],
              })),
            },
          ],
        },
      ],
    }),
  });
  expect(answer.status).toBe(200);
}
