/** The checked values of the science reference, through the command line. */
import { expect, it } from 'vitest';
import { peel } from './peel.ts';

const ask = async (...words: string[]): Promise<Record<string, number> & { points: Record<string, number>[] }> =>
  JSON.parse((await peel('lpm', ...words, '--ew', '1', '--json')).out) as never;

it.each([
  [1, 3, 4.135908],
  [1, 5, 1.735416],
  [1, 7, 1.36953],
  [5, 3, 245.4969],
  [5, 5, 12.192447],
  [5, 7, 4.000467],
])('E_H = %d, K_A = %d of 10: R0 = %d', async (eh, ka, expected) => {
  const { r0 } = await ask('threshold', '--ka', `${ka}`, '--kb', `${10 - ka}`, '--eh', `${eh}`);
  expect(r0! / expected).toBeCloseTo(1, 6);
});

it('R1 where it is finite: 5.7053', async () => {
  const { r1 } = await ask('threshold', '--ka', '7', '--kb', '3', '--eh', '5');
  expect(r1).toBeCloseTo(5.7053, 4);
});

it.each([
  ['5', 0.559782],
  ['10', 0.237515],
])('balanced, E_H = %s: the loss of the simplex ETF', async (eh, loss) => {
  const { objective } = await ask('solve', '--counts', '100x10', '--eh', eh);
  expect(objective).toBeCloseTo(loss, 6);
});

it('the curve', async () => {
  const expected = [
    // R, loss, cos w_BB, cos w_AA, cos w_AB, norm ratio, cos h_BB
    [1, 0.559782, -0.1111, -0.1111, -0.1111, 1, -0.1111],
    [10, 0.261677, 0.517496, -0.16749, -0.201317, 3.049897, 0.386794],
    [100, 0.091299, 1, -0.2283, -0.1318, 7.5868, 1],
  ];
  const { points } = await ask('sweep', '--ka', '5', '--kb', '5', '--eh', '5', '--ratios', '1:100:3');
  const read = points.map((point) => [
    point['ratio']!,
    point['objective']!,
    point['classifierCosineMinority']!,
    point['classifierCosineMajority']!,
    point['classifierCosineCross']!,
    point['classifierNormRatio']!,
    point['featureCosineMinority']!,
  ]);
  read.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(expected[i]![j]!, 4)));
});
