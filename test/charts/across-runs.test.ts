/** Last values against a parameter: every run is in the picture once, where its parameters put it. */
import { describe, expect, it } from 'vitest';
import {
  acrossMetrics,
  acrossParameters,
  acrossPredictions,
  acrossRuns,
  lineChart,
  lineTable,
  themes,
} from '../../src-main/charts/index.ts';
import type { MetricSpecification } from '../../src-main/api/contract.ts';
import type { ParameterSpecification } from '../../src-main/parameters/specification.ts';

const common = { help: '', group: 'g' };
const parameters: readonly ParameterSpecification[] = [
  {
    ...common,
    type: 'choice',
    key: 'net',
    flag: 'net',
    label: 'Network',
    default: 'a',
    choices: [
      { value: 'a', label: 'MLP' },
      { value: 'b', label: 'CNN' },
    ],
  },
  { ...common, type: 'number', key: 'ratio', flag: 'ratio', label: 'Ratio', default: 1, allowInfinity: true },
  { ...common, type: 'number', key: 'rate', flag: 'rate', label: 'Rate', default: 1, when: [{ net: ['b'] }] },
];
const metrics: readonly MetricSpecification[] = [
  { key: 'cos', label: 'Cosine', help: '', format: 'cosine' },
  { key: 'near', label: 'Near', help: '', format: 'cosine', predicts: { metric: 'cos', model: 'A' } },
  { key: 'far', label: 'Far', help: '', format: 'cosine', predicts: { metric: 'cos', model: 'B' } },
];
const kind = { parameters, metrics, charts: [] };
const [net, ratio] = parameters as [ParameterSpecification, ParameterSpecification];
const run = (values: Record<string, number | string>, found: Record<string, number>) => ({
  parameters: { net: 'a', ratio: 1, rate: 1, ...values },
  metrics: Object.fromEntries(Object.entries(found).map(([key, last]) => [key, { last }])),
});

describe('runs that differ in a number', () => {
  const runs = [
    run({ ratio: 100 }, { cos: 0.9, near: 1 }),
    run({ ratio: 1 }, { cos: -0.1, near: -0.11, far: 5 }),
    run({ ratio: 10 }, { cos: 0.2, near: 0.21 }),
  ];

  it('are one line in its order, on a logarithmic axis where they span much, the commonest prediction beside it', () => {
    expect(acrossParameters(runs, kind).map(({ key }) => key)).toEqual(['ratio']);
    expect(acrossMetrics(runs, kind).map(({ key }) => key)).toEqual(['cos']);
    expect(acrossPredictions(runs, kind, 'cos').map(({ key }) => key)).toEqual(['near', 'far']);
    const input = acrossRuns(runs, kind, ratio, metrics[0]!, metrics[1]!);
    expect(input.x).toMatchObject({ label: 'Ratio', logarithmic: true });
    expect(input.series.map(({ name, x, y, prediction }) => ({ name, x, y, prediction }))).toEqual([
      { name: 'Cosine', x: [1, 10, 100], y: [-0.1, 0.2, 0.9], prediction: undefined },
      { name: 'A', x: [1, 10, 100], y: [-0.11, 0.21, 1], prediction: { dash: 'dashed', model: 'A' } },
    ]);
    expect(JSON.stringify(lineChart(input, { theme: themes.light, width: 600, height: 300 }))).toContain(
      '3 of 3 points · dashed: A',
    );
  });

  it('and in their seed alone are their mean over their range', () => {
    const input = acrossRuns([...runs, run({ ratio: 10 }, { cos: 0.4 })], kind, ratio, metrics[0]!, null);
    expect(input.series).toHaveLength(1);
    expect(input.series[0]!.y[1]).toBeCloseTo(0.3, 12);
    expect(input.series[0]!.band).toEqual({ low: [-0.1, 0.2, 0.9], high: [-0.1, 0.4, 0.9] });
  });

  it('one of them infinite stand in steps, and axis, hover and table name the values', () => {
    const input = acrossRuns([...runs, run({ ratio: 'inf' }, { cos: 1 })], kind, ratio, metrics[0]!, null);
    expect(input.x).toEqual({ label: 'Ratio, in steps', labels: ['1', '10', '100', '∞'] });
    expect(input.series[0]).toMatchObject({ x: [1, 2, 3, 4], y: [-0.1, 0.2, 0.9, 1] });
    expect(lineTable(input).rows.at(-1)).toEqual(['Cosine', '∞', 1]);
    const { xAxis } = lineChart(input, { theme: themes.light, width: 600, height: 300 }) as {
      xAxis: { axisLabel: { formatter: (value: number) => string; customValues: number[] } };
    };
    expect(xAxis.axisLabel.customValues.map(xAxis.axisLabel.formatter)).toEqual(['1', '10', '100', '∞']);
  });
});

