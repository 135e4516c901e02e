/**
 * Every screen passes axe in both themes. The preview of a report is left out: its frame is sandboxed without scripts,
 * so axe cannot run in it.
 */
import { expect, expectAccessible, test } from './fixtures.ts';

// One of the screens says that there is no such run.
test.use({ expectedErrors: /404 \(Not Found\)/ });

for (const theme of ['light', 'dark'] as const) {
  test(`every screen passes axe in the ${theme} theme`, async ({ page, client }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme });
    await client.run({ kind: 'lpm-sweep', name: 'Curve', parameters: { ratios: '1:100:9' } });
    await client.run({ kind: 'lpm-solve', name: 'Solve', parameters: {} });
    await client.run({ kind: 'lpm-sweep', name: 'Curve', parameters: { ratios: '1:100:9', eh: 10 } });
    await client.run({ kind: 'lpm-solve', name: 'Solve', parameters: { eh: 10 } });
    for (const hash of [
      'explorer',
      'runs',
      'run/1',
      'run/2',
      'new',
      'new?kind=train',
      'new?kind=nc-measure',
      'compare?runs=1,2,3,4',
      'run/999',
      'no-such-page',
      'claims',
      'explorer/phase',
      'explorer/low-rank',
      'settings',
      'compare',
      'report',
    ]) {
      await page.goto(`/#/${hash}`);
      await expect(
        page
          .getByRole('heading', { level: 1 })
          .or(page.getByRole('heading', { level: 2 }))
          .first(),
      ).toBeVisible();
      // A tab of the Explorer begins with what it computes.
      if (hash.startsWith('explorer/'))
        await expect(page.getByRole('region', { name: 'Result' })).toContainText(/Certified|Exact|Numerical|Local/);
      await page.waitForTimeout(400);
      await expectAccessible(page);
    }
  });
}
