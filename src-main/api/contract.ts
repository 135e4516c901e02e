/**
 * The shapes that cross the HTTP boundary. The renderer imports these types and nothing else of the main process.
 * Times are milliseconds since 1970 (UTC). Non-finite numbers travel as the strings "NaN", "Infinity", "-Infinity".
 */
import type { ClaimDocument } from '../claims/claim.ts';
import type { Paper } from '../claims/papers.ts';
import type { ParameterSpecification, ParameterValues, FieldIssue } from '../parameters/specification.ts';

export type {
  ParameterSpecification,
  ParameterValue,
  ParameterValues,
  FieldIssue,
} from '../parameters/specification.ts';
export type { ClaimDocument, EvidenceNumber, PaperId } from '../claims/claim.ts';
export type { Paper } from '../claims/papers.ts';
export type { ClaimOutcome, ClaimsDocument } from '../claims/run.ts';
export type { Basis } from '../models/basis.ts';

export type RunStatus = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** A number in JSON; non-finite ones as words. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

export interface ApiError {
  readonly error: {
    /**
     * Stable word for programs: invalid-input, not-found, method-not-allowed, conflict, forbidden,
     * unsupported-media, too-large, busy, disk-full, read-only, damaged, io, internal.
     */
    readonly code: string;
    /** What happened, what was kept, what to do. */
    readonly message: string;
    readonly issues?: readonly FieldIssue[];
  };
}

export interface ProjectInfo {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly createdAt: number;
  readonly version: string;
  readonly schemaVersion: number;
  /** Counts of what is stored, for the empty screens. */
  readonly runs: number;
  readonly archived: number;
  readonly trashed: number;
  /** Runs that may compute at once on one machine; null: as many as the machine bears. */
  readonly runsAtOnce: number | null;
}

/** How a prediction is drawn beside what it predicts: in its colour with this dash, by the model of this short name. */
export interface ChartedPrediction {
  readonly dash: 'dashed' | 'dotted';
  readonly model: string;
}

export interface ChartedSeries {
  readonly metric: string;
  readonly label: string;
  readonly role: SeriesRole;
  /** It predicts this metric of the chart, and is drawn in the role of its line. */
  readonly prediction?: ChartedPrediction & { readonly of: string };
}

export interface ChartSpecification {
  readonly id: string;
  readonly title: string;
  /** Axis titles with symbol and unit; x is the series' x. Where a parameter says what runs along it, `by` has its titles. */
  readonly x: {
    readonly label: string;
    readonly logarithmic: boolean;
    /** x counts separate things (classes, indices): their values are drawn apart, not as a curve. */
    readonly categorical?: boolean;
    readonly by?: { readonly parameter: string; readonly labels: Readonly<Record<string, string>> };
  };
  readonly y: { readonly label: string; readonly logarithmic: boolean; readonly min?: number; readonly max?: number };
  readonly series: readonly ChartedSeries[];
  /** Thin labelled lines at numbers of the result document (null there: none drawn), such as R0 and R1. */
  readonly verticals?: readonly { readonly result: string; readonly label: string }[];
  /** Dotted horizontal lines at numbers of the result document, such as −1/(K−1). */
  readonly references?: readonly { readonly result: string; readonly label: string }[];
}

/** Decides colour and dash: see the visual language. */
export type SeriesRole = 'majority' | 'minority' | 'between' | 'theory' | 'reference' | 'neutral';

export interface MetricSpecification {
  readonly key: string;
  readonly label: string;
  readonly symbol?: string;
  readonly help: string;
  /** It predicts another metric of the kind, by a model with this short name. */
  readonly predicts?: { readonly metric: string; readonly model: string };
  /** How the number is written: cosine (4 decimals), loss (6 significant), gap (scientific), ratio, count, time. */
  readonly format: 'cosine' | 'loss' | 'gap' | 'ratio' | 'count' | 'milliseconds' | 'flag';
}

