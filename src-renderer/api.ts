/**
 * Every request the studio makes, one function each. Throws ApiFailure with the server's words; it refuses to guess
 * what went wrong, and it holds no state.
 */
import type * as contract from '../src-main/api/contract.ts';

export type {
  Artifact,
  BackendInfo,
  Basis,
  ChartSpecification,
  ClaimDocument,
  ClaimList,
  ClaimOutcome,
  ClaimsDocument,
  DoctorCheck,
  Experiment,
  FieldIssue,
  JsonNumber,
  LogLine,
  MetricSpecification,
  MetricSummary,
  NewRun,
  PaperId,
  ParameterSpecification,
  ParameterValue,
  ParameterValues,
  ProjectInfo,
  ResultField,
  ResultSpecification,
  RunDetail,
  RunKind,
  RunPage,
  RunPatch,
  RunProgress,
  RunQuery,
  RunRow,
  RunStatus,
  SeriesHeader,
  SeriesRole,
  StoredInput,
  StudioEvent,
} from '../src-main/api/contract.ts';

export class ApiFailure extends Error {
  readonly code: string;
  readonly issues: readonly contract.FieldIssue[];
  constructor(code: string, message: string, issues: readonly contract.FieldIssue[] = []) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.issues = issues;
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  try {
    const { error } = (await response.json()) as contract.ApiError;
    return new ApiFailure(error.code, error.message, error.issues);
  } catch {
    return new ApiFailure(
      'internal',
      `The studio answered ${response.status} without saying why. Nothing was changed here; try again.`,
    );
  }
}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const init: RequestInit = { method };
  if (signal !== undefined) init.signal = signal;
  if (body instanceof Blob) {
    init.headers = { 'content-type': 'application/octet-stream' };
    init.body = body;
  } else if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiFailure(
      'disconnected',
      'The studio cannot be reached. What is on screen is kept; it reconnects by itself.',
    );
  }
  if (!response.ok) throw await failureOf(response);
  return response;
}

async function json<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal);
  return (response.status === 204 ? null : await response.json()) as T;
}

/** The query string of a run query; empty fields are left out, `where` repeats. */
export function queryString(query: contract.RunQuery): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query) as [string, unknown][]) {
    if (value === undefined || value === '' || value === false) continue;
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export interface SeriesRange {
  readonly from?: number;
  readonly to?: number;
  /** At most this many rows; above it the server answers in min/max/last buckets. */
  readonly points: number;
}

export interface SeriesReply {
  readonly header: contract.SeriesHeader;
  readonly values: Float64Array<ArrayBuffer>;
}

async function series(id: number, metric: string, range: SeriesRange, signal?: AbortSignal): Promise<SeriesReply> {
  const search = new URLSearchParams({ points: String(range.points) });
  if (range.from !== undefined) search.set('from', String(range.from));
  if (range.to !== undefined) search.set('to', String(range.to));
  const path = `/api/runs/${id}/series/${encodeURIComponent(metric)}?${search.toString()}`;
  const response = await send('GET', path, undefined, signal);
  const header = JSON.parse(response.headers.get('peel-series') ?? '{}') as contract.SeriesHeader;
  return { header, values: new Float64Array(await response.arrayBuffer()) };
}

export const api = {
  project: () => json<contract.ProjectInfo>('GET', '/api/project'),
  renameProject: (name: string) => json<contract.ProjectInfo>('PATCH', '/api/project', { name }),
  /** @param most null lifts the limit; a word is refused with it named */
  limitRunsAtOnce: (most: number | string | null) =>
    json<contract.ProjectInfo>('PATCH', '/api/project', { runsAtOnce: most }),
  claims: () => json<contract.ClaimList>('GET', '/api/claims'),
  kinds: () => json<contract.RunKind[]>('GET', '/api/kinds'),
  experiments: () => json<contract.Experiment[]>('GET', '/api/experiments'),
  runs: (query: contract.RunQuery, signal?: AbortSignal) =>
    json<contract.RunPage>('GET', `/api/runs${queryString(query)}`, undefined, signal),
  /** Every match in order, without its row; offset and limit are not used. */
  runIds: (query: contract.RunQuery) => json<number[]>('GET', `/api/runs/ids${queryString(query)}`),
  run: (id: number, signal?: AbortSignal) => json<contract.RunDetail>('GET', `/api/runs/${id}`, undefined, signal),
  create: (run: contract.NewRun) => json<contract.RunRow>('POST', '/api/runs', run),
  patch: (id: number, patch: contract.RunPatch) => json<contract.RunRow>('PATCH', `/api/runs/${id}`, patch),
  trash: (id: number) => json<null>('DELETE', `/api/runs/${id}`),
  restore: (id: number) => json<null>('POST', `/api/runs/${id}/restore`),
  cancel: (id: number) => json<null>('POST', `/api/runs/${id}/cancel`),
  pause: (id: number) => json<contract.RunRow>('POST', `/api/runs/${id}/pause`),
  /** Goes on from its checkpoint. */
  resume: (id: number) => json<contract.RunRow>('POST', `/api/runs/${id}/resume`),
  duplicate: (id: number) => json<contract.RunRow>('POST', `/api/runs/${id}/duplicate`),
  emptyTrash: () => json<null>('POST', '/api/trash/empty'),
  log: (id: number) => json<contract.LogLine[]>('GET', `/api/runs/${id}/log`),
  artifactPath: (id: number, artifact: contract.Artifact) => `/api/runs/${id}/artifacts/${artifact.id}`,
  series,
  /** One piece of a file, for the folder of an upload. */
  sendInput: (upload: string, name: string, at: number, size: number, piece: Blob, signal: AbortSignal) =>
    json<contract.StoredInput>(
      'POST',
      `/api/inputs/${encodeURIComponent(upload)}/${encodeURIComponent(name)}?size=${size}&at=${at}`,
      piece,
      signal,
    ),
  removeInput: (upload: string) => json<null>('DELETE', `/api/inputs/${encodeURIComponent(upload)}`),
  example: () => json<null>('POST', '/api/example'),
  /** The file itself; `svg` is a zip of one file per chart. */
  report: (report: {
    runIds: readonly number[];
    format: 'html' | 'csv' | 'json' | 'svg';
    title?: string;
    note?: string;
    /** With the samples of the machine; csv and json only. */
    system?: boolean;
  }) => send('POST', '/api/reports', report),
  doctor: () => json<contract.DoctorCheck[]>('GET', '/api/doctor'),
  backends: () => json<contract.BackendInfo[]>('GET', '/api/backends'),
  measureBackends: () => json<contract.BackendInfo[]>('POST', '/api/backends/measure'),
  events: (signal: AbortSignal) => send('GET', '/api/events', undefined, signal),
};
