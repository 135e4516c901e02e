/** The studio as a person uses it, from the empty project to the report: runs, a run, comparison, report, settings. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

const sweep = { kind: 'lpm-sweep', name: 'Curve', parameters: { ratios: '1:100:9' }, tags: ['paper'] };
const solve = { kind: 'lpm-solve', name: 'Ten to one', parameters: { counts: '100x5,10x5' } };

test('an empty project teaches, and computes its example on the spot', async ({ page, client }) => {
  await page.goto('/#/runs');
  await page.getByRole('button', { name: /example/i }).click();
  await expect(page.getByText('Cosines along the ratio')).toBeVisible();
  await client.settle();
  const runs = await client.runs();
  expect(runs).toHaveLength(4);
  const ten = runs.find((run) => run.name === 'Ratio R = 10')!;
  expect(ten.metrics['cos_w_minority']!.last).toBeCloseTo(0.517496, 5);
});

test('a new experiment: a wrong value is refused at its field and nothing is lost', async ({ page, client }) => {
  await page.goto('/#/new');
  const counts = page.getByRole('textbox', { name: /class counts/i });
  await counts.fill('-5x3');
  await page.getByRole('button', { name: /^(run|start|queue|solve)/i }).click();
  await expect(page.getByText(/-5x3.*whole number/)).toBeVisible();
  await expect(counts).toHaveValue('-5x3');
  await counts.fill('100x5,10x5');
  await page.getByRole('button', { name: /^(run|start|queue|solve)/i }).click();
  await client.settle();
  expect((await client.runs())[0]!.metrics['objective']!.last).toBeCloseTo(0.261677, 5);
});

test.use({ expectedErrors: /400 \(Bad Request\)|sandboxed|Blocked script execution/ });

test('a field at fault comes to rest above the foot of the form', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  await page.goto('/#/new?kind=train&source=images&path=/no-such-folder');
  await page.getByRole('button', { name: 'Queue run' }).click();
  const field = page.getByRole('textbox', { name: 'File or folder' });
  await expect(field).toBeFocused();
  const [box, foot] = await Promise.all([
    field.boundingBox(),
    page.getByRole('button', { name: 'Queue run' }).boundingBox(),
  ]);
  expect(box!.y + box!.height).toBeLessThan(foot!.y);
});

test('runs: filter, open, rename, delete and undo', async ({ page, client }) => {
  await client.run(sweep);
  await client.run(solve);
  await page.goto('/#/runs');
  await expect(page.getByRole('link', { name: 'Curve' })).toBeVisible();
  await page.getByPlaceholder(/filter/i).fill('ten');
  await expect(page.getByRole('link', { name: 'Curve' })).toBeHidden();
  await page.getByRole('link', { name: 'Ten to one' }).click();
  await expect(page.getByRole('heading', { name: 'Ten to one' })).toBeVisible();
  await expect(page.getByText('0.5175').first()).toBeVisible();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Renamed');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Renamed' })).toBeVisible();
  expect((await client.get<{ name: string }>('/api/runs/2')).name).toBe('Renamed');

  await page.goto('/#/runs');
  await page.getByPlaceholder(/filter/i).fill('');
  await page.getByRole('button', { name: 'Choose Curve' }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('link', { name: 'Curve' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByRole('link', { name: 'Curve' })).toBeVisible();
});

test('a sweep shows its charts with every point, and its thresholds', async ({ page, client }) => {
  const { id } = await client.run(sweep);
  await page.goto(`/#/run/${id}`);
  await expect(page.getByRole('img', { name: 'Cosines of the classifiers' })).toBeVisible();
  await expect(page.getByText(/12\.19/).first()).toBeVisible();
});

test('comparison marks what differs and overlays the curves', async ({ page, client }) => {
  await client.run(sweep);
  await client.run({ ...sweep, name: 'Wider', parameters: { ratios: '1:100:9', eh: 10 } });
  await page.goto('/#/compare?runs=1,2');
  const row = page.getByRole('row', { name: /Feature budget/ });
  await expect(row).toContainText('differs');
  await expect(page.getByRole('row', { name: /Classifier budget/ })).not.toContainText('differs');
  await page.getByLabel('Only differences').check();
  await expect(page.getByRole('row', { name: /Classifier budget/ })).toBeHidden();
  const chart = (name: string) => page.getByRole('img', { name, exact: true });
  await expect(chart('Cosine, minority classifiers against Feature budget')).toBeVisible();
  // the curves stand below, and are drawn when they come into view
  await page.getByRole('heading', { name: 'Curves' }).scrollIntoViewIfNeeded();
  await expect(chart('Cosine, minority classifiers')).toBeVisible();
});

test('report: preview, and files that need nothing else', async ({ page, client }) => {
  await client.run(sweep);
  await client.run(solve);
  await page.goto('/#/report?runs=1,2');
  await page.getByLabel('Title').fill('Minority Collapse');
  const preview = page.frameLocator('iframe');
  await expect(preview.getByRole('heading', { name: 'Minority Collapse' })).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Report (HTML)' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('Minority Collapse.html');
  const html = await readFile(await file.path(), 'utf8');
  expect(html).toContain('<svg');
  expect(html).not.toMatch(/(src|href)="https?:/);
  const [zip] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Charts (SVG)' }).click(),
  ]);
  expect((await readFile(await zip.path())).subarray(0, 2).toString()).toBe('PK');
});

test('live: a run made from the command line appears by itself', async ({ page, client }) => {
  await page.goto('/#/runs');
  await expect(page.getByRole('button', { name: /example/i })).toBeVisible();
  await client.run(solve);
  await expect(page.getByRole('link', { name: 'Ten to one' })).toBeVisible();
});

test('the explorer gives the checked values and keeps what is on screen as a run', async ({ page, client }) => {
  await page.goto('/#/explorer');
  const ratio = page
    .getByRole('textbox', { name: /imbalance ratio/i })
    .or(page.getByRole('spinbutton', { name: /imbalance ratio/i }));
  await ratio.first().fill('10');
  await ratio.first().press('Enter');
  await expect(page.getByText('0.5175').first()).toBeVisible();
  await ratio.first().fill('100');
  await ratio.first().press('Enter');
  await expect(page.getByText('1.0000').first()).toBeVisible();
  await page.getByRole('button', { name: 'Keep as run' }).click();
  await expect.poll(async () => (await client.runs()).length).toBe(1);
  await client.settle();
  expect((await client.runs())[0]!.metrics['objective']!.last).toBeCloseTo(0.091299, 5);
});

test('settings: the doctor says what this machine has; the theme is remembered', async ({ page }) => {
  await page.goto('/#/settings');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByText(/SQLite|database|project folder/i).first()).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
