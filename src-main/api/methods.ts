/** Which methods an address knows: the difference between "not here" (404) and "not like this" (405). */
import type { Hono } from 'hono';
import type { Schema, Env } from 'hono/types';

/** The methods with a route that matches the path; middleware does not count. */
export function methodsAt<E extends Env, S extends Schema, B extends string>(
  app: Hono<E, S, B>,
  path: string,
): string[] {
  const methods = new Set<string>();
  for (const route of app.routes) {
    if (route.method !== 'ALL' && matches(route.path, path)) methods.add(route.method);
  }
  return [...methods].sort();
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  return expected.length === given.length && expected.every((part, i) => part.startsWith(':') || part === given[i]);
}
