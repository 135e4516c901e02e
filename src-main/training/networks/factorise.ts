/**
 * Dense, then factorised (Kamalakara et al. 2022): matrices of a network that was trained dense become their spectral factors,
 * W = A S Bᵀ to U = A_r S_r^{1/2} and V = B_r S_r^{1/2}; every other tensor goes over bit by bit. At full rank the network's
 * function stays the same up to rounding; below, a layer loses what its singular values beyond r carry. Takes no step.
 */
import { spectralFactors } from '../../models/low-rank/initialisation.ts';
import type { NamedArray, Network, NetworkSpecification } from './types.ts';

export interface FactorisedLayer {
  readonly name: string;
  /** Sides of W, and its rank from now on. */
  readonly outputs: number;
  readonly inputs: number;
  readonly rank: number;
  /** Share of ‖W‖_F² that the factors keep; 1 of a W that is zero. */
  readonly kept: number;
}

const DENSE = '.weight';
const RIGHT = '.right';
const LEFT = '.left';

/** The network before its layers are factorised. The width between linear layers at the end is no factorisation. */
export function denseNetwork(given: Partial<NetworkSpecification>): Partial<NetworkSpecification> {
  const tail = (given.headDepth ?? 1) > 1;
  return { ...given, rank: null, headRank: tail ? (given.headRank ?? null) : null };
}

/** @param into the same network with factors, whose values are replaced */
export async function factorise(dense: Network, into: Network): Promise<readonly FactorisedLayer[]> {
  const held = new Map((await dense.state()).map((array) => [array.name, array]));
  const state: NamedArray[] = [];
  const layers: FactorisedLayer[] = [];
  for (const { name, variable } of [...into.parameters, ...into.buffers]) {
    const same = held.get(name);
    if (same !== undefined) state.push(same);
    // Its other factor comes with it.
    else if (name.endsWith(RIGHT)) {
      const { layer, factors } = factored(name.slice(0, -RIGHT.length), held, variable.shape[1]!);
      layers.push(layer);
      state.push(...factors);
    }
  }
  into.load(state);
  return layers;
}

/** Tensors are stored transposed, inputs × outputs: Wᵀ = V Uᵀ. */
function factored(name: string, held: ReadonlyMap<string, NamedArray>, rank: number) {
  const { shape, values } = held.get(name + DENSE)!;
  const [inputs, outputs] = shape as [number, number];
  const { left: V, right: U } = spectralFactors(Float64Array.from(values), inputs, outputs, rank);
  const transposed = new Float32Array(rank * outputs);
  // The squared norm of a column of U is its singular value.
  const singular = new Float64Array(rank);
  for (let i = 0; i < outputs; i++)
    for (let j = 0; j < rank; j++) {
      transposed[j * outputs + i] = U[i * rank + j]!;
      singular[j] = singular[j]! + U[i * rank + j]! ** 2;
    }
  const square = (all: Float64Array): number => all.reduce((sum, value) => sum + value * value, 0);
  const whole = square(Float64Array.from(values));
  const layer: FactorisedLayer = { name, outputs, inputs, rank, kept: whole === 0 ? 1 : square(singular) / whole };
  const factors: NamedArray[] = [
    { name: name + RIGHT, shape: [inputs, rank], values: Float32Array.from(V) },
    { name: name + LEFT, shape: [rank, outputs], values: transposed },
  ];
  return { layer, factors };
}
