import { axeProblems, expect, test, untilFound } from './fixtures';

interface Services {
  services: { name: string }[];
}

interface ServiceMap {
  nodes: unknown[];
}

test.beforeAll(async () => {
  await untilFound('/api/v1/services', (body) => (body as Services).services.some((service) => service.name === 'checkout'));
  await untilFound('/api/v1/service-map', (body) => (body as ServiceMap).nodes.length > 8);
});

test('the worst service is found by sorting, opened, and its figures are those of the API', async ({ page, request }) => {
  await page.goto('/services?start=-30m');
  await page.getByRole('button', { name: 'Failing' }).click();
  const first = page.getByRole('grid', { name: 'Services' }).getByRole('row').nth(1);
  await expect(first).toContainText('%');
  const name = await first.getByRole('link').innerText();
  const { services } = (await (await request.get('/api/v1/services?start=-30m')).json()) as { services: { name: string; errorRate: number }[] };
  expect(name).toBe(services.sort((a, b) => b.errorRate - a.errorRate)[0]!.name);
  await first.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/services/${name}`));
  await expect(page.getByRole('region', { name: 'Newest errors' }).getByRole('row').nth(1)).toBeVisible();
});

test('a list is narrowed by name and read by the keyboard', async ({ page }) => {
  await page.goto('/services');
  await expect(page.getByRole('row').nth(3)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('check');
  await expect(page.getByRole('status').filter({ hasText: '1 of' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/services\/checkout/);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  const second = page.getByRole('grid', { name: 'Services' }).getByRole('row').nth(2);
  const name = await second.getByRole('link').innerText();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/services/${name}`));
});

test('a service leads to the traces of an operation, to its neighbours, logs and metrics', async ({ page }) => {
  await page.goto('/services/checkout');
  const operations = page.getByRole('region', { name: 'Operations' });
  await expect(operations.getByRole('link', { name: 'POST /orders' })).toHaveAttribute('href', /traces\?.*POST/);
  await page.getByRole('button', { name: 'Outgoing' }).click();
  await expect(operations.getByRole('link', { name: 'POST /orders' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Logs', exact: true }).last()).toHaveAttribute('href', /logs\?.*checkout/);
  await page.getByRole('region', { name: 'Calls' }).getByRole('link', { name: 'payment' }).click();
  await expect(page).toHaveURL(/\/services\/payment/);
  await expect(page.getByRole('region', { name: 'Called by' }).getByRole('link', { name: 'checkout' })).toBeVisible();
});

test('a brush over a chart of the service becomes the time range', async ({ page }) => {
  await page.goto('/services/checkout?start=-30m');
  const plot = page.locator('.u-over').first();
  await expect(plot).toBeVisible();
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/start=[^&]*\d{13}[^&]*&end=[^&]*\d{13}/);
});

test('a service that is not there says so', async ({ browser, baseURL }) => {
  // The browser itself notes the 404 on its console, so this page is not a quiet one.
  const page = await browser.newPage({ baseURL });
  await page.goto('/services/nobody-of-this-name');
  await expect(page.getByText('Nothing of nobody-of-this-name')).toBeVisible();
  await page.close();
});

test('the map keeps everybody in place, and is moved, searched and read by the keyboard', async ({ page }) => {
  await page.goto('/map?start=-30m');
  const checkout = page.locator('[data-node="service:checkout"]');
  await expect(checkout).toBeVisible();
  const places = () => page.locator('[data-node]').evaluateAll((nodes) => nodes.map((node) => `${node.getAttribute('data-node')} ${node.getAttribute('transform')}`).sort());
  const before = await places();
  await page.keyboard.press('r');
  await page.goto('about:blank');
  await page.goBack();
  await expect(checkout).toBeVisible();
  expect(await places()).toEqual(before);

  const picture = page.getByRole('group', { name: /^Service map/ });
  const view = picture.locator('> g');
  const start = await view.getAttribute('transform');
  await picture.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await expect(view).not.toHaveAttribute('transform', start!);
  await page.keyboard.press('0');
  await expect(view).toHaveAttribute('transform', start!);

  await checkout.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'service checkout' })).toContainText('Called by');
  await expect(page).toHaveURL(/node=service/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('redis');
  await expect(checkout).toHaveAttribute('data-dimmed', 'true');
  await expect(page.locator('[data-type="database"]').filter({ hasText: 'redis' })).not.toHaveAttribute('data-dimmed');
});

test('the list says the same as the map', async ({ page, request }) => {
  const { nodes, edges } = (await (await request.get('/api/v1/service-map?start=-30m')).json()) as { nodes: unknown[]; edges: unknown[] };
  await page.goto('/map?start=-30m&view=list');
  await expect(page.getByRole('table', { name: 'Who is on the map' }).getByRole('row')).toHaveCount(nodes.length + 1);
  await expect(page.getByRole('table', { name: 'Calls' }).getByRole('row')).toHaveCount(edges.length + 1);
  await page.getByRole('table', { name: 'Who is on the map' }).getByRole('link', { name: 'checkout' }).click();
  await expect(page).toHaveURL(/\/services\/checkout/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [path, sign] of [
    ['/services', 'checkout'],
    ['/services/checkout', 'POST /orders'],
    ['/map?node=service:checkout', 'Called by'],
    ['/map?view=list', 'Who is on the map'],
  ] as const) {
    test(`nothing is wrong for axe at ${path} in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await expect(page.getByText(sign).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await axeProblems(page)).toEqual([]);
    });
  }
}
