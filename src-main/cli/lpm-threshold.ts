/** `peel lpm threshold`: R0 and R1 of two groups, and with --ratio what weight would avoid the collapse there. */
import { thresholds, type Thresholds } from '../lpm/thresholds.ts';
import { validateSetting } from '../lpm/two-group-problem.ts';
import { classifierBudget, featureBudget, majorityClasses, minorityClasses } from '../jobs/kinds/lpm-parameters.ts';
import type { ParameterSpecification } from '../parameters/specification.ts';
import type { Command } from './command.ts';
import { brief, terminalNumber, threshold } from './numbers.ts';
import { flagsOf } from './parameter-flags.ts';
import { pairs } from './table.ts';
import { valuesGiven } from './values-given.ts';

const specifications: readonly ParameterSpecification[] = [
  majorityClasses,
  minorityClasses,
  featureBudget,
  classifierBudget,
  {
    type: 'number',
    key: 'ratio',
    flag: 'ratio',
    label: 'Imbalance ratio',
    symbol: 'R',
    help: 'Imbalance ratio of your data, n_A/n_B: adds what happens there and which minority weight prevents it.',
    group: 'Advice',
    default: null,
    min: 1,
  },
];

interface Advice {
  readonly ratio: number;
  readonly collapsed: boolean;
  readonly vanished: boolean;
  /** w_r = R makes the weighted problem balanced. */
  readonly weightRestoringEtf: number;
  /** Collapse is avoided by every weight above R/R0; null where nothing collapses at any ratio. */
  readonly weightAvoidingCollapse: number | null;
}

/** A minority weight w_r turns R into R/w_r everywhere. */
function advice(ratio: number, { r0, r1 }: Thresholds): Advice {
  return {
    ratio,
    collapsed: r0 !== null && ratio >= r0,
    vanished: r1 !== null && ratio >= r1,
    weightRestoringEtf: ratio,
    weightAvoidingCollapse: r0 === null ? null : ratio / r0,
  };
}

function adviceText({ ratio, collapsed, vanished, weightAvoidingCollapse: least }: Advice): string {
  const state = vanished
    ? 'the minority has vanished'
    : collapsed
      ? 'the minority has collapsed'
      : 'the minority has not collapsed';
  const needed = least === null || !collapsed ? 'none needed' : `above ${terminalNumber(least, 'ratio')}`;
  return pairs([
    [`at R = ${ratio}`, state],
    ['weight that avoids collapse', needed],
    ['weight that restores the ETF', brief(ratio)],
  ]);
}

export const command: Command = {
  path: 'lpm threshold',
  summary: 'Imbalance ratios at which minority classifiers coincide (R0) and vanish (R1).',
  flags: flagsOf(specifications),
  notes: [
    'Both are exact fixed points. A threshold that is never reached is "never", in JSON null.',
    'logR0 and logR1 are natural logarithms: a number there beside a null threshold is a ratio above 1.8e308.',
  ],
  examples: ['peel lpm threshold --ka 5 --kb 5 --eh 5 --ew 1', 'peel lpm threshold --ka 5 --kb 5 --ratio 100'],
  async run(given, io) {
    const values = valuesGiven(specifications, given);
    const { ka, kb, eh, ew, ratio } = values as Readonly<Record<string, number | null>>;
    const found = thresholds(
      validateSetting({
        majorityClasses: Number(ka),
        minorityClasses: Number(kb),
        featureBudget: Number(eh),
        classifierBudget: Number(ew),
      }),
    );
    const more = typeof ratio === 'number' ? advice(ratio, found) : null;
    const document = { ...found, ka, kb, eh, ew, ...(more === null ? {} : { advice: more }) };
    const lines = pairs([
      ['R0, classifiers of the minority coincide', threshold(found.r0, found.logR0)],
      ['R1, the minority vanishes', threshold(found.r1, found.logR1)],
    ]);
    await io.result(document, () => (more === null ? lines : `${lines}\n\n${adviceText(more)}`));
    return 0;
  },
};
