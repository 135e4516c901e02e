/** Which series of a kind's chart are predictions of which: those of its role. */
import type { ChartedSeries, ChartSpecification } from '../api/contract.ts';

/** Series of the chart that predict a metric; none of a metric that is a prediction itself, or that the chart does not have. */
export function predictionsOf(chart: Pick<ChartSpecification, 'series'> | undefined, metric: string): ChartedSeries[] {
  const measured = chart?.series.find((one) => one.metric === metric);
  if (measured === undefined || measured.prediction !== undefined) return [];
  return chart!.series.filter(({ role, prediction }) => prediction !== undefined && role === measured.role);
}

/** Whether a metric is drawn beside what it predicts, and so needs no chart of its own. */
export function isPrediction(charts: readonly Pick<ChartSpecification, 'series'>[], metric: string): boolean {
  return charts.some(({ series }) => series.some((one) => one.metric === metric && one.prediction !== undefined));
}
