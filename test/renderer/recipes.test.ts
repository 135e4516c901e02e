/** Recipes: what they queue is what the kind accepts, and their size follows the time and the machine. */
import { describe, expect, it } from 'vitest';
import type { BackendInfo } from '../../src-main/api/contract.ts';
import { checkedValues, findKind } from '../../src-main/jobs/kinds/index.ts';
import { expandGrid, usualValue } from '../../src-renderer/text/grid.ts';
import {
  estimate,
  recipes,
  recipeValues,
  roughTime,
  sizeFor,
  speedOf,
  type Recipe,
} from '../../src-renderer/text/recipes.ts';

const kind = findKind('train')!;
const speed = { gigaflops: 20, convolution: 20, backend: 'wasm' } as const;
const find = (id: string): Recipe => recipes.find((recipe) => recipe.id === id)!;

/** The form as the page fills it, run by run as the server checks it. */
function checked(recipe: Recipe): ReturnType<typeof checkedValues>[] {
  const usual = Object.fromEntries(kind.parameters.map((one) => [one.key, usualValue(one)]));
  const values = { ...usual, ...recipeValues(recipe, { samplesPerClass: 200, epochs: 60 }, null) };
  return expandGrid(kind.parameters, values).map(({ parameters }) => checkedValues(kind, parameters));
}

describe('the runs of a recipe', () => {
  it('are accepted by the kind, with the values that its title names', () => {
    const distinct = (id: string, key: string): unknown[] => [
      ...new Set(checked(find(id)).map((values) => values[key])),
    ];
    expect(checked(find('imbalance'))).toHaveLength(12);
    expect(distinct('imbalance', 'ratio')).toEqual([1, 10, 100, 'inf']);
    expect(distinct('imbalance', 'majority').map((list) => String(list).split(',').length)).toEqual([3, 5, 7]);
    expect(distinct('oversampling', 'oversampling')).toEqual([1, 10, 100]);
    expect(distinct('oversampling', 'ratio')).toEqual([100]);
    expect(checked(find('collapse'))).toMatchObject([
      { network: 'cnn', source: 'gratings', oversampling: 1 },
      { network: 'cnn', source: 'gratings', oversampling: 10 },
    ]);
    expect(distinct('tails', 'headDepth')).toEqual([1, 2, 3]);
    expect(distinct('low-rank', 'headRank')).toEqual([2, 5, 9, null]);
  });

  it('name only parameters that the kind has', () => {
    const keys = new Set(kind.parameters.map(({ key }) => key));
    for (const recipe of recipes)
      for (const key of Object.keys(recipeValues(recipe, { samplesPerClass: 1, epochs: 1 }, null)))
        expect(keys.has(key), key).toBe(true);
  });

  it('keep data of files', () => {
    const file = { source: 'idx', path: '/data/mnist' };
    const values = recipeValues(find('oversampling'), { samplesPerClass: 500, epochs: 60 }, file);
    expect(values).toMatchObject({ ...file, perClass: '500' });
    expect(values).not.toHaveProperty('samplesPerClass');
  });
});

describe('the size', () => {
  it('fits the time wherever the least does, and uses most of it between the least and the most', () => {
    for (const recipe of recipes)
      for (const seconds of [600, 3600]) {
        const size = sizeFor(recipe, kind.parameters, speed, seconds, false);
        const least = 100 * Math.max(recipe.least.epochs, Math.ceil((recipe.least.steps * 128) / 500 / 10) * 10);
        if (size.samplesPerClass * size.epochs > least) expect(size.seconds).toBeLessThanOrEqual(seconds);
        if (size.epochs < 350 && size.seconds < seconds) expect(size.seconds).toBeGreaterThan(seconds / 2);
      }
  });

  it('is larger on a faster machine and never below the least', () => {
    const at = (gigaflops: number) => {
      const { samplesPerClass, epochs } = sizeFor(
        find('imbalance'),
        kind.parameters,
        { ...speed, gigaflops },
        300,
        true,
      );
      return samplesPerClass * epochs;
    };
    expect(at(1000)).toBeGreaterThan(at(10));
    // 2,500 steps of 128 on five classes of 100.
    expect(at(0.01)).toBe(100 * 640);
  });

  it('counts samples by hand: K_A n + K_B (n/R) w_r', () => {
    const { runs, seconds } = estimate(
      find('oversampling'),
      kind.parameters,
      { samplesPerClass: 1000, epochs: 100 },
      { ...speed, gigaflops: 1e9 },
      false,
    );
    // 5000 + 50 w_r samples: 40, 43 and 79 steps of 128. A step of 32·256 + 256² + 256·10 weights without time for products:
    // 1.5 ms and 7 ns a weight. Twelve measurements of 40 µs a sample, and a start of 1.5 s.
    expect(runs).toBe(3);
    const step = 1.5e-3 + 76_288 * 7e-9;
    const measured = 12 * 40e-6 * (5050 + 5500 + 10_000);
    expect(seconds).toBeCloseTo(3 * 1.5 + 100 * (40 + 43 + 79) * step + measured, 3);
  });

  // Mean milliseconds of a step, timed on two cores beside little else: 256 wide, two hidden layers, batches of 128.
  it.each([
    ['wasm', 44.7, false, '1', 3.7],
    ['wasm', 44.7, true, '1', 7.3],
    ['wasm', 44.7, false, '6', 12.5],
    ['native', 183, false, '1', 6.3],
    ['native', 183, true, '1', 9.7],
    ['native', 183, false, '6', 13.9],
  ] as const)('is within a third of trainings timed: %s at %d GFLOP/s, images %s, M = %s', (...timed) => {
    const [backend, gigaflops, images, headDepth, milliseconds] = timed;
    const recipe = { ...find('tails'), values: { headDepth } };
    const at = (epochs: number): number =>
      estimate(
        recipe,
        kind.parameters,
        { samplesPerClass: 1280, epochs },
        { gigaflops, convolution: 1, backend },
        images,
      ).seconds;
    // 12 800 samples are a hundred steps.
    const step = ((at(2) - at(1)) / 100) * 1000;
    expect(step / milliseconds).toBeGreaterThan(2 / 3);
    expect(step / milliseconds).toBeLessThan(4 / 3);
  });

  it('is said with no more digits than it has', () => {
    expect([3, 44, 100, 599, 5400, 28_800].map(roughTime)).toEqual(['10 s', '40 s', '2 min', '10 min', '1.5 h', '8 h']);
  });
});

it('the speed is that of the fastest backend measured, else an assumed one', () => {
  const backend = (name: BackendInfo['name'], product: number | null): BackendInfo => ({
    name,
    available: true,
    detail: '',
    remedy: null,
    speed:
      product === null
        ? null
        : { product, productTransposedA: product, productTransposedB: product, convolutionStep: 1 },
  });
  expect(speedOf([backend('native', null), backend('wasm', 8), backend('webgpu', 64)])).toMatchObject({
    backend: 'webgpu',
  });
  expect(speedOf([backend('wasm', 8)]).gigaflops).toBeCloseTo(8, 12);
  expect(speedOf([backend('wasm', null)]).backend).toBe(null);
});