it('runs that differ in more are lines of their own, and what does not matter to a run is no part of its name', () => {
  const runs = [
    run({ ratio: 1 }, { cos: 0 }),
    run({ ratio: 2 }, { cos: 0.1 }),
    run({ net: 'b', ratio: 1, rate: 3 }, { cos: 0.2 }),
    run({ net: 'b', ratio: 2, rate: 5 }, { cos: 0.3 }),
  ];
  expect(acrossParameters(runs, kind).map(({ key }) => key)).toEqual(['ratio', 'rate', 'net']);
  const names = (along: ParameterSpecification) =>
    acrossRuns(runs, kind, along, metrics[0]!, null).series.map(({ name, y }) => [name, y]);
  expect(names(ratio)).toEqual([
    ['Network MLP', [0, 0.1]],
    ['Rate 3, Network CNN', [0.2]],
    ['Rate 5, Network CNN', [0.3]],
  ]);
  const byNet = acrossRuns(runs, kind, net, metrics[0]!, null);
  expect(byNet.x).toEqual({ label: 'Network', labels: ['MLP', 'CNN'], categorical: true });
});

it('the parameter with the most values comes first', () => {
  const of = (values: readonly (readonly [ratio: number, rate: number])[]) =>
    acrossParameters(
      values.map(([at, rate]) => run({ net: 'b', ratio: at, rate }, { cos: 0 })),
      kind,
    ).map(({ key }) => key);
  expect(
    of([
      [1, 1],
      [1, 2],
      [2, 3],
    ]),
  ).toEqual(['rate', 'ratio']);
  expect(
    of([
      [1, 1],
      [3, 1],
      [2, 3],
    ]),
  ).toEqual(['ratio', 'rate']);
});

it('lines of one parameter are named by its values, and the note names the parameter', () => {
  const runs = [1, 2].flatMap((rate) => [1, 2].map((at) => run({ net: 'b', rate, ratio: at }, { cos: at / rate })));
  const { series, note } = acrossRuns(runs, kind, ratio, metrics[0]!, null);
  expect(series.map(({ name, y }) => [name, y])).toEqual([
    ['1', [1, 2]],
    ['2', [0.5, 1]],
  ]);
  expect(note).toBe('lines: Rate');
});

it('runs that differ in what they record are not set apart', () => {
  const keep: ParameterSpecification = {
    ...common,
    type: 'boolean',
    key: 'keep',
    flag: 'keep',
    label: 'Keep',
    default: false,
    recording: true,
  };
  const runs = [1, 2].map((at) => {
    const one = run({ ratio: at }, { cos: at / 10 });
    return { ...one, parameters: { ...one.parameters, keep: at === 1 } };
  });
  const recorded = { ...kind, parameters: [...parameters, keep] };
  expect(acrossParameters(runs, recorded).map(({ key }) => key)).toEqual(['ratio']);
  expect(acrossRuns(runs, recorded, ratio, metrics[0]!, null).series.map(({ y }) => y)).toEqual([[0.1, 0.2]]);
});

it('a run without the value is a gap, not a zero', () => {
  const runs = [run({ ratio: 1 }, { cos: 0.5 }), run({ ratio: 2 }, {}), run({ ratio: 3 }, { cos: 0.7 })];
  expect(acrossRuns(runs, kind, ratio, metrics[0]!, null).series[0]!.y).toEqual([0.5, null, 0.7]);
});

it('an axis of cosines ends at 1, that of another metric where the charts of the kind end', () => {
  const share: MetricSpecification = { key: 'share', label: 'Share', help: '', format: 'ratio' };
  const charts = [
    {
      y: { label: 'Share of samples', logarithmic: false, max: 1 },
      series: [{ metric: 'share', label: 'test', role: 'neutral' as const }],
    },
  ];
  const runs = [run({ ratio: 1 }, { cos: 1, share: 1 }), run({ ratio: 2 }, { cos: 1, share: 1 })];
  const axis = (metric: MetricSpecification) =>
    acrossRuns(runs, { parameters, metrics: [...metrics, share], charts }, ratio, metric, null).y;
  expect(axis(metrics[0]!)).toMatchObject({ label: 'Cosine', within: [-1, 1] });
  expect(axis(share)).toMatchObject({ label: 'Share', within: [-Infinity, 1] });
});
