/**
 * Where labels at the lines' ends go: beside their line, moved apart as little as needed, never out of the plot. A line
 * that ends before the axis does keeps its label at its own end; only labels that share some width move each other.
 */
import type { SortedPoints } from './line-data.ts';
import { textWidth } from './text.ts';

/** Pixels between the middles of two labels. */
const GAP = 15;
/** Pixels between a line's end and its label. */
export const END_LABEL_DISTANCE = 6;
export const END_LABEL_SIZE = 12;

/** One side of the plot: its values, and the pixels that they are drawn over. */
export interface PlotSide {
  readonly extent: readonly [number, number];
  readonly logarithmic: boolean;
  readonly pixels: number;
}

interface Label {
  readonly index: number;
  readonly left: number;
  readonly right: number;
  /** Middle, downwards from the top. */
  readonly at: number;
}

/** Vertical shift of each series' label in pixels, downwards positive; 0 where a line has no end to label, or no name. */
export function endLabelShifts(
  names: readonly (string | null)[],
  points: readonly SortedPoints[],
  x: PlotSide,
  y: PlotSide,
): number[] {
  const shifts = points.map(() => 0);
  const labels = points.flatMap(({ drawn }, index): Label[] => {
    const name = names[index]!;
    const last = drawn.findLast(([, value]) => value !== null);
    if (last === undefined || name === null) return [];
    const left = along(x, last[0]) + END_LABEL_DISTANCE;
    const right = left + textWidth(name, END_LABEL_SIZE);
    return [{ index, left, right, at: y.pixels - along(y, last[1]!) }];
  });
  for (const row of besideEachOther(labels)) {
    row.sort((a, b) => a.at - b.at);
    const places = spread(
      row.map(({ at }) => Math.min(Math.max(at, 0), y.pixels)),
      y.pixels,
    );
    row.forEach(({ index, at }, i) => (shifts[index] = Math.round(places[i]! - at)));
  }
  return shifts;
}

function along({ extent, logarithmic, pixels }: PlotSide, value: number): number {
  const scale = (one: number): number => (logarithmic ? Math.log(one) : one);
  const [low, high] = [scale(extent[0]), scale(extent[1])];
  return ((scale(value) - low) / (high - low)) * pixels;
}

/** Labels that share width, directly or through others, together. */
function besideEachOther(labels: readonly Label[]): Label[][] {
  const groups: Label[][] = [];
  let reach = -Infinity;
  for (const label of [...labels].sort((a, b) => a.left - b.left)) {
    if (label.left < reach) groups.at(-1)!.push(label);
    else groups.push([label]);
    reach = Math.max(reach, label.right);
  }
  return groups;
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
