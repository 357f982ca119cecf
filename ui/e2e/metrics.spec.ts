import { readFileSync } from 'node:fs';
import { axeProblems, expect, test, untilFound } from './fixtures';

const histogram = 'http.server.request.duration';

test.beforeAll(() => untilFound(`/api/v1/metrics?search=${histogram}`, (body) => (body as { metrics: unknown[] }).metrics.length === 1));

test('a metric is found, opened in the way that suits it, and grouped', async ({ page }) => {
  await page.goto('/explore');
  await page.getByRole('searchbox', { name: 'Find a metric' }).fill('request');
  await page.getByRole('row').filter({ hasText: histogram }).click();
  await expect(page.getByRole('group', { name: 'Query A' })).toContainText('95th percentile');
  await page.getByRole('button', { name: 'Group by', exact: true }).click();
  await page.getByRole('dialog', { name: 'Group by' }).getByRole('button', { name: /^service\.name\s/ }).click();
  await expect(page).toHaveURL(/service\.name/);
  await expect(page.getByRole('figure').getByRole('button', { name: 'frontend', exact: true })).toBeVisible();
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(page.getByRole('figure').getByRole('button', { name: 'frontend', exact: true })).toBeVisible();
});

test('a chart is taken away as a table and as a picture', async ({ page }) => {
  await page.goto(`/explore?queries=${encodeURIComponent(JSON.stringify([{ m: histogram, by: ['service.name'] }]))}`);
  const button = page.getByRole('button', { name: /^Export the chart/ });
  for (const [item, check] of [
    ['Data as CSV', (content: Buffer) => content.toString().startsWith('time,') && content.toString().includes('frontend')],
    ['Picture as PNG', (content: Buffer) => content.subarray(1, 4).toString() === 'PNG'],
  ] as const) {
    await button.click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
    expect(check(readFileSync((await file.path())!))).toBe(true);
  }
});

test('several queries share one chart, and the tables below are of either', async ({ page }) => {
  await page.goto(`/explore?queries=${encodeURIComponent(JSON.stringify([{ m: histogram, a: 'p50' }]))}`);
  await page.getByRole('button', { name: 'Add shop.payments beside the others' }).click();
  await expect(page.getByRole('group', { name: 'Query B' })).toContainText('Rate per second');
  await page.getByRole('button', { name: 'One chart' }).click();
  await expect(page.getByRole('img', { name: /Median.*Rate per second/ })).toHaveCount(1);
  await page.getByRole('tab', { name: /^Series/ }).click();
  await expect(page.getByRole('grid', { name: 'Series' }).getByRole('row').nth(1)).toContainText('http.route');
});

test('an exemplar leads to its trace', async ({ page }) => {
  await page.goto(`/explore?detail=exemplars&queries=${encodeURIComponent(JSON.stringify([{ m: histogram }]))}`);
  const link = page.getByRole('region', { name: 'Exemplars' }).getByRole('link').first();
  const trace = await link.innerText();
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/traces/${trace}\\?.*span=`));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is wrong for axe in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/explore');
    await expect(page.getByRole('row').nth(3)).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('row').filter({ hasText: histogram }).click();
    await expect(page.getByRole('region', { name: 'Labels' })).toBeVisible();
    await expect(page.getByRole('img', { name: /95th percentile/ })).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
  });
}
