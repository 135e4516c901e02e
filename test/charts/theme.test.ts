/** The themes' colours have enough contrast. */
import { expect, test } from 'vitest';
import { themes } from '../../src-main/charts/index.ts';

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test.each(Object.values(themes))('$name: text at 4.5:1, marks at 3:1 on panel and ground', (theme) => {
  for (const ground of [theme.panel, theme.ground]) {
    for (const text of [theme.ink, theme.secondary]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    for (const mark of [theme.majority, theme.minority, theme.between, theme.accent, ...theme.series])
      expect(contrast(mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
  }
  expect(new Set(theme.series).size).toBe(8);
});
