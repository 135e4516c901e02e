/** Uploads over real HTTP: whole, in pieces, cut off, too long, out of the folder; and what becomes of them later. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiError, RunDetail, RunRow, StoredInput } from '../../src-main/api/contract.ts';
import { startHeadless, type HeadlessStudio } from '../../src-main/headless.ts';
import { writeNpz } from '../../src-main/interop/npz.ts';

const scratch = mkdtempSync(join(tmpdir(), 'peel-inputs-'));
const folder = join(scratch, 'project');
const inputs = join(folder, 'inputs');
const reported: unknown[] = [];
let studio: HeadlessStudio;

beforeAll(async () => {
  studio = await startHeadless({ folder, report: (error) => reported.push(error) });
});

beforeEach(() => rmSync(inputs, { recursive: true, force: true }));

afterAll(async () => {
  await studio.close();
  rmSync(scratch, { recursive: true, force: true });
  expect(reported).toEqual([]);
});

const headers = (type = 'application/octet-stream') => ({
  authorization: `Bearer ${studio.token}`,
  'content-type': type,
});

function send(path: string, body: Uint8Array<ArrayBuffer> | string, type?: string): Promise<Response> {
  return fetch(`${studio.origin}/api/inputs/${path}`, { method: 'POST', headers: headers(type), body });
}

async function refusal(answer: Promise<Response>, status: number): Promise<ApiError['error']> {
  const response = await answer;
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return (JSON.parse(text) as ApiError).error;
}

async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await (
    await fetch(studio.origin + path, { method, headers: headers('application/json'), ...init })
  ).json()) as T;
}

const bytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, i) => (i * 31 + 7) % 256);

describe('an upload', () => {
  it('of one piece is there byte for byte', async () => {
    const body = bytes(3_000_000);
    const response = await send('run-0123abcd/features.npz?size=3000000', body);
    expect(response.status).toBe(201);
    const path = join(inputs, 'run-0123abcd', 'features.npz');
    expect(await response.json()).toEqual({ received: 3_000_000, path, folder: join(inputs, 'run-0123abcd') });
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it('of several pieces has its name only when it is whole', async () => {
    const body = bytes(1000);
    const first = (await (await send('a-0123abcd/f.npy?size=1000', body.slice(0, 600))).json()) as StoredInput;
    expect(first).toMatchObject({ received: 600, path: null });
    expect(existsSync(join(inputs, 'a-0123abcd', 'f.npy'))).toBe(false);
    const { message } = await refusal(send('a-0123abcd/f.npy?size=1000&at=500', body.slice(500)), 409);
    expect(message).toContain('600 bytes');
    const second = (await (await send('a-0123abcd/f.npy?size=1000&at=600', body.slice(600))).json()) as StoredInput;
    expect(readFileSync(second.path!).equals(body)).toBe(true);
    expect(readdirSync(join(inputs, 'a-0123abcd'))).toEqual(['f.npy']);
    await refusal(send('a-0123abcd/f.npy?size=1000', body), 409);
  });

  it('that is cut off leaves nothing', async () => {
    const { hostname, port } = new URL(studio.origin);
    const going = httpRequest({
      hostname,
      port,
      method: 'POST',
      path: '/api/inputs/cut-0123abcd/f.npz?size=5000000',
      headers: { ...headers(), 'content-length': 5_000_000 },
    });
    going.on('error', () => undefined);
    going.write(bytes(1_000_000));
    const partial = join(inputs, 'cut-0123abcd', '.partial-f.npz');
    await expect.poll(() => existsSync(partial)).toBe(true);
    going.destroy();
    await expect.poll(() => readdirSync(inputs)).toEqual([]);
  });

  it('that is longer than it said is refused, and nothing stays', async () => {
    const { issues } = await refusal(send('long-0123abcd/f.npz?size=10', bytes(11)), 400);
    expect(issues?.[0]).toMatchObject({ field: 'size', value: 10 });
    await refusal(send('long-0123abcd/f.npz?size=10', new Uint8Array(8_000_000)), 400);
    await refusal(send('long-0123abcd/f.exe?size=10', new Uint8Array(8_000_000)), 400);
    expect(readdirSync(inputs)).toEqual([]);
  });

  it('of more than 8 GiB is refused before it is sent', async () => {
    const { code, message } = await refusal(send(`big-0123abcd/f.npz?size=${8 * 2 ** 30 + 1}`, bytes(1)), 413);
    expect(code).toBe('too-large');
    expect(message).toContain('8 GiB');
    expect(existsSync(inputs)).toBe(false);
  });

  it.each([
    ['..%2f..%2fetc-0123abcd/f.npz?size=1', 'upload'],
    ['%2e%2e-0123abcd/f.npz?size=1', 'upload'],
    ['a%00b-0123abcd/f.npz?size=1', 'upload'],
    ['nohash/f.npz?size=1', 'upload'],
    ['a-0123abcd/..%2f..%2fpeel.npz?size=1', 'name'],
    ['a-0123abcd/..%5cpeel.npz?size=1', 'name'],
    ['a-0123abcd/.hidden.npz?size=1', 'name'],
    [`a-0123abcd/${'x'.repeat(300)}.npz?size=1`, 'name'],
    ['a-0123abcd/peel.db?size=1', 'name'],
    ['a-0123abcd/f.npz?size=0', 'size'],
    ['a-0123abcd/f.npz?size=-1', 'size'],
    ['a-0123abcd/f.npz', 'size'],
    ['a-0123abcd/f.npz?size=1&at=1', 'size'],
  ])('to %s is refused at %s', async (path, field) => {
    const { issues } = await refusal(send(path, bytes(1)), 400);
    expect(issues?.map((issue) => issue.field)).toEqual([field]);
    expect(existsSync(inputs)).toBe(false);
  });

  it('passes the gate like every write: token, origin, and a type that no form can send', async () => {
    const url = `${studio.origin}/api/inputs/a-0123abcd/f.npz?size=1`;
    const octets = { 'content-type': 'application/octet-stream' };
    expect((await fetch(url, { method: 'POST', headers: octets, body: 'x' })).status).toBe(401);
    const foreign = { ...headers(), origin: 'https://example.org' };
    expect((await fetch(url, { method: 'POST', headers: foreign, body: 'x' })).status).toBe(403);
    for (const type of ['text/plain', 'multipart/form-data', 'application/json'])
      await refusal(send('a-0123abcd/f.npz?size=1', 'x', type), 415);
    expect(existsSync(inputs)).toBe(false);
  });
});

describe('what was uploaded', () => {
  const npz = writeNpz({
    features: { shape: [4, 2], data: Float64Array.of(1, 0, 1.1, 0.1, -1, 0, -1.1, 0.1) },
    labels: { shape: [4], data: Float64Array.of(0, 0, 1, 1) },
  });

  it('is measured, is kept while a run names it, and goes when none does', async () => {
    const answer = await send(`kept-0123abcd/f.npz?size=${npz.length}`, Uint8Array.from(npz));
    const { path } = (await answer.json()) as StoredInput;
    const { id } = await json<RunRow>('POST', '/api/runs', { kind: 'nc-measure', parameters: { file: path } });
    await expect
      .poll(async () => (await json<RunDetail>('GET', `/api/runs/${id}`)).status, { timeout: 20_000 })
      .toBe('done');
    const remove = (upload: string): Promise<Response> =>
      fetch(`${studio.origin}/api/inputs/${upload}`, { method: 'DELETE', headers: headers('application/json') });
    await refusal(remove('kept-0123abcd'), 409);
    const past = new Date(Date.now() - 7_200_000);
    for (const each of [path!, join(inputs, 'kept-0123abcd')]) utimesSync(each, past, past);
    const purge = async (): Promise<unknown> =>
      (await fetch(`${studio.origin}/api/trash/empty`, { method: 'POST', headers: headers('application/json') }))
        .status;
    expect(await purge()).toBe(204);
    expect(existsSync(path!)).toBe(true);
    await fetch(`${studio.origin}/api/runs/${id}`, { method: 'DELETE', headers: headers('application/json') });
    await purge();
    expect(existsSync(path!)).toBe(false);
  });

  it('can be taken back', async () => {
    await send('back-0123abcd/f.npz?size=100', bytes(50));
    const init = { method: 'DELETE', headers: headers('application/json') };
    expect((await fetch(`${studio.origin}/api/inputs/back-0123abcd`, init)).status).toBe(204);
    expect(readdirSync(inputs)).toEqual([]);
    expect((await fetch(`${studio.origin}/api/inputs/..%2fartifacts`, init)).status).toBe(400);
  });
});