/** One entry of a result document. */
export interface ResultField {
  /** Its key in the document (or in a row of a table), dots for nesting: `threshold.r0`. */
  readonly key: string;
  readonly label: string;
  /** KaTeX source. */
  readonly symbol?: string;
  readonly help?: string;
  /** `text` for words; null is shown as a dash, or as `absent` where it is given ("never"). */
  readonly format: MetricSpecification['format'] | 'text';
  readonly absent?: string;
}

/** How a result document is read on screen and in reports. Every document of such a kind holds `basis` (models/basis.ts). */
export interface ResultSpecification {
  readonly fields: readonly ResultField[];
  /** Arrays of objects in the document, shown as tables. */
  readonly tables?: readonly {
    readonly result: string;
    readonly title: string;
    readonly columns: readonly ResultField[];
  }[];
  /** Square matrices of cosines: an array of rows of numbers or null, shown as heat-maps. */
  readonly matrices?: readonly {
    readonly result: string;
    readonly title: string;
    readonly symbol: string;
    /**
     * A table of the document in the order of the classes, its column of counts, and that of how many classes a row stands for
     * (one unless given): neighbours of equal count are marked as groups.
     */
    readonly classes?: { readonly table: string; readonly count: string; readonly size?: string };
  }[];
  /** Values over two axes: a GridInput of charts/grid-chart.ts (axes, values, contours), shown as a heat-map. */
  readonly grids?: readonly { readonly result: string; readonly title: string }[];
}

export interface RunKind {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpecification[];
  readonly metrics: readonly MetricSpecification[];
  readonly charts: readonly ChartSpecification[];
  /** Metrics that are drawn against what differs where runs are compared, most telling first; the first metric unless given. */
  readonly across?: readonly string[];
  /** Absent: the kind has a view of its own (single solves, ratio sweeps, claims). */
  readonly results?: ResultSpecification;
  /** Its jobs keep checkpoints, the first before any point: a run can be paused and goes on as itself. */
  readonly resumable?: boolean;
  /** Its jobs draw from the seed of the run; those of other kinds give the same for every seed. */
  readonly random?: boolean;
}

/** GET /api/claims: in the order of papers and of their statements. */
export interface ClaimList {
  readonly papers: readonly Paper[];
  readonly claims: readonly ClaimDocument[];
}

export interface Experiment {
  readonly id: number;
  readonly name: string;
  readonly note: string;
  readonly createdAt: number;
  readonly runs: number;
}

/** One metric of one run, from the summary table: no point is read for it. */
export interface MetricSummary {
  readonly n: number;
  /** NaN and infinite values among the n; they are kept, drawn as marks, and left out of min and max. */
  readonly nonFinite: number;
  readonly firstX: number;
  readonly first: JsonNumber;
  readonly lastX: number;
  readonly last: JsonNumber;
  readonly min: JsonNumber | null;
  readonly minX: number | null;
  readonly max: JsonNumber | null;
  readonly maxX: number | null;
}

export interface RunProgress {
  /** 0..1. */
  readonly fraction: number;
  /** What it does; of a queued run what it waits for. */
  readonly message: string;
  /** Estimate of what is left, in milliseconds; null while unknown. */
  readonly remaining: number | null;
}

export interface RunRow {
  readonly id: number;
  readonly experimentId: number;
  readonly experiment: string;
  readonly kind: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly note: string;
  readonly tags: readonly string[];
  readonly seed: number;
  readonly parameters: ParameterValues;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly createdAt: number;
  /** Of its last job: a run that was resumed has had others. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Milliseconds that its earlier jobs took. */
  readonly earlier: number;
  readonly archived: boolean;
  readonly trashed: boolean;
  readonly progress: RunProgress | null;
  /** Why it failed or was interrupted: what happened, what was kept, what to do. */
  readonly error: string | null;
}

export interface LogLine {
  readonly sequence: number;
  readonly at: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: number;
}

