/** Claim: a layer narrower than K keeps the r largest classes and zeroes the others. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import type { Claim, Evidence, EvidenceNumber } from '../claim.ts';
import { type Breathe, lowest, minimaFrom, relative, setting, squaredLengths, SOURCE } from './minimise.ts';

const COUNTS = [30, 120, 60, 15];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** @param survives whether the class of rank i by count survives in r dimensions */
export async function measureNarrow(breathe: Breathe, survives = (i: number, r: number) => i < r): Promise<Evidence> {
  let error = 0;
  const order = COUNTS.map((_, k) => k).sort((a, b) => COUNTS[b]! - COUNTS[a]!);
  const numbers: EvidenceNumber[] = [];
  for (const r of [1, 2, 3]) {
    const problem = setting(COUNTS, 2, { widths: r === 2 ? [6, 2] : [r, 5], decays: [1e-3, 1e-3], featureDecay: 1e-3 });
    const solved = solveSquaredLoss(problem);
    // What the classes have in a network that is wide enough.
    const wide = solveSquaredLoss({ ...problem, widths: null }).classes;
    const best = lowest(await minimaFrom(problem, SEEDS, breathe));
    const found = squaredLengths(best);
    error = Math.max(error, relative(best.objective, solved.objective));
    order.forEach((k, i) => {
      const expected = survives(i, r) ? wide[k]!.classifierNorm ** 2 : 0;
      error = Math.max(error, Math.abs(found[k]! - expected) / Math.max(...found));
    });
    numbers.push({
      label: `Objective by minimisation, r = ${r}`,
      value: best.objective,
      expected: solved.objective,
      format: 'loss',
    });
  }
  return {
    error,
    numbers,
    run: {
      kind: 'deep-linear',
      parameters: { counts: '30,120,60,15', depth: 2, widths: '2', decay: '1e-3', featureDecay: 1e-3 },
    },
    remark: 'n = 30, 120, 60, 15, M = 2, the narrow layer first or last; lowest of eight random starts.',
  };
}

export const narrowLayers: Claim = {
  id: 'deep-linear-narrow-layers',
  paper: 'deep-linear',
  source: `${SOURCE}, r = min(K, d_1, …, d_M)`,
  title: 'Narrow layers keep the largest classes',
  statement:
    'If some layer has fewer than K units, the r classes with the most samples keep exactly the vectors they would have anyway, and all others are zero.',
  formula:
    'r=\\min(K,d_1,\\dots,d_M)<K\\ \\Longrightarrow\\ w_k=h_k=0\\ \\text{ for all but the } r \\text{ largest } n_k',
  // As for the other minimisations.
  tolerance: 1e-6,
  errorMeaning: 'largest relative difference of objectives and of ‖w_k‖² to the longest, over r = 1, 2, 3',
  test: (breathe) => measureNarrow(breathe),
};
