import { axeProblems, expect, sendLogs, test, untilFound } from './fixtures';

const rowsMax = 120;
const hostile = 'hostile-e2e';

interface Logs {
  logs: unknown[];
}

test.beforeAll(async () => {
  const failed = encodeURIComponent('service.name = "checkout" and severity in (error)');
  await untilFound(`/api/v1/logs?start=-30m&limit=5&q=${failed}`, (body) => (body as Logs).logs.length === 5);
  await untilFound('/api/v1/logs?limit=1000', (body) => (body as Logs).logs.length === 1000);
});

test('severities, values and the address say the same search', async ({ page }) => {
  await page.goto('/logs');
  await page.getByRole('group', { name: 'Severities' }).getByRole('button', { name: /^error/ }).click();
  await expect(page).toHaveURL(/severity=/);
  await expect(page.getByRole('row').nth(1)).toContainText('error');
  await page.getByRole('region', { name: 'Values' }).getByRole('button', { name: /^checkout/ }).first().click();
  await expect(page).toHaveURL(/service\.name/);
  await expect(page.getByRole('row').nth(1)).toContainText('checkout');
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(page.getByRole('row').nth(1)).toContainText('checkout');
  await page.getByRole('region', { name: 'Values' }).getByRole('button', { name: /^checkout/, pressed: true }).click();
  await expect(page).not.toHaveURL(/service\.name/);
});

test('a brush over the volume becomes the time range', async ({ page }) => {
  await page.goto('/logs?start=-30m');
  const plot = page.getByRole('region', { name: 'Volume' }).locator('.u-over');
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/start=[^&]*\d{13}[^&]*&end=[^&]*\d{13}/);
});

test('thousands of records are scrolled with few rows in the document', async ({ page }) => {
  await page.goto('/logs?start=-1h');
  const grid = page.getByRole('grid', { name: 'Log records' });
  await expect(grid.getByRole('row').nth(5)).toBeVisible();
  for (let turn = 0; turn < 8; turn++) {
    const before = Number(await grid.getAttribute('aria-rowcount'));
    await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(before);
    expect(await grid.getByRole('row').count()).toBeLessThan(rowsMax);
  }
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(grid.getByRole('row').nth(1)).not.toHaveAttribute('aria-busy', 'true');
});

test('the keyboard reads a record, its surroundings and its trace', async ({ page }) => {
  await page.goto('/logs?start=-1h');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Log record' });
  await expect(details).toBeVisible();
  await expect(details.getByRole('list', { name: 'Records around it' }).locator('[aria-current]')).toHaveCount(1);
  await expect(details.getByRole('link', { name: /trace/ })).toHaveAttribute('href', /\/traces\/[0-9a-f]{32}/);
  const address = page.url();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await page.goto(address);
  await expect(details).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Filter logs' })).toBeFocused();
});

test('hostile text is text, and a long one is cut', async ({ page }) => {
  await sendLogs(hostile, [
    { body: '<script>window.broken = true</script><img src=x onerror="window.broken = true">' },
    { body: '\u001b[31mred\u001b[0m and \u202egnp.exe' },
    { body: 'x'.repeat(1_000_000) },
  ]);
  const filter = encodeURIComponent(`service.name = "${hostile}"`);
  await untilFound(`/api/v1/logs?q=${filter}`, (body) => (body as Logs).logs.length >= 3);
  await page.goto(`/logs?wrap=true&q=${filter}`);
  const grid = page.getByRole('grid', { name: 'Log records' });
  await expect(grid).toContainText('<script>window.broken = true</script>');
  await expect(grid).toContainText('␛[31mred');
  await expect(grid).not.toContainText('\u202e');
  await expect(grid.getByRole('button', { name: /show all 1,000,000 characters/ }).first()).toBeVisible();
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
});

test('a filter that is not understood is told at its box', async ({ browser, baseURL }) => {
  // The browser itself notes the refusal on its console, so this page is not a quiet one.
  const page = await browser.newPage({ baseURL });
  await page.goto(`/logs?q=${encodeURIComponent('nonsense (')}`);
  await expect(page.getByRole('alert')).toContainText('nonsense');
  await page.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is wrong for axe in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/logs?start=-1h');
    await page.getByRole('row').nth(3).click();
    await expect(page.getByRole('list', { name: 'Records around it' })).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
  });
}
