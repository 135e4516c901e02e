/**
 * Peer: SCS in WebAssembly (npm scs-solver). Its build has no semidefinite cone, so it gets Peel's own four-scalar
 * reduction (docs/lpm.md) as a conic program: second-order cone for τ, exponential cones for the losses.
 *
 * Variables α, β, x, y, τ, l_A, l_B, u_A0..2, u_B0..2;  s = b − A v in the cones:
 *   m_A α + m_B β + τ ≤ ρ;  u_0 + m u_1 + K' u_2 ≤ 1;  α, β ≥ 0;  (τ, x, y) ∈ SOC;
 *   (−l, 1, u_0), (−s − l, 1, u_1), (−κx − μs − l, 1, u_2) ∈ K_exp.
 */
import createSCS from 'scs-solver';

export interface ScsAnswer {
  readonly milliseconds: number;
  readonly objectives: readonly number[];
}

export async function scsCurve(
  ratios: readonly number[],
  KA: number,
  KB: number,
  rho: number,
  epsilon: number,
): Promise<ScsAnswer> {
  const SCS = await createSCS();
  const settings = new SCS.ScsSettings();
  SCS.setDefaultSettings(settings);
  Object.assign(settings, { epsAbs: epsilon, epsRel: epsilon, maxIters: 1_000_000, verbose: 0 });
  const program = conicProgram(KA, KB, rho);
  const solveAt = (R: number): number => {
    const total = KA * R + KB;
    const c = new Array<number>(13).fill(0);
    c[5] = (KA * R) / total;
    c[6] = KB / total;
    return SCS.solve({ ...program.data, c }, program.cone, settings).info.pobj;
  };
  solveAt(1);
  const start = performance.now();
  const objectives = ratios.map(solveAt);
  return { milliseconds: performance.now() - start, objectives };
}

/** Rows in SCS's order: inequalities, second-order cone, exponential cones; columns as listed above. */
function conicProgram(KA: number, KB: number, rho: number) {
  const K = KA + KB;
  const rows: { readonly entries: readonly (readonly [number, number])[]; readonly b: number }[] = [];
  const [mA, mB] = [KA - 1, KB - 1];
  rows.push({
    entries: [
      [0, mA],
      [1, mB],
      [4, 1],
    ],
    b: rho,
  });
  rows.push({
    entries: [
      [7, 1],
      [8, mA],
      [9, KB],
    ],
    b: 1,
  });
  rows.push({
    entries: [
      [10, 1],
      [11, mB],
      [12, KA],
    ],
    b: 1,
  });
  rows.push({ entries: [[0, -1]], b: 0 }, { entries: [[1, -1]], b: 0 });
  const inequalities = rows.length;
  rows.push({ entries: [[4, -1]], b: 0 }, { entries: [[2, -1]], b: 0 }, { entries: [[3, -1]], b: 0 });
  const exponential = (exponent: readonly (readonly [number, number])[], u: number): void => {
    rows.push(
      { entries: exponent.map(([column, value]) => [column, -value] as const), b: 0 },
      { entries: [], b: 1 },
      { entries: [[u, -1]], b: 0 },
    );
  };
  const group = (s: number, x: number, l: number, u: number, size: number, other: number): void => {
    const kappa = Math.sqrt(K / other) / size;
    exponential([[l, -1]], u);
    exponential(
      [
        [s, -1],
        [l, -1],
      ],
      u + 1,
    );
    exponential(
      [
        [s, -(1 - 1 / size)],
        [x, -kappa],
        [l, -1],
      ],
      u + 2,
    );
  };
  group(0, 2, 5, 7, KA, KB);
  group(1, 3, 6, 10, KB, KA);
  const columns = Array.from({ length: 13 }, () => [] as [number, number][]);
  rows.forEach((row, i) => row.entries.forEach(([column, value]) => columns[column]!.push([i, value])));
  const A_p = [0];
  for (const column of columns) A_p.push(A_p.at(-1)! + column.length);
  const data = {
    m: rows.length,
    n: 13,
    A_x: columns.flatMap((column) => column.map(([, value]) => value)),
    A_i: columns.flatMap((column) => column.map(([row]) => row)),
    A_p,
    b: rows.map((row) => row.b),
  };
  return { data, cone: { z: 0, l: inequalities, q: [3], qsize: 1, ep: 6 } };
}