export interface RunDetail extends RunRow {
  /** The kind's result document (for a solve: what `peel lpm solve --json` prints), or null before it is done. */
  readonly result: unknown;
  /** Peel, runtime and platform versions that computed it. */
  readonly versions: Readonly<Record<string, string>>;
  readonly artifacts: readonly Artifact[];
  /**
   * How its jobs used the machine, over seconds of computing: `system/cpu` (% of one processor), `system/memory` (MB resident),
   * `system/machine-cpu` (% of all processors), `system/machine-memory` (MB), `system/gpu` (%), `system/gpu-memory` (MB). Points at
   * `…/series/system%2Fcpu`. Empty for short runs; never among `metrics`.
   */
  readonly system: Readonly<Record<string, MetricSummary>>;
}

export interface RunQuery {
  readonly text?: string;
  readonly experiment?: number;
  readonly kind?: string;
  readonly status?: string;
  readonly tag?: string;
  /** Which shelf: active (default), archived, or trash. */
  readonly shelf?: 'active' | 'archived' | 'trash';
  /** Column: name, status, kind, experiment, createdAt, duration, `p:KEY` (parameter), `m:KEY` (metric, last value). */
  readonly sort?: string;
  readonly descending?: boolean;
  /** Column conditions such as `p:eh>=5`, `m:objective<0.3`, `status=done`; all must hold. */
  readonly where?: readonly string[];
  readonly offset?: number;
  readonly limit?: number;
}

export interface RunPage {
  readonly total: number;
  readonly runs: readonly RunRow[];
  /** Parameter and metric keys that occur in the whole selection: the columns on offer. */
  readonly parameterKeys: readonly string[];
  readonly metricKeys: readonly string[];
}

export interface NewRun {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly experiment?: string;
  readonly name?: string;
  readonly note?: string;
  readonly tags?: readonly string[];
  readonly seed?: number;
}

/** Answer to one piece of an uploaded file. */
export interface StoredInput {
  /** Bytes of the file that are there now. */
  readonly received: number;
  /** Of the file on this machine; null until it is whole. */
  readonly path: string | null;
  /** Of the upload, which may hold several files. */
  readonly folder: string;
}

export interface RunPatch {
  readonly name?: string;
  readonly note?: string;
  readonly tags?: readonly string[];
  readonly archived?: boolean;
  readonly experiment?: string;
}

/**
 * Points of one series as little-endian float64 in the body of `GET /api/runs/:id/series/:metric`.
 * Raw: x[n], y[n]. Reduced to buckets: x0[b], x1[b], min[b], max[b], last[b]. The header `peel-series` holds this as JSON.
 */
export interface SeriesHeader {
  readonly layout: 'raw' | 'buckets';
  /** Points that the range holds, all of them represented. */
  readonly total: number;
  /** Rows in the body. */
  readonly rows: number;
  readonly nonFinite: number;
}

/** One line of the NDJSON stream `GET /api/events`. */
export type StudioEvent =
  | { readonly type: 'hello'; readonly version: string }
  | { readonly type: 'run'; readonly id: number; readonly status: RunStatus; readonly progress: RunProgress | null }
  | { readonly type: 'points'; readonly id: number; readonly metrics: readonly string[] }
  | { readonly type: 'log'; readonly id: number; readonly lines: readonly LogLine[] }
  /** Runs or experiments changed in a way not listed above (here or in another process): read again. */
  | { readonly type: 'changed' }
  | { readonly type: 'beat' };

/** GET /api/backends: one compute backend of training. */
export interface BackendInfo {
  readonly name: 'native' | 'webgpu' | 'wasm' | 'cpu';
  readonly available: boolean;
  /** What is there, or what is missing. */
  readonly detail: string;
  /** The command that gets it; null where it is there or cannot be had here. */
  readonly remedy: string | null;
  /** GFLOP/s when last measured on this machine: products of 512×512 matrices, and a 3×3 convolution with its gradients. */
  readonly speed: {
    readonly product: number;
    readonly productTransposedA: number;
    readonly productTransposedB: number;
    readonly convolutionStep: number;
  } | null;
}

export interface DoctorCheck {
  readonly id: string;
  readonly label: string;
  readonly state: 'good' | 'warning' | 'error';
  readonly detail: string;
  /** The command or step that mends it. */
  readonly remedy: string | null;
}
