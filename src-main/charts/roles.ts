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

/** Ink of the i-th overlaid run. */
export function overlayStroke(index: number, theme: ChartTheme): Stroke {
  const hues = theme.series.length;
  return {
    color: theme.series[index % hues]!,
    width: 1.75,
    type: dashes[Math.floor(index / hues) % dashes.length]!,
  };
}
