/**
 * From the role of a series to its ink: one meaning, one colour, one dash, in every chart.
 */
import type { SeriesRole } from '../api/contract.ts';
import type { ChartTheme } from './theme.ts';

export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly type: 'solid' | 'dashed' | 'dotted' | readonly number[];
}

/** Beyond eight overlays the hues repeat and the dash changes. */
const dashes: readonly Stroke['type'][] = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]];

export function roleStroke(role: SeriesRole, theme: ChartTheme): Stroke {
  switch (role) {
    case 'majority':
      return { color: theme.majority, width: 2, type: 'solid' };
    case 'minority':
      return { color: theme.minority, width: 2, type: 'solid' };
    case 'between':
      return { color: theme.between, width: 2, type: 'solid' };
    case 'theory':
      return { color: theme.ink, width: 1.5, type: 'dashed' };
    case 'reference':
      return { color: theme.secondary, width: 1, type: 'dotted' };
    case 'neutral':
      return { color: theme.accent, width: 2, type: 'solid' };
  }
}

/** Runs that one chart tells apart: from there on strokes repeat, and curves hide each other. */
export const mostOverlays = (theme: Pick<ChartTheme, 'series'>): number => theme.series.length * dashes.length;

/** Ink of the i-th overlaid run. */
export function overlayStroke(index: number, theme: ChartTheme): Stroke {
  const hues = theme.series.length;
  return {
    color: theme.series[index % hues]!,
    width: 1.75,
    type: dashes[Math.floor(index / hues) % dashes.length]!,
  };
}

/** Where the dashes of a stroke begin and end on a legend's 22 pixels. */
const legendDashes: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  solid: [[0, 22]],
  dashed: [
    [0, 9],
    [13, 22],
  ],
  dotted: [
    [0, 3],
    [6, 9],
    [12, 15],
    [19, 22],
  ],
  mixed: [
    [0, 11],
    [14, 16],
    [19, 22],
  ],
};

/** A legend's mark in the dash of its line: 22 by 14 pixels, the stroke in the middle. */
export function strokeIcon({ type }: Stroke): string {
  const dashes = legendDashes[typeof type === 'string' ? type : 'mixed']!;
  const bars = dashes.map(([from, to]) => `M${from},6 L${to},6 L${to},8 L${from},8 Z`);
  return `path://M0,0 L22,0 L22,0 L0,0 Z ${bars.join(' ')} M0,14 L22,14 L22,14 L0,14 Z`;
}
