/** The loopback server's door, over real HTTP: token, Host, Origin, fetch metadata, methods, paths, bodies, headers. */
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHeadless, type HeadlessStudio } from '../../src-main/headless.ts';
import { contentSecurityPolicy } from '../../src-main/host/security-headers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'peel-door-'));
const page = join(scratch, 'page');
let studio: HeadlessStudio;

beforeAll(async () => {
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Peel</title>');
  writeFileSync(join(page, 'assets', 'app-1.js'), 'export {};');
  writeFileSync(join(page, '.hidden.js'), 'secret');
  writeFileSync(join(scratch, 'secret.js'), 'secret');
  symlinkSync(join(scratch, 'secret.js'), join(page, 'link.js'));
  studio = await startHeadless({ folder: join(scratch, 'project'), rendererFolder: page });
});

afterAll(async () => {
  await studio.close();
  rmSync(scratch, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A raw request: fetch would not let us lie about Host or send `..`. Carries the token unless told otherwise. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  { method = 'GET', body = '', token = studio.token } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const sent = request(
      { host: '127.0.0.1', port: studio.port, path, method, headers: { ...authorization, ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const json = { 'content-type': 'application/json' };

describe('token', () => {
  it('is asked for on every address', async () => {
    for (const path of ['/', '/assets/app-1.js', '/api/health', '/api/events']) {
      expect((await ask(path, {}, { token: '' })).status, path).toBe(401);
      expect((await ask(path, {}, { token: 'wrong' })).status, path).toBe(401);
    }
  });

  it('in the address is traded for a cookie that scripts and other sites cannot use', async () => {
    const { status, headers } = await ask(`/runs?tab=1&token=${studio.token}`, {}, { token: '' });
    expect(status).toBe(303);
    expect(headers['location']).toBe('/runs?tab=1');
    const cookie = String(headers['set-cookie']);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect((await ask('/', { cookie: cookie.split(';')[0] ?? '' }, { token: '' })).status).toBe(200);
  });

  it('does not redirect to another host', async () => {
    const { headers } = await ask(`//example.org/?token=${studio.token}`, {}, { token: '' });
    expect(headers['location'] ?? '/').toMatch(/^\/(?!\/)/);
  });

  it('wrong in the address is refused even with a good cookie', async () => {
    expect((await ask('/?token=wrong', { cookie: `peel-${studio.port}=${studio.token}` }, { token: '' })).status).toBe(
      401,
    );
  });

  it('is new at each start', async () => {
    const other = await startHeadless({ folder: join(scratch, 'other'), rendererFolder: page });
    await other.close();
    expect(other.token).not.toBe(studio.token);
    expect(studio.token.length).toBeGreaterThanOrEqual(43);
  });
});

describe('origin', () => {
  it('refuses a rebound name in Host', async () => {
    for (const host of [
      'example.org',
      `example.org:${studio.port}`,
      'localhost.example.org',
      '127.0.0.1.nip.io',
      '0.0.0.0',
    ]) {
      expect((await ask('/api/health', { host })).status, host).toBe(403);
    }
    expect((await ask('/api/health', { host: `localhost:${studio.port}` })).status).toBe(200);
  });

  it('refuses other origins, also other ports of this machine', async () => {
    for (const origin of [
      'https://example.org',
      'null',
      `http://127.0.0.1:${studio.port + 1}`,
      `https://127.0.0.1:${studio.port}`,
    ]) {
      expect((await ask('/api/health', { origin })).status, origin).toBe(403);
    }
    expect((await ask('/api/health', { origin: studio.origin })).status).toBe(200);
  });

  it('refuses what the browser marks as coming from another site', async () => {
    for (const site of ['cross-site', 'same-site'])
      expect((await ask('/api/health', { 'sec-fetch-site': site })).status).toBe(403);
    expect(
      (await ask('/assets/app-1.js', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status,
    ).toBe(403);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask('/', link)).status).toBe(200);
    expect((await ask('/api/health', link)).status).toBe(403);
    expect((await ask('/', { ...link, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  });

  it('grants no other origin anything by CORS', async () => {
    const { headers, status } = await ask(
      '/api/health',
      { 'access-control-request-method': 'POST' },
      { method: 'OPTIONS' },
    );
    expect(status).toBe(405);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4');
    if (!outside) return;
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: outside.address, port: studio.port, timeout: 1000 });
      socket
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false))
        .on('timeout', () => resolve(false));
      socket.on('close', () => socket.destroy());
    });
    expect(reached).toBe(false);
  });
});

describe('paths', () => {
  it("never lead out of the page's folder", async () => {
    const tries = [
      '/../secret.js',
      '/assets/../../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
      '/..%5csecret.js',
      '/%00secret.js',
      '/.hidden.js',
      '/link.js',
      '//secret.js',
      '/assets//app-1.js',
      '/%E0%A4%A',
    ];
    for (const path of tries) {
      const { status, body } = await ask(path);
      expect(status, path).toBe(404);
      expect(body, path).not.toContain('secret');
    }
  });

  it('serve the page for its own addresses, and files with their types', async () => {
    expect((await ask('/runs/12')).body).toContain('<title>Peel');
    const file = await ask('/assets/app-1.js');
    expect(file.headers['content-type']).toContain('text/javascript');
    expect(file.headers['cache-control']).toContain('immutable');
  });
});

describe('methods and bodies', () => {
  it('refuses other methods', async () => {
    expect((await ask('/', {}, { method: 'POST' })).status).toBe(405);
    expect((await ask('/api/health', {}, { method: 'DELETE' })).status).toBe(405);
    expect((await ask('/api/nothing')).status).toBe(404);
  });

  it('takes JSON only, so that no form of another site fits', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
    ]) {
      expect((await ask('/api/runs', { 'content-type': type }, { method: 'POST', body: '{}' })).status, type).toBe(415);
    }
    expect((await ask('/api/runs', { 'content-length': '2' }, { method: 'POST', body: '{}' })).status).toBe(415);
  });

  it('refuses bodies above 1 MiB, announced or not', async () => {
    const body = JSON.stringify({ kind: 'x'.repeat(1024 * 1024) });
    const announced = await ask(
      '/api/runs',
      { ...json, 'content-length': String(body.length) },
      { method: 'POST', body },
    );
    expect(announced.status).toBe(413);
    expect(announced.body).toContain('too-large');
    expect((await ask('/api/runs', { ...json, 'transfer-encoding': 'chunked' }, { method: 'POST', body })).status).toBe(
      413,
    );
    expect((await ask('/api/health')).status).toBe(200);
  });
});

describe('headers', () => {
  it('are on every response, refusals included', async () => {
    const answers = [
      await ask('/'),
      await ask('/assets/app-1.js'),
      await ask('/api/health'),
      await ask('/nothing.js'),
      await ask('/api/nothing'),
      await ask('/', {}, { token: '' }),
      await ask('/', { host: 'example.org' }),
      await ask('/', {}, { method: 'PUT' }),
    ];
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toBe(contentSecurityPolicy);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});
