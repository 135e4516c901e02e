/** The studio's API as tests use it: to seed runs before a page is looked at, and to check what the page stored. */
import type { NewRun, RunDetail, RunPage, RunRow } from '../../src-main/api/contract.ts';

export interface StudioClient {
  /** Any request, with the token; `body` is sent as JSON. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
  get<T>(path: string): Promise<T>;
  /** Queues a run and, unless told otherwise, waits until it is done. Throws with its error if it fails. */
  run(run: NewRun, wait?: boolean): Promise<RunDetail>;
  runs(query?: string): Promise<readonly RunRow[]>;
  /** Waits until no run is queued or running. */
  settle(milliseconds?: number): Promise<void>;
}

const OVER = ['done', 'failed', 'cancelled', 'interrupted', 'paused'];

export function createClient(origin: string, token: string): StudioClient {
  const request = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const client: StudioClient = {
    request,
    get: (path) => ask('GET', path),
    run: async (run, wait = true) => {
      const { id } = await ask<RunRow>('POST', '/api/runs', run);
      for (let waited = 0; ; waited += 50) {
        const detail = await ask<RunDetail>('GET', `/api/runs/${id}`);
        if (!wait || detail.status === 'done') return detail;
        if (OVER.includes(detail.status)) throw new Error(`run ${id} ended as ${detail.status}: ${detail.error ?? ''}`);
        if (waited > 20_000) throw new Error(`run ${id} is still ${detail.status} after 20 s`);
        await pause(50);
      }
    },
    runs: async (query = '') => (await ask<RunPage>('GET', `/api/runs${query}`)).runs,
    settle: async (milliseconds = 20_000) => {
      const end = Date.now() + milliseconds;
      while ((await client.runs()).some(({ status }) => !OVER.includes(status))) {
        if (Date.now() > end) throw new Error(`runs are still going after ${milliseconds} ms`);
        await pause(50);
      }
    },
  };
  return client;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
