/**
 * A real studio for API tests: real database, real queue, jobs in real processes, requests through the handler that
 * every host uses. Closed and removed after the tests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiError, NewRun, RunDetail, RunRow } from '../../src-main/api/contract.ts';
import { openStudio } from '../../src-main/host/studio.ts';

export interface TestStudio {
  readonly folder: string;
  /** Errors that the studio took for its own; empty unless a route is wrong. */
  readonly reported: unknown[];
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** The JSON answer; throws if the status is not as expected. */
  json<T>(method: string, path: string, body?: unknown, status?: number): Promise<T>;
  /** The error of a request that must fail with this status. */
  refusal(method: string, path: string, body: unknown, status: number): Promise<ApiError['error']>;
  add(run: Partial<NewRun>): Promise<RunRow>;
  /** Waits until the run has ended. */
  ended(id: number): Promise<RunDetail>;
  close(): Promise<void>;
}

export async function testStudio(): Promise<TestStudio> {
  const scratch = mkdtempSync(join(tmpdir(), 'peel-api-'));
  const folder = join(scratch, 'project');
  const reported: unknown[] = [];
  const studio = await openStudio({ folder, report: (error) => reported.push(error) });
  const request: TestStudio['request'] = (method, path, body) =>
    studio.handle(
      new Request(`http://127.0.0.1${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
    );
  const json = async <T>(method: string, path: string, body?: unknown, status = 200): Promise<T> => {
    const response = await request(method, path, body);
    const text = await response.text();
    if (response.status !== status) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  return {
    folder,
    reported,
    request,
    json,
    refusal: async (method, path, body, status) => (await json<ApiError>(method, path, body, status)).error,
    add: (run) => json('POST', '/api/runs', { kind: 'lpm-sweep', parameters: {}, ...run }, 201),
    ended: async (id) => {
      for (let tries = 0; tries < 400; tries++) {
        const run = await json<RunDetail>('GET', `/api/runs/${id}`);
        if (run.status !== 'queued' && run.status !== 'running') return run;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`run ${id} did not end within 10 s`);
    },
    close: async () => {
      await studio.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
