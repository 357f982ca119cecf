import type { Locator } from '@playwright/test';
import { axeProblems, expect, test, untilFound } from './fixtures';

const rowsMax = 120;

interface Traces {
  traces: { errorCount: number }[];
}

/** As a person replaces a line. */
async function rewrite(box: Locator, text: string) {
  await box.click();
  await box.press('Control+a');
  await box.press('Delete');
  await box.pressSequentially(text);
}

test.beforeAll(() => untilFound(`/api/v1/traces?limit=5&q=${encodeURIComponent('service.name = "payment" and status = error')}`, (body) => (body as Traces).traces.length === 5));

test('text and rules edit one filter', async ({ page }) => {
  await page.goto('/traces?start=-1h');
  const box = page.getByRole('textbox', { name: 'Filter the traces' });
  await box.click();
  await page.keyboard.type('service.name = "checkout" ');
  await page.keyboard.press('Escape');
  await box.press('Enter');
  await expect(page).toHaveURL(/q=service\.name/);
  await expect(page.getByRole('row').nth(1)).toContainText('checkout');
  await page.getByRole('button', { name: 'Rules' }).click();
  const rules = page.getByRole('group', { name: 'Filter as rules' });
  await expect(rules.getByRole('combobox', { name: 'Field' })).toHaveValue('service.name');
  await rules.getByRole('button', { name: 'Rule', exact: true }).click();
  const field = rules.getByRole('combobox', { name: 'Field' }).last();
  await expect(field).toBeFocused();
  await field.fill('durat');
  await page.getByRole('option', { name: /^duration/ }).click();
  await rules.getByRole('combobox', { name: 'Operator' }).last().click();
  await page.getByRole('option', { name: '>', exact: true }).click();
  const value = rules.getByRole('combobox', { name: 'Value' }).last();
  await value.fill('1ms');
  await value.press('Enter');
  await expect(box).toHaveText('service.name = "checkout" and duration > 1ms');
  await rewrite(box, 'service.name = "checkout" and (duration > 1ms or not status = error) and "POST" ');
  await box.press('Escape');
  await box.press('Enter');
  await expect(rules.getByRole('group', { name: 'Group of rules' })).toBeVisible();
  await rules.getByRole('group', { name: 'Group of rules' }).getByRole('combobox', { name: 'How the rules are joined' }).click();
  await page.getByRole('option', { name: 'all of' }).click();
  await expect(box).toHaveText('service.name = "checkout" and (duration > 1ms and not status = error) and "POST"');
  await rewrite(box, 'service.name = ');
  await expect(page.getByText('stays as the text')).toBeVisible();
  await expect(box).toHaveText('service.name =');
  await box.press('Escape');
});

test('fields, operators and values are suggested', async ({ page }) => {
  await page.goto('/traces?start=-1h');
  await page.getByRole('textbox', { name: 'Filter the traces' }).click();
  await page.keyboard.type('app.payment.card_b');
  await expect(page.getByRole('option', { name: /app\.payment\.card_brand/ })).toBeVisible();
  await page.getByRole('option', { name: /app\.payment\.card_brand/ }).click();
  await page.getByRole('option', { name: '=', exact: true }).click();
  await page.getByRole('option', { name: /^amex/ }).click();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/amex/);
  await expect(page.getByRole('row').nth(1)).toContainText('/checkout');
});

test('the failing checkout is understood by clicking only', async ({ page }) => {
  await page.goto('/?start=-1h');
  await page.getByRole('link', { name: /authorize card/ }).click();
  await expect(page).toHaveURL(/authorize/);
  await page.getByRole('tab', { name: 'What differs' }).click();
  const differences = page.getByRole('list', { name: 'Fields in which the selected spans differ' });
  const brand = differences.getByRole('listitem').filter({ hasText: 'app.payment.card_brand' });
  await expect(brand.getByRole('button').first()).toContainText(/amex.*100/);
  await expect(differences.getByRole('listitem').filter({ hasText: 'service.version' }).first()).toContainText('2.4.1');
  await brand.getByRole('button').first().click();
  await expect(page).toHaveURL(/card_brand.*amex/);
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').filter({ hasText: 'authorize card' }).click();
  await expect(page.getByRole('complementary', { name: 'Span' })).toContainText('amex');
});

test('a brush over a chart is the time range, a rectangle times and durations', async ({ page }) => {
  await page.goto('/traces?start=-40m');
  const plot = page.locator('.u-over').first();
  await plot.waitFor();
  const chart = (await plot.boundingBox())!;
  await page.mouse.move(chart.x + chart.width * 0.4, chart.y + 40);
  await page.mouse.down();
  await page.mouse.move(chart.x + chart.width * 0.8, chart.y + 40, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/start=[^&]*\d{13}[^&]*&end=[^&]*\d{13}/);
  await page.getByRole('tab', { name: 'Durations', exact: true }).click();
  const map = page.getByRole('img', { name: /^Durations of matching spans/ });
  const area = (await map.boundingBox())!;
  await page.mouse.move(area.x + area.width * 0.3, area.y + 20);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.7, area.y + area.height * 0.6, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'How do they differ?' }).click();
  await expect(page).toHaveURL(/selection=duration/);
  await expect(page.getByRole('status').filter({ hasText: 'selected' })).toBeVisible();
  await page.goBack();
  await page.mouse.move(area.x + area.width * 0.3, area.y + 20);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.7, area.y + area.height * 0.6, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Only these' }).click();
  await expect(page).toHaveURL(/q=duration/);
});

test('a list is scrolled without end and without growing', async ({ page }) => {
  await page.goto('/traces?start=-1h');
  const grid = page.getByRole('grid', { name: 'Traces' });
  await expect(grid.getByRole('row').nth(5)).toBeVisible();
  await expect(page.getByRole('heading', { name: /[\d,]+ traces/ })).toBeVisible();
  for (let turn = 0; turn < 6; turn++) {
    const before = Number(await grid.getAttribute('aria-rowcount'));
    await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(before);
    expect(await grid.getByRole('row').count()).toBeLessThan(rowsMax);
  }
  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-duration/);
  await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending');
  await expect(grid.getByRole('row').nth(1)).not.toHaveAttribute('aria-busy', 'true');
});

test('a view is kept, found again and forgotten', async ({ page }) => {
  await page.goto(`/traces?start=-30m&sort=-duration&q=${encodeURIComponent('service.name = "cart"')}`);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Slow carts');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: /Slow carts/ })).toBeVisible();
  await page.goto('/traces');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('link', { name: /Slow carts/ }).click();
  await expect(page).toHaveURL(/sort=-duration/);
  await expect(page).toHaveURL(/cart/);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Forget Slow carts' }).click();
  await expect(page.getByRole('link', { name: /Slow carts/ })).toBeHidden();
});

test('the keyboard finds, opens and leaves a trace', async ({ page }) => {
  await page.goto('/?start=-1h');
  await expect(page.getByText('What fails most')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByRole('grid', { name: 'Traces' }).getByRole('row').nth(5)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
  await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Span' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Span' })).toBeHidden();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search in this trace' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await expect(page.getByText('What fails most')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is wrong for axe in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/?start=-1h');
    await expect(page.getByRole('rowheader', { name: 'Spans' })).toBeVisible();
    await expect(page.getByText('authorize card').first()).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await page.goto(`/traces?start=-1h&chart=differences&q=${encodeURIComponent('service.name = "payment"')}`);
    await page.getByRole('button', { name: 'Rules' }).click();
    await expect(page.getByRole('combobox', { name: 'Field' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'card_brand' })).toBeVisible();
    await expect(page.getByRole('row').nth(3)).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
  });
}
