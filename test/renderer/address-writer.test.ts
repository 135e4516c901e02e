/** The address follows what is on screen once it rests, and never takes a reader back from where they went. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AddressWriter } from '../../src-renderer/pages/explorer/address-writer.ts';

const location = { hash: '' };

beforeEach(() => {
  vi.useFakeTimers();
  location.hash = '#/explorer';
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', {
    replaceState: (_state: unknown, _title: string, address: string) => (location.hash = address),
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('writes the newest address, once, and knows it as its own', () => {
  const writer = new AddressWriter();
  writer.write(() => '#/explorer?r=1');
  vi.advanceTimersByTime(100);
  writer.write(() => '#/explorer?r=2');
  vi.advanceTimersByTime(200);
  expect(location.hash).toBe('#/explorer');
  expect(writer.isOwn).toBe(false);
  vi.advanceTimersByTime(100);
  expect(location.hash).toBe('#/explorer?r=2');
  expect(writer.isOwn).toBe(true);
});

it('writes nothing where the reader has followed a link meanwhile, or it was closed', () => {
  const writer = new AddressWriter();
  writer.write(() => '#/explorer?r=1');
  location.hash = '#/explorer/flow?k=5';
  vi.advanceTimersByTime(1000);
  expect(location.hash).toBe('#/explorer/flow?k=5');
  writer.write(() => '#/explorer?r=1');
  writer.close();
  vi.advanceTimersByTime(1000);
  expect(location.hash).toBe('#/explorer/flow?k=5');
});
