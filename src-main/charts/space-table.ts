/** The numbers of a drawing in space: end points of the vectors, full precision, whatever the view. */
import type { SpaceInput } from './space-chart.ts';
import type { ChartTable } from './table.ts';

export function spaceTable(input: SpaceInput): ChartTable {
  return {
    columns: ['class', 'vector', 'x', 'y', 'z'],
    rows: input.vectors.map((vector) => [vector.label, vector.kind, vector.x, vector.y, vector.z]),
  };
}
