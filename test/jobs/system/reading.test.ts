/** What counters mean, on numbers worked out by hand. */
import { expect, it } from 'vitest';
import { gpuValues } from '../../../src-main/jobs/system/gpu.ts';
import { readingValues } from '../../../src-main/jobs/system/reading.ts';

const before = { at: 10, own: 3, resident: 1e8, busy: 5000, idle: 9000, used: 4e9 };

it('turns counters into per cent and megabytes', () => {
  // Six processor seconds in four; of 16 000 units of all processors 12 000 busy.
  const after = { at: 14, own: 9, resident: 2.5e8, busy: 17_000, idle: 13_000, used: 5e9 };
  expect(readingValues(before, after)).toEqual({
    'system/cpu': 150,
    'system/memory': 250,
    'system/machine-cpu': 75,
    'system/machine-memory': 5000,
  });
});

it('leaves out what cannot be told', () => {
  const still = { ...before, busy: 0, idle: 0 };
  expect(readingValues(still, { ...still, at: 11 })).not.toHaveProperty('system/machine-cpu');
  expect(readingValues(before, before)).not.toHaveProperty('system/cpu');
});

it('bounds the load where idle time goes back', () => {
  expect(readingValues(before, { ...before, at: 11, busy: 5100, idle: 8990 })['system/machine-cpu']).toBe(100);
});

it('reads one card, and of several the busiest and the fullest', () => {
  expect(gpuValues('35, 2048\r\n')).toEqual({ 'system/gpu': 35, 'system/gpu-memory': 2048 * 1.048576 });
  expect(gpuValues('0, 3\n100, 2\n')).toEqual({ 'system/gpu': 100, 'system/gpu-memory': 3 * 1.048576 });
});

it('leaves out what the driver does not say', () => {
  expect(gpuValues('[N/A], 0\n')).toEqual({ 'system/gpu-memory': 0 });
  expect(gpuValues('No devices were found\n')).toEqual({});
  expect(gpuValues('')).toEqual({});
});
