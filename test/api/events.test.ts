/** The event streams: greeting, merging for slow listeners, beats, and the end of a subscription. */
import { describe, expect, it } from 'vitest';
import { createEventHub } from '../../src-main/api/events.ts';
import type { StudioEvent } from '../../src-main/api/contract.ts';

/** Reads the events of the next chunk. */
async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<StudioEvent[]> {
  const { value, done } = await reader.read();
  if (done) return [];
  return new TextDecoder()
    .decode(value)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StudioEvent);
}

const line = (sequence: number) => ({ sequence, at: 0, level: 'info' as const, text: `line ${sequence}` });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('event hub', () => {
  it('greets each listener and tells all of them', async () => {
    const hub = createEventHub();
    const readers = [hub.stream('1').getReader(), hub.stream('1').getReader()];
    for (const reader of readers) expect(await next(reader)).toEqual([{ type: 'hello', version: '1' }]);
    hub.publish({ type: 'changed' });
    for (const reader of readers) expect(await next(reader)).toEqual([{ type: 'changed' }]);
    hub.close();
  });

  it('merges what a slow listener has not taken, losing nothing that counts', async () => {
    const hub = createEventHub();
    const reader = hub.stream('1').getReader();
    await next(reader);
    await settled();
    hub.publish({ type: 'changed' });
    await settled();
    for (let i = 1; i <= 10_000; i++) {
      hub.publish({
        type: 'run',
        id: 1,
        status: 'running',
        progress: { fraction: i / 10_000, message: '', remaining: null },
      });
      hub.publish({ type: 'points', id: 1, metrics: [i % 2 ? 'loss' : 'gap'] });
      hub.publish({ type: 'log', id: 1, lines: [line(i)] });
    }
    hub.publish({ type: 'run', id: 1, status: 'done', progress: null });
    expect(await next(reader)).toEqual([{ type: 'changed' }]);
    const merged = await next(reader);
    expect(merged.map((event) => event.type)).toEqual(['points', 'log', 'run']);
    expect(merged[0]).toEqual({ type: 'points', id: 1, metrics: ['loss', 'gap'] });
    expect(merged[1]).toMatchObject({ lines: Array.from({ length: 500 }, (_, i) => line(9501 + i)) });
    expect(merged[2]).toMatchObject({ status: 'done' });
    hub.close();
  });

  it('beats', async () => {
    const hub = createEventHub();
    const reader = hub.stream('1', 10).getReader();
    await next(reader);
    expect(await next(reader)).toEqual([{ type: 'beat' }]);
    hub.close();
  });

  it('forgets a listener that cancels, and ends all when it closes', async () => {
    const hub = createEventHub();
    const [gone, stays] = [hub.stream('1'), hub.stream('1')];
    expect(hub.listeners).toBe(2);
    await gone.cancel();
    expect(hub.listeners).toBe(1);
    const reader = stays.getReader();
    await next(reader);
    hub.close();
    expect((await reader.read()).done).toBe(true);
    expect(hub.listeners).toBe(0);
  });
});
