/** Features of a network trained elsewhere: dropped on the window or chosen, sent, measured, shown. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeNpz } from '../../src-main/interop/npz.ts';
import { expect, expectAccessible, test } from './fixtures.ts';

/** Two classes at ±(1, 0), `spread` apart within each: the smaller, the more collapsed. */
function features(spread: number): Buffer {
  const rows = [1, 1, -1, -1].flatMap((sign, i) => [sign + (i % 2 === 0 ? spread : -spread), 0]);
  return Buffer.from(
    writeNpz({
      features: { shape: [4, 2], data: Float64Array.from(rows) },
      labels: { shape: [4], data: Float64Array.of(0, 0, 1, 1) },
      weights: { shape: [2, 2], data: Float64Array.of(1, 0, -1, 0) },
    }),
  );
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

/** Drops files on the window as a file manager does, each with so many zeros after its bytes. */
async function drop(page: Page, files: readonly { name: string; buffer: Buffer }[], zeros = 0): Promise<void> {
  const data = files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64'), zeros }));
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const { name, base64, zeros: more } of list) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      made.items.add(new File([bytes, new Uint8Array(more)], name));
    }
    return made;
  }, data);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop features to measure')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop features to measure')).toBeHidden();
}

test('a dropped .npz becomes a run with the collapse metrics', async ({ page, folder }) => {
  await page.goto('/#/explorer');
  await expect(page.getByRole('main')).toBeVisible();
  await drop(page, [file('last layer.npz', features(0.1))]);
  await expect(page.getByRole('heading', { level: 1, name: 'last layer.npz' })).toBeVisible();
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  // By hand: the trace within is 0.1² a class, between it is 1 along the same axis, so the ratio over K = 2 is 0.005.
  const metrics = page.getByRole('region', { name: /Metrics at the last epoch/ });
  await expect(metrics.getByRole('row', { name: /NC1/ }).first()).toContainText('0.005');
  const uploads = await readdir(join(folder, 'inputs'));
  expect(uploads).toEqual([expect.stringMatching(/^last layer-[0-9a-f]{10}$/)]);
  expect(await readdir(join(folder, 'inputs', uploads[0]!))).toEqual(['last layer.npz']);
});

test('files of three epochs give curves; the dialog that chooses them passes axe', async ({ page, client }) => {
  test.setTimeout(60_000);
  await page.goto('/#/runs');
  await page.getByRole('button', { name: 'Measure features…' }).first().click();
  await expect(page.getByRole('dialog', { name: 'Measure features' })).toBeVisible();
  await expectAccessible(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await (await chooser).setFiles([1, 10, 100].map((epoch) => file(`epoch-${epoch}.npz`, features(1 / epoch / 2))));
  await expect(page.getByRole('heading', { level: 1, name: 'epoch' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^NC1/ })).toBeVisible();
  await expect.poll(async () => (await client.runs())[0]?.metrics['nc1_pinv']).toMatchObject({ n: 3, lastX: 100 });
  await expectAccessible(page);
});

test('what cannot be measured is refused by name, and nothing is sent', async ({ page, client }) => {
  await page.goto('/#/runs');
  let sent = 0;
  page.on('request', (request) => (sent += request.url().includes('/api/inputs/') ? 1 : 0));
  await drop(page, [file('model.pt', Buffer.from('x'))]);
  await expect(page.getByRole('log', { name: 'Messages' })).toContainText('model.pt cannot be measured');
  await drop(page, [file('features.npy', Buffer.from('x'))]);
  await expect(page.getByRole('log', { name: 'Messages' })).toContainText('labels.npy is missing');
  expect(sent).toBe(0);
  expect(await client.runs()).toEqual([]);
});

test.describe('cancelling', () => {
  test.use({ expectedErrors: /net::ERR_/ });

  test('an upload leaves nothing', async ({ page, client, folder }) => {
    await page.goto('/#/runs');
    await page.route('**/api/inputs/**', async (route) => {
      if (route.request().url().includes('at=0')) return route.continue();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return route.continue().catch(() => undefined);
    });
    await drop(page, [file('large.npz', Buffer.alloc(0))], 12_000_000);
    const panel = page.getByRole('region', { name: 'Upload' });
    await expect(panel).toContainText('8.39 MB of 12 MB are in the project');
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText('cancelled');
    await expect.poll(() => readdir(join(folder, 'inputs'))).toEqual([]);
    expect(await client.runs()).toEqual([]);
  });
});
