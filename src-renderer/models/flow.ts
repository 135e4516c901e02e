/**
 * The gradient flow of the unconstrained Layer-Peeled Model, from a start to t = 10^12: loss, margin against its bound,
 * distance from neural collapse and norms against log t, and the geometry at the moment chosen (docs/flow.md).
 */
import type { AxisInput, LineChartInput, LineSeries } from '../../src-main/charts/index.ts';
import { significant } from '../../src-main/charts/format.ts';
import type { FlowMeasurement } from '../../src-main/models/flow/measure.ts';
import { drawRows } from '../../src-main/models/flow/plane.ts';
import { parts } from '../../src-main/models/flow/problem.ts';
import { flowControls } from './flow-controls.ts';
import { addCurvature, fineHistory, historyOf, momentIndex, PERTURBATION, type History } from './flow-history.ts';
import type { ExplorerModel, Figure, ModelSetting, ModelView, Panel } from './model.ts';

type Pick = (measurement: FlowMeasurement, moment: number) => number | null;
type Role = 'majority' | 'minority' | 'between' | 'theory' | 'neutral';

/** A chart against log t with the moment marked; lines that are nowhere above zero are left out of a logarithmic one. */
function against(
  history: History,
  index: number,
  y: AxisInput,
  lines: readonly (readonly [name: string, role: Role, pick: Pick])[],
): LineChartInput {
  const { times, measurements } = history;
  const series = lines
    .map(([name, role, pick]): LineSeries => ({ name, role, x: times, y: measurements.map(pick) }))
    .filter(({ y: values }) => !y.logarithmic || Array.from(values).some((value) => (value ?? 0) > 0));
  const at = times[index]!;
  const dots = series.flatMap(({ role, y: values }) => {
    const value = values[index] ?? null;
    return value === null || (y.logarithmic && value <= 0) || role === 'overlay' ? [] : [{ x: at, y: value, role }];
  });
  return {
    x: { label: 'Time t', logarithmic: true },
    y,
    series,
    dots,
    verticals: [{ x: at, label: `t = ${significant(at, 3)}`, kind: 'cursor' }],
  };
}

function charts(history: History, index: number): Panel[] {
  const { classes, perClass } = history.problem;
  const aligned: Pick = (_, i) => Math.exp(history.aligned[i]!);
  const line = (id: string, title: string, input: LineChartInput): Panel => ({ id, title, type: 'line', input });
  const chart = (y: AxisInput, ...lines: (readonly [string, Role, Pick])[]) => against(history, index, y, lines);
  return [
    line(
      'collapse',
      'Distance from neural collapse',
      chart(
        { label: 'Distance', logarithmic: true },
        ['variability', 'neutral', (m) => m.nc1Quot],
        ['classifiers', 'majority', (m) => m.nc2EtfWCentred],
        ['class means', 'minority', (m) => m.nc2EtfH],
        ['dual', 'between', (m) => m.nc3Dual],
      ),
    ),
    line(
      'loss',
      'Loss',
      chart(
        { label: 'L (nats)', logarithmic: true },
        ['flow', 'majority', (m) => m.loss],
        ['aligned start, exact', 'theory', aligned],
      ),
    ),
    line(
      'margin',
      'Margin against its bound',
      chart(
        { label: 'Margin' },
        ['smallest', 'majority', (m) => m.margin],
        ['largest', 'minority', (m) => m.largestMargin],
        ['bound', 'theory', (m) => m.bound],
      ),
    ),
    line(
      'rate',
      'Loss times t log t, and its limit',
      chart(
        { label: 'L t log t', min: 0 },
        ['flow', 'majority', (m) => m.rate],
        ['√n (K−1)/2', 'theory', () => (Math.sqrt(perClass) * (classes - 1)) / 2],
      ),
    ),
    line(
      'norms',
      'Norms',
      chart(
        { label: 'Frobenius norm', min: 0 },
        ['‖W‖', 'majority', (m) => m.normW],
        ['‖H‖', 'minority', (m) => m.normH],
      ),
    ),
  ];
}

/** Classifiers and features at the moment, each scaled to root mean square length 1. */
function geometry(history: History, index: number): Panel {
  const { problem, axes } = history;
  const { W, H } = parts(problem, history.moments[index]!.state);
  const p = problem.dimension;
  const w = drawRows(W, p, axes);
  const h = drawRows(H, p, axes);
  const share = Math.min(w.share, h.share);
  const what = `principal axes at the end`;
  const projection =
    share > 1 - 1e-9 ? `exact: rank ${axes.length}` : `${what}: ${significant(100 * share, 3)} % of the squared norm`;
  const vector = (kind: 'classifier' | 'feature', point: readonly number[], k: number) => ({
    label: String(k + 1),
    role: kind === 'classifier' ? ('majority' as const) : ('minority' as const),
    kind,
    x: point[0]!,
    y: point[1]!,
  });
  const all = [
    ...w.points.map((point, k) => ({ ...vector('classifier', point, k), z: point[2] ?? 0 })),
    ...h.points.map((point, i) => ({
      ...vector('feature', point, Math.floor(i / problem.perClass)),
      z: point[2] ?? 0,
    })),
  ];
  const title = `Classifiers and features at t = ${significant(history.times[index]!, 3)}`;
  if (p === 2 || problem.classes === 2)
    return { id: 'geometry', title, type: 'geometry', input: { vectors: all, projection, reach: 1.8 } };
  return { id: 'geometry', title, type: 'space', input: { vectors: all, projection, reach: 1.8 } };
}

