/** What scripts rely on: one JSON document on stdout or one on stderr, exit codes, and help that leaves nothing out. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src-main/jobs/kinds/index.ts';
import { cli, ended, peel, start } from './peel.ts';

interface Refusal {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly issues?: readonly { field: string; value: unknown }[];
  };
}

describe('a refusal with --json', () => {
  it.each([
    [['--counts', '-1x5,10x5'], 'invalid-input', '-1x5'],
    [['--counts', '1.5x5'], 'invalid-input', '1.5x5'],
    [['--counts', 'NaNx5'], 'invalid-input', 'NaNx5'],
    [['--counts', '0x5,0x2'], 'invalid-input', 'all sample counts are 0'],
    [['--counts', '5x1'], 'invalid-input', 'at least 2 classes'],
    [['--eh', '-1'], 'invalid-input', '--eh: must be above 0, got "-1"'],
    [['--ew', '0'], 'invalid-input', '--ew: must be above 0, got "0"'],
    [['--eh', 'NaN'], 'invalid-input', '"NaN"'],
    [['--eh=1e999'], 'invalid-input', '--eh'],
    [['--eh', '1e300', '--ew', '1e9'], 'invalid-input', 'beyond the range of numbers, got 1e+300 times 1000000000'],
    [['--p', '0'], 'invalid-input', '--p: must be at least 1, got "0"'],
    [['--p', '2.5'], 'invalid-input', '"2.5"'],
    [['--weights', '1,2,3'], 'invalid-input', '3 weights were given for 2 groups'],
    [['--counts-file', '/nowhere/counts'], 'invalid-input', '/nowhere/counts: cannot be read: no such file'],
    [['--counts', '5x2', '--counts-file', 'f'], 'bad-usage', 'exclude each other'],
    [['--dimension', '3'], 'bad-usage', 'unknown flag --dimension'],
    [['--cuonts', '5x2'], 'bad-usage', 'did you mean --counts?'],
    [['--eh'], 'bad-usage', '--eh needs a value'],
    [['--eh', '--ew', '1'], 'bad-usage', '--eh needs a value'],
    [['--eh', '1', '--eh', '2'], 'bad-usage', '--eh is given twice'],
    [['stray'], 'bad-usage', '"stray"'],
    [['--force=yes'], 'bad-usage', '--force is a switch'],
  ])('%j: exit 2, nothing on stdout, one document on stderr', async (words, code, named) => {
    const { code: exit, out, err } = await peel('lpm', 'solve', ...words, '--json');
    expect([exit, out]).toEqual([2, '']);
    const { error } = JSON.parse(err) as Refusal;
    expect(error.code).toBe(code);
    expect(error.message).toContain(named);
  });

  it('names budgets whose product is no number, to thresholds too', async () => {
    const { code, err } = await peel('lpm', 'threshold', '--eh', '1e308', '--ew', '1e308');
    expect([code, err]).toEqual([2, expect.stringContaining('--ew: the product of the budgets')]);
  });

  it('names a flag that would be passed over beside the others, and what decides', async () => {
    const { code, err } = await peel('compute', 'train', '--optimiser', 'adam', '--momentum', '0.5', '--json');
    const { error } = JSON.parse(err) as Refusal;
    expect([code, error.code]).toEqual([2, 'invalid-input']);
    expect(error.issues).toMatchObject([{ field: 'momentum', value: '0.5' }]);
    expect(error.message).toContain('--momentum 0.5: matters only where --optimiser is sgd; here --optimiser is adam');
  });

  it('names every fault at once, with field and value', async () => {
    const { err } = await peel('lpm', 'threshold', '--ka', '0', '--eh', '-3', '--json');
    const issues = (JSON.parse(err) as Refusal).error.issues!;
    expect(issues.map(({ field, value }) => [field, value])).toEqual([
      ['ka', '0'],
      ['eh', '-3'],
    ]);
  });
});

describe('--counts-file', () => {
  it('reads standard input with comments, blank lines and any line ends', async () => {
    const words = ['lpm', 'solve', '--counts-file', '-', '--json'];
    const { code, out } = await ended(start(words), '\ufeff# two of each\r\n100\r\n\n10 # rare\n100\n10');
    expect(code).toBe(0);
    const { groups } = JSON.parse(out) as { groups: { samples: number; classes: number }[] };
    expect(groups.map(({ samples, classes }) => [samples, classes])).toEqual([
      [100, 2],
      [10, 2],
    ]);
  });

  it('names the lines that are no counts, and counts the rest of them', async () => {
    const bad = ['5', '-1', 'many', '2.5', '1 2', '0x10', 'NaN', '1e3'].join('\n');
    const { code, err } = await ended(start(['lpm', 'solve', '--counts-file', '-']), bad);
    expect(code).toBe(2);
    expect(err).toContain('line 2, "-1"');
    expect(err).toContain('line 4, "2.5"');
    expect(err).toContain('and 1 more such lines');
    expect(err).not.toContain('line 8');
  });

  it('refuses a file without counts', async () => {
    const { code, err } = await ended(start(['lpm', 'solve', '--counts-file', '-']), '# nothing\n\n');
    expect(code).toBe(2);
    expect(err).toContain('holds no counts');
  });
});

describe('answers', () => {
  it('solve --json is one line with exactly the promised keys', async () => {
    const { out, err } = await peel('lpm', 'solve', '--json');
    expect(err).toBe('');
    expect(out.trimEnd()).not.toContain('\n');
    const solution = JSON.parse(out) as { groups: object[] };
    expect(Object.keys(solution).sort()).toEqual(
      'certified crossCosines gap groups iterations lowerBound milliseconds multiplier nuclearNorm objective optimality radius rank relativeGap stationarity status'.split(
        ' ',
      ),
    );
    expect(Object.keys(solution.groups[0]!).sort()).toEqual(
      'classes classifierCosine classifierNorm collapsed featureCosine featureNorm loss margin samples vanished weight'.split(
        ' ',
      ),
    );
  });

  it('text has no control characters where nobody watches, and plain minus signs', async () => {
    const { out, err } = await peel('lpm', 'solve');
    expect(err).toBe('');
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2009\u2212]/);
    expect(out).toContain('Certified global optimum.');
    expect(out).toContain('-0.2283');
  });

  it('threshold --ratio adds the weight that avoids collapse: R/R0', async () => {
    const { out } = await peel('lpm', 'threshold', '--ratio', '100', '--json');
    const { r0, advice } = JSON.parse(out) as { r0: number; advice: Record<string, unknown> };
    expect(advice).toMatchObject({ ratio: 100, collapsed: true, vanished: false, weightRestoringEtf: 100 });
    expect(advice['weightAvoidingCollapse']).toBeCloseTo(100 / r0, 12);
    const plain = await peel('lpm', 'threshold');
    expect(plain.out).toMatch(/R1.*never/);
    expect(plain.out).not.toContain('weight');
  });

  it('a weight of R in a sweep restores the simplex ETF at R', async () => {
    const { out } = await peel('lpm', 'sweep', '--ratios', '50:50:1', '--weight', '50', '--json');
    const { points } = JSON.parse(out) as { points: { classifierCosineMinority: number }[] };
    expect(points[0]!.classifierCosineMinority).toBeCloseTo(-1 / 9, 9);
  });
});

describe('help', () => {
  it.each([
    [['lpm', 'solve'], kinds.find(({ id }) => id === 'lpm-solve')!],
    [['lpm', 'sweep'], kinds.find(({ id }) => id === 'lpm-sweep')!],
    ...kinds.map((kind) => [['run', 'add', kind.id], kind] as const),
  ] as const)('peel %j --help lists every parameter with meaning, default and when', async (words, kind) => {
    const { code, out, err } = await peel(...words, '--help');
    expect([code, err]).toEqual([0, '']);
    const text = out.replaceAll(/\s+/g, ' ');
    for (const parameter of kind.parameters) {
      expect(text).toContain(`--${parameter.flag} `);
      expect(text).toContain(parameter.help);
      const { default: fallback } = parameter;
      if (fallback !== null && fallback !== '' && typeof fallback !== 'boolean')
        expect(text).toContain(`(default: ${fallback})`);
      for (const decider of (parameter.when ?? []).flatMap((condition) => Object.keys(condition))) {
        const { flag } = kind.parameters.find(({ key }) => key === decider)!;
        expect(text.slice(text.indexOf(parameter.help))).toMatch(new RegExp(`Only where .*--${flag} is `));
      }
    }
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('is there for the program, for a group, as JSON, and by the word help', async () => {
    const [program, group, document, word] = await Promise.all([
      peel('--help'),
      peel('run', '--help'),
      peel('lpm', 'solve', '--help', '--json'),
      peel('help', 'lpm', 'solve'),
    ]);
    for (const path of [
      'lpm solve',
      'lpm threshold',
      'lpm sweep',
      'run add',
      'run list',
      'run show',
      'run export',
      'serve',
      'doctor',
    ])
      expect(program.out).toContain(`  ${path} `);
    expect(group.out).toContain('run export');
    expect(group.out).not.toContain('lpm solve');
    expect(JSON.parse(document.out)).toMatchObject({ command: 'peel lpm solve' });
    expect(word.out).toContain('--counts-file FILE');
  });

  it.each([
    [['lpm'], 'solve, threshold, sweep'],
    [['lpm', 'treshold'], 'did you mean peel lpm threshold?'],
    [['serv'], 'did you mean peel serve?'],
    [['run', 'add'], 'needs KIND'],
    [['run', 'add', 'lpm-slove'], 'did you mean lpm-solve?'],
    [['run', 'show', '1.5'], '"1.5"'],
  ])('%j is answered with what there is, and exit 2', async (words, named) => {
    const { code, out, err } = await peel(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(named);
  });

  it('--version says the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(cli, '..', '..', 'package.json'), 'utf8')) as { version: string };
    expect((await peel('--version')).out).toBe(`peel ${version}\n`);
  });
});

it('a solve loads neither database nor server nor charts engine', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s+(?!type\b)[^;]*?from '([^']+)';|^import '([^']+)';/gm,
    );
    for (const [, from, bare] of imports) {
      const name = (from ?? bare)!;
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  for (const file of ['main.ts', 'lpm-solve.ts', 'lpm-threshold.ts', 'lpm-sweep.ts'])
    visit(join(dirname(cli), 'cli', file));
  expect(seen.size).toBeGreaterThan(20);
  expect([...packages]).toEqual(['fflate']);
});
