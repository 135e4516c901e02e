/** Several processes on one project at once: nobody is blocked for long, nothing is lost, nothing breaks. */
import { execFile } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openProject } from '../../db/open.ts';
import { projectInfo } from '../../db/project-info.ts';
import { queryRuns } from '../../db/run-query.ts';
import { getRun } from '../../db/runs.ts';
import { add, freshFolder, migrationsFolder, open } from '../jobs/studio.ts';

const run = promisify(execFile);
const node = (script: string, ...given: readonly string[]) =>
  run(process.execPath, [join(import.meta.dirname, script), ...given]);

interface Report {
  readonly id: number;
  readonly done: number;
  readonly longest: number;
}

it('two writers of points, a command line and a reader at once', { timeout: 60_000 }, async () => {
  const place = freshFolder();
  const project = open(place.folder);
  const version = project.dataVersion();
  let reading = true;
  const writers = (['points', 'points', 'runs'] as const).map((role) => node('writer.ts', place.folder, '2500', role));
  const reader = (async () => {
    let longest = 0;
    while (reading) {
      const start = performance.now();
      queryRuns(project, { sort: 'm:a', text: 'points' });
      longest = Math.max(longest, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return longest;
  })();
  const reports = (await Promise.all(writers)).map(({ stdout }) => JSON.parse(stdout) as Report);
  reading = false;

  // Ten seconds is where SQLite would give up.
  expect(Math.max(await reader, ...reports.map((report) => report.longest))).toBeLessThan(5000);
  for (const { id, done } of reports.slice(0, 2)) {
    expect(done).toBeGreaterThan(10);
    expect(getRun(project, id).metrics['a']).toMatchObject({ n: done, lastX: done - 1 });
  }
  expect(project.dataVersion()).not.toBe(version);
  expect(project.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  project.close();
  place.remove();
});

it('six processes that create one project make one', { timeout: 60_000 }, async () => {
  const place = freshFolder();
  const folder = join(place.folder, 'new', 'project');
  const made = await Promise.all(Array.from({ length: 6 }, () => node('opener.ts', folder, migrationsFolder)));
  expect(new Set(made.map(({ stdout }) => stdout)).size).toBe(1);
  const project = open(folder);
  expect(projectInfo(project, '').id).toBe(made[0]!.stdout);
  project.close();
  expect(readdirSync(folder).sort()).toEqual(['artifacts', 'peel.db']);
  place.remove();
});

it('four processes that migrate one project migrate it once', { timeout: 60_000 }, async () => {
  const place = freshFolder();
  const folder = join(place.folder, 'project');
  const project = open(folder);
  const id = add(project, 'solve');
  project.close();
  const migrations = join(place.folder, 'migrations');
  cpSync(migrationsFolder, migrations, { recursive: true });
  const next = readdirSync(migrations).length + 1;
  // Would fail if it were run twice.
  const sql = "ALTER TABLE run ADD COLUMN more TEXT; UPDATE run SET note = note || '+';";
  writeFileSync(join(migrations, `${String(next).padStart(4, '0')}_more.sql`), sql);
  await Promise.all(Array.from({ length: 4 }, () => node('opener.ts', folder, migrations)));
  const newer = openProject(folder, { migrationsFolder: migrations });
  expect(getRun(newer, id).note).toBe('+');
  newer.close();
  expect(readdirSync(folder).sort()).toEqual(['artifacts', 'peel.db', `peel.db.version-${next - 1}`]);
  place.remove();
});
