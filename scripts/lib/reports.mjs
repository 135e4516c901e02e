/**
 * Reads what the test runners report in JSON and boils it down to counts and the text of each failure. A report that is
 * missing or holds no test is a failure of its own: silence never counts as success.
 */
import { readFileSync } from 'node:fs';

/** Counts of one stage. `failures` are ready to print; `skipped` are tests not run, with the reason where one is given. */
const result = () => ({ passed: 0, failed: 0, skipped: [], failures: [] });

/** Vitest's JSON report (the shape is Jest's). */
export function readVitest(file) {
  const report = readJson(file);
  const counts = result();
  for (const suite of report?.testResults ?? []) {
    if (suite.status === 'failed' && suite.assertionResults.length === 0) {
      counts.failed++;
      counts.failures.push(`${suite.name}\n${suite.message}`);
    }
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') {
        counts.failed++;
        counts.failures.push(`${suite.name}\n  ${test.fullName}\n${test.failureMessages.join('\n')}`);
      } else counts.skipped.push(test.fullName);
    }
  }
  return counts;
}

/** Playwright's JSON report. A test that passed on a second try is counted as passed. */
export function readPlaywright(file) {
  const report = readJson(file);
  const counts = result();
  const visit = (suite, titles) => {
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = [...titles, spec.title].filter(Boolean).join(' › ');
        if (test.status === 'skipped') counts.skipped.push(name);
        else if (test.status === 'unexpected') {
          counts.failed++;
          const errors = test.results
            .flatMap((attempt) => attempt.errors ?? [])
            .map((error) => error.stack ?? error.message);
          counts.failures.push(`${name} [${test.projectName}]\n${errors.join('\n')}`);
        } else counts.passed++;
      }
    }
  };
  for (const suite of report?.suites ?? []) visit(suite, [suite.title]);
  for (const error of report?.errors ?? []) {
    counts.failed++;
    counts.failures.push(error.stack ?? error.message);
  }
  return counts;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
