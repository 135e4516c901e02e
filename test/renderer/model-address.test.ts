/** Addresses of models: every setting comes back as it was; what a link says wrongly is named and left at its default. */
import { expect, test } from 'vitest';
import type { ExplorerModel } from '../../src-renderer/models/model.ts';
import {
  controlText,
  defaultsOf,
  formatModelAddress,
  readControl,
  readModelAddress,
} from '../../src-renderer/pages/explorer/model-address.ts';
import { fromSlider, sliderStops, toSlider } from '../../src-renderer/pages/explorer/values.ts';

const words = { symbol: 'x', definition: 'A control.' };
const model: Pick<ExplorerModel, 'id' | 'controls'> = {
  id: 'example',
  controls: [
    {
      ...words,
      type: 'number',
      key: 'depth',
      name: 'Depth',
      default: 2,
      from: 1,
      to: 1000,
      least: 1,
      most: 1e5,
      whole: true,
      logarithmic: true,
      infinity: 'no limit',
    },
    {
      ...words,
      type: 'number',
      key: 'share',
      name: 'Share',
      default: 0.5,
      from: 0.05,
      to: 0.95,
      least: 0.01,
      most: 0.99,
      whole: false,
      logarithmic: false,
    },
    {
      ...words,
      type: 'text',
      key: 'counts',
      name: 'Class counts',
      default: '10x5,1x5',
      check: (text) => (/^[\dx,]*$/.test(text) ? null : `Class counts cannot be ${text}`),
    },
    {
      ...words,
      type: 'choice',
      key: 'loss',
      name: 'Loss',
      default: 'ce',
      choices: [
        { value: 'ce', label: 'Cross-entropy' },
        { value: 'mse', label: 'Squared error' },
      ],
    },
  ],
};
const [depth, share, , loss] = model.controls;

test('a link reproduces the setting', () => {
  const setting = { depth: Infinity, share: 0.123, counts: '3x1,2x2', loss: 'mse' };
  const address = formatModelAddress(model, setting);
  expect(address).toMatch(/^#\/explorer\/example\?depth=inf&share=0\.123&/);
  expect(readModelAddress(model, address)).toEqual({ setting, errors: [] });
  expect(readModelAddress(model, '#/explorer/example')).toEqual({ setting: defaultsOf(model), errors: [] });
});

test('what a link says wrongly is named, field and value', () => {
  const { setting, errors } = readModelAddress(model, '#/explorer/example?depth=0.5&counts=a&loss=hinge&share=0.2');
  expect(setting).toEqual({ ...defaultsOf(model), share: 0.2 });
  expect(errors).toHaveLength(3);
  expect(errors[0]).toMatch(/Depth must be a whole number .*“0\.5”.* 2 is used/);
  expect(errors[1]).toContain('Class counts cannot be a');
  expect(errors[2]).toContain('Loss must be one of ce, mse; “hinge” is not');
});

test('reads what it writes', () => {
  for (const [control, value] of [
    [depth!, Infinity],
    [share!, 0.3],
    [loss!, 'mse'],
  ] as const)
    expect(readControl(control, controlText(control, value))).toEqual({ value });
});

test('a slider of whole numbers on a logarithmic scale has every stop once, at whole numbers', () => {
  if (depth?.type !== 'number') throw new Error('a number is expected');
  const stops = Array.from({ length: sliderStops(depth) + 1 }, (_, stop) => fromSlider(depth, stop));
  expect(stops.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(stops.slice(-2)).toEqual([1000, Infinity]);
  expect(new Set(stops).size).toBe(stops.length);
  stops.forEach((value, stop) => expect(toSlider(depth, value)).toBe(stop));
});

test('a slider of real numbers on a linear scale has two hundred steps', () => {
  if (share?.type !== 'number') throw new Error('a number is expected');
  expect(sliderStops(share)).toBe(200);
  expect([0, 100, 200].map((stop) => fromSlider(share, stop))).toEqual([0.05, 0.5, 0.95]);
  expect([0.01, 0.5021, 0.99].map((value) => toSlider(share, value))).toEqual([0, 100, 200]);
});
