/** Thresholds below a hundredth, where ECharts would round a line's place away. */
import { expect, it } from 'vitest';
import { lineChart } from '../../src-main/charts/index.ts';
import { frame, svgOf, textsOf } from './render.ts';

it('draws a vertical where it is, however small its x', () => {
  const x = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2];
  const at = (place: number): string =>
    svgOf(
      lineChart(
        {
          x: { label: 'Decay', logarithmic: true },
          y: { label: 'Cosine' },
          series: [{ name: 'c', role: 'minority', x, y: x.map((_, i) => i) }],
          verticals: [{ x: place, label: 'collapse', kind: 'threshold' }],
        },
        frame,
      ),
    );
  expect(textsOf(at(0.0026))).toContain('collapse');
  // A line's place is part of its label's transform: a decade apart, a decade of the axis apart.
  const place = (svg: string): number =>
    Number(/<text[^>]*transform="translate\(([\d.]+) [^>]*>collapse</.exec(svg)![1]);
  const [a, b, c] = [1e-5, 1e-4, 1e-3].map((v) => place(at(v)));
  expect(b! - a!).toBeGreaterThan(20);
  expect(c! - b!).toBeCloseTo(b! - a!, 0);
});

it('keeps a label whole where its line is the y axis itself', () => {
  const svg = svgOf(
    lineChart(
      {
        x: { label: 'Rank' },
        y: { label: 'Loss' },
        series: [{ name: 'f', role: 'neutral', x: [1, 2], y: [0, 1] }],
        verticals: [{ x: 1, label: 'room for the optimum', kind: 'threshold' }],
      },
      frame,
    ),
  );
  const [, anchor, place] = /text-anchor="(\w+)"[^>]*translate\(([\d.]+) [^>]*>room for the optimum/.exec(svg)!;
  expect(anchor).toBe('middle');
  // Half of its 20 letters at 11 px.
  expect(Number(place)).toBeGreaterThan(50);
});
