/** All geometries of one budget: with decay per sample, of the Layer-Peeled Model, and the references. */
import { solve } from '../../../src-main/lpm/solve.ts';
import type { Basis } from '../../../src-main/models/basis.ts';
import { countReferences, type NamedFrame } from '../../../src-main/models/frames/compare.ts';
import { generalOrthogonalFrame, layerPeeledFrame, simplexFrame } from '../../../src-main/models/frames/references.ts';
import type { FramePair } from '../../../src-main/models/frames/class-frame.ts';
import { decaysForBudgets } from '../../../src-main/models/ridge/conversion.ts';
import { solveRidge } from '../../../src-main/models/ridge/solve.ts';
import type { CountGroup } from '../../../src-main/parameters/counts.ts';

export interface FramesPoint {
  /** ETF, OF, SELI, GOF (of the same decays), LPM, ridge. */
  readonly frames: readonly NamedFrame[];
  readonly basis: Basis;
  readonly notices: readonly string[];
}

/** The general orthogonal frame: what the squared loss makes of the same counts and decay. */
export function orthogonalAt(groups: readonly CountGroup[], decay: number): FramePair {
  const { groups: solved } = solveRidge({
    groups,
    classifierDecay: decay,
    featureDecay: decay,
    loss: 'squared',
    bias: false,
    normalisation: 'sample',
  });
  return generalOrthogonalFrame(
    groups,
    solved.map(({ classifierNorm }) => classifierNorm),
    solved.map(({ featureNorm }) => featureNorm),
  );
}

/** Lengths n^{1/4} of classifiers, n^{−1/4} of features: the limit of small decay. */
function orthogonalLimit(groups: readonly CountGroup[]): FramePair {
  const lengths = (power: number): number[] => groups.map(({ samples }) => samples ** power);
  return generalOrthogonalFrame(groups, lengths(1 / 4), lengths(-1 / 4));
}

export function framesAt(groups: readonly CountGroup[], budget: number): FramesPoint {
  const references = countReferences(groups);
  if (budget === Infinity) {
    const seli = references.find(({ name }) => name === 'SELI')!;
    return {
      frames: [
        ...references,
        { name: 'GOF', pair: orthogonalLimit(groups) },
        { name: 'LPM', pair: simplexFrame(groups) },
        { name: 'ridge', pair: seli.pair },
      ],
      basis: {
        kind: 'exact',
        text: 'limits in closed form: SELI with decay per sample, the ETF with budgets per class',
      },
      notices: ['The limit of infinite budget: no decay at all. No finite norms attain it.'],
    };
  }
  const budgets = { featureBudget: budget, classifierBudget: budget };
  const decays = decaysForBudgets(groups, budgets, 'sample');
  const ridge = solveRidge({ groups, ...decays, loss: 'cross-entropy', bias: false, normalisation: 'sample' });
  const weighted = groups.map((group) => ({ ...group, weight: 1 }));
  const peeled = solve({ groups: weighted, ...budgets, dimension: null });
  const decay = Math.sqrt(decays.classifierDecay) * Math.sqrt(decays.featureDecay);
  const gap = Math.max(ridge.relativeGap, peeled.relativeGap);
  const minority = ridge.groups[1]!;
  const notices: string[] = [];
  if (minority.vanished) notices.push('With decay at this budget the minority is exactly zero.');
  else if (minority.collapsed) notices.push('With decay at this budget the minority classifiers coincide exactly.');
  const other = peeled.groups[1]!;
  if (other.vanished) notices.push('In the Layer-Peeled Model of this budget the minority is exactly zero.');
  else if (other.collapsed) notices.push('In the Layer-Peeled Model of this budget the minority has collapsed.');
  return {
    frames: [
      ...references,
      { name: 'GOF', pair: orthogonalAt(groups, decay) },
      { name: 'LPM', pair: layerPeeledFrame(peeled.logits) },
      { name: 'ridge', pair: ridge.frames },
    ],
    basis: {
      kind: ridge.certified && peeled.certified ? 'certified' : 'numerical',
      text: `relative duality gaps at most ${gap.toExponential(1)}; references in closed form`,
    },
    notices,
  };
}
