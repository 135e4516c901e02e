/** Text around a chart: title, corner note, and an estimate of how wide a text is where nothing can measure it. */
import type { ChartTheme } from './theme.ts';

export function baseText(theme: ChartTheme) {
  return { fontFamily: theme.font, fontSize: 12, color: theme.ink };
}

/** Pixels, from Inter's mean advance; a little generous so that nothing is clipped. */
export function textWidth(text: string, size: number): number {
  return Math.ceil([...text].length * size * 0.58);
}

export function chartTitle(text: string, theme: ChartTheme) {
  return {
    id: 'title',
    text,
    left: 12,
    top: 2,
    padding: 0,
    textStyle: { color: theme.ink, fontSize: 13, fontWeight: 600 as const, fontFamily: theme.font },
  };
}

export function cornerNote(text: string, theme: ChartTheme) {
  return {
    id: 'note',
    text,
    right: 8,
    bottom: 5,
    padding: 0,
    textStyle: { color: theme.secondary, fontSize: 11, fontWeight: 400 as const, fontFamily: theme.font },
  };
}
