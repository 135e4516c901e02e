/** `peel lpm sweep`: the two-group optimum along imbalance ratios, with both thresholds; printed, not stored. */
import { lpmSweep, sweepFromValues } from '../jobs/kinds/lpm-sweep.ts';
import { sweepRatios, type Sweep } from '../lpm/sweep.ts';
import type { Command } from './command.ts';
import { brief, terminalNumber, threshold } from './numbers.ts';
import { flagsOf } from './parameter-flags.ts';
import { pairs, table } from './table.ts';
import { valuesGiven } from './values-given.ts';

const columns = [
  'R',
  'loss',
  'rel. gap',
  'cos w_BB',
  'cos w_AA',
  'cos w_AB',
  'cos h_BB',
  'cos h_AA',
  'cos h_AB',
  '|w_A|/|w_B|',
];

/** The text of `peel lpm sweep`. */
export function sweepText(sweep: Sweep): string {
  const rows = sweep.points.map((point) => [
    brief(point.ratio),
    terminalNumber(point.objective, 'loss'),
    terminalNumber(point.relativeGap, 'gap'),
    ...[
      point.classifierCosineMinority,
      point.classifierCosineMajority,
      point.classifierCosineCross,
      point.featureCosineMinority,
      point.featureCosineMajority,
      point.featureCosineCross,
    ].map((cosine) => terminalNumber(cosine, 'cosine')),
    terminalNumber(point.classifierNormRatio, 'ratio'),
    point.vanished ? 'vanished' : point.collapsed ? 'collapsed' : '',
  ]);
  const heads = [...columns.map((title) => ({ title, numeric: true })), { title: 'minority' }];
  const lines = pairs([
    ['R0, classifiers of the minority coincide', threshold(sweep.r0, sweep.logR0)],
    ['R1, the minority vanishes', threshold(sweep.r1, sweep.logR1)],
  ]);
  return `${table(heads, rows)}\n\n${lines}`;
}

export const command: Command = {
  path: 'lpm sweep',
  summary: 'Solve two groups over a range of imbalance ratios.',
  flags: flagsOf(lpmSweep.parameters),
  notes: [
    'A is the majority, B the minority. In JSON a cosine that does not exist is null, and so is a threshold never reached.',
    'logR0 and logR1 are natural logarithms: a number there beside a null threshold is a ratio above 1.8e308.',
  ],
  examples: [
    'peel lpm sweep --ka 5 --kb 5 --eh 5 --ew 1 --ratios 1:10000:41',
    'peel lpm sweep --ratios 1:1000:31 --weight 10 --json',
  ],
  async run(given, io) {
    const values = valuesGiven(lpmSweep.parameters, given);
    const { setting, ratios } = sweepFromValues(values);
    const sweep = sweepRatios({ ...setting, ratios });
    await io.result(sweep, () => sweepText(sweep));
    return 0;
  },
};
