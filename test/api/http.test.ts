/** The API over real HTTP: live events while a run computes, their end when the listener goes, and two studios at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRow, StudioEvent } from '../../src-main/api/contract.ts';
import { startHeadless, type HeadlessStudio } from '../../src-main/headless.ts';

const scratch = mkdtempSync(join(tmpdir(), 'peel-http-'));
const folder = join(scratch, 'project');
let first: HeadlessStudio;
let second: HeadlessStudio;

beforeAll(async () => {
  first = await startHeadless({ folder });
  second = await startHeadless({ folder });
});

afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  rmSync(scratch, { recursive: true, force: true });
});

function ask(studio: HeadlessStudio, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = {
    authorization: `Bearer ${studio.token}`,
    ...(init.body ? { 'content-type': 'application/json' } : {}),
  };
  return fetch(studio.origin + path, { ...init, headers });
}

/** Collects events until one satisfies `last`. */
async function listen(
  studio: HeadlessStudio,
  last: (event: StudioEvent) => boolean,
): Promise<{ events: StudioEvent[]; open: Promise<void> }> {
  const stop = new AbortController();
  const response = await ask(studio, '/api/events', { signal: stop.signal });
  const events: StudioEvent[] = [];
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = JSON.parse(line) as StudioEvent;
        events.push(event);
        if (last(event)) return stop.abort();
      }
    }
  };
  return {
    events,
    open: read().catch((error: Error) => (error.name === 'AbortError' ? undefined : Promise.reject(error))),
  };
}

const isDone = (event: StudioEvent): boolean => event.type === 'run' && event.status === 'done';

describe('events', () => {
  it('tell of a run as it is queued, computes and ends, in order', async () => {
    const { events, open } = await listen(first, isDone);
    const body = JSON.stringify({ kind: 'lpm-sweep', parameters: { ratios: '1:10:5' } });
    const run = (await (await ask(first, '/api/runs', { method: 'POST', body })).json()) as RunRow;
    await open;
    expect(events[0]).toMatchObject({ type: 'hello' });
    const about = events.filter((event) => 'id' in event && event.id === run.id);
    expect(about.length).toBeGreaterThan(1);
    const listed = (await (await ask(first, `/api/runs/${run.id}`)).json()) as RunRow;
    expect(listed.status).toBe('done');
  });

  it('of one studio reach the other on the same project', async () => {
    const { open } = await listen(second, (event) => event.type === 'changed');
    await ask(first, '/api/experiments', { method: 'POST', body: JSON.stringify({ name: 'Shared' }) });
    await open;
    expect(await (await ask(second, '/api/experiments')).text()).toContain('Shared');
  });

  it('end when the studio closes', async () => {
    const third = await startHeadless({ folder });
    const { open, events } = await listen(third, () => false);
    await third.close();
    await open;
    expect(events[0]).toMatchObject({ type: 'hello' });
  });
});

describe('port', () => {
  it('that is taken is refused with the way out, and the project is let go', async () => {
    await expect(startHeadless({ folder, port: first.port })).rejects.toThrow(`port ${first.port} is taken`);
  });
});
