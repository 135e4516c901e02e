/**
 * Colours and type of charts, light and dark: the visual language as data. Nothing here knows a chart.
 * The same values stand in the renderer's style sheet; charts keep their own copy because they are also drawn where
 * there is no style sheet (reports, saved SVG files).
 */

export type ThemeName = 'light' | 'dark';

export interface ChartTheme {
  readonly name: ThemeName;
  readonly ground: string;
  readonly panel: string;
  readonly ink: string;
  readonly secondary: string;
  readonly hairline: string;
  readonly accent: string;
  readonly majority: string;
  readonly minority: string;
  readonly between: string;
  readonly warning: string;
  /** Fill of cells that have no value. */
  readonly missing: string;
  /** Okabe-Ito order for run overlays; the light theme goes without yellow and darkens what would be too pale. */
  readonly series: readonly string[];
  readonly font: string;
  readonly mono: string;
}

const font = "'Inter Variable', Inter, 'Helvetica Neue', Arial, sans-serif";
const mono = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace";

export const themes: Readonly<Record<ThemeName, ChartTheme>> = {
  light: {
    name: 'light',
    ground: '#FBFBF9',
    panel: '#FFFFFF',
    ink: '#1C2127',
    secondary: '#5A6472',
    hairline: '#E3E5E1',
    accent: '#0B6E69',
    majority: '#0072B2',
    minority: '#D55E00',
    between: '#7A6FAE',
    warning: '#B26A00',
    missing: '#ECEDEA',
    series: ['#C07F00', '#2F8FC8', '#009E73', '#0072B2', '#D55E00', '#BD5F93', '#1C2127', '#7D8793'],
    font,
    mono,
  },
  dark: {
    name: 'dark',
    ground: '#14171A',
    panel: '#1B1F23',
    ink: '#E8EAEC',
    secondary: '#9AA4AF',
    hairline: '#2A3036',
    accent: '#4FC3B8',
    majority: '#5AA9E6',
    minority: '#FF8A4C',
    between: '#A79BDD',
    warning: '#E2A145',
    missing: '#2F353B',
    series: ['#E69F00', '#56B4E9', '#1DB98C', '#F0E442', '#3E93D6', '#F0803C', '#D793B6', '#C9CFD6'],
    font,
    mono,
  },
};

/** What a builder must know besides its data: the colours, and the pixels it may use. */
export interface ChartFrame {
  readonly theme: ChartTheme;
  readonly width: number;
  readonly height: number;
}
