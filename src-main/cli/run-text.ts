/** A run as text for a terminal. */
import type { RunDetail } from '../api/contract.ts';
import { findKind } from '../jobs/kinds/index.ts';
import { valuesThatMatter, valueText } from '../parameters/relevance.ts';
import { flagName } from './parameter-flags.ts';
import { metricsText, resultText } from './result-text.ts';
import { pairs } from './table.ts';

const time = (at: number | null): string =>
  at === null ? '–' : new Date(at).toISOString().replace('T', ' ').slice(0, 19);

/** What the run is, its parameters as flags that say the same again, its result, and the last value of every metric. */
export function runText(run: RunDetail): string {
  const kind = findKind(run.kind);
  const parameters = kind?.parameters ?? [];
  const head: [string, string][] = [
    ['run', `${run.id}  ${run.name}`],
    ['status', run.error === null ? run.status : `${run.status}: ${run.error}`],
    ['kind', kind?.label ?? run.kind],
    ['experiment', run.experiment],
    ...(run.tags.length > 0 ? [['tags', run.tags.join(', ')] as [string, string]] : []),
    ...(run.note === '' ? [] : [['note', run.note] as [string, string]]),
    ['seed', String(run.seed)],
    ['created', `${time(run.createdAt)} UTC`],
    ['ended', run.endedAt === null ? '–' : `${time(run.endedAt)} UTC`],
    ...Object.entries(valuesThatMatter(parameters, run.parameters)).map(([key, value]): [string, string] => {
      const known = parameters.find((one) => one.key === key);
      return [`  ${known ? flagName(known) : key}`, value === null || value === '' ? '–' : valueText(value)];
    }),
  ];
  const found = kind === undefined ? metricsText(run.metrics, kind) : resultText(kind, run.result, run.metrics);
  return found === '' ? pairs(head) : `${pairs(head)}\n\n${found}`;
}
