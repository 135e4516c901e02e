/** One run on screen: live while it computes, stopped on demand, zoomed to every point, its log and files. */
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, test } from './fixtures.ts';

test('a running sweep shows progress and can be stopped; its points are kept', async ({ page, client }) => {
  await page.goto('/#/runs');
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  const long = { kind: 'lpm-sweep', name: 'Long', parameters: { ratios: '1:10000:100000', ka: 40, kb: 60 } };
  const { id } = await client.run(long, false);
  await expect(page.getByRole('progressbar', { name: 'Progress of Long' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Running: Long/ })).toBeVisible();
  const points = async () => (await client.runs())[0]?.metrics['cos_w_minority']?.n ?? 0;
  await expect.poll(points, { intervals: [50] }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Stop Long' }).click();
  await expect(page.getByRole('row', { name: /Long/ })).toContainText('Cancelled');
  await expect(page.getByRole('button', { name: /^Running/ })).toBeHidden();
  await page.goto(`/#/run/${id}`);
  await expect(page.getByRole('img', { name: 'Cosines of the classifiers' })).toBeVisible();
  expect(await points()).toBeLessThan(100_000);
});

test.describe('where a value is refused', () => {
  test.use({ expectedErrors: /400 \(Bad Request\)/ });

  test('Settings limit the runs at once; what waits says why, live, and can be stopped before it began', async ({
    page,
    client,
  }) => {
    await page.goto('/#/settings');
    const limit = page.getByLabel('Runs at once');
    await limit.fill('none');
    await limit.press('Enter');
    await expect(page.getByText(/runsAtOnce: must be a whole number .*; got "none"/)).toBeVisible();
    await expect(limit).toHaveValue('');
    await limit.fill('1');
    await limit.press('Enter');
    const long = { kind: 'lpm-sweep', parameters: { ratios: '1:10000:100000' } };
    const endless = { kind: 'train', parameters: { backend: 'wasm', epochs: 100_000, measured: 'last' } };
    const first = await client.run({ ...endless, name: 'First' }, false);
    const second = await client.run({ ...long, name: 'Second' }, false);
    const last = await client.run({ ...long, name: 'Last' }, false);
    await page.goto('/#/runs');
    const reason = `Waits for run ${first.id}; Settings allow 1 at once`;
    await expect(page.getByRole('row', { name: /Second/ })).toContainText(reason, { ignoreCase: true });
    await page.goto(`/#/run/${last.id}`);
    await expect(page.getByText(`waits for run ${second.id}, queued before it`)).toBeVisible();
    await client.request('POST', `/api/runs/${second.id}/cancel`);
    await expect(page.getByText(reason)).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  });
});

test('a zoomed chart reads every point of its range; 0 shows all again', async ({ page, client }) => {
  const { id } = await client.run({ kind: 'lpm-sweep', name: 'Fine', parameters: { ratios: '1:100:4000' } });
  await page.goto(`/#/run/${id}`);
  const chart = page.getByRole('group', { name: /^Loss at the optimum/ });
  await expect(chart).toBeVisible();
  const reads: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/series/objective')) reads.push(response.headers()['peel-series'] ?? '');
  });
  await chart.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Show all' })).toBeVisible();
  await expect.poll(() => JSON.parse(reads.at(-1) ?? '{}') as unknown).toMatchObject({ layout: 'raw' });
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: 'Show all' })).toBeHidden();
  await expect
    .poll(() => JSON.parse(reads.at(-1) ?? '{}') as unknown)
    .toMatchObject({ layout: 'buckets', total: 4000 });
});

test('certificate, groups, log and files of a solve', async ({ page, client }) => {
  const { id } = await client.run({ kind: 'lpm-solve', name: 'Solve', parameters: { counts: '1000x5,10x5' } });
  await page.goto(`/#/run/${id}`);
  await expect(page.getByText('Certified optimum')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'collapsed' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Log' })).toContainText('relative gap');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'gram.npz' }).click(),
  ]);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
});

test('a new run from this one begins with its parameters', async ({ page, client }) => {
  const { id } = await client.run({
    kind: 'lpm-sweep',
    name: 'Curve',
    parameters: { ratios: '2:64:6', eh: 7 },
    tags: ['x'],
  });
  await page.goto(`/#/run/${id}`);
  await page.getByRole('link', { name: 'New run from this' }).click();
  await expect(page.getByRole('textbox', { name: /imbalance ratios/i })).toHaveValue('2:64:6');
  await expect(page.getByRole('textbox', { name: /feature budget/i })).toHaveValue('7');
  await expect(page.getByRole('textbox', { name: 'Tags' })).toHaveValue('x');
});

test('a kind that declares its results: basis, values, tables, heat-maps', async ({ page, client }) => {
  // Checked: N = 400, decays 5e-4, three layers; objective .01221840 and squared norms 52.88, 31.32, 18.50.
  const parameters = { counts: '200,100,50x2', depth: 3 };
  const { id } = await client.run({ kind: 'deep-linear', name: 'Three layers', parameters });
  await page.goto(`/#/run/${id}`);
  await expect(page.getByText('Exact', { exact: true })).toBeVisible();
  await expect(page.getByText('0.0122184', { exact: true })).toBeVisible();
  const classes = page.getByRole('region', { name: 'Classes, table' });
  await expect(classes.getByRole('row')).toHaveCount(5);
  await expect(classes.getByRole('row').nth(1)).toContainText('7.27205');
  await expect(page.getByRole('img', { name: /^Cosines of the classifiers/ })).toBeVisible();
  await expectAccessible(page);
});

test.describe('a report', () => {
  test.use({ expectedErrors: /sandboxed|Blocked script execution/ });

  test('shows its note in the preview, as paragraphs', async ({ page, client }) => {
    await client.run({ kind: 'lpm-sweep', name: 'Curve', parameters: { ratios: '1:100:5' } });
    await page.goto('/#/report?runs=1');
    await page.getByRole('textbox', { name: 'Note' }).fill('Read this first.\n\nThen <this>.');
    const preview = page.frameLocator('iframe');
    await expect(preview.getByText('Read this first.', { exact: true })).toBeVisible();
    await expect(preview.getByText('Then <this>.', { exact: true })).toBeVisible();
  });
});
