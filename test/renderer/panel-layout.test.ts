/** Panels fill their rows: no hole beside a panel that stands alone. */
import { expect, test } from 'vitest';
import { spanning } from '../../src-renderer/pages/explorer/panel-layout.ts';

test.each([
  ['', ''],
  ['h', '0'],
  ['hh', ''],
  ['hhh', '2'],
  ['w', '0'],
  ['hw', '0 1'],
  ['hhwh', '2 3'],
  ['hwhh', '0 1'],
])('of %s, panels %s span both columns', (kinds, expected) => {
  const panels = [...kinds].map((kind, i) => ({ id: String(i), wide: kind === 'w' }));
  expect([...spanning(panels)].sort().join(' ')).toBe(expected);
});
