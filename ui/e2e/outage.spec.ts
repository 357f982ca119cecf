import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { outageAddresses } from './addresses';
import { expect, test } from './fixtures';

const server = fileURLToPath(new URL('../../artifacts/bin/Otelier.Server/release/otelier-server', import.meta.url));
let data: string;
let running: ChildProcess;

async function start() {
  const { api, otlpHttp, otlpGrpc } = outageAddresses;
  running = spawn(server, [`--DataDir=${data}`, `--Listen:Api=${api}`, `--Listen:OtlpHttp=${otlpHttp}`, `--Listen:OtlpGrpc=${otlpGrpc}`], {
    stdio: 'ignore',
    // Where the tests find their other server; to this one they would be settings it does not know.
    env: { ...process.env, OTELIER_API: undefined, OTELIER_OTLP: undefined },
  });
  await expect.poll(async () => (await fetch(`${api}/health/ready`).catch(() => undefined))?.ok, { timeout: 60_000 }).toBe(true);
}

async function stop() {
  const gone = once(running, 'exit');
  running.kill('SIGTERM');
  await gone;
}

test.beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'otelier-outage-'));
  await start();
});

test.afterAll(async () => {
  await stop();
  rmSync(data, { recursive: true, force: true });
});

test('a banner tells that the server is away, and goes when it is back', async ({ browser }) => {
  // The browser notes every refused connection on its console, so this page is not a quiet one.
  const page = await browser.newPage({ baseURL: outageAddresses.api });
  await page.goto('/');
  await expect(page.getByText('Nothing in this time range yet')).toBeVisible();
  await stop();
  const banner = page.getByText('The server does not answer.');
  await expect(banner).toBeVisible();
  await start();
  await expect(banner).toBeHidden();
  // What was sent meanwhile appears by itself.
  const now = BigInt(Date.now()) * 1_000_000n;
  await fetch(`${outageAddresses.otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'first' } }] },
          scopeSpans: [{ spans: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'hello', kind: 2, startTimeUnixNano: String(now - 1_000_000n), endTimeUnixNano: String(now) }] }],
        },
      ],
    }),
  });
  await expect(page.getByRole('link', { name: 'first' }).first()).toBeVisible();
  running.kill('SIGSTOP');
  await expect(banner).toBeVisible();
  running.kill('SIGCONT');
  await expect(banner).toBeHidden();
  await page.close();
});
