/** The run kind of the gradient flow, executed: checked values in document and points, cancellation, refusals. */
import { describe, expect, it } from 'vitest';
import { readNpz } from '../../src-main/interop/npz.ts';
import { JobCancelled } from '../../src-main/jobs/kinds/kind.ts';
import { ulpmFlow } from '../../src-main/jobs/kinds/ulpm-flow.ts';
import { alignedPoint } from '../../src-main/models/flow/aligned.ts';
import { execute, refusedFields } from './execute.ts';

interface Document {
  readonly basis: { readonly kind: string; readonly text: string };
  readonly status: string;
  readonly method: string;
  readonly loss: number;
  readonly marginRatio: number;
  readonly rateLimit: number;
  readonly drift: number;
  readonly errorEstimate: number;
  readonly curvature: number;
  readonly saddleGrowth: number | null;
  readonly saddleMultiplier: number | null;
  readonly decades: readonly { readonly time: number; readonly loss: number }[];
}

async function run(input: Record<string, unknown>, breaths = Infinity) {
  const ran = await execute<Document>(ulpmFlow, input, { breaths });
  for (const fraction of ran.fractions) expect(fraction).toBeLessThanOrEqual(1);
  return ran;
}

describe('a run', () => {
  it('from an aligned start is the exact flow, with its small error told', async () => {
    const { document, points, files } = await run({ k: 4, n: 2, p: 3, start: 'aligned', perturbation: 0 });
    const exact = alignedPoint({ classes: 4, perClass: 2, scale: 1 }, 12 * Math.LN10);
    expect(document).toMatchObject({ status: 'reached', method: 'dormand-prince', saddleGrowth: null });
    expect(document.loss / Math.exp(exact.logLoss)).toBeCloseTo(1, 7);
    expect(document.marginRatio).toBeCloseTo(1, 9);
    expect(document.rateLimit).toBeCloseTo((3 * Math.SQRT2) / 2, 12);
    expect(document.errorEstimate).toBeLessThan(1e-8);
    expect(document.errorEstimate).toBeGreaterThan(0);
    expect(document.drift).toBeLessThan(1e-8);
    expect(document.basis.kind).toBe('numerical');
    expect(points['loss']!.x.at(-1)).toBe(1e12);
    expect(points['loss']!.y.at(-1)).toBe(document.loss);
    points['loss']!.y.forEach((loss, i) => expect(points['loss_aligned']!.y[i]! / loss).toBeCloseTo(1, 7));
    expect(document.decades.map(({ time }) => time)).toEqual(Array.from({ length: 15 }, (_, i) => 10 ** (i - 2)));
    const { classifiers, features } = readNpz(files['state.npz']!);
    expect(classifiers!.shape).toEqual([4, 3]);
    expect(features!.shape).toEqual([4, 2, 3]);
    expect(Math.hypot(...Array.from(classifiers!.data, Number))).toBeCloseTo(exact.norm, 7);
    expect(JSON.stringify(document)).not.toContain('NaN');
  });

  it('off a saddle names the rate √n, and ends near collapse', async () => {
    const { document, points } = await run({ k: 4, n: 4, p: 4, start: 'pairs', tolerance: 1e-8 });
    expect(document.saddleGrowth).toBeCloseTo(2, 12);
    expect(document.saddleMultiplier).toBeLessThan(2);
    // Merged classes cannot be told apart: N log 2 at best, left by t = log(1e6)/2 or so, never to return.
    const at = (t: number): number => points['loss']!.y[points['loss']!.x.findIndex((x) => x >= t)]!;
    expect(at(3)).toBeGreaterThan(16 * Math.log(2));
    expect(at(100)).toBeLessThan(1);
    expect(Math.min(...points['curvature']!.y)).toBeLessThan(-1);
  });

  it('on a line, where classes cannot be separated, uses the stiff method', async () => {
    const { document, points } = await run({ k: 3, n: 1, p: 1, power: 6, tolerance: 1e-7 });
    expect(document).toMatchObject({ status: 'reached', method: 'rosenbrock' });
    expect(document.marginRatio).toBeLessThanOrEqual(0);
    expect(points['kkt_complementarity']).toBeUndefined();
    expect(document.drift).toBeLessThan(1e-5);
  });

  it('can be cancelled between two steps, keeping its points', async () => {
    await expect(run({ k: 10, n: 20, p: 10 }, 2)).rejects.toThrow(JobCancelled);
  });
});

it.each([
  [{ k: 5, start: 'pairs' }, ['k']],
  [{ p: 1, start: 'polygon' }, ['p']],
  [{ k: 1, tolerance: 0 }, ['k', 'tolerance']],
  [{ k: 1000, n: 1000, p: 100 }, ['p']],
  [{ power: 301 }, ['power']],
])('refuses %j, naming the field', (input, fields) => {
  expect(refusedFields(ulpmFlow, input)).toEqual(fields);
});
