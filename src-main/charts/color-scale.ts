/**
 * Colours between fixed stops. The sequential scale is cividis (Nuñez, Anderton, Renslow, PLOS ONE 13(7), 2018): its
 * lightness rises steadily, so it reads the same in grey and with any colour vision.
 */

export type Rgb = readonly [number, number, number];
/** Ascending places with their colours. */
export type ColorStops = readonly (readonly [number, Rgb])[];

/** Colour at `value`; beyond the ends, the end's colour. */
export function colorBetween(stops: ColorStops, value: number): string {
  const clamped = Math.min(Math.max(value, stops[0]![0]), stops.at(-1)![0]);
  const upper = Math.max(
    1,
    stops.findIndex(([at]) => at >= clamped),
  );
  const [from, low] = stops[upper - 1]!;
  const [to, high] = stops[upper]!;
  const t = (clamped - from) / (to - from);
  const channel = (i: 0 | 1 | 2): number => Math.round(low[i] + t * (high[i] - low[i]));
  return `rgb(${channel(0)},${channel(1)},${channel(2)})`;
}

const cividis: readonly Rgb[] = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [254, 232, 56],
];

const sequentialStops: ColorStops = cividis.map((color, i) => [i / (cividis.length - 1), color]);

/** @param t place on the scale, 0 … 1. */
export function sequentialColor(t: number): string {
  return colorBetween(sequentialStops, t);
}
