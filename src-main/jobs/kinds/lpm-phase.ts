/** Run kind: a quantity of the two-group optimum over any two of R, E_H·E_W, K_A/K, w_r and K, with the curves of R0 and R1. */
import type { GridInput } from '../../charts/grid-chart.ts';
import { writeNpz } from '../../interop/npz.ts';
import { phaseAxes, type PhaseAxis, type PhaseAxisKey } from '../../lpm/phase/axes.ts';
import type { PhaseContour } from '../../lpm/phase/contours.ts';
import { startPhase, validatePhase, type PhaseGrid, type PhaseRequest } from '../../lpm/phase/grid.ts';
import { phaseQuantities, type PhaseQuantity } from '../../lpm/phase/quantity.ts';
import type { Basis } from '../../models/basis.ts';
import { parseLogRange } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { lpmPhaseParameters, lpmPhaseMetrics, lpmPhaseResults, LARGEST_SIDE } from './lpm-phase-specification.ts';

/** Worst relative gap of the cells that counts as certified. */
const CERTIFIED = 1e-9;

function axisFrom(key: PhaseAxisKey, field: string, value: unknown): PhaseAxis {
  const range = parseLogRange(String(value));
  if ('message' in range) throw new InvalidInput([{ field, value, message: range.message }]);
  const count = range.value.length;
  if (count > LARGEST_SIDE)
    throw new InvalidInput([
      { field, value, message: `an axis has at most ${LARGEST_SIDE} values here, got ${count}` },
    ]);
  return { key, from: range.value[0]!, to: range.value.at(-1)!, count };
}

/** @throws InvalidInput naming y, xs, ys or one of the fixed numbers. */
export function phaseFromValues(values: ParameterValues): PhaseRequest {
  const number = (key: string): number => Number(values[key]);
  const request: PhaseRequest = {
    x: axisFrom(values['x'] as PhaseAxisKey, 'xs', values['xs']),
    y: axisFrom(values['y'] as PhaseAxisKey, 'ys', values['ys']),
    fixed: {
      ratio: number('ratio'),
      budget: number('budget'),
      share: number('share'),
      weight: number('weight'),
      classes: number('classes'),
    },
    quantity: values['quantity'] as PhaseQuantity,
  };
  validatePhase(request);
  return request;
}

/** The diagram as its chart takes it, and as JSON holds it: null where a cell has no value. */
function gridDocument({ x, y, quantity }: PhaseRequest, grid: PhaseGrid): GridInput {
  const { label, scale, missing } = phaseQuantities[quantity];
  const axis = (key: PhaseAxisKey) => ({ label: phaseAxes[key].label, logarithmic: phaseAxes[key].logarithmic });
  return {
    x: axis(x.key),
    y: axis(y.key),
    xs: grid.xs,
    ys: grid.ys,
    values: Array.from(grid.values, (value) => (Number.isNaN(value) ? null : value)),
    scale,
    valueLabel: label,
    contours: grid.contours,
    missingReason: `hatched: ${missing}`,
  };
}

/** Arrays for NumPy: x, y, values (rows of y), and each curve as n×2, its pieces parted by a row of NaN. */
function arrays({ xs, ys, values, contours }: PhaseGrid): Uint8Array {
  const vector = (data: readonly number[]) => ({ shape: [data.length], data: Float64Array.from(data) });
  const curve = (label: PhaseContour['label']) => {
    const pieces = contours.filter((contour) => contour.label === label);
    const rows = pieces.flatMap(({ x, y }, i) => [...(i > 0 ? [NaN, NaN] : []), ...x.flatMap((u, k) => [u, y[k]!])]);
    return { shape: [rows.length / 2, 2], data: Float64Array.from(rows) };
  };
  return writeNpz({
    x: vector(xs),
    y: vector(ys),
    values: { shape: [ys.length, xs.length], data: values },
    r0: curve('R₀'),
    r1: curve('R₁'),
  });
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const request = phaseFromValues(values);
  const grid = startPhase(request);
  const rows = grid.ys.length;
  for (let row = 0; row < rows; row++) {
    await context.breathe();
    grid.row(row);
    context.progress((row + 1) / rows, `${row + 1} of ${rows} rows`);
  }
  const { worstRelativeGap } = grid;
  const present = grid.values.filter((value) => !Number.isNaN(value));
  const extreme = (pick: (a: number, b: number) => number, from: number): number | null =>
    present.length > 0 ? present.reduce((a, b) => pick(a, b), from) : null;
  const summary = {
    cells: grid.values.length,
    missing: grid.values.length - present.length,
    worst_relative_gap: worstRelativeGap,
    least: extreme(Math.min, Infinity),
    greatest: extreme(Math.max, -Infinity),
  };
  for (const [metric, value] of Object.entries(summary)) if (value !== null) context.points(metric, [0], [value]);
  context.artifact('phase.npz', 'application/zip', arrays(grid));
  const text = `relative gap at most ${worstRelativeGap.toExponential(1)} in every cell`;
  context.log('info', `${summary.cells} cells solved, ${summary.missing} without a value; ${text}`);
  return {
    basis: { kind: worstRelativeGap <= CERTIFIED ? 'certified' : 'numerical', text } satisfies Basis,
    quantity: phaseQuantities[request.quantity].label,
    cells: summary.cells,
    missing: summary.missing,
    worstRelativeGap,
    least: summary.least,
    greatest: summary.greatest,
    grid: gridDocument(request, grid),
  };
}

export const lpmPhase: ExecutableKind = {
  id: 'lpm-phase',
  label: 'Layer-Peeled Model: phase diagram',
  description:
    'A quantity of the two-group optimum over any two of ratio, budgets, majority share, minority weight and classes, with R0 and R1.',
  parameters: lpmPhaseParameters,
  metrics: lpmPhaseMetrics,
  charts: [],
  results: lpmPhaseResults,
  check: phaseFromValues,
  execute,
};
