/**
 * The scale of cosines: blue at −1, white at 0, vermilion at 1, the same in both themes and for every matrix, so that two
 * matrices can be compared by eye.
 */

type Rgb = readonly [number, number, number];

const stops: readonly (readonly [number, Rgb])[] = [
  [-1, [0, 82, 140]],
  [-0.5, [86, 160, 211]],
  [0, [255, 255, 255]],
  [0.5, [240, 150, 90]],
  [1, [186, 74, 0]],
];

/** Colour of a cosine; values outside [−1, 1] by rounding take the end's colour. */
export function divergingColor(cosine: number): string {
  const value = Math.min(Math.max(cosine, -1), 1);
  const upper = Math.max(
    1,
    stops.findIndex(([at]) => at >= value),
  );
  const [from, low] = stops[upper - 1]!;
  const [to, high] = stops[upper]!;
  const t = (value - from) / (to - from);
  const channel = (i: 0 | 1 | 2): number => Math.round(low[i] + t * (high[i] - low[i]));
  return `rgb(${channel(0)},${channel(1)},${channel(2)})`;
}

/** The stops as colours, for a colour bar. */
export const divergingStops: readonly string[] = stops.map(([, [r, g, b]]) => `rgb(${r},${g},${b})`);
