/** What the Explorer asks of its worker and what comes back. Types only. */
import type { GroupSolution, LpmSolution } from '../../src-main/lpm/types.ts';

/** One point of the two-group setting. Infinity stands for R = ∞, and for a p that is large enough. */
export interface Setting {
  readonly ka: number;
  readonly kb: number;
  readonly r: number;
  readonly eh: number;
  readonly ew: number;
  readonly p: number;
  readonly wr: number;
}

export type GeometryView = 'groups' | 'components' | 'space';

export interface SolveRequest {
  readonly id: number;
  readonly setting: Setting;
  readonly view: GeometryView;
  /** relaxation: p is ignored, and it takes microseconds. posed: the rank-constrained problem, where p asks for it. */
  readonly stage: 'relaxation' | 'posed';
}

/** What one group looks like: exact values at a symmetric optimum, means over its classes otherwise. */
export interface GroupFigures extends Pick<
  GroupSolution,
  'classes' | 'classifierNorm' | 'featureNorm' | 'classifierCosine' | 'featureCosine' | 'margin' | 'loss'
> {
  readonly collapsed: boolean;
  readonly vanished: boolean;
}

/** End points in the dimensions shown, so many numbers a class; unit length is √E_W for classifiers and √E_H for features. */
export interface Drawing {
  readonly dimensions: 2 | 3;
  readonly classifiers: Float64Array;
  readonly features: Float64Array;
  /** Share of the squared norm that is kept; 1 when the drawing is exact. */
  readonly share: number;
  readonly exact: boolean;
  readonly view: GeometryView;
}

/** Equal singular values of Z. */
export interface SpectrumPart {
  /** all: one group, so that there is nothing between; mixed: a rank-constrained optimum without group symmetry. */
  readonly role: 'majority' | 'minority' | 'between' | 'all' | 'mixed';
  readonly value: number;
  readonly multiplicity: number;
}

export interface CosineCurve {
  /** Identifies all that the curve depends on: everything but R and p. */
  readonly key: string;
  readonly ratios: Float64Array;
  /** NaN where a cosine does not exist. Order: within majority, within minority, between. */
  readonly classifier: readonly [Float64Array, Float64Array, Float64Array];
  readonly feature: readonly [Float64Array, Float64Array, Float64Array];
  readonly r0: number | null;
  /** log R0: finite also where no double holds R0 itself. */
  readonly logR0: number | null;
  readonly r1: number | null;
}

export interface Picture {
  readonly setting: Setting;
  readonly certificate: Pick<
    LpmSolution,
    | 'objective'
    | 'gap'
    | 'relativeGap'
    | 'lowerBound'
    | 'status'
    | 'iterations'
    | 'rank'
    | 'multiplier'
    | 'certified'
    | 'optimality'
    | 'radius'
  >;
  readonly majority: GroupFigures;
  readonly minority: GroupFigures;
  readonly between: { readonly classifierCosine: number | null; readonly featureCosine: number | null };
  /** K×K cosines in class order, NaN where there is none. */
  readonly classifierCosines: Float64Array;
  readonly featureCosines: Float64Array;
  readonly drawing: Drawing;
  /** All K singular values of Z, descending, zeros left out. */
  readonly spectrum: readonly SpectrumPart[];
  /** null: the same curve as in the picture before. */
  readonly curve: CosineCurve | null;
  /** The solve alone, without curve and drawing. */
  readonly solveMilliseconds: number;
}

export interface SolveReply {
  readonly id: number;
  readonly stage: SolveRequest['stage'];
  readonly picture: Picture | null;
  /** Why there is no picture. */
  readonly error: string | null;
}
