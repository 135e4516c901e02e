/** The advisor on screen: figures, curves over the weight, tables before and after. Nothing is solved here. */
import type { Advice } from '../../../src-main/lpm/advisor/advise.ts';
import type { Outlook } from '../../../src-main/lpm/advisor/outlook.ts';
import type { TrainingSet } from '../../../src-main/lpm/advisor/training-set.ts';
import { ruleText, verdictText } from '../../../src-main/lpm/advisor/words.ts';
import { formatNumber } from '../../../src-main/charts/format.ts';
import type { Figure, Panel } from '../model.ts';
import { heatPanel } from './shared.ts';

export interface AdviceCurve {
  readonly weights: readonly number[];
  readonly outlooks: readonly Outlook[];
}

const write = (value: number): string => formatNumber(value, 'ratio');

export function adviceFigures(advice: Advice, chosen: Outlook): Figure[] {
  const never = 'No value: never.';
  return [
    {
      label: 'imbalance ratio',
      symbol: 'R',
      value: advice.ratio,
      format: 'ratio',
      help: 'Largest over smallest count.',
    },
    {
      label: 'collapse begins at',
      symbol: 'R_0',
      value: advice.r0,
      format: 'ratio',
      help: `Ratio from which minority classifiers coincide, the minority’s counts scaled together. ${never}`,
    },
    {
      label: 'minority vanishes at',
      symbol: 'R_1',
      value: advice.r1,
      format: 'ratio',
      help: `Ratio from which minority classifiers and features are zero. ${never}`,
    },
    {
      label: 'avoids collapse: above',
      symbol: 'R/R_0',
      value: advice.avoidingWeight,
      format: 'ratio',
      help: 'Weight of every minority class above which collapse is avoided; below 1 where there is none. No value: collapse never happens.',
    },
    {
      label: 'restores the ETF',
      symbol: 'n_{\\max}/n_k',
      value: advice.restoringWeights.at(-1)!,
      format: 'ratio',
      help: 'Weight of the smallest count that makes the problem balanced; the table has one for each count.',
    },
    {
      label: 'minority cosine at the slider',
      value: chosen.minorityCosine,
      format: 'cosine',
      help: 'Largest between two minority classifiers under the weight of the slider. No value: one class, or they vanish.',
    },
  ];
}

export function adviceNotices(advice: Advice): string[] {
  return [verdictText[advice.verdict], ruleText(advice, write)];
}

/** Cosines and margins along the weight, with the two weights that matter. */
export function adviceCharts({ weights, outlooks }: AdviceCurve, advice: Advice, weight: number): Panel[] {
  const verticals = [
    { x: weight, label: 'slider', kind: 'cursor' as const },
    { x: advice.ratio, label: 'R', kind: 'threshold' as const },
    ...(advice.avoidingWeight === null
      ? []
      : [{ x: advice.avoidingWeight, label: 'R/R₀', kind: 'threshold' as const }]),
  ];
  const x = { label: 'Minority weight w_r', logarithmic: true };
  const line = (role: 'minority' | 'majority', of: (outlook: Outlook) => number | null) => ({
    name: role,
    role,
    x: weights,
    y: outlooks.map(of),
  });
  return [
    {
      id: 'cosines',
      title: 'Largest cosine of classifiers',
      type: 'line',
      input: {
        x,
        y: { label: 'Largest cosine', min: -1, max: 1 },
        series: [line('minority', (o) => o.minorityCosine), line('majority', (o) => o.majorityCosine)],
        verticals,
      },
    },
    {
      id: 'margins',
      title: 'Smallest margin',
      type: 'line',
      input: {
        x,
        y: { label: 'Margin (logits)' },
        series: [line('minority', (o) => o.minorityMargin), line('majority', (o) => o.majorityMargin)],
        verticals,
      },
    },
  ];
}

/** A row for each count under each of the three weightings: side by side they would be wider than the page. */
export function adviceTable(set: TrainingSet, advice: Advice, chosen: Outlook, weight: number): Panel {
  return {
    id: 'groups',
    title: 'By count, before and after',
    wide: true,
    type: 'table',
    columns: [
      { label: 'samples', symbol: 'n_k', format: 'count' },
      { label: 'classes', format: 'count' },
      { label: 'role' },
      { label: 'weights', help: 'As given; the minority by the slider; n_max/n_k for every class.' },
      { label: 'weight', format: 'ratio', help: 'Loss weight or oversampling rate of these classes.' },
      { label: 'cosine of w', format: 'cosine', help: 'Between two classifiers of this count.' },
      { label: '‖w_k‖', symbol: '\\|w_k\\|', format: 'ratio' },
      { label: 'margin', format: 'ratio', help: 'Own logit less the largest other one.' },
    ],
    rows: set.groups.flatMap(({ samples, classes, minority }, g) => {
      const role = minority ? 'minority' : 'majority';
      const row = (name: string, factor: number, outlook: Outlook) => {
        const { classifierCosine, classifierNorm, margin } = outlook.groups[g]!;
        return [samples, classes, role, name, factor, classifierCosine, classifierNorm, margin];
      };
      return [
        row('as given', 1, advice.now),
        row('slider', minority ? weight : 1, chosen),
        row('restoring', advice.restoringWeights[g]!, advice.restored),
      ];
    }),
  };
}

export function adviceHeats(set: TrainingSet, advice: Advice, chosen: Outlook): Panel[] {
  const groups = set.groups.map(({ samples, classes, minority }) => ({
    name: `n = ${samples}`,
    size: classes,
    role: minority ? ('minority' as const) : ('majority' as const),
  }));
  return [
    heatPanel('heat-now', 'Cosines of classifiers now', 'w', groups, advice.now.classifierCosines),
    heatPanel('heat-chosen', 'Cosines of classifiers at the slider', 'w', groups, chosen.classifierCosines),
  ].filter((panel) => panel !== null);
}
