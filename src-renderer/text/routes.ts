/** The addresses of the studio's screens, as values. Reading and writing the hash only; no navigation here. */
export type Route =
  | { readonly page: 'explorer' }
  | { readonly page: 'runs' }
  | { readonly page: 'new'; readonly from: number | null }
  | { readonly page: 'run'; readonly id: number }
  | { readonly page: 'compare'; readonly runs: readonly number[]; readonly baseline: number | null }
  | { readonly page: 'report'; readonly runs: readonly number[] }
  | { readonly page: 'settings' }
  | { readonly page: 'unknown'; readonly hash: string };

export type PageName = Route['page'];

const asId = (text: string | null | undefined): number | null =>
  text !== null && text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;

/** `3,5,8` in order, without repeats; anything that is no run number is left out. */
export function parseIds(text: string | null): readonly number[] {
  const ids = (text ?? '').split(',').map(asId);
  return [...new Set(ids.filter((id) => id !== null))];
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const search = new URLSearchParams(query);
  const [page, argument] = path.split('/');
  switch (page) {
    case undefined:
    case '':
    case 'explorer':
      return { page: 'explorer' };
    case 'runs':
      return { page: 'runs' };
    case 'new':
      return { page: 'new', from: asId(search.get('from')) };
    case 'run': {
      const id = asId(argument);
      return id === null ? { page: 'unknown', hash } : { page: 'run', id };
    }
    case 'compare':
      return { page: 'compare', runs: parseIds(search.get('runs')), baseline: asId(search.get('baseline')) };
    case 'report':
      return { page: 'report', runs: parseIds(search.get('runs')) };
    case 'settings':
      return { page: 'settings' };
    default:
      return { page: 'unknown', hash };
  }
}

export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'run':
      return `#/run/${route.id}`;
    case 'new':
      return route.from === null ? '#/new' : `#/new?from=${route.from}`;
    case 'compare': {
      const runs = route.runs.length === 0 ? '' : `?runs=${route.runs.join(',')}`;
      return `#/compare${runs}${runs !== '' && route.baseline !== null ? `&baseline=${route.baseline}` : ''}`;
    }
    case 'report':
      return route.runs.length === 0 ? '#/report' : `#/report?runs=${route.runs.join(',')}`;
    case 'unknown':
      return route.hash;
    case 'explorer':
    case 'runs':
    case 'settings':
      return `#/${route.page}`;
  }
}
