/** How the system series of a run (RunDetail.system) are drawn. One curve to a chart: no two of them share a scale. */
import type { ChartSpecification } from '../api/contract.ts';

const chart = (metric: string, title: string, name: string, label: string, max?: number): ChartSpecification => ({
  id: metric,
  title,
  x: { label: 'Time computing (s)', logarithmic: false },
  y: { label, logarithmic: false, min: 0, ...(max !== undefined && { max }) },
  series: [{ metric, label: name, role: 'neutral' }],
});

/** The job beside the machine: processors, memory, then graphics cards. */
export const systemCharts: readonly ChartSpecification[] = [
  chart('system/cpu', 'Processor time of the job', 'job', '% of one processor'),
  chart('system/machine-cpu', 'Load of the machine', 'machine', '% of all processors', 100),
  chart('system/memory', 'Memory of the job', 'job', 'MB resident'),
  chart('system/machine-memory', 'Memory in use on the machine', 'machine', 'MB'),
  chart('system/gpu', 'Load of the busiest GPU', 'GPU', '% of the time', 100),
  chart('system/gpu-memory', 'Memory in use on the fullest GPU', 'GPU', 'MB'),
];
