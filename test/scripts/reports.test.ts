/** How `npm test` reads the runners' reports: silence and broken reports count as failures, never as success. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { load } from './load.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly failures: readonly string[];
}
interface Reports {
  readVitest(file: string): Counts;
  readPlaywright(file: string): Counts;
}

const { readVitest, readPlaywright } = await load<Reports>('scripts/lib/reports.mjs');
const scratch = mkdtempSync(join(tmpdir(), 'peel-reports-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function written(report: unknown): string {
  const file = join(scratch, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(report));
  return file;
}

describe('vitest', () => {
  it('counts tests, and files that could not even be loaded', () => {
    const counts = readVitest(
      written({
        testResults: [
          {
            name: 'a.test.ts',
            status: 'failed',
            assertionResults: [
              { status: 'passed', fullName: 'a 1', failureMessages: [] },
              { status: 'failed', fullName: 'a 2', failureMessages: ['expected 1 to be 2'] },
              { status: 'pending', fullName: 'a 3', failureMessages: [] },
            ],
          },
          { name: 'b.test.ts', status: 'failed', message: 'cannot find module', assertionResults: [] },
        ],
      }),
    );
    expect(counts).toMatchObject({ passed: 1, failed: 2, skipped: ['a 3'] });
    expect(counts.failures.join()).toContain('expected 1 to be 2');
    expect(counts.failures.join()).toContain('cannot find module');
  });

  it('finds nothing in a report that is missing', () => {
    expect(readVitest(join(scratch, 'absent.json'))).toMatchObject({ passed: 0, failed: 0 });
  });
});

describe('playwright', () => {
  it('counts every project of every spec, and errors outside tests', () => {
    const test = (status: string, projectName = 'web') => ({
      status,
      projectName,
      results: [{ errors: [{ message: 'not visible' }] }],
    });
    const counts = readPlaywright(
      written({
        suites: [
          {
            title: 'runs.spec.ts',
            specs: [{ title: 'lists', tests: [test('expected'), test('unexpected', 'other')] }],
            suites: [{ title: 'trash', specs: [{ title: 'undo', tests: [test('flaky'), test('skipped')] }] }],
          },
        ],
        errors: [{ message: 'config is broken' }],
      }),
    );
    expect(counts).toMatchObject({ passed: 2, failed: 2, skipped: ['runs.spec.ts › trash › undo'] });
    expect(counts.failures.join()).toContain('not visible');
  });
});
