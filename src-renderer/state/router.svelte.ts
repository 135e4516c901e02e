/** Which screen is shown. The hash is the only source of truth, so that back, forward and links work by themselves. */
import { formatRoute, parseRoute, type Route } from '../text/routes.ts';

export class Router {
  #hash = $state(location.hash);
  readonly route = $derived(parseRoute(this.#hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.#hash = location.hash;
    });
  }

  go(route: Route): void {
    location.hash = formatRoute(route);
  }

  /** Changes the address without a new entry in the history. */
  replace(route: Route): void {
    history.replaceState(null, '', formatRoute(route));
    this.#hash = location.hash;
  }
}
