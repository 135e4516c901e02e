/** Run kind: the oversampling advisor. What a training set's counts and budgets predict, and which weights change it. */
import { adviceSteps, type Advice } from '../../lpm/advisor/advise.ts';
import { curveWeights, outlookAt } from '../../lpm/advisor/curve.ts';
import type { Outlook } from '../../lpm/advisor/outlook.ts';
import { minorityClassCount, trainingSet, type TrainingSet } from '../../lpm/advisor/training-set.ts';
import { ruleText, verdictText } from '../../lpm/advisor/words.ts';
import { GENERAL_TOLERANCE } from '../../lpm/solve.ts';
import type { Basis } from '../../models/basis.ts';
import { gapBasis } from '../../models/gap-basis.ts';
import { parseCounts } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import { advisorCharts, advisorMetrics, advisorParameters, advisorResults } from './lpm-advisor-specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

/** Solves of a bracketing search, roughly: for the progress bar. */
const SEARCH_STEPS = 70;

/** @throws InvalidInput naming counts, atMost, eh or ew */
function trainingSetFromValues(values: ParameterValues): TrainingSet {
  const counts = parseCounts(String(values['counts']));
  if ('message' in counts)
    throw new InvalidInput([{ field: 'counts', value: values['counts'], message: counts.message }]);
  const budgets = { featureBudget: Number(values['eh']), classifierBudget: Number(values['ew']) };
  const atMost = values['atMost'];
  return trainingSet(counts.value, budgets, atMost === null || atMost === undefined ? null : Number(atMost));
}

/** How far the findings can be trusted: the worst gap of the three solves shown, and how the threshold was found. */
function adviceBasis(advice: Advice): Basis {
  const worst = worstGap(advice);
  const gaps = gapBasis(worst, GENERAL_TOLERANCE);
  if (advice.method === 'exact') return { ...gaps, text: `${gaps.text}; thresholds exact` };
  const text = `${gaps.text}; thresholds bracketed to a relative ${advice.precision.toExponential(0)}`;
  return { kind: 'numerical', text };
}

function worstGap({ now, avoided, restored }: Advice): number {
  return Math.max(now.relativeGap, avoided?.relativeGap ?? 0, restored.relativeGap);
}

/** One row of the table by count: what the geometry of a count is under these weights. */
function groupRow(set: TrainingSet, g: number, name: string, weight: number, outlook: Outlook) {
  const { samples, classes, minority } = set.groups[g]!;
  const { classifierCosine, classifierNorm, margin } = outlook.groups[g]!;
  const role = minority ? 'minority' : 'majority';
  return { samples, classes, role, name, weight, classifierCosine, classifierNorm, margin };
}

function row(name: string, outlook: Outlook) {
  const { minorityCosine, majorityCosine, normRatio, minorityMargin, majorityMargin } = outlook;
  const collapsed = outlook.vanished ? 'vanished' : outlook.collapsed ? 'yes' : 'no';
  return { name, collapsed, minorityCosine, majorityCosine, normRatio, minorityMargin, majorityMargin };
}

function adviceDocument(set: TrainingSet, advice: Advice) {
  const { now, avoided, restored } = advice;
  const K = set.groups.reduce((sum, { classes }) => sum + classes, 0);
  const write = (value: number): string => String(Number(value.toPrecision(6)));
  const avoidance = avoided === null ? '' : `minority × ${write(avoided.weight)}`;
  const outlooks = [row('as given', now)];
  if (avoided !== null) outlooks.push(row(avoidance, avoided));
  outlooks.push(row('n_max/n_k for every class', restored));
  return {
    basis: adviceBasis(advice),
    verdict: verdictText[advice.verdict],
    rule: ruleText(advice, write),
    method: advice.method,
    ratio: advice.ratio,
    r0: advice.r0,
    r1: advice.r1,
    avoidingWeight: advice.avoidingWeight,
    restoringWeight: advice.restoringWeights.at(-1)!,
    minorityClasses: minorityClassCount(set),
    worstRelativeGap: worstGap(advice),
    etfCosine: -1 / (K - 1),
    outlooks,
    groups: set.groups.flatMap(({ minority }, g) => [
      groupRow(set, g, 'as given', 1, now),
      ...(avoided === null ? [] : [groupRow(set, g, avoidance, minority ? avoided.weight : 1, avoided)]),
      groupRow(set, g, 'n_max/n_k', advice.restoringWeights[g]!, restored),
    ]),
  };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const set = trainingSetFromValues(values);
  const steps = adviceSteps(set, { safety: Number(values['safety']) });
  let advice: Advice | null = null;
  for (let i = 1; advice === null; i++) {
    await context.breathe();
    const { done, value } = steps.next();
    if (done === true) advice = value;
    context.progress(Math.min(0.5, i / SEARCH_STEPS / 2), 'searching the weight that avoids collapse');
  }
  const weights = curveWeights(set, Number(values['points']));
  for (const [i, weight] of weights.entries()) {
    await context.breathe();
    report(context, weight, outlookAt(set, weight));
    context.progress(0.5 + (i + 1) / weights.length / 2, `${i + 1} of ${weights.length} weights`);
  }
  const document = adviceDocument(set, advice);
  context.log('info', `${document.verdict} ${document.rule}`);
  return document;
}

function report(context: JobContext, weight: number, outlook: Outlook): void {
  const point = (metric: string, value: number | null): void => {
    if (value !== null) context.points(metric, [weight], [value]);
  };
  point('cos_w_minority', outlook.minorityCosine);
  point('cos_w_majority', outlook.majorityCosine);
  point('norm_ratio_w', outlook.normRatio);
  point('margin_minority', outlook.minorityMargin);
  point('margin_majority', outlook.majorityMargin);
  point('relative_gap', outlook.relativeGap);
}

export const lpmAdvisor: ExecutableKind = {
  id: 'lpm-advisor',
  label: 'Layer-Peeled Model: oversampling advisor',
  description:
    'From class counts and budgets, before training: whether the minority collapses, which weight avoids it, which restores the ETF.',
  parameters: advisorParameters,
  metrics: advisorMetrics,
  charts: advisorCharts,
  results: advisorResults,
  check: trainingSetFromValues,
  execute,
};
