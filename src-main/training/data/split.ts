/** Splits samples: a share of every class held out, drawn by a seed; and a subset by indices. Moves no class between labels. */
import { randomSource, type RandomSource } from '../../numerics/random.ts';
import type { Split } from '../types.ts';

/** Indices of each class, in order. */
export function byClass(labels: Int32Array, K: number): number[][] {
  const lists = Array.from({ length: K }, (): number[] => []);
  labels.forEach((label, i) => lists[label]!.push(i));
  return lists;
}

/** Fisher–Yates, in place. */
export function shuffle<T extends number[] | Int32Array>(values: T, random: RandomSource): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return values;
}

export function subset({ inputs, labels }: Split, indices: readonly number[]): Split {
  const size = inputs.length / labels.length;
  const out =
    inputs instanceof Uint8Array ? new Uint8Array(indices.length * size) : new Float32Array(indices.length * size);
  indices.forEach((from, to) => out.set(inputs.subarray(from * size, (from + 1) * size), to * size));
  return { inputs: out, labels: Int32Array.from(indices, (i) => labels[i]!) };
}

/** Holds out the same share of every class; of a class with two samples or more at least one, and never all. Share 0: no test set. */
export function heldOut(
  split: Split,
  testShare: number,
  seed: number,
): { readonly train: Split; readonly test: Split | null } {
  if (testShare === 0) return { train: split, test: null };
  const random = randomSource(seed);
  const K = split.labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const held = new Uint8Array(split.labels.length);
  for (const members of byClass(split.labels, K)) {
    const share = Math.round(testShare * members.length);
    const count = members.length < 2 ? 0 : Math.min(Math.max(1, share), members.length - 1);
    for (const i of shuffle(members, random).slice(0, count)) held[i] = 1;
  }
  const pick = (value: number): number[] => [...held.keys()].filter((i) => held[i] === value);
  return { train: subset(split, pick(0)), test: subset(split, pick(1)) };
}
