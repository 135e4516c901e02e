/** Free features with weight decay, two groups of classes: geometry, collapse thresholds, and the place on the LPM's map. */
import { ridgeBasis } from '../../src-main/models/ridge/basis.ts';
import { vanishingDecay } from '../../src-main/models/ridge/certificate.ts';
import { placeOnMap } from '../../src-main/models/ridge/conversion.ts';
import { decayOf, reduce, sampleCount } from '../../src-main/models/ridge/reduce.ts';
import { solveRidge } from '../../src-main/models/ridge/solve.ts';
import { collapseCount, collapseRatio, collapsingMajority } from '../../src-main/models/ridge/thresholds.ts';
import type { Normalisation, RidgeLoss, RidgeProblem, RidgeSolution } from '../../src-main/models/ridge/types.ts';
import { validateRidge } from '../../src-main/models/ridge/validate.ts';
import { formatCounts } from '../../src-main/parameters/counts.ts';
import type { ExplorerModel, Figure, ModelSetting, ModelView } from './model.ts';
import { ridgeControls } from './ridge/controls.ts';
import { cosinePanel, decayCurve, distancePanel, stepOf } from './ridge/curves.ts';
import { groupTable, heatPanel, spectrumPanel } from './ridge/panels.ts';

/** n_B = n_A/R, rounded to whole samples as a data set has them, at least 1. */
function problemOf(setting: ModelSetting): RidgeProblem {
  const majority = Number(setting['samples']);
  const minority = Math.max(1, Math.round(majority / Number(setting['ratio'])));
  return validateRidge({
    groups: [
      { samples: majority, classes: Number(setting['ka']) },
      { samples: minority, classes: Number(setting['kb']) },
    ],
    classifierDecay: Number(setting['lw']),
    featureDecay: Number(setting['lh']),
    loss: setting['loss'] as RidgeLoss,
    bias: setting['bias'] === 'yes',
    normalisation: setting['normalisation'] as Normalisation,
  });
}

function figures(solution: RidgeSolution): Figure[] {
  const { problem, budgets } = solution;
  const N = sampleCount(problem.groups);
  const decay = decayOf(problem);
  const entropy = problem.loss === 'cross-entropy';
  const place = entropy && !problem.bias ? placeOnMap(solution) : null;
  const minority = solution.groups[1]!;
  return [
    { label: 'objective', value: solution.objective, format: 'loss', help: 'Mean loss plus penalty at the optimum.' },
    { label: 'loss', symbol: 'f', value: solution.fit, format: 'loss', help: 'Mean loss of a sample at the optimum.' },
    {
      label: 'minority cosine',
      symbol: "\\cos(w_B,w_{B'})",
      value: minority.classifierCosine,
      format: 'cosine',
      help: '1 is Minority Collapse. No value: the minority is zero, or has one class.',
    },
    { label: 'rank', value: solution.rank, format: 'count', help: 'Of the optimal logits Z.' },
    {
      label: 'collapse up to',
      symbol: problem.normalisation === 'sample' ? 'N^2\\lambda_W\\lambda_H' : 'N l',
      value: entropy ? collapseCount(decay, N, problem.normalisation) : null,
      format: 'ratio',
      help: 'Samples per class up to which a group has collapsed (Hong, Ling 2023, per sample). No value: a criterion of cross-entropy.',
    },
    {
      label: 'collapse from',
      symbol: 'n_A',
      value: entropy ? collapsingMajority(stepOf(problem), problem.groups[1]!.samples) : null,
      format: 'ratio',
      help: 'At this n_B and decay the minority has collapsed from so many majority samples on; below n_B: for all n_A ≥ n_B. No value: one minority class, or the squared loss.',
    },
    {
      label: 'collapse from ratio',
      symbol: 'R',
      value: entropy ? collapseRatio(stepOf(problem), problem.groups[0]!.samples) : null,
      format: 'ratio',
      help: 'At this n_A and decay the minority collapses from this imbalance ratio on. No value: never, or the squared loss.',
    },
    {
      label: 'all zero from',
      symbol: 'l',
      value: vanishingDecay(reduce(problem).reduced),
      format: 'loss',
      help: 'From this l = √(λ_W λ_H) on the optimum is Z = 0.',
    },
    {
      label: 'classifier norms',
      symbol: 'E_W',
      value: budgets.classifier,
      format: 'ratio',
      help: '(1/K) Σ‖w_k‖² that the optimum spends.',
    },
    {
      label: 'feature norms, by class',
      symbol: 'E_H',
      value: budgets.featureByClass,
      format: 'ratio',
      help: '(1/K) Σ_k (1/n_k) Σ_i ‖h_{k,i}‖² that the optimum spends: the budget of the Layer-Peeled Model.',
    },
    {
      label: 'feature norms, by sample',
      value: budgets.featureBySample,
      format: 'ratio',
      help: '(1/N) Σ‖h_{k,i}‖²: what a network’s mean squared feature norm measures.',
    },
    {
      label: 'the LPM collapses from',
      symbol: 'R_0',
      value: place?.thresholds?.r0 ?? null,
      format: 'ratio',
      help: 'Where the Layer-Peeled Model of the spent budgets collapses. No value: never, or not comparable (bias, squared loss, all zero).',
    },
  ];
}

