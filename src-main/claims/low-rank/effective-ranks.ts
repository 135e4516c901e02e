/** Claim: the chain of effective ranks, its equality on flat spectra, and its invariance. */
import { effectiveRanks } from '../../models/low-rank/effective-rank.ts';
import { multiply, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { DERIVED } from './factorisations.ts';

const SIZE = 6;

/** A random orthogonal matrix: the eigenvectors of a random symmetric one. */
function rotation(normal: () => number): Float64Array {
  const a = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) for (let j = 0; j <= i; j++) a[i * SIZE + j] = a[j * SIZE + i] = normal();
  return symmetricEigen(a, SIZE).vectors!;
}

/** stable, nuclear and entropy rank of a matrix. */
function ranksOf(W: Float64Array): number[] {
  const { stable, nuclear, entropy } = effectiveRanks(singularValueDecomposition(W, SIZE, SIZE).values);
  return [stable ?? NaN, nuclear ?? NaN, entropy ?? NaN];
}

/** @param order the three ranks in the order that is claimed to increase. */
export function measureEffectiveRanks(order: readonly [number, number, number] = [0, 1, 2]): Evidence {
  const { normal, uniform } = randomSource(11);
  const errors: number[] = [];
  const spread: { x: number; ranks: number[] }[] = [];
  for (let trial = 0; trial < 60; trial++) {
    const rank = 1 + (trial % SIZE);
    const flat = trial % 3 === 0;
    // From a flat spectrum to one that falls by up to e⁻³ per index.
    const rate = flat ? 0 : 3 * uniform();
    const sigma = Array.from({ length: SIZE }, (_, i) => (i < rank ? Math.exp(-rate * i) : 0));
    const [P, Q] = [rotation(normal), rotation(normal)];
    const scaled = P.map((value, i) => value * sigma[i % SIZE]! * 7);
    const ranks = ranksOf(multiplyTransposed(scaled, Q, SIZE, SIZE, SIZE));
    const direct = effectiveRanks(sigma);
    const chain = [1, ...order.map((i) => ranks[i]!), rank];
    chain.slice(1).forEach((value, i) => errors.push(Math.max(0, chain[i]! - value) / rank));
    [direct.stable, direct.nuclear, direct.entropy].forEach((value, i) =>
      errors.push(Math.abs(value! - ranks[i]!) / rank),
    );
    if (flat) for (const value of ranks) errors.push(Math.abs(value - rank) / rank);
    // Turning rows leaves them alone.
    const turned = ranksOf(
      multiply(rotation(normal), multiplyTransposed(scaled, Q, SIZE, SIZE, SIZE), SIZE, SIZE, SIZE),
    );
    turned.forEach((value, i) => errors.push(Math.abs(value - ranks[i]!) / rank));
  }
  for (let step = 0; step <= 60; step++) {
    const { stable, nuclear, entropy } = effectiveRanks(
      Array.from({ length: SIZE }, (_, i) => Math.exp((-step / 20) * i)),
    );
    spread.push({ x: step / 20, ranks: [stable!, nuclear!, entropy!] });
  }
  const line = (name: string, role: 'majority' | 'between' | 'minority', i: number) => ({
    name,
    role,
    x: spread.map(({ x }) => x),
    y: spread.map(({ ranks }) => ranks[i]!),
  });
  return {
    error: worst(errors),
    numbers: ['Stable', 'Nuclear', 'Entropy'].map((name, i) => ({
      label: `${name} rank of σ = 1, e⁻¹, …, e⁻⁵`,
      value: spread[20]!.ranks[i]!,
      format: 'ratio' as const,
    })),
    chart: {
      x: { label: 'Rate of decay of 6 singular values, σ_i = exp(−rate·i)' },
      y: { label: 'Effective rank', min: 0 },
      series: [line('entropy', 'minority', 2), line('nuclear', 'between', 1), line('stable', 'majority', 0)],
    },
    remark: '60 random matrices of 6×6 of rank 1 to 6, every third with equal singular values.',
  };
}

export const effectiveRankChain: Claim = {
  id: 'low-rank-effective-ranks',
  paper: 'low-rank',
  source: DERIVED,
  title: 'Three effective ranks in order',
  statement:
    'Stable, nuclear and entropy rank do not change under rotations and scaling, lie between 1 and the rank in this order, and equal the rank exactly on flat spectra.',
  formula:
    '1\\le\\tfrac{\\|W\\|_F^2}{\\sigma_1^2}\\le\\tfrac{\\|W\\|_*^2}{\\|W\\|_F^2}\\le e^{H(\\sigma/\\sum\\sigma)}\\le\\operatorname{rank}W',
  tolerance: 1e-11,
  errorMeaning: 'largest violation of the chain, of equality or of invariance, over the rank',
  test: () => measureEffectiveRanks(),
};
