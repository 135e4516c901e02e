/**
 * The scale of cosines: blue at −1, white at 0, vermilion at 1, the same in both themes and for every matrix, so that two
 * matrices can be compared by eye.
 */
import { colorBetween, type ColorStops } from './color-scale.ts';

const stops: ColorStops = [
  [-1, [0, 82, 140]],
  [-0.5, [86, 160, 211]],
  [0, [255, 255, 255]],
  [0.5, [240, 150, 90]],
  [1, [186, 74, 0]],
];

/** Colour of a cosine; values outside [−1, 1] by rounding take the end's colour. */
export function divergingColor(cosine: number): string {
  return colorBetween(stops, cosine);
}

/** The stops as colours, for a colour bar. */
export const divergingStops: readonly string[] = stops.map(([, [r, g, b]]) => `rgb(${r},${g},${b})`);
