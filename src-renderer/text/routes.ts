/** The addresses of the studio's screens, as values. Reading and writing the hash only; no navigation here. */
export type Route =
  /** Without a model: the tab of the Layer-Peeled Model, or the one last looked at. */
  | { readonly page: 'explorer'; readonly model?: string }
  | { readonly page: 'runs' }
  | { readonly page: 'claims' }
  | { readonly page: 'new'; readonly from: number | null; readonly preset?: RunPreset }
  | { readonly page: 'run'; readonly id: number }
  | { readonly page: 'compare'; readonly runs: readonly number[]; readonly baseline: number | null }
  | { readonly page: 'report'; readonly runs: readonly number[] }
  | { readonly page: 'settings' }
  | { readonly page: 'unknown'; readonly hash: string };

export type PageName = Route['page'];

/** A run to be, for the form: its kind, and values of some of its parameters. */
export interface RunPreset {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
}

const asId = (text: string | null | undefined): number | null =>
  text !== null && text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;

/** `3,5,8` in order, without repeats; anything that is no run number is left out. */
export function parseIds(text: string | null): readonly number[] {
  const ids = (text ?? '').split(',').map(asId);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** `kind=lpm-sweep&eh=5&ratios=1:10:3`: what is neither kind nor from is a parameter. */
function presetOf(search: URLSearchParams): { readonly preset?: RunPreset } {
  const kind = search.get('kind');
  if (kind === null) return {};
  const parameters = Object.fromEntries([...search].filter(([key]) => key !== 'kind' && key !== 'from'));
  return { preset: { kind, parameters } };
}

function newQuery({ from, preset }: Extract<Route, { page: 'new' }>): string {
  const search = new URLSearchParams(from === null ? {} : { from: String(from) });
  if (preset !== undefined) {
    search.set('kind', preset.kind);
    for (const [key, value] of Object.entries(preset.parameters)) search.set(key, value === null ? '' : String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const search = new URLSearchParams(query);
  const [page, argument] = path.split('/');
  switch (page) {
    case undefined:
    case '':
      return { page: 'explorer' };
    case 'explorer':
      return argument === undefined || argument === '' ? { page: 'explorer' } : { page: 'explorer', model: argument };
    case 'runs':
      return { page: 'runs' };
    case 'claims':
      return { page: 'claims' };
    case 'new':
      return { page: 'new', from: asId(search.get('from')), ...presetOf(search) };
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
      return `#/new${newQuery(route)}`;
    case 'compare': {
      const runs = route.runs.length === 0 ? '' : `?runs=${route.runs.join(',')}`;
      return `#/compare${runs}${runs !== '' && route.baseline !== null ? `&baseline=${route.baseline}` : ''}`;
    }
    case 'report':
      return route.runs.length === 0 ? '#/report' : `#/report?runs=${route.runs.join(',')}`;
    case 'unknown':
      return route.hash;
    case 'explorer':
      return route.model === undefined ? '#/explorer' : `#/explorer/${route.model}`;
    case 'runs':
    case 'claims':
    case 'settings':
      return `#/${route.page}`;
  }
}
