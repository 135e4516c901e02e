/** The page in a real Chromium: what the policy blocks, what scripts find of Node, and how the token opens the studio. */
import { expect, test } from './fixtures.ts';

test.use({ expectedErrors: /Content Security Policy|Refused to|status of 40[13]|blocked|ERR_FAILED/i });

test('inline and foreign scripts, code from text, frames and foreign requests are blocked', async ({ page }) => {
  await page.goto('/');
  const { ran, blocked } = await page.evaluate(async () => {
    const violations: string[] = [];
    addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    const put = (name: string, attributes: Record<string, string>): void => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
    };
    const inline = document.createElement('script');
    inline.textContent = 'window.ranInline = true';
    document.body.append(inline);
    put('script', { src: 'https://example.org/x.js' });
    put('iframe', { src: 'https://example.org/' });
    put('object', { data: 'https://example.org/' });
    put('img', { src: 'x:', onerror: 'window.ranHandler = true' });
    put('a', { id: 'link', href: 'javascript:window.ranLink = true' });
    document.getElementById('link')?.click();
    await fetch('https://example.org/').catch(() => undefined);
    // In a task of its own: what a test evaluates directly is above the policy.
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        try {
          (0, eval)('window.ranText = true');
        } catch {
          // That is what is hoped for.
        }
        setTimeout(resolve, 300);
      }),
    );
    const marks = ['ranInline', 'ranHandler', 'ranLink', 'ranText'];
    return { ran: marks.filter((name) => name in window), blocked: violations };
  });
  expect(ran).toEqual([]);
  const expected = ['script-src-elem', 'script-src-attr', 'script-src', 'frame-src', 'object-src', 'connect-src'];
  expect(blocked).toEqual(expect.arrayContaining(expected));
});

test('scripts find nothing of Node or Electron, and not the token', async ({ page, server }) => {
  await page.goto('/');
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__dirname'].filter((name) => name in window),
  );
  expect(found).toEqual([]);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(server.token);
});

test('the studio cannot be put into a frame of another page', async ({ page, server }) => {
  await page.route('http://other.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${server.origin}/"></iframe>` }),
  );
  await page.goto('http://other.test/');
  await page.waitForTimeout(300);
  const framed = page.frames()[1];
  const text = await framed?.evaluate(() => document.getElementById('app')?.innerText ?? '').catch(() => '');
  expect(text).toBe('');
});

test('another site can neither read nor write through the browser that is logged in', async ({
  page,
  server,
  client,
}) => {
  await page.route('http://other.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<p>other</p>' }));
  await page.goto('http://other.test/');
  const read = await page.evaluate(async (origin) => {
    await fetch(`${origin}/api/example`, { method: 'POST', mode: 'no-cors', credentials: 'include' }).catch(
      () => undefined,
    );
    const form = document.createElement('form');
    form.method = 'post';
    form.action = `${origin}/api/example`;
    document.body.append(form);
    return fetch(`${origin}/api/runs`, { credentials: 'include' }).then(
      () => 'read',
      () => 'refused',
    );
  }, server.origin);
  expect(read).toBe('refused');
  await Promise.all([page.waitForURL(/api\/example/), page.evaluate(() => document.forms[0]?.submit())]);
  expect(await page.content()).toContain('forbidden');
  expect(await client.runs()).toEqual([]);
});

test('the token in the printed address opens the studio and leaves the address', async ({ browser, server }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page).toHaveTitle(/Peel/);
  expect(page.url()).not.toContain('token');
  expect((await page.reload())?.status()).toBe(200);
  await context.close();
});

test('without the token there is no studio, and the page says where to find it', async ({ browser, server }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(server.origin);
  expect(response?.status()).toBe(401);
  await expect(page.locator('body')).toContainText('open the address that it printed');
  await context.close();
});
