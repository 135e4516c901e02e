/** How far a measured Gram matrix is from that of a predicted frame, each scaled to Frobenius norm 1. Predicts nothing. */
import { centred, fullGram, gramOf, type ClassFrame } from '../models/frames/class-frame.ts';
import type { LabelledGram } from './measured-grams.ts';
import { none, type Answer } from './vectors.ts';

/**
 * ‖A/‖A‖_F − B/‖B‖_F‖_F over the classes that both have.
 * @param members labels of each group of the frame; of a group all classes are measured, or none
 * @param centring whether the frame is taken less its mean, as the measured vectors are
 */
export function frameDistance(
  measured: LabelledGram,
  frame: ClassFrame,
  members: readonly (readonly number[])[],
  centring: boolean,
  name: string,
): Answer {
  const row = new Map(measured.labels.map((label, at) => [label, at]));
  const kept = members.map(([first]) => row.has(first!));
  const rows = members.flatMap((labels, g) => (kept[g] ? labels.map((label) => row.get(label)!) : []));
  const part = framePart(frame, kept);
  const B = fullGram(gramOf(centring ? centred(part) : part));
  const n = rows.length;
  const width = measured.labels.length;
  const A = Float64Array.from(
    { length: n * n },
    (_, at) => measured.gram[rows[Math.floor(at / n)]! * width + rows[at % n]!]!,
  );
  const size = (gram: Float64Array): number => Math.sqrt(gram.reduce((sum, value) => sum + value * value, 0));
  const [sizeA, sizeB] = [size(A), size(B)];
  if (!(sizeA > 0)) return none(`all ${name} are zero`);
  if (!(sizeB > 0)) return none(`the predicted ${name} are all zero`);
  return { value: Math.sqrt(A.reduce((sum, value, i) => sum + (value / sizeA - B[i]! / sizeB) ** 2, 0)) };
}

/** The frame of some of its groups. */
export function framePart({ sizes, contrasts, rank, between }: ClassFrame, kept: readonly boolean[]): ClassFrame {
  return {
    sizes: sizes.filter((_, g) => kept[g]),
    contrasts: contrasts.filter((_, g) => kept[g]),
    rank,
    between: between.filter((_, at) => kept[Math.floor(at / rank)]),
  };
}
