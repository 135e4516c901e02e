/** Which series of a kind's chart are predictions of which. */
import type { ChartedSeries, ChartSpecification } from '../api/contract.ts';

/** Series of the chart that predict a metric; none where the chart does not have it. */
export function predictionsOf(chart: Pick<ChartSpecification, 'series'> | undefined, metric: string): ChartedSeries[] {
  return chart?.series.filter(({ prediction }) => prediction?.of === metric) ?? [];
}

/** Whether a metric is drawn beside what it predicts, and so needs no chart of its own. */
export function isPrediction(charts: readonly Pick<ChartSpecification, 'series'>[], metric: string): boolean {
  return charts.some(({ series }) => series.some((one) => one.metric === metric && one.prediction !== undefined));
}
