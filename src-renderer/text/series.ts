/** A series as the server sends it, unpacked for the chart builders. Nothing is reduced or interpolated here. */
import type { LineSeries } from '../../src-main/charts/index.ts';
import type { SeriesReply } from '../api.ts';

export type SeriesPoints = Pick<LineSeries, 'x' | 'y'> &
  Required<Pick<LineSeries, 'total'>> &
  Pick<LineSeries, 'envelope'>;

/**
 * Raw points as they are. Of buckets the line is the last value at the bucket's end, and minima and maxima are the
 * envelope under it: no extreme is lost.
 */
export function unpackSeries({ header, values }: SeriesReply): SeriesPoints {
  const column = (index: number): Float64Array => values.subarray(index * header.rows, (index + 1) * header.rows);
  if (header.layout === 'raw') return { x: column(0), y: column(1), total: header.total };
  return { x: column(1), y: column(4), envelope: { low: column(2), high: column(3) }, total: header.total };
}
