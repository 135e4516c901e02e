/** The address follows what is on screen once it rests, and never takes a reader back from where they went. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AddressWriter, type AddressBar } from '../../src-renderer/pages/explorer/address-writer.ts';

function barAt(hash: string): AddressBar & { hash: string } {
  return {
    hash,
    replace(address) {
      this.hash = address;
    },
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('writes the newest address, once, and knows it as its own', () => {
  const bar = barAt('#/explorer');
  const writer = new AddressWriter(bar);
  writer.write(() => '#/explorer?r=1');
  vi.advanceTimersByTime(100);
  writer.write(() => '#/explorer?r=2');
  vi.advanceTimersByTime(200);
  expect(bar.hash).toBe('#/explorer');
  expect(writer.isOwn).toBe(false);
  vi.advanceTimersByTime(100);
  expect(bar.hash).toBe('#/explorer?r=2');
  expect(writer.isOwn).toBe(true);
});

it('writes nothing where the reader has followed a link meanwhile, or it was closed', () => {
  const bar = barAt('#/explorer');
  const writer = new AddressWriter(bar);
  writer.write(() => '#/explorer?r=1');
  bar.hash = '#/explorer/flow?k=5';
  vi.advanceTimersByTime(1000);
  expect(bar.hash).toBe('#/explorer/flow?k=5');
  writer.write(() => '#/explorer?r=1');
  writer.close();
  vi.advanceTimersByTime(1000);
  expect(bar.hash).toBe('#/explorer/flow?k=5');
});
