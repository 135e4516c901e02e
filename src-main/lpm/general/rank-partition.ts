/**
 * The problem that a bound on the rank leaves: classes of a group that the relaxation collapses stay one unit, all others
 * stand alone, since below the rank minimisers break the symmetry between them. Nothing is solved here.
 *
 * A unit of K_a > 1 classes keeps equal classifiers and features. A local minimum among such points is one among all if
 * within_a ≤ λ: on the contrasts inside the unit the second derivative is λ(‖dA‖² + ‖dB‖²) − 2 within_a⟨dA, dB⟩ and more.
 */
import type { ClassGroup, LpmProblem, SymmetricLogits } from '../types.ts';
import { betweenMatrix, spectralPoint, type SpectralPoint } from './expand.ts';
import { mergeGroups, type Merging } from './reduced-problem.ts';

/** Contrasts below this share of the largest singular value are rounding errors of zero. */
const ZERO = 1e-10;

export interface Partition {
  /** Units as groups, and the K one-class groups in listed order that the answer is written in. */
  readonly merging: Merging;
  /** The relaxation's point on the units. */
  readonly relaxed: SpectralPoint;
}

/** Units of the problem by its relaxed solution; with `alone`, every class by itself. */
export function partition(problem: LpmProblem, relaxed: SymmetricLogits, alone: boolean): Partition {
  const merged = mergeGroups(problem);
  const { shares, radius } = merged.reduced;
  const listed = problem.groups.flatMap((group: ClassGroup, g) => new Array<number>(group.classes).fill(g));
  const collapsed = alone ? shares.map(() => 0) : collapsedGroups(problem, relaxed, merged);
  const unitOf = new Map<number, number>();
  const sizes: number[] = [];
  const owners: { readonly merged: number; readonly parts: Map<number, number> }[] = [];
  const target = listed.map((g) => {
    const a = merged.target[g]!;
    const shared = collapsed[a] === 1;
    const unit = (shared ? unitOf.get(a) : undefined) ?? sizes.length;
    if (unit === sizes.length) {
      sizes.push(0);
      owners.push({ merged: a, parts: new Map() });
    }
    if (shared) unitOf.set(a, unit);
    sizes[unit] = sizes[unit]! + 1;
    const { parts } = owners[unit]!;
    parts.set(g, (parts.get(g) ?? 0) + 1);
    return unit;
  });
  const count = sizes.length;
  const reduced = {
    count,
    sizes: Float64Array.from(sizes),
    shares: Float64Array.from(owners, (owner) => shares[owner.merged]!),
    radius,
  };
  return {
    merging: { reduced, target, sizes: listed.map(() => 1) },
    relaxed: spectralPoint(onUnits(relaxed, owners, sizes), new Float64Array(count), count),
  };
}

/**
 * 1 for every merged group whose contrast s_a is zero, inside its listed parts and between them: for two parts g, h
 * s_a = M_gg − √(K_g/K_h) M_gh, since Z = m 11ᵀ + s_a (I − 11ᵀ/K_a) on the group.
 */
function collapsedGroups(problem: LpmProblem, relaxed: SymmetricLogits, { reduced, target }: Merging): Float64Array {
  const G = relaxed.sizes.length;
  const between = betweenMatrix(relaxed, G);
  const zero = ZERO * Math.max(...relaxed.contrasts, ...relaxed.singularValues);
  const first = new Map<number, number>();
  const out = new Float64Array(reduced.count).fill(1);
  problem.groups.forEach(({ classes }, g) => {
    const a = target[g]!;
    const h = first.get(a) ?? g;
    first.set(a, h);
    const inside = classes > 1 ? relaxed.contrasts[g]! : 0;
    const parts =
      h === g ? 0 : between[g * G + g]! - Math.sqrt(relaxed.sizes[g]! / relaxed.sizes[h]!) * between[g * G + h]!;
    if (Math.max(inside, parts) > zero) out[a] = 0;
  });
  return out;
}

/** The relaxed matrix on the normalised indicators of the units. */
function onUnits(
  relaxed: SymmetricLogits,
  owners: readonly { readonly parts: ReadonlyMap<number, number> }[],
  sizes: readonly number[],
): Float64Array {
  const G = relaxed.sizes.length;
  const between = betweenMatrix(relaxed, G);
  const count = owners.length;
  const out = new Float64Array(count * count);
  owners.forEach(({ parts }, a) =>
    owners.forEach((other, b) => {
      let sum = 0;
      for (const [g, m] of parts)
        for (const [h, n] of other.parts) {
          sum += (m * n * between[g * G + h]!) / Math.sqrt(relaxed.sizes[g]! * relaxed.sizes[h]!);
          if (g === h) sum += relaxed.contrasts[g]! * ((a === b ? m : 0) - (m * n) / relaxed.sizes[g]!);
        }
      out[a * count + b] = sum / Math.sqrt(sizes[a]! * sizes[b]!);
    }),
  );
  return out;
}
