/** Run kind: the reference geometries of neural collapse for given counts, and the distances between all of them. */
import { solve } from '../../lpm/solve.ts';
import { validateProblem } from '../../lpm/validate.ts';
import type { Basis } from '../../models/basis.ts';
import { cosinesOf, fullCosines, gramOf, normsOf, type ClassFrame } from '../../models/frames/class-frame.ts';
import { countReferences, dualities, pairwiseDistances, type NamedFrame } from '../../models/frames/compare.ts';
import { generalOrthogonalFrame, layerPeeledFrame } from '../../models/frames/references.ts';
import { solveRidge } from '../../models/ridge/solve.ts';
import type { RidgeProblem } from '../../models/ridge/types.ts';
import { validateRidge } from '../../models/ridge/validate.ts';
import { groupEqualCounts, type CountGroup } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import { framesMetrics, framesResults } from './frames-specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { classifierBudget, featureBudget } from './lpm-parameters.ts';
import { classCounts, classifierDecay, countsFromValues, featureDecay } from './ridge-parameters.ts';

/** Up to here matrices show every class; above, one class of each group. */
const LARGEST_SHOWN = 30;
/** Singular values of SELI and the optimum of the Layer-Peeled Model are those of matrices of this order. */
const LARGEST_GROUPS = 400;

interface Request {
  readonly groups: readonly CountGroup[];
  readonly problem: RidgeProblem;
  readonly budgets: { readonly featureBudget: number; readonly classifierBudget: number };
}

/** @throws InvalidInput naming counts, eh, ew, lw or lh. */
function framesFromValues(values: ParameterValues): Request {
  const listed = countsFromValues(values);
  const distinct = new Set(listed.map(({ samples }) => samples)).size;
  if (distinct > LARGEST_GROUPS) {
    const message = `at most ${LARGEST_GROUPS} distinct counts are supported, got ${distinct}`;
    throw new InvalidInput([{ field: 'counts', value: distinct, message }]);
  }
  // Many classes listed one by one: equal counts stand together, in order of first appearance.
  const groups =
    listed.length > distinct
      ? groupEqualCounts(listed.flatMap(({ samples, classes }) => new Array<number>(classes).fill(samples)))
      : listed;
  const budgets = { featureBudget: Number(values['eh']), classifierBudget: Number(values['ew']) };
  validateProblem({ groups: groups.map((group) => ({ ...group, weight: 1 })), ...budgets, dimension: null });
  const problem: RidgeProblem = {
    groups,
    classifierDecay: Number(values['lw']),
    featureDecay: Number(values['lh']),
    loss: 'squared',
    bias: false,
    normalisation: 'sample',
  };
  validateRidge(problem);
  return { groups, problem, budgets };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { groups, problem, budgets } = framesFromValues(values);
  await context.breathe();
  context.progress(0, 'solving the Layer-Peeled Model');
  const weighted = groups.map((group) => ({ ...group, weight: 1 }));
  const peeled = solve(
    { groups: weighted, ...budgets, dimension: null },
    {
      onProgress: ({ iteration, relativeGap }) => {
        context.progress(0.4, `Layer-Peeled iteration ${iteration}, relative gap ${relativeGap.toExponential(1)}`);
        return true;
      },
    },
  );
  await context.breathe();
  context.progress(0.8, 'comparing');
  const ridge = solveRidge(problem);
  const frames: NamedFrame[] = [
    ...countReferences(groups),
    {
      name: 'GOF',
      pair: generalOrthogonalFrame(
        groups,
        ridge.groups.map(({ classifierNorm }) => classifierNorm),
        ridge.groups.map(({ featureNorm }) => featureNorm),
      ),
    },
    { name: 'LPM', pair: layerPeeledFrame(peeled.logits) },
  ];
  const distances = pairwiseDistances(frames);
  const K = groups.reduce((sum, { classes }) => sum + classes, 0);
  const matrix = (frame: ClassFrame) => (K <= LARGEST_SHOWN ? fullCosines : cosinesOf)(gramOf(frame));
  const named = Object.fromEntries(
    frames.map(({ name, pair }) => [name, { w: matrix(pair.classifier), h: matrix(pair.feature) }]),
  );
  for (const { name, other, classifier, feature } of distances) {
    const key = `${name}_${other}`.toLowerCase();
    if (classifier !== null) context.points(`${key}_w`, [0], [classifier]);
    if (feature !== null) context.points(`${key}_h`, [0], [feature]);
  }
  const vanished = ridge.groups.filter(({ vanished }) => vanished).length;
  if (vanished > 0) context.log('warning', `at these decays ${vanished} groups of the GOF are zero`);
  const text = `closed forms; the Layer-Peeled optimum has a relative gap of ${peeled.relativeGap.toExponential(1)}`;
  return {
    basis: { kind: peeled.certified ? 'certified' : 'numerical', text } satisfies Basis,
    classes: K,
    groupCount: groups.length,
    distances,
    duality: dualities(frames),
    geometry: frames.flatMap(({ name, pair }) => geometryRows(name, pair.classifier, pair.feature, groups)),
    cosines: named,
  };
}

/** Norms relative to the first group's and cosines within the group, by frame and group. */
function geometryRows(name: string, w: ClassFrame, h: ClassFrame, groups: readonly CountGroup[]) {
  const [gramW, gramH] = [gramOf(w), gramOf(h)];
  const [normW, normH] = [normsOf(gramW), normsOf(gramH)];
  const [cosW, cosH] = [cosinesOf(gramW), cosinesOf(gramH)];
  const relative = (norms: Float64Array, g: number): number | null => (norms[0]! > 0 ? norms[g]! / norms[0]! : null);
  return groups.map(({ samples, classes }, g) => ({
    frame: name,
    samples,
    classes,
    normW: relative(normW, g),
    normH: relative(normH, g),
    cosW: cosW[g]![g]!,
    cosH: cosH[g]![g]!,
  }));
}

export const framesKind: ExecutableKind = {
  id: 'frames',
  label: 'Reference geometries',
  description:
    'ETF, orthogonal and general orthogonal frame, SELI and the Layer-Peeled optimum for given counts: cosines, norms and all distances.',
  parameters: [classCounts, featureBudget, classifierBudget, classifierDecay, featureDecay].map((parameter) =>
    parameter === featureDecay || parameter === classifierDecay
      ? { ...parameter, group: 'Decay (lengths of the GOF)' }
      : parameter,
  ),
  metrics: framesMetrics,
  charts: [],
  results: framesResults,
  check: framesFromValues,
  execute,
};
