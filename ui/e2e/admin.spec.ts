import { axeProblems, expect, test, untilFound } from './fixtures';

test.beforeAll(() => untilFound('/api/v1/stats/tables', (body) => (body as { tables: { rowCount: number }[] }).tables.some((table) => table.rowCount > 1000)));

test('a key is made, shown once, and revoked after a question', async ({ page }) => {
  const name = `e2e ${Date.now()}`;
  await page.goto('/admin?tab=keys');
  await expect(page.getByText('Authentication is off')).toBeVisible();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const secret = await page.getByLabel('The key', { exact: true }).innerText();
  expect(secret).toMatch(/^otl_/);
  await page.getByRole('button', { name: 'Copy the key' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await page.getByRole('button', { name: 'I have it' }).click();
  const row = page.getByRole('table', { name: 'API keys' }).getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('active');
  await page.reload();
  await expect(row).toContainText('active');
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await expect(row).toContainText('revoked');
  await page.getByRole('tab', { name: 'Audit log' }).click();
  await expect(page.getByRole('table', { name: 'Audit log' })).toContainText('key.revoke');
});

test('a tenant is made with a quota, changed and deleted', async ({ page }) => {
  const name = `e2e-${Date.now()}`;
  await page.goto('/admin?tab=tenants');
  await page.getByRole('button', { name: 'New tenant' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: /MiB per second/ }).fill('1.5');
  await page.getByRole('button', { name: 'Make the tenant' }).click();
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('1.5');
  await page.getByRole('button', { name: `Quota of ${name}` }).click();
  await page.getByRole('textbox', { name: /Spans, records/ }).fill('5000');
  await page.getByRole('button', { name: 'Set the quota' }).click();
  await expect(row).toContainText('5,000 items/s');
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('button', { name: 'Delete the tenant' }).click();
  await expect(row).toBeHidden();
});

test('storage is said by table, as the API says it', async ({ page, request }) => {
  await page.goto('/admin');
  const { tables } = (await (await request.get('/api/v1/stats/tables')).json()) as { tables: { name: string }[] };
  await expect(page.getByRole('table', { name: 'Tables' }).getByRole('row')).toHaveCount(tables.length + 1);
  await expect(page.getByText('Nothing is deleted yet.')).toBeVisible();
});

test('the API is tried in its own page, under the policy', async ({ page }) => {
  await page.goto('/admin?tab=about');
  await page.getByRole('link', { name: /^The API/ }).click();
  await page.locator('#operations-tag-About').click();
  await page.locator('#operations-About-getAbout .opblock-summary-control').click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await expect(page.locator('.live-responses-table')).toContainText('"version"');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const tab of ['storage', 'ingest', 'queries', 'keys', 'tenants', 'audit', 'about'] as const) {
    test(`nothing is wrong for axe in ${tab} in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`/admin?tab=${tab}`);
      await expect(page.getByRole('tab', { selected: true })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await axeProblems(page)).toEqual([]);
    });
  }
}
