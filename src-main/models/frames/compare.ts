/** Distances of one geometry to the references, and of the references to each other; names them, solves nothing. */
import type { CountGroup } from '../../parameters/counts.ts';
import { gramOf, type FramePair } from './class-frame.ts';
import { dualDistance, gramDistance } from './distance.ts';
import { orthogonalFrame, seliFrame, simplexFrame } from './references.ts';

export interface NamedFrame {
  /** ETF, OF, GOF, SELI, LPM, or a name of the caller's. */
  readonly name: string;
  readonly pair: FramePair;
}

/** The references that the counts alone decide. */
export function countReferences(groups: readonly CountGroup[]): readonly NamedFrame[] {
  return [
    { name: 'ETF', pair: simplexFrame(groups) },
    { name: 'OF', pair: orthogonalFrame(groups) },
    { name: 'SELI', pair: seliFrame(groups) },
  ];
}

export interface FrameDistance {
  readonly name: string;
  /** nc2 between the classifiers' Gram matrices; null if one is zero. */
  readonly classifier: number | null;
  /** nc2 between the class means' Gram matrices, not centred; null if one is zero. */
  readonly feature: number | null;
}

/** nc2 of a geometry to each reference of the same groups. */
export function distancesTo(pair: FramePair, references: readonly NamedFrame[]): readonly FrameDistance[] {
  const [w, h] = [gramOf(pair.classifier), gramOf(pair.feature)];
  return references.map(({ name, pair: other }) => ({
    name,
    classifier: gramDistance(w, gramOf(other.classifier)),
    feature: gramDistance(h, gramOf(other.feature)),
  }));
}

export interface FramePairDistance extends FrameDistance {
  readonly other: string;
}

/** All pairs of a list, in its order. */
export function pairwiseDistances(frames: readonly NamedFrame[]): readonly FramePairDistance[] {
  return frames.flatMap(({ name, pair }, i) =>
    distancesTo(pair, frames.slice(i + 1)).map((distance) => ({ ...distance, name, other: distance.name })),
  );
}

/** nc3 of each frame: how far its classifiers are from its own centred class means. */
export function dualities(
  frames: readonly NamedFrame[],
): readonly { readonly name: string; readonly dual: number | null }[] {
  return frames.map(({ name, pair }) => ({ name, dual: dualDistance(pair) }));
}
