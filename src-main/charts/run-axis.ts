/** What runs along x of a kind's chart for given runs: some kinds sweep over one parameter or another. */
import type { ChartSpecification } from '../api/contract.ts';
import type { ParameterValues } from '../parameters/specification.ts';
import type { AxisInput } from './line-chart.ts';

/** The title that the runs' parameters choose; where they do not agree, the one that names every possibility. */
export function runAxis(
  { x: { by, ...axis } }: Pick<ChartSpecification, 'x'>,
  runs: readonly { readonly parameters: ParameterValues }[],
): AxisInput {
  if (by === undefined) return axis;
  const titles = new Set(runs.map(({ parameters }) => by.labels[String(parameters[by.parameter])] ?? axis.label));
  const [title = axis.label, ...others] = titles;
  return { ...axis, label: others.length === 0 ? title : axis.label };
}
