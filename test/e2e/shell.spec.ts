/** The frame around the screens: keys, palette, shortcuts, undo, theme, wrong addresses, and a studio that goes away. */
import { expect, expectAccessible, test } from './fixtures.ts';
import { startServer } from './server.ts';

const solve = { kind: 'lpm-solve', name: 'Ten to one', parameters: { counts: '100x5,10x5' } };

test('every screen is two keys away', async ({ page }) => {
  await page.goto('/#/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  for (const [keys, name] of [
    ['gr', 'Runs'],
    ['gc', 'Compare'],
    ['gp', 'Report'],
    ['n', 'New experiment'],
    ['gs', 'Settings'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
});

test('the palette finds runs and commands, and letters typed into a field do nothing else', async ({
  page,
  client,
}) => {
  await client.run(solve);
  await page.goto('/#/settings');
  await page.keyboard.press('ControlOrMeta+K');
  const palette = page.getByRole('dialog');
  await expect(palette).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type('ten to');
  await expect(palette.getByRole('option', { name: /Ten to one/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Ten to one' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+K');
  // As a person does: look at the field before typing, and at the choice before Enter.
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('compact');
  await expect(palette.getByRole('option', { name: /compact/i })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
});

test('the shortcuts drawer lists what works here', async ({ page }) => {
  await page.goto('/#/runs');
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await page.keyboard.press('?');
  const drawer = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(drawer.getByText('Compare chosen runs')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('an address that names nothing says so and leads on', async ({ page }) => {
  await page.goto('/#/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to the runs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
});

test('nothing is wider than a window of half the width (200 % zoom)', async ({ page, client }) => {
  await client.run(solve);
  await page.setViewportSize({ width: 640, height: 400 });
  for (const hash of ['runs', 'run/1', 'new', 'compare?runs=1', 'report?runs=1', 'settings']) {
    await page.goto(`/#/${hash}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const wider = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.page')].some(
        (one) => one.scrollWidth > one.clientWidth,
      ),
    );
    expect(wider, hash).toBe(false);
  }
});

test.describe('when the studio goes away', () => {
  test.use({ expectedErrors: /ERR_|40[13]/ });

  test('the page keeps what it shows, says so, and follows again', async ({ page, server, client, folder }) => {
    await client.run(solve);
    await page.goto('/#/runs');
    await expect(page.getByRole('link', { name: 'Ten to one' })).toBeVisible();
    await server.stop();
    await expect(page.getByText('The studio cannot be reached')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Ten to one' })).toBeVisible();
    const again = await startServer(folder);
    await page.goto(again.url);
    await page.goto(`${again.origin}/#/runs`);
    await expect(page.getByRole('link', { name: 'Ten to one' })).toBeVisible();
    await expect(page.getByText('The studio cannot be reached')).toBeHidden();
    await again.stop();
  });
});
