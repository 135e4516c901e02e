/** From bytes to charts: series are unpacked as they were sent, pixels mean the right x, streams are cut at line ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartSpecification } from '../../src-renderer/api.ts';
import { chartInput, sharedVerticals } from '../../src-renderer/text/chart-input.ts';
import { lines } from '../../src-renderer/text/lines.ts';
import { keyZoom, xAt, type Plot } from '../../src-renderer/text/plot.ts';
import { unpackSeries } from '../../src-renderer/text/series.ts';

describe('series', () => {
  it('raw: the points', () => {
    const values = Float64Array.of(1, 2, 10, 20);
    const points = unpackSeries({ header: { layout: 'raw', total: 2, rows: 2, nonFinite: 0 }, values });
    expect([[...Array.from(points.x)], [...Array.from(points.y)], points.total]).toEqual([[1, 2], [10, 20], 2]);
    expect(points.envelope).toBeUndefined();
  });

  it('buckets: the last value at the end of each, minima and maxima as the envelope', () => {
    const values = Float64Array.of(0, 5, 4, 9, -1, -2, 7, 8, 3, 6);
    const points = unpackSeries({ header: { layout: 'buckets', total: 10, rows: 2, nonFinite: 0 }, values });
    expect([Array.from(points.x), Array.from(points.y)]).toEqual([
      [4, 9],
      [3, 6],
    ]);
    expect([Array.from(points.envelope!.low), Array.from(points.envelope!.high)]).toEqual([
      [-1, -2],
      [7, 8],
    ]);
    expect(points.total).toBe(10);
  });
});

const chart: ChartSpecification = {
  id: 'c',
  title: 'Cosines',
  x: { label: 'R', logarithmic: true },
  y: { label: 'cos', logarithmic: false },
  series: [{ metric: 'a', label: 'minority', role: 'minority' }],
  verticals: [{ result: 'r0', label: 'R₀' }],
  references: [{ result: 'etf', label: '−1/(K−1)' }],
};

describe('a chart of a run', () => {
  const points = { x: [1, 100], y: [0, 1], total: 2 };

  it('draws thresholds and references of the result, and counts references as no points', () => {
    const input = chartInput(chart, new Map([['a', points]]), { parameters: {}, result: { r0: 12, etf: -0.1 } }, null)!;
    expect(input.verticals).toEqual([{ x: 12, label: 'R₀', kind: 'threshold' }]);
    expect(input.series.map(({ name, total }) => [name, total])).toEqual([
      ['minority', 2],
      ['−1/(K−1)', 0],
    ]);
  });

  it('leaves out what the result does not state (never)', () => {
    const input = chartInput(
      chart,
      new Map([['a', points]]),
      { parameters: {}, result: { r0: null } },
      { from: 2, to: 50 },
    )!;
    expect([input.verticals, input.series.length, input.x.min, input.x.max]).toEqual([[], 1, 2, 50]);
  });

  it('is nothing while there are no points', () => {
    expect(chartInput(chart, new Map(), { parameters: {}, result: null }, null)).toBeNull();
  });

  it('compared: one threshold where all agree, none where they differ', () => {
    expect(sharedVerticals(chart, [{ result: { r0: 12 } }, { result: { r0: 12 } }])).toHaveLength(1);
    expect(sharedVerticals(chart, [{ result: { r0: 12 } }, { result: { r0: 13 } }])).toEqual([]);
    expect(sharedVerticals(chart, [{ result: { r0: 12 } }, { result: null }])).toEqual([]);
  });
});

describe('zoom', () => {
  const plot: Plot = { left: 100, right: 300, from: 1, to: 10_000, logarithmic: true };

  it('reads a logarithmic axis', () => {
    expect(xAt(plot, 100)).toBeCloseTo(1, 9);
    expect(xAt(plot, 200)).toBeCloseTo(100, 6);
    expect(xAt({ ...plot, logarithmic: false }, 200)).toBeCloseTo(5_000.5, 6);
  });

  it('halves by plus, returns by 0, and knows no other keys', () => {
    const closer = keyZoom('+', plot, null)!;
    expect([closer.from, closer.to].map((x) => Math.round(x))).toEqual([10, 1000]);
    expect(keyZoom('0', plot, closer)).toBeNull();
    expect(keyZoom('ArrowLeft', plot, null)).toBeUndefined();
    expect(keyZoom('a', plot, null)).toBeUndefined();
  });
});

describe('lines of a stream', () => {
  it('are the same wherever the bytes were cut', async () => {
    const whole = '{"a":"∞"}\n{"b":2}\n';
    const bytes = new TextEncoder().encode(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
        const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b);
        const stream = new ReadableStream<Uint8Array>({
          start(controller) {
            ends.reduce((from, to) => {
              controller.enqueue(bytes.slice(from, to));
              return to;
            }, 0);
            controller.close();
          },
        });
        const read: string[] = [];
        for await (const line of lines(stream)) read.push(line);
        expect(read).toEqual(['{"a":"∞"}', '{"b":2}']);
      }),
    );
  });
});
