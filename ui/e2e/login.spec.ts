import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { closedPorts } from './addresses';
import { axeProblems } from './fixtures';

// A server of its own that requires a key. Browsers note every 401 on their console, so these pages are not quiet ones.
const [api, otlpHttp, otlpGrpc] = closedPorts.map((port) => `http://127.0.0.1:${port}`) as [string, string, string];
const program = fileURLToPath(new URL('../../artifacts/bin/Otelier.Server/release/otelier-server', import.meta.url));
const data = mkdtempSync(join(tmpdir(), 'otelier-e2e-login-'));
let server: ChildProcess;
let firstKey = '';

test.use({ baseURL: api });

test.beforeAll(async () => {
  // What Playwright is told of another server would be settings this one does not know.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OTELIER_')));
  const settings = [`--DataDir=${data}`, `--Listen:Api=${api}`, `--Listen:OtlpHttp=${otlpHttp}`, `--Listen:OtlpGrpc=${otlpGrpc}`, '--Auth:Mode=required', '--Auth:TokenLife=1m'];
  server = spawn(program, settings, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  server.stdout!.on('data', (text: Buffer) => {
    said += text.toString();
    firstKey ||= /\botl_[\w-]+/.exec(said)?.[0] ?? '';
  });
  await expect.poll(() => firstKey, { timeout: 60_000 }).not.toBe('');
  await expect.poll(async () => (await fetch(`${api}/health/ready`).catch(() => undefined))?.ok, { timeout: 60_000 }).toBe(true);
});

test.afterAll(async () => {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
  rmSync(data, { recursive: true, force: true });
});

test('a key opens every page, for this tab, until one logs out', async ({ page, context }) => {
  await page.goto('/admin?tab=keys');
  const input = page.getByLabel('API key');
  await expect(input).toBeFocused();
  expect(await axeProblems(page)).toEqual([]);
  await input.fill('otl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await input.fill(firstKey);
  await page.keyboard.press('Enter');

  // The page that was asked for, without another way to it.
  await expect(page).toHaveURL(/admin\?tab=keys/);
  await expect(page.getByRole('table', { name: 'API keys' })).toContainText('first admin');
  expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain(firstKey);
  for (const [path, heading] of [
    ['/', 'Overview'],
    ['/traces', 'Traces'],
    ['/logs', 'Logs'],
    ['/explore', 'Metrics'],
    ['/services', 'Services'],
    ['/map', 'Service map'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(page.getByLabel('API key')).toBeHidden();
  }

  const other = await context.newPage();
  await other.goto('/services');
  await expect(other.getByLabel('API key')).toBeVisible();

  const session = await page.evaluate(() => sessionStorage.getItem('otelier.session'));
  const { token } = JSON.parse(session!) as { token: string };
  await page.getByRole('button', { name: /^Log out/ }).click();
  await expect(page.getByLabel('API key')).toBeVisible();
  await expect.poll(async () => (await fetch(`${api}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
});

test('a token is renewed before it expires, and a revoked key ends the session', async ({ page }) => {
  await page.goto('/admin?tab=keys');
  await page.getByLabel('API key').fill(firstKey);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'API keys' })).toBeVisible();
  // As if most of the token's minute had gone by.
  await page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem('otelier.session')!) as object;
    sessionStorage.setItem('otelier.session', JSON.stringify({ ...session, renewAt: 0 }));
  });
  const [renewal] = await Promise.all([page.waitForResponse('**/auth/refresh'), page.reload()]);
  expect(renewal.status()).toBe(200);
  await expect(page.getByRole('table', { name: 'API keys' })).toBeVisible();

  const made = await fetch(`${api}/api/v1/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${firstKey}` },
    body: JSON.stringify({ name: 'for a while', role: 'viewer' }),
  });
  const { id, key } = (await made.json()) as { id: string; key: string };
  await page.getByRole('button', { name: /^Log out/ }).click();
  await page.getByLabel('API key').fill(key);
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is for an admin')).toBeVisible();
  await fetch(`${api}/api/v1/keys/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${firstKey}` } });
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByLabel('API key')).toBeVisible();
});
