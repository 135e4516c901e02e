/**
 * A quantity of the two-group optimum over any two of R, E_H·E_W, K_A/K, w_r and K, with the curves of R0 and R1: every
 * cell an exact solve, warm-started from its neighbour. Row by row, so that a caller may show a diagram as it fills and
 * drop it when a slider moves on.
 */
import { InvalidInput, type FieldIssue } from '../../parameters/specification.ts';
import { radiusOf } from '../shares.ts';
import { ratioInstance } from '../two-group-problem.ts';
import { createTwoGroupSolution, solveTwoGroups } from '../two-group.ts';
import { axisValues, settingAt, type PhaseAxis, type PhaseAxisKey, type PhasePoint } from './axes.ts';
import { phaseContours, type PhaseContour } from './contours.ts';
import { quantityOf, type PhaseQuantity } from './quantity.ts';

export interface PhaseRequest {
  readonly x: PhaseAxis;
  readonly y: PhaseAxis;
  /** The five numbers; those of the axes are not used. */
  readonly fixed: PhasePoint;
  readonly quantity: PhaseQuantity;
}

export interface PhaseGrid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Row-major, ys.length × xs.length. NaN where no value exists (a vanished or single class) or none is computed yet. */
  readonly values: Float64Array;
  /** The worst relative duality gap of all solves made. */
  readonly worstRelativeGap: number;
  readonly contours: readonly PhaseContour[];
}

/** A diagram under way. `row` fills one row of `values`; rows may be asked for in any order. */
export interface PhaseComputation extends PhaseGrid {
  readonly row: (index: number) => void;
  /** The problem of a cell, for a click on it. */
  readonly pointAt: (x: number, y: number) => PhasePoint;
}

/** Checks both axes and what is fixed beside them. @throws InvalidInput naming `y`, `xs`, `ys` or the fixed number. */
export function validatePhase({ x, y, fixed }: PhaseRequest): void {
  const issues: FieldIssue[] = [];
  const check = (field: string, key: PhaseAxisKey, value: number): void => {
    const fine =
      key === 'classes'
        ? Number.isSafeInteger(value) && value >= 2 && value <= 20_000
        : Number.isFinite(value) && value > 0 && (key !== 'share' || value < 1);
    const rule =
      key === 'classes' ? 'a whole number from 2 to 20000' : key === 'share' ? 'between 0 and 1' : 'a number above 0';
    if (!fine) issues.push({ field, value, message: `${key} must be ${rule}, got ${value}` });
  };
  if (x.key === y.key)
    issues.push({ field: 'y', value: y.key, message: `the two axes must differ, got ${y.key} twice` });
  for (const [field, axis] of Object.entries({ xs: x, ys: y })) {
    check(field, axis.key, axis.from);
    check(field, axis.key, axis.to);
    if (!(axis.from < axis.to))
      issues.push({
        field,
        value: axis.from,
        message: `the axis must end above its start ${axis.from}, got ${axis.to}`,
      });
    if (!(Number.isSafeInteger(axis.count) && axis.count >= 2 && axis.count <= 2000))
      issues.push({ field, value: axis.count, message: `an axis has 2 to 2000 values, got ${axis.count}` });
  }
  for (const [key, value] of Object.entries(fixed) as [PhaseAxisKey, number][])
    if (key !== x.key && key !== y.key) check(key, key, value);
  if (issues.length > 0) throw new InvalidInput(issues);
}

/** Axes and curves of a diagram, no cell computed yet. @throws InvalidInput as validatePhase does. */
export function startPhase(request: PhaseRequest): PhaseComputation {
  validatePhase(request);
  const { x, y, fixed, quantity } = request;
  const classes = x.key === 'classes' || y.key === 'classes' ? null : fixed.classes;
  const xs = axisValues(x, classes);
  const ys = axisValues(y, classes);
  const pointAt = (u: number, v: number): PhasePoint => ({ ...fixed, [x.key]: u, [y.key]: v });
  const values = new Float64Array(xs.length * ys.length).fill(NaN);
  let worstRelativeGap = 0;
  // A warm start is a point of the same problem but for its numbers. Where K_A and K change along x it comes from the same
  // column of the row before, otherwise from the cell before.
  const changing = x.key === 'share' || x.key === 'classes';
  const states = xs.map(() => ({ z: createTwoGroupSolution(), shape: '' }));
  const row = (index: number): void => {
    if (!changing) Object.assign(states[0]!, { z: createTwoGroupSolution(), shape: '' });
    xs.forEach((u, column) => {
      const setting = settingAt(pointAt(u, ys[index]!));
      const { majorityClasses: KA, minorityClasses: KB } = setting;
      const { instance, swapped } = ratioInstance(setting, setting.ratio, radiusOf(KA + KB, setting.featureBudget, 1));
      const state = states[changing ? column : 0]!;
      const shape = `${KA} ${KB} ${swapped}`;
      if (shape !== state.shape) Object.assign(state, { z: createTwoGroupSolution(), shape });
      const z = solveTwoGroups(instance, state.z);
      if (z.objective > 0) worstRelativeGap = Math.max(worstRelativeGap, z.gap / z.objective);
      values[index * xs.length + column] = quantityOf(quantity, instance, z, swapped);
    });
  };
  return {
    xs,
    ys,
    values,
    get worstRelativeGap() {
      return worstRelativeGap;
    },
    contours: phaseContours({ x: x.key, y: y.key, xs, ys, pointAt }),
    row,
    pointAt,
  };
}

/**
 * The diagram with the given rows computed (all of them unless given).
 * @example phaseGrid({ x: { key: 'ratio', from: 1, to: 1e4, count: 50 }, y: { key: 'budget', from: 0.5, to: 50, count: 50 },
 *   fixed: { ratio: 1, budget: 5, share: 0.5, weight: 1, classes: 10 }, quantity: 'classifierCosineMinority' })
 */
export function phaseGrid(request: PhaseRequest, rows?: Iterable<number>): PhaseGrid {
  const computation = startPhase(request);
  for (const index of rows ?? computation.ys.keys()) computation.row(index);
  const { xs, ys, values, worstRelativeGap, contours } = computation;
  return { xs, ys, values, worstRelativeGap, contours };
}
