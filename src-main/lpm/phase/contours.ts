/**
 * R0 and R1 as curves across a phase diagram. Along an axis of R, w_r or E_H·E_W the crossing is computed exactly (a root
 * of threshold-curves.ts) for every value of the other axis; both directions are taken where both axes allow it. Only
 * between whole numbers on both axes (K_A/K against K) is the crossing interpolated, since nothing lies between.
 */
import { radiusOf } from '../shares.ts';
import { collapseLogRatio, collapseRadius, vanishLogRatio, vanishRadius } from '../threshold-curves.ts';
import { majorityClasses, type PhaseAxisKey, type PhasePoint } from './axes.ts';

export interface PhaseContour {
  readonly label: 'R₀' | 'R₁';
  /** One connected piece of the curve; a threshold may have several. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Threshold {
  readonly label: PhaseContour['label'];
  readonly logRatio: (KA: number, KB: number, radius: number) => number | null;
  readonly radius: (KA: number, KB: number, logRatio: number) => number | null;
}

const thresholds: readonly Threshold[] = [
  { label: 'R₀', logRatio: collapseLogRatio, radius: collapseRadius },
  { label: 'R₁', logRatio: vanishLogRatio, radius: vanishRadius },
];

/** The axes along which a crossing can be solved for. */
const continuous: readonly PhaseAxisKey[] = ['ratio', 'weight', 'budget'];

/** log R_threshold at a point, for weight 1; null: never. */
function logThreshold({ logRatio }: Threshold, point: PhasePoint): number | null {
  const KA = majorityClasses(point);
  return logRatio(KA, point.classes - KA, radiusOf(point.classes, point.budget, 1));
}

/** The value of `key` at which the threshold is met, all else of the point given; null if it is not. */
function crossing(threshold: Threshold, key: PhaseAxisKey, point: PhasePoint): number | null {
  if (key === 'budget') {
    const KA = majorityClasses(point);
    const radius = threshold.radius(KA, point.classes - KA, Math.log(point.ratio / point.weight));
    return radius === null ? null : (radius / point.classes) ** 2;
  }
  const log = logThreshold(threshold, point);
  if (log === null) return null;
  return key === 'ratio' ? Math.exp(log) * point.weight : point.ratio / Math.exp(log);
}

export interface Frame {
  readonly x: PhaseAxisKey;
  readonly y: PhaseAxisKey;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly pointAt: (x: number, y: number) => PhasePoint;
}

/** The pieces of both curves inside the frame. */
export function phaseContours(frame: Frame): PhaseContour[] {
  return thresholds.flatMap((threshold) => {
    const pieces =
      continuous.includes(frame.x) || continuous.includes(frame.y)
        ? exactPieces(threshold, frame)
        : interpolatedPieces(threshold, frame);
    return pieces.map((piece) => ({
      label: threshold.label,
      x: piece.map((point) => point[0]),
      y: piece.map((point) => point[1]),
    }));
  });
}

type Position = readonly [x: number, y: number];

function exactPieces(threshold: Threshold, { x, y, xs, ys, pointAt }: Frame): Position[][] {
  const inside = (value: number | null, values: readonly number[]): value is number =>
    value !== null && value >= values[0]! && value <= values.at(-1)!;
  const byRow = ys.map((v): Position | null => {
    const u = continuous.includes(x) ? crossing(threshold, x, pointAt(xs[0]!, v)) : null;
    return inside(u, xs) ? [u, v] : null;
  });
  const byColumn = xs.map((u): Position | null => {
    const v = continuous.includes(y) ? crossing(threshold, y, pointAt(u, ys[0]!)) : null;
    return inside(v, ys) ? [u, v] : null;
  });
  if (!continuous.includes(x)) return split(byColumn);
  if (!continuous.includes(y)) return split(byRow);
  // Both continuous: the curve is monotone (docs/lpm.md), so the points of both directions join in one order.
  const along = (value: number, values: readonly number[]): number =>
    Math.log(value / values[0]!) / Math.log(values.at(-1)! / values[0]!);
  const sign = x !== 'ratio' && y !== 'ratio' ? -1 : 1;
  const order = ([u, v]: Position): number => along(v, ys) + sign * along(u, xs);
  return split([...byRow, ...byColumn].filter((point) => point !== null).sort((a, b) => order(a) - order(b)));
}

/** Runs of neighbours; a lone point is no curve. */
function split(points: readonly (Position | null)[]): Position[][] {
  const pieces: Position[][] = [[]];
  for (const point of points) {
    if (point === null) pieces.push([]);
    else pieces.at(-1)!.push(point);
  }
  return pieces.filter((piece) => piece.length > 1);
}

/** Whole numbers on both axes: for every row the first change of side along x, placed by its excess over the threshold. */
function interpolatedPieces(threshold: Threshold, { xs, ys, pointAt }: Frame): Position[][] {
  const excess = (u: number, v: number): number => {
    const point = pointAt(u, v);
    return Math.log(point.ratio / point.weight) - (logThreshold(threshold, point) ?? Infinity);
  };
  return split(
    ys.map((v): Position | null => {
      let before = excess(xs[0]!, v);
      for (let i = 1; i < xs.length; i++) {
        const here = excess(xs[i]!, v);
        if (before < 0 !== here < 0) {
          const t = Number.isFinite(before) && Number.isFinite(here) ? before / (before - here) : 0.5;
          return [xs[i - 1]! + t * (xs[i]! - xs[i - 1]!), v];
        }
        before = here;
      }
      return null;
    }),
  );
}
