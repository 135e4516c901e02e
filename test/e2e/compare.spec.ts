/** Comparisons of many runs: what is read and drawn is bounded, and what a row or a curve is called stays in sight. */
import { expect, expectAccessible, test } from './fixtures.ts';

const RUNS = 36;

test('many runs: no more curves than strokes tell apart, bounded lists, names of rows in sight', async ({
  page,
  client,
}) => {
  test.setTimeout(120_000);
  for (let i = 1; i <= RUNS; i++)
    await client.run({ kind: 'lpm-sweep', name: 'Curve', parameters: { ratios: '1:100:3', eh: i } }, false);
  await client.settle(90_000);
  const read = new Map<string, Set<string>>();
  page.on('request', (request) => {
    const [, run, metric] = /\/api\/runs\/(\d+)\/series\/([^?]+)/.exec(request.url()) ?? [];
    if (run !== undefined) read.set(metric!, (read.get(metric!) ?? new Set()).add(run));
  });
  const ids = Array.from({ length: RUNS }, (_, i) => i + 1);
  await page.goto(`/#/compare?runs=${ids.join(',')}`);

  const list = page.getByRole('list', { name: 'Runs compared' });
  await expect(list.getByRole('listitem')).toHaveCount(RUNS);
  // Runs of one name are told apart by their numbers.
  await expect(list.getByRole('link', { name: 'Curve (36)', exact: true })).toBeAttached();
  expect((await list.boundingBox())!.height).toBeLessThan(240);

  const loss = page.getByRole('region', { name: 'Loss', exact: true });
  await loss.scrollIntoViewIfNeeded();
  await expect(loss.getByRole('img')).toBeVisible();
  await expect.poll(() => read.get('objective')?.size).toBe(32);
  for (const runs of read.values()) expect(runs.size).toBeLessThanOrEqual(32);

  const table = page.getByRole('region', { name: 'Metrics, scrollable' });
  await table.scrollIntoViewIfNeeded();
  await table.evaluate((element) => (element.scrollLeft = element.scrollWidth));
  await expect(table.getByRole('columnheader', { name: 'Curve (36)' })).toBeInViewport();
  await expect(table.getByRole('rowheader', { name: 'Loss', exact: true })).toBeInViewport();

  await page.getByRole('button', { name: 'Add run' }).click();
  const menu = page.getByRole('dialog', { name: 'Add a run' });
  await expect(menu).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('link', { name: 'Runs', exact: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
});
