/** Training from the studio: the form, live curves with theory beside them, stop and resume, comparison of two ratios. */
import { expect, expectAccessible, test } from './fixtures.ts';

/** Clusters far apart and a small network: some seconds, most of them for the start of a process. */
const tiny = {
  source: 'gaussian',
  classes: 4,
  samplesPerClass: 40,
  dimension: 8,
  width: 32,
  depth: 1,
  batch: 32,
  epochs: 20,
  majority: '0,1',
  backend: 'wasm',
};

test('a form of many parameters begins with what matters; two ratios are trained and compared', async ({
  page,
  client,
}) => {
  test.setTimeout(90_000);
  const preset = new URLSearchParams({
    kind: 'train',
    ...Object.fromEntries(Object.entries(tiny).map(([key, value]) => [key, String(value)])),
    ratio: '1,10',
  });
  await page.goto(`/#/new?${preset.toString()}`);
  await expect(page.getByRole('combobox', { name: 'Source' })).toBeVisible();
  const network = page.getByRole('button', { name: 'Network', exact: true });
  await expect(network).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByText('Hidden layers 1 · Width 32')).toBeVisible();
  await network.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Width$/ })).toHaveValue('32');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Queue 2 runs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await client.settle(60_000);

  await page.goto('/#/run/2');
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Loss/ })).toBeVisible();
  await page.getByRole('region', { name: 'Cosines of the classifiers, beside theory' }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('img', { name: /^Cosines of the classifiers, beside theory/ })).toBeVisible();
  await expectAccessible(page);
  const [, second] = [...(await client.runs())].sort((a, b) => a.id - b.id);
  expect(second?.metrics['train_loss']?.n).toBe(tiny.epochs);
  expect(second?.metrics['lpm_cos_w_minority']?.n).toBeGreaterThan(3);

  await page.goto('/#/compare?runs=1,2');
  await expect(page.getByRole('row', { name: /Imbalance ratio/ })).toBeVisible();
  await expect(page.getByText(/^1 of \d+ differ$/)).toBeVisible();
  await page.getByRole('region', { name: 'Loss, training', exact: true }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('img', { name: 'Loss, training', exact: true })).toBeVisible();
});

test('the form shows what matters beside the other values; what is hidden is kept and not queued', async ({
  page,
  client,
}) => {
  await page.goto('/#/new?kind=train&source=gratings&dimension=8&classes=3&samplesPerClass=20&epochs=1');
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.getByRole('button', { name: 'Network', exact: true }).click();
  await field('Width').fill('16,32');
  await expect(page.getByRole('button', { name: 'Queue 2 runs' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Network' }).selectOption('cnn');
  await expect(field('Width')).toHaveCount(0);
  await expect(field('Width factor')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Queue run' })).toBeVisible();
  // A field that appears while another is typed in takes nothing away from it.
  await field('Feature dimension').pressSequentially('12');
  await expect(page.getByRole('checkbox', { name: 'ReLU on the features' })).toBeVisible();
  await expect(field('Feature dimension')).toBeFocused();
  await expect(field('Feature dimension')).toHaveValue('12');
  await page.getByRole('combobox', { name: 'Network' }).selectOption('mlp');
  await expect(field('Width')).toHaveValue('16,32');
  await page.getByRole('combobox', { name: 'Network' }).selectOption('cnn');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Queue run' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Parameters' })).toBeVisible();
  await client.settle(60_000);
  const terms = page.getByRole('term');
  await expect(terms.filter({ hasText: /^Width factor/ })).toHaveCount(1);
  await expect(terms.filter({ hasText: /^(Width|Hidden layers)$/ })).toHaveCount(0);
  await expect(page.getByText('small CNN', { exact: true })).toBeVisible();
});

test('a training is watched, paused, resumed from its checkpoint and stopped', async ({ page, client }) => {
  test.setTimeout(90_000);
  const { id } = await client.run({ kind: 'train', name: 'Long', parameters: { ...tiny, epochs: 100_000 } }, false);
  await page.goto(`/#/run/${id}`);
  await expect(page.getByRole('img', { name: /^Loss/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/epoch \d+ of 100000/)).toBeVisible();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expectAccessible(page);
  const reached = (await client.get<{ metrics: Record<string, { lastX: number }> }>(`/api/runs/${id}`)).metrics[
    'train_loss'
  ]!.lastX;
  await page.keyboard.press('r');
  await expect
    .poll(
      async () =>
        (await client.get<{ metrics: Record<string, { lastX: number }> }>(`/api/runs/${id}`)).metrics['train_loss']!
          .lastX,
      { timeout: 30_000 },
    )
    .toBeGreaterThan(reached);
  await expect(page.getByRole('region', { name: 'Log' })).toContainText('goes on from the checkpoint');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
});

test('a recipe fills the form at a size for the time, by its button or from the palette', async ({ page }) => {
  await page.goto('/#/new?kind=train');
  const sweep = page.getByRole('button', { name: /^Imbalance sweep/ });
  await sweep.click();
  await expect(sweep).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('textbox', { name: 'Imbalance ratio' })).toHaveValue('1,10,100,inf');
  await expect(page.getByRole('button', { name: 'Queue 12 runs' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Recipes' })).toContainText(/12 runs of \d+ epochs.*roughly/);
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Search runs and commands' }).fill('low-rank heads');
  await page.getByRole('option', { name: /^Recipe: Low-rank heads/ }).click();
  await expect(page.getByRole('button', { name: 'Queue 4 runs' })).toBeVisible();
  await expectAccessible(page);
});

test('settings list the compute backends with their speeds', async ({ page }) => {
  await page.goto('/#/settings');
  const backends = page.getByRole('region', { name: 'Compute backends' });
  await expect(backends.getByRole('row', { name: /WebAssembly/ })).toContainText('part of Peel');
  await expect(backends.getByRole('button', { name: 'Measure speed' })).toBeEnabled();
  await expectAccessible(page);
});

test.describe('a wrong path', () => {
  test.use({ expectedErrors: /400/ });

  test('is refused at its field', async ({ page, client }) => {
    await page.goto('/#/new?kind=train&source=idx&path=/nowhere/mnist');
    await page.getByRole('button', { name: 'Queue run' }).click();
    const path = page.getByRole('textbox', { name: 'File or folder' });
    await expect(path).toBeFocused();
    await expect(path).toHaveAccessibleDescription(/no such file or folder/);
    expect(await client.runs()).toEqual([]);
  });
});