function notices({ problem, groups, rank }: RidgeSolution): string[] {
  const [majority, minority] = groups as [(typeof groups)[0], (typeof groups)[0]];
  if (rank === 0) return ['All logits are zero: the decay outweighs every direction of the loss.'];
  const out: string[] = [];
  if (minority.vanished) out.push('Minority classifiers and features are exactly zero.');
  else if (minority.collapsed) out.push('Minority Collapse: the minority classifiers coincide exactly.');
  if (majority.collapsed) out.push('The majority classifiers coincide exactly, too.');
  if (problem.loss === 'cross-entropy' && problem.bias)
    out.push('With a free bias the limit of small decay is not SELI: the features’ sample mean is held at zero.');
  if (problem.loss === 'cross-entropy' && problem.normalisation === 'class')
    out.push(
      'Features weighed per class: the limit of small decay is the ETF, not SELI; this is the Lagrangian of the LPM.',
    );
  return out;
}

function compute(setting: ModelSetting): ModelView {
  const problem = problemOf(setting);
  const solution = solveRidge(problem);
  const curve = decayCurve(problem);
  const K = problem.groups.reduce((sum, { classes }) => sum + classes, 0);
  return {
    basis: ridgeBasis(solution),
    figures: figures(solution),
    panels: [
      cosinePanel(curve, K),
      distancePanel(curve),
      heatPanel('cosines-w', 'Cosines of the classifiers', solution.frames.classifier, 'w'),
      heatPanel('cosines-h', 'Cosines of the features', solution.frames.feature, 'h'),
      spectrumPanel(solution),
      groupTable(solution),
    ],
    notices: notices(solution),
  };
}

export const ridge: ExplorerModel = {
  id: 'ridge',
  name: 'Ridge features',
  summary:
    'Free features with weight decay instead of budgets, after Hong and Ling 2023 (arXiv 2309.09725): certified optimum of two groups of classes.',
  formula:
    '\\min_{W,H,b}\\ \\frac1N\\sum_{k,i}\\mathcal L(Wh_{k,i}+b,k)+\\frac{\\lambda_W}{2}\\|W\\|_F^2+\\frac{\\lambda_H}{2}\\sum_{k,i}\\|h_{k,i}\\|^2',
  controls: ridgeControls,
  compute,
  keep(setting) {
    const { groups } = problemOf(setting);
    const { lw, lh, loss, normalisation } = setting;
    return {
      kind: 'ridge-solve',
      parameters: {
        counts: formatCounts(groups),
        lw: Number(lw),
        lh: Number(lh),
        loss: String(loss),
        normalisation: String(normalisation),
        bias: setting['bias'] === 'yes',
      },
    };
  },
};
