/** Panels of the losses tab: the loss itself against the margin, cosines along the ratio, the table by group. */
import type { LineSeries } from '../../../src-main/charts/index.ts';
import type { ChosenLoss } from '../../../src-main/lpm/losses/softmax-type.ts';
import { chooseLoss } from '../../../src-main/lpm/losses/softmax-type.ts';
import type { Panel } from '../model.ts';

/** Cosines within both groups at a ratio; null where there is none. */
export interface CurvePoint {
  readonly ratio: number;
  readonly majority: number | null;
  readonly minority: number | null;
  /** The minority's under cross-entropy. */
  readonly entropy: number | null;
}

/** What a sample loses when all its margins are m: φ((K−1) g(−m)), beside cross-entropy. */
export function marginPanel(chosen: ChosenLoss, K: number): Panel {
  const margins = Array.from({ length: 81 }, (_, i) => -2 + i / 10);
  const of = ({ loss, shape }: ChosenLoss): number[] =>
    margins.map((m) => loss.phi((K - 1) * loss.g(-m, shape).value, shape).value);
  const series: LineSeries[] = [{ name: 'this loss', role: 'majority', x: margins, y: of(chosen) }];
  if (chosen.loss.id !== 'cross-entropy')
    series.push({ name: 'cross-entropy', role: 'reference', x: margins, y: of(chooseLoss('cross-entropy')) });
  return {
    id: 'loss',
    title: 'Loss of a sample whose margins are equal',
    type: 'line',
    input: { x: { label: 'Margin z_k − z_j' }, y: { label: 'Loss', min: 0 }, series },
  };
}

export function curvePanel(points: readonly CurvePoint[], ratio: number, r0: number | null, K: number): Panel {
  const x = points.map((point) => point.ratio);
  const line = (name: string, role: LineSeries['role'], of: (point: CurvePoint) => number | null): LineSeries => ({
    name,
    role,
    x,
    y: points.map(of),
  });
  const series = [line('minority', 'minority', (p) => p.minority), line('majority', 'majority', (p) => p.majority)];
  if (points.some(({ entropy }) => entropy !== null))
    series.push(line('minority, cross-entropy', 'reference', (p) => p.entropy));
  return {
    id: 'cosines',
    title: `Cosines along the imbalance ratio, ETF −1/${K - 1}`,
    type: 'line',
    input: {
      x: { label: 'Imbalance ratio R', logarithmic: true },
      y: { label: 'Cosine', min: -1, max: 1 },
      series,
      verticals: [
        { x: ratio, label: 'slider', kind: 'cursor' },
        ...(r0 === null ? [] : [{ x: r0, label: 'R₀', kind: 'threshold' as const }]),
      ],
    },
  };
}

/** One group as either family describes it. */
export interface LossRow {
  readonly name: string;
  readonly classes: number;
  readonly classifierNorm: number | null;
  readonly featureNorm: number;
  readonly classifierCosine: number | null;
  readonly featureCosine: number | null;
  readonly margin: number | null;
  readonly loss: number | null;
}

export function lossTable(rows: readonly LossRow[]): Panel {
  return {
    id: 'groups',
    title: 'By group',
    wide: true,
    type: 'table',
    columns: [
      { label: 'group' },
      { label: 'classes', format: 'count' },
      { label: 'classifier norm', symbol: '\\|w_k\\|', format: 'ratio' },
      { label: 'feature norm', symbol: '\\|h_k\\|', format: 'ratio' },
      { label: 'cosine of classifiers', format: 'cosine' },
      { label: 'cosine of features', format: 'cosine' },
      { label: 'margin', format: 'ratio' },
      { label: 'loss of a sample', format: 'loss' },
    ],
    rows: rows.map((row) => [
      row.name,
      row.classes,
      row.classifierNorm,
      row.featureNorm,
      row.classifierCosine,
      row.featureCosine,
      row.margin,
      row.loss,
    ]),
  };
}