function figures(history: History, index: number): Figure[] {
  const m = history.measurements[index]!;
  const { classes: K, perClass: n } = history.problem;
  const curvature = history.curvatures.get(index) ?? null;
  const limit = (Math.sqrt(n) * (K - 1)) / 2;
  return [
    { label: 'time', symbol: 't', value: history.times[index]!, format: 'gap', help: 'The moment shown.' },
    {
      label: 'loss',
      symbol: 'L',
      value: m.loss,
      format: 'gap',
      help: 'Sum of the cross-entropies of all samples, in nats.',
    },
    {
      label: 'margin over bound',
      symbol: 'q_{\\min}',
      value: m.marginRatio,
      format: 'ratio',
      help: 'Smallest margin of a sample over (‖W‖² + ‖H‖²)/(2(K−1)√n). At most 1; 1 exactly at neural collapse, which needs p of at least K − 1.',
    },
    {
      label: 'L t log t',
      value: m.rate,
      format: 'ratio',
      help: `Bounded on both sides; its limit at neural collapse is √n (K − 1)/2 = ${significant(limit, 5)}. No value for t ≤ 1.`,
    },
    {
      label: 'local exponent',
      symbol: '\\mathrm d\\log L/\\mathrm d\\log t',
      value: m.exponent,
      format: 'ratio',
      help: 'Tends to −1 − 1/log t.',
    },
    {
      label: 'KKT residual',
      value: m.stationarity,
      format: 'gap',
      help: 'Distance of the direction of x from that of −∇L: stationarity of the max-margin problem, with the softmax weights as multipliers.',
    },
    {
      label: 'least curvature',
      symbol: '\\kappa_{\\min}',
      value: curvature?.value ?? null,
      format: 'ratio',
      help:
        curvature === null
          ? 'Of the loss on the sphere of constant norm, over the loss, per radian². Computed once the sliders rest.'
          : `Of the loss on the sphere of constant norm, over the loss, per radian²; residual ${curvature.residual.toExponential(1)}. Negative: downhill is left.`,
    },
  ];
}

function viewOf(history: History, setting: ModelSetting): ModelView {
  const index = momentIndex(history, Number(setting['t']));
  const drift = history.measurements.reduce((worst, m) => Math.max(worst, m.drift), 0);
  const { classes, dimension } = history.problem;
  const error =
    history.coarseError === null
      ? `integrated to ${history.tolerance.toExponential(0)} per step; its error is estimated once the sliders rest`
      : `an integration a thousand times coarser differs by ${history.coarseError.toExponential(1)}`;
  const notices: string[] = [];
  if (history.end.status === 'max-steps')
    notices.push(
      `The flow is stiff here: it was ended at t = ${significant(history.times.at(-1) ?? 0, 3)}. A run goes on.`,
    );
  if (dimension < classes - 1)
    notices.push(
      `p = ${dimension} is below K − 1 = ${classes - 1}: no simplex ETF exists, the margin stays below its bound.`,
    );
  return {
    basis: { kind: 'numerical', text: `conserved WᵀW − HHᵀ drifted by ${drift.toExponential(1)}; ${error}` },
    figures: figures(history, index),
    panels: [geometry(history, index), ...charts(history, index)],
    notices,
  };
}

/** Until a frame's worth of time is used, then a pause. */
function* paced<T>(steps: Generator<void, T>): Generator<null, T> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < 12) continue;
    yield null;
    since = performance.now();
  }
}

/** The fine trajectory; then the curvature at the moment shown. */
function* refine(setting: ModelSetting): Generator<ModelView | null> {
  const history = yield* paced(fineHistory(setting));
  yield viewOf(history, setting);
  yield* paced(addCurvature(history, momentIndex(history, Number(setting['t']))));
  yield viewOf(history, setting);
}

export const flow: ExplorerModel = {
  id: 'flow',
  name: 'Gradient flow',
  summary:
    'The unconstrained model without decay: gradient flow drives the norms to infinity and the direction, as slowly as 1/log t, to neural collapse (Ji et al., ICLR 2022).',
  formula:
    '\\min_{W,H} L = \\sum_{k,i} \\mathrm{CE}(W h_{k,i}, k), \\qquad (\\dot W, \\dot H) = -\\nabla L, \\qquad W^\\top W - HH^\\top = \\text{const}',
  controls: flowControls,
  compute: (setting) => viewOf(historyOf(setting), setting),
  refine,
  keep: (setting) => ({
    kind: 'ulpm-flow',
    parameters: {
      k: Number(setting['k']),
      n: Number(setting['n']),
      p: Number(setting['p']),
      start: String(setting['start']),
      scale: Number(setting['scale']),
      perturbation: setting['start'] === 'aligned' ? 0 : PERTURBATION,
      power: 12,
      tolerance: 1e-10,
    },
    seed: Number(setting['seed']),
  }),
};
