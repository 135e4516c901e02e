/** Claim: critical directions that are not neural collapse are strict saddles in the tangent space. */
import { tangentCurvature, tangentOperator } from '../../models/flow/curvature.ts';
import type { FlowProblem, FlowState } from '../../models/flow/problem.ts';
import { saddleMode } from '../../models/flow/saddle.ts';
import { flowStart, type StartKind } from '../../models/flow/start.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { dot, norm } from '../../numerics/vector.ts';
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, sizes, worst } from './flows.ts';

interface Case {
  readonly kind: StartKind;
  readonly problem: FlowProblem;
  readonly scale: number;
}

const SADDLES: readonly Case[] = [
  { kind: 'pairs', problem: sizes(4, 1, 3), scale: 1 },
  { kind: 'pairs', problem: sizes(6, 2, 5), scale: 2 },
  { kind: 'polygon', problem: sizes(4, 2, 3), scale: 2 },
  { kind: 'polygon', problem: sizes(5, 1, 4), scale: 3 },
  { kind: 'polygon', problem: sizes(8, 1, 7), scale: 4 },
];

/** The smallest eigenvalue by a dense decomposition, the radial direction pushed out of the way. */
function denseCurvature(problem: FlowProblem, x: FlowState): number {
  const size = x.length;
  const unit = x.map((v) => v / norm(x));
  const apply = tangentOperator(problem, x);
  const columns = Array.from({ length: size }, (_, j) => {
    const image = new Float64Array(size);
    apply(
      Float64Array.from(unit, (v, i) => (i === j ? 1 : 0) - v * unit[j]!),
      image,
    );
    const radial = dot(image, unit);
    return image.map((v, i) => v - radial * unit[i]!);
  });
  const top = Math.max(...columns.map((column) => norm(column))) * 10;
  const dense = new Float64Array(size * size);
  columns.forEach((column, j) => column.forEach((v, i) => (dense[i * size + j] = v + top * unit[i]! * unit[j]!)));
  return symmetricEigen(dense, size, false).values[size - 1]!;
}

export function measureSaddles(cases: readonly Case[] = SADDLES): Evidence {
  const found = cases.map(({ kind, problem, scale }) => {
    const x = flowStart(problem, { kind, scale, perturbation: 0, seed: 1 });
    const { criticality, curvature } = saddleMode(problem, x);
    const lanczos = tangentCurvature(problem, x)!;
    const dense = denseCurvature(problem, x);
    // Without a free direction there is no formula; its place is taken by the other two.
    const values = [lanczos.value, dense, curvature ?? dense];
    const spread = (Math.max(...values) - Math.min(...values)) / Math.abs(dense);
    const negative = values.every((value) => value < -1e-6);
    return {
      name: `${kind}, ${nameOf(problem)}`,
      criticality,
      lanczos,
      dense,
      curvature,
      error: negative ? Math.max(spread, criticality) : Infinity,
    };
  });
  return {
    error: worst(found.map(({ error }) => error)),
    numbers: found.flatMap(({ name, criticality, lanczos, dense, curvature }) => [
      { label: `${name}: curvature by Lanczos`, value: lanczos.value, expected: curvature, format: 'ratio' as const },
      { label: `${name}: by a dense decomposition`, value: dense, expected: curvature, format: 'ratio' as const },
      { label: `${name}: Lanczos residual`, value: lanczos.residual, format: 'gap' as const },
      { label: `${name}: distance from critical`, value: criticality, expected: 0, format: 'gap' as const },
    ]),
    run: { kind: 'ulpm-flow', parameters: { k: 10, n: 1, p: 10, start: 'polygon', scale: 1.5 } },
    remark:
      'Curvature of L on the sphere of constant norm, over L, per radian². The expected value is the derived ρ²(μ − σ)/L (docs/flow.md), σ the spectral norm of the softmax residual and μ the multiplier.',
  };
}

export const strictSaddles: Claim = {
  id: 'ulpm-strict-saddles',
  paper: 'unconstrained',
  source: `${JI}, tangent-space saddles; the curvature is derived in docs/flow.md`,
  title: 'Critical directions other than collapse are strict saddles',
  statement:
    'Where the gradient is radial but the direction is not neural collapse, the loss has a direction of negative curvature in the tangent space of the sphere: here for classes that coincide in pairs and for regular polygons.',
  formula:
    '\\nabla L = -\\mu x,\\ \\sigma=\\|P-Y\\|_2>\\mu \\ \\Rightarrow\\ \\lambda_{\\min}\\big(\\nabla^2L|_{T}+\\mu I\\big) \\le \\mu-\\sigma < 0',
  tolerance: 1e-8,
  errorMeaning:
    'largest relative spread of the curvature by Lanczos, dense decomposition and formula, or distance from critical; infinite unless all are negative',
  test: () => measureSaddles(),
};
