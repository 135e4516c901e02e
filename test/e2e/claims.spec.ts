/** The claims screen as a person uses it: a subset run and watched, evidence opened, a report taken away. */
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, test } from './fixtures.ts';
import type { ClaimList } from '../../src-main/api/contract.ts';

test('a subset of the claims is run, watched, read and taken away as a report', async ({ page, client }) => {
  test.setTimeout(90_000);
  await page.goto('/#/explorer');
  await page.getByRole('link', { name: 'Claims' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Claims' })).toBeVisible();
  const { claims } = await client.get<ClaimList>('/api/claims');
  const card = page.getByRole('article');
  await expect(card).toHaveCount(claims.length);
  await expect(card.getByText('Not run yet')).toHaveCount(claims.length);
  await expect(page.getByRole('status').filter({ hasText: 'not run yet' })).toHaveText(
    `0 hold, 0 fail, ${claims.length} not run yet`,
  );

  await page.getByRole('searchbox', { name: 'Filter claims by words' }).fill('threshold');
  const chosen = await card.count();
  expect(chosen).toBeGreaterThan(0);
  expect(chosen).toBeLessThan(claims.length);
  await page.getByRole('button', { name: `Run these ${chosen}` }).click();
  await expect(card.getByText('Holds')).toHaveCount(chosen, { timeout: 60_000 });
  await expect(page.getByRole('progressbar', { name: 'Progress of the claims' })).toBeHidden();
  const [run] = await client.runs();
  expect(run!).toMatchObject({ kind: 'claims', status: 'done' });
  expect(run!.metrics['claim_error_ratio']!.n).toBe(chosen);
  expect(run!.metrics['claim_error_ratio']!.max).toBeLessThanOrEqual(1);

  const r0 = page.getByRole('article', { name: 'The first threshold R0' });
  await expect(r0.getByRole('link', { name: /^\d{4}-\d\d-\d\d/ })).toBeVisible();
  await r0.getByRole('button', { name: /^Evidence/ }).click();
  // The table of the paper's setting, checked: E_H = 5, K_A = 5 of 10.
  await expect(r0.getByRole('table')).toContainText('12.1924');
  await r0.getByRole('button', { name: 'What is the error of this claim?' }).focus();
  await expect(page.getByText(/^Error: /)).toBeVisible();

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as report' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('Claims of the papers.html');
  const html = await readFile(await file.path(), 'utf8');
  expect(html).toContain(`${chosen} of ${chosen} claims hold, 0 fail.`);
  expect(html).toContain('<math');

  await page.getByLabel('Verdict').selectOption('fails');
  await expect(page.getByText('No claim matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all claims' }).click();
  await expect(card).toHaveCount(claims.length);
});

test('"Run this at length" opens the form with kind and parameters filled in', async ({ page, client }) => {
  test.setTimeout(60_000);
  await page.goto('/#/claims');
  await page.getByRole('searchbox', { name: 'Filter claims by words' }).fill('lpm-balanced-etf');
  await page.getByRole('button', { name: 'Run these 1' }).click();
  const card = page.getByRole('article', { name: /Balanced/ });
  await card.getByRole('button', { name: /^Evidence/ }).click({ timeout: 30_000 });
  const link = card.getByRole('link', { name: 'Run this at length' });
  const wanted = new URLSearchParams((await link.getAttribute('href'))!.split('?')[1]);
  await link.click();
  await expect(page.getByRole('heading', { level: 1, name: 'New experiment' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: /class counts/i })).toHaveValue(wanted.get('counts')!);
  await page.getByRole('button', { name: 'Queue run' }).click();
  await expect(page.getByText('Certified optimum')).toBeVisible();
  expect((await client.runs())[0]!.kind).toBe(wanted.get('kind'));
});

test('a run of claims can be stopped, and its own page shows what it found', async ({ page, client }) => {
  test.setTimeout(60_000);
  await page.goto('/#/claims');
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress of the claims' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Run all' })).toBeEnabled({ timeout: 30_000 });
  expect((await client.runs())[0]!.status).toBe('cancelled');

  const { id } = await client.run({ kind: 'claims', parameters: { only: 'lpm-balanced-etf' } });
  await page.goto(`/#/run/${id}`);
  await expect(page.getByText('1 hold, 0 fail')).toBeVisible();
  await expect(page.getByRole('article', { name: /Balanced/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Log' })).toContainText('holds: Balanced');
});

for (const theme of ['light', 'dark'] as const) {
  test(`claims pass axe in the ${theme} theme, before and after they were run`, async ({ page, client }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme });
    await page.goto('/#/claims');
    // A few are like them all, and axe reads every node of every formula.
    await page.getByRole('searchbox').fill('threshold');
    await expect(page.getByText('Not run yet').nth(1)).toBeVisible();
    await expectAccessible(page);
    const { id } = await client.run({ kind: 'claims', parameters: { only: 'lpm-balanced-etf, lpm-authors-curve' } });
    await page.getByRole('searchbox').fill('lpm-authors-curve');
    for (const hash of ['claims', `run/${id}`]) {
      if (hash !== 'claims') await page.goto(`/#/${hash}`);
      await page.getByRole('button', { name: /^Evidence for The curve/ }).click();
      await page.waitForTimeout(400);
      await expectAccessible(page);
    }
  });
}
