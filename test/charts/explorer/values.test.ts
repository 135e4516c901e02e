/** The Explorer's sliders, fields and addresses: every value that goes in comes out again. */
import { expect, test } from 'vitest';
import { defaultView, formatAddress, readAddress } from '../../../src-renderer/pages/explorer/address.ts';
import { controlOf, controls, defaultSetting } from '../../../src-renderer/pages/explorer/controls.ts';
import { commandOf, countsText, runOf } from '../../../src-renderer/pages/explorer/keep.ts';
import {
  formatValue,
  fromSlider,
  readValue,
  sliderStops,
  toSlider,
} from '../../../src-renderer/pages/explorer/values.ts';

test('every slider stop returns to itself', () => {
  for (const control of controls) {
    for (let stop = 0; stop <= sliderStops(control); stop++)
      expect(toSlider(control, fromSlider(control, stop)), `${control.key} ${stop}`).toBe(stop);
  }
});

test('decades lie on the slider exactly', () => {
  const ratio = controlOf('r');
  for (const value of [1, 10, 100, 1000, 10000, Infinity])
    expect(fromSlider(ratio, toSlider(ratio, value))).toBe(value);
});

test('very large and very small values are written as powers, and read back', () => {
  const control = { ...controlOf('wr'), most: 1e15, least: 1e-9 };
  for (const [value, text] of [
    [1e12, '1e12'],
    [1.5e-6, '1.5e-6'],
    [123456, '123456'],
    [0.0005, '0.0005'],
  ] as const) {
    expect(formatValue(control, value)).toBe(text);
    expect(readValue(control, text)).toEqual({ value });
  }
});

test.each([
  ['r', '12.5', 12.5],
  ['r', '1e3', 1000],
  ['r', '∞', Infinity],
  ['r', 'inf', Infinity],
  ['p', 'auto', Infinity],
  ['ka', ' 7 ', 7],
] as const)('%s reads %s', (key, text, value) => expect(readValue(controlOf(key), text)).toEqual({ value }));

test.each([
  ['r', '0.5'],
  ['r', 'abc'],
  ['ka', '2.5'],
  ['ka', '0'],
  ['kb', '101'],
  ['eh', '-1'],
  ['eh', 'inf'],
  ['eh', '1_0'],
  ['ew', ''],
  ['p', '0'],
] as const)('%s refuses “%s” and names field and value', (key, text) => {
  const reading = readValue(controlOf(key), text);
  expect(reading).toHaveProperty('error');
  const { error } = reading as { error: string };
  expect(error).toContain(controlOf(key).name);
  expect(error).toContain(text === '' ? 'empty' : text);
});

test('a link reproduces the view', () => {
  const view = {
    setting: { ...defaultSetting, r: Infinity, eh: 0.37, p: 3, wr: 2.5 },
    side: 'feature',
    geometry: 'components',
  } as const;
  expect(readAddress(formatAddress(view))).toEqual({ view, errors: [] });
  expect(readAddress('#/explorer')).toEqual({ view: defaultView, errors: [] });
});

test('what a link says wrongly is named and left at its default', () => {
  const { view, errors } = readAddress('#/explorer?ka=7&eh=x');
  expect(view.setting).toEqual({ ...defaultSetting, ka: 7 });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('“x”');
});

test.each([
  [10, '10x5,1x5'],
  [12.5, '125x5,10x5'],
  [Infinity, '1x5,0x5'],
  [1.23456789, '123456789x5,100000000x5'],
])('R = %d is kept as %s', (r, counts) => expect(countsText({ ...defaultSetting, r })).toBe(counts));

test('the command and the run say the same', () => {
  const setting = { ...defaultSetting, r: 100, wr: 20, p: 3 };
  expect(commandOf(setting)).toBe('peel lpm solve --counts 100x5,1x5 --eh 5 --ew 1 --weights 1,20 --p 3');
  expect(runOf(setting)).toMatchObject({
    kind: 'lpm-solve',
    parameters: { counts: '100x5,1x5', weights: '1,20', eh: 5, ew: 1, p: 3 },
  });
  expect(commandOf(defaultSetting)).toBe('peel lpm solve --counts 10x5,1x5 --eh 5 --ew 1');
});
