/** Runs for report tests, computed by the kinds themselves: real results, a memory instead of a database. */
import type { MetricSummary, RunDetail } from '../../src-main/api/contract.ts';
import { findKind, kinds } from '../../src-main/jobs/kinds/index.ts';
import { validateParameters } from '../../src-main/parameters/validate.ts';
import type { Points, ReportSource } from '../../src-main/reports/index.ts';

interface Recorded {
  readonly run: RunDetail;
  readonly series: ReadonlyMap<string, readonly Points[]>;
}

function summary(chunks: readonly Points[]): MetricSummary {
  const x = chunks.flatMap((chunk) => Array.from(chunk.x));
  const y = chunks.flatMap((chunk) => Array.from(chunk.y));
  const finite = y.filter(Number.isFinite);
  const least = Math.min(...finite);
  const greatest = Math.max(...finite);
  return {
    n: y.length,
    nonFinite: y.length - finite.length,
    firstX: x[0]!,
    first: y[0]!,
    lastX: x.at(-1)!,
    last: y.at(-1)!,
    min: least,
    minX: x[y.indexOf(least)]!,
    max: greatest,
    maxX: x[y.indexOf(greatest)]!,
  };
}

/** Computes one run of a kind. */
export async function record(
  id: number,
  kind: string,
  parameters: Record<string, unknown>,
  more: Partial<RunDetail> = {},
): Promise<Recorded> {
  const executable = findKind(kind)!;
  const values = validateParameters(executable.parameters, parameters);
  const series = new Map<string, Points[]>();
  const result = await executable.execute(values, {
    seed: 1,
    points(metric, x, y) {
      const chunks = series.get(metric) ?? [];
      series.set(metric, [...chunks, { x: Array.from(x), y: Array.from(y) }]);
    },
    log: () => undefined,
    progress: () => undefined,
    artifact: () => undefined,
    breathe: async () => undefined,
  });
  const run: RunDetail = {
    id,
    experimentId: 1,
    experiment: 'Thresholds',
    kind,
    name: `Run number ${id}`,
    status: 'done',
    note: '',
    tags: [],
    seed: 1,
    parameters: values,
    metrics: Object.fromEntries([...series].map(([metric, chunks]) => [metric, summary(chunks)])),
    createdAt: Date.UTC(2026, 10, 23, 9, 30),
    startedAt: Date.UTC(2026, 10, 23, 9, 30, 1),
    endedAt: Date.UTC(2026, 10, 23, 9, 30, 1, 42),
    earlier: 0,
    archived: false,
    trashed: false,
    progress: null,
    error: null,
    result: JSON.parse(JSON.stringify(result)) as unknown,
    versions: { peel: '0.1.0', node: '24.21.0', platform: 'linux x64' },
    artifacts: [],
    system: {},
    ...more,
  };
  return { run, series };
}

/** A source over recorded runs. */
export function sourceOf(recorded: readonly Recorded[], title = 'Minority Collapse at ten classes'): ReportSource {
  return {
    title,
    createdAt: Date.UTC(2026, 10, 23, 10, 0),
    version: '0.1.0',
    project: 'default',
    runs: recorded.map(({ run }) => run),
    kinds: kinds.filter((kind) => recorded.some(({ run }) => run.kind === kind.id)),
    points: (id, metric) => recorded.find(({ run }) => run.id === id)?.series.get(metric) ?? [],
  };
}

/** The whole file. */
export async function text(pieces: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
}
