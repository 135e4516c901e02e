/** The table of runs by keyboard and mouse: choosing, columns, conditions, order, tags, shelves, stop, and grids of runs. */
import { expect, expectAccessible, test } from './fixtures.ts';
import type { StudioClient } from './client.ts';
import type { Page } from '@playwright/test';

/** Solves S1 to S4 with E_H = 1 to 4, the even ones tagged. */
async function four(client: StudioClient): Promise<void> {
  for (const eh of [1, 2, 3, 4]) {
    const tags = eh % 2 === 0 ? ['even'] : [];
    await client.run({ kind: 'lpm-solve', name: `S${eh}`, tags, parameters: { counts: '100x2,10x2', eh } });
  }
}

const names = (page: Page) => page.getByRole('grid').getByRole('link');

test('arrows move, Shift extends, Space toggles, Ctrl+A takes all, Enter opens', async ({ page, client }) => {
  await four(client);
  await page.goto('/#/runs');
  await expect(names(page)).toHaveText(['S4', 'S3', 'S2', 'S1']);
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 chosen')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('3 chosen')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+A');
  await expect(page.getByText('4 chosen')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByText('4 runs')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'S4' })).toBeVisible();
});

test('columns on demand sort both ways; conditions narrow, also by tag', async ({ page, client }) => {
  await four(client);
  await page.goto('/#/runs');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Feature budget' }).check();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  const head = page.getByRole('columnheader', { name: /Feature budget/ });
  await head.getByRole('button').click();
  await expect(names(page)).toHaveText(['S1', 'S2', 'S3', 'S4']);
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button').click();
  await expect(names(page)).toHaveText(['S4', 'S3', 'S2', 'S1']);

  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByLabel('Column', { exact: true }).selectOption('p:eh');
  await page.getByLabel('Comparison').selectOption('<');
  await page.getByLabel('Value').fill('3');
  await page.getByLabel('Value').press('Enter');
  await expect(names(page)).toHaveText(['S2', 'S1']);
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByLabel('Column', { exact: true }).last().selectOption('tag');
  await page.getByLabel('Value').last().fill('even');
  await page.getByLabel('Value').last().press('Enter');
  await expect(names(page)).toHaveText(['S2']);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(names(page)).toHaveText(['S4', 'S3', 'S2', 'S1']);
});

test('tags of several runs: shared ones change, a run keeps its own; Ctrl+Z takes it back', async ({
  page,
  client,
}) => {
  await four(client);
  await page.goto('/#/runs');
  await page.getByRole('button', { name: 'Choose S2' }).click();
  await page.getByRole('button', { name: 'Choose S1' }).click();
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tags of 2 runs' }).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('paper');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Tags of 2 runs changed')).toBeVisible();
  const tags = async () => (await client.runs('?sort=name')).slice(0, 2).map((run) => [...run.tags].sort());
  expect(await tags()).toEqual([['paper'], ['even', 'paper']]);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(tags).toEqual([[], ['even']]);
});

test('archive, trash, restore, and emptying the trash only after a question', async ({ page, client }) => {
  await four(client);
  await page.goto('/#/runs');
  await page.getByRole('button', { name: 'Choose S4' }).click();
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(names(page)).toHaveText(['S3', 'S2', 'S1']);
  await page.getByRole('button', { name: /^Archived/ }).click();
  await expect(names(page)).toHaveText(['S4']);
  await page.getByRole('button', { name: /^Active/ }).click();
  await page.getByRole('button', { name: 'Choose S3' }).click();
  await page.getByRole('button', { name: 'Choose S2' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(names(page)).toHaveText(['S1']);
  await page.getByRole('button', { name: /^Trash/ }).click();
  await page.getByRole('button', { name: 'Choose S2' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(names(page)).toHaveText(['S3']);
  await page.getByRole('button', { name: 'Empty trash' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 run with all points');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  expect((await client.runs()).map((run) => run.name).sort()).toEqual(['S1', 'S2']);
});

test('a name that is being edited stays with its run when the rows change', async ({ page, client }) => {
  await four(client);
  await page.goto('/#/runs');
  await expect(names(page)).toHaveText(['S4', 'S3', 'S2', 'S1']);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Best');
  await client.run({ kind: 'lpm-solve', name: 'Newest', parameters: { counts: '10x2,1x2' } });
  await expect(page.getByRole('link', { name: 'Newest' })).toBeVisible();
  await expect.poll(async () => (await client.runs('?sort=name')).map((run) => run.name)).not.toContain('S4');
  expect((await client.runs('?sort=name')).map((run) => run.name)).toEqual(['Best', 'Newest', 'S1', 'S2', 'S3']);
});

test('a list in a number field queues every combination, each named by what varies', async ({ page, client }) => {
  await page.goto('/#/new');
  await page.getByRole('textbox', { name: /feature budget/i }).fill('1, 2');
  await page.getByRole('textbox', { name: /classifier budget/i }).fill('3, 4');
  await page.getByRole('textbox', { name: /name of the run/i }).fill('Grid');
  await page.getByRole('button', { name: 'Queue 4 runs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Grid, eh=2, ew=4' })).toBeVisible();
  await client.settle();
  expect(await client.runs()).toHaveLength(4);
});
