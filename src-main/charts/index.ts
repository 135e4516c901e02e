/**
 * The charts on offer, one line each. A builder turns data and a frame (theme and pixels) into a plain ECharts option; the
 * same option is drawn on screen and, through ECharts' server-side rendering, into reports.
 */
export {
  heightWithLegend,
  lineChart,
  type AxisInput,
  type LineChartInput,
  type LineSeries,
  type Range,
} from './line-chart.ts';
export { lineTable } from './line-table.ts';
export { heatMap, type HeatGroup, type HeatMapInput } from './heat-map.ts';
export { heatTable } from './heat-table.ts';
export { countGroups } from './count-groups.ts';
export { gridChart, type GridInput } from './grid-chart.ts';
export { gridTable } from './grid-table.ts';
export { geometryChart, type GeometryInput, type GeometryVector } from './geometry-chart.ts';
export { geometryTable } from './geometry-table.ts';
export { defaultTurn, spaceChart, type SpaceInput, type SpaceVector, type Turn } from './space-chart.ts';
export { spaceTable } from './space-table.ts';
export { spectrumChart, spectrumTable, type SpectrumInput } from './spectrum-chart.ts';
export { tableText, type ChartTable } from './table.ts';
export { themes, type ChartFrame, type ChartTheme, type ThemeName } from './theme.ts';
export {
  absent,
  duration,
  exact,
  formatNumber,
  significant,
  type FormattableNumber,
  type NumberFormat,
} from './format.ts';
export {
  basisOf,
  fieldNumber,
  fieldText,
  lineChartOf,
  resultAt,
  resultGrids,
  resultMatrices,
  resultNumber,
  resultTables,
  type ResultTable,
} from './result-document.ts';
export { systemCharts } from './system-charts.ts';
export { valueRange } from './value-range.ts';
export { comparedText, differ, idle, parameterText, seedText } from './parameter-text.ts';
export { acrossMetrics, acrossParameters, acrossPredictions, acrossRuns, tellingMetrics } from './across-runs.ts';
export { isPrediction, predictionsOf } from './predictions.ts';
export { runAxis } from './run-axis.ts';
export { runLabel } from './run-label.ts';
export { mostOverlays, overlayStroke, roleStroke, type Stroke } from './roles.ts';
export { type Vertical } from './verticals.ts';
