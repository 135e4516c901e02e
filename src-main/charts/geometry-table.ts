/** The numbers of a geometry drawing: end points of the vectors in the plane shown, full precision. */
import type { GeometryInput } from './geometry-chart.ts';
import type { ChartTable } from './table.ts';

export function geometryTable(input: GeometryInput): ChartTable {
  return {
    columns: ['class', 'vector', 'x', 'y'],
    rows: input.vectors.map((vector) => [vector.label, vector.kind, vector.x, vector.y]),
  };
}
