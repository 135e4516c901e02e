/**
 * Feasibility of a point given by its singular values: ‖Z‖_* = Σ (K_g − 1) s_g + Σ σ_i = ρ; nothing else is changed.
 */

import type { SpectralPoint } from './expand.ts';
import type { ReducedProblem } from './reduced-problem.ts';

/** Scales a point to ‖Z‖_* = ρ; F only falls with scale along a ray on which it is falling, so nothing is lost. */
export function feasible(reduced: ReducedProblem, point: SpectralPoint): SpectralPoint {
  let size = 0;
  for (const value of point.singularValues) size += value;
  for (let g = 0; g < reduced.count; g++)
    if (reduced.sizes[g]! > 1) size += (reduced.sizes[g]! - 1) * point.contrasts[g]!;
  const factor = reduced.radius / size;
  return {
    ...point,
    contrasts: point.contrasts.map((value) => value * factor),
    singularValues: point.singularValues.map((value) => value * factor),
  };
}
