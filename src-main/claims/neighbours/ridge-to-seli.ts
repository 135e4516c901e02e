/** Claim: as the decay vanishes the ridge optimum turns into SELI, as slowly as 1/log(1/λ). */
import { fullGram, gramOf } from '../../models/frames/class-frame.ts';
import { solveRidge } from '../../models/ridge/solve.ts';
import type { Claim, Evidence } from '../claim.ts';
import { distance, seliByDefinition } from './reference/seli.ts';

const EXPONENTS = [10, 20, 40, 80, 160, 280];

/** @param order the stated exponent of log(1/l) in the distance. */
export function measureRidgeLimit(order: number): Evidence {
  const groups = [
    { samples: 100, classes: 5 },
    { samples: 1, classes: 5 },
  ];
  const target = seliByDefinition([...new Array<number>(5).fill(100), ...new Array<number>(5).fill(1)]);
  let worstGap = 0;
  const at = (exponent: number) => {
    const l = 10 ** -exponent;
    const solution = solveRidge({
      groups,
      classifierDecay: l,
      featureDecay: l,
      loss: 'cross-entropy',
      bias: false,
      normalisation: 'sample',
    });
    worstGap = Math.max(worstGap, solution.relativeGap);
    const { classifier, feature } = solution.frames;
    return {
      classifier: distance(fullGram(gramOf(classifier)), target.classifier),
      feature: distance(fullGram(gramOf(feature)), target.feature),
    };
  };
  const found = EXPONENTS.map(at);
  const logs = EXPONENTS.map((exponent) => exponent * Math.LN10);
  // Between the two smallest decays; the next term of the expansion is of relative order 1/log(1/l).
  const slope = (side: 'classifier' | 'feature'): number =>
    Math.log(found.at(-1)![side] / found.at(-2)![side]) / Math.log(logs.at(-1)! / logs.at(-2)!);
  return {
    error: Math.max(Math.abs(slope('classifier') - order), Math.abs(slope('feature') - order)),
    numbers: [
      { label: 'order for classifiers', value: slope('classifier'), expected: order, format: 'ratio' },
      { label: 'order for features', value: slope('feature'), expected: order, format: 'ratio' },
      { label: 'distance of classifiers at l = 1e-280', value: found.at(-1)!.classifier, format: 'gap' },
      { label: 'worst relative gap of the solves', value: worstGap, format: 'gap' },
    ],
    chart: {
      x: { label: 'log(1/l)', logarithmic: true },
      y: { label: 'nc2 distance to SELI', logarithmic: true },
      series: [
        { name: 'classifiers', role: 'majority', x: logs, y: found.map((value) => value.classifier) },
        { name: 'features', role: 'minority', x: logs, y: found.map((value) => value.feature) },
        {
          name: '∝ 1/log(1/l)',
          role: 'theory',
          x: logs,
          y: logs.map((log) => (found.at(-1)!.classifier * logs.at(-1)!) / log),
        },
      ],
    },
    run: {
      kind: 'ridge-sweep',
      parameters: { along: 'decay', decays: '1e-80:0.01:81', ka: 5, kb: 5, samples: 100, ratio: 100 },
    },
    remark:
      'The limit is the paper’s; the order 1/log(1/l) is derived in docs/ridge.md and measured at K = 10, R = 100.',
  };
}

export const ridgeToSeli: Claim = {
  id: 'ridge-tends-to-seli',
  paper: 'neighbours',
  source: 'Thrampoulidis et al. 2022 (arXiv 2208.05512), regularisation → 0; the rate: docs/ridge.md',
  title: 'Ridge turns into SELI as the decay vanishes',
  statement:
    'The geometry of the cross-entropy optimum with decay l per sample tends to SELI as l → 0, at distance of order 1/log(1/l): at the decays used in practice it is not there yet.',
  formula:
    '\\Bigl\\|\\tfrac{WW^\\top}{\\|WW^\\top\\|_F}-\\mathrm{SELI}\\Bigr\\|_F = \\Theta\\!\\left(\\tfrac1{\\log(1/l)}\\right)',
  tolerance: 0.02,
  errorMeaning: 'largest deviation of the measured order of log(1/l) from −1, between l = 1e-160 and 1e-280',
  test: () => measureRidgeLimit(-1),
};
