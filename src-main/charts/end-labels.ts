/**
 * Where labels at the lines' ends go: beside their line, moved apart as little as needed, never out of the plot. A line
 * that ends before the axis does keeps its label at its own end.
 */
import type { SortedPoints } from './line-data.ts';

/** Pixels between the middles of two labels. */
const GAP = 15;

/** Vertical shift of each series' label in pixels, downwards positive. */
export function endLabelShifts(
  points: readonly SortedPoints[],
  xEnd: number,
  yExtent: readonly [number, number],
  logarithmic: boolean,
  height: number,
): number[] {
  const scale = (value: number): number => (logarithmic ? Math.log(value) : value);
  const [low, high] = [scale(yExtent[0]), scale(yExtent[1])];
  const shifts = points.map(() => 0);
  const ends = points
    .map((series, index) => ({ index, last: series.drawn.findLast(([, y]) => y !== null) }))
    .filter(({ last }) => last !== undefined && last[0] === xEnd)
    .map(({ index, last }) => ({ index, at: ((high - scale(last![1]!)) / (high - low)) * height }))
    .sort((a, b) => a.at - b.at);
  const places = spread(
    ends.map(({ at }) => Math.min(Math.max(at, 0), height)),
    height,
  );
  ends.forEach(({ index, at }, i) => (shifts[index] = Math.round(places[i]! - at)));
  return shifts;
}

/** Ascending places, at least GAP apart, within [0, height] as long as there is room. */
function spread(wanted: readonly number[], height: number): number[] {
  const places = [...wanted];
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i]!, places[i - 1]! + GAP);
  // Not quite to the floor, where the axis has its own labels.
  let limit = height - 4;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i]!, limit);
    limit = places[i]! - GAP;
  }
  return places;
}
