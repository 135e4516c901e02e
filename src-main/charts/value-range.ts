/** What a metric can be at all: an axis of its values may end before, never beyond. */
import type { ChartSpecification, MetricSpecification } from '../api/contract.ts';

/** @param chart one in which its kind draws it, if any: the ends that its axis has there bound it everywhere. */
export function valueRange(
  { format }: Pick<MetricSpecification, 'format'>,
  chart: Pick<ChartSpecification, 'y'> | undefined,
): readonly [number, number] {
  return format === 'cosine' ? [-1, 1] : [chart?.y.min ?? -Infinity, chart?.y.max ?? Infinity];
}
