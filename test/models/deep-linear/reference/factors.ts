/**
 * Slow, plain reference: the objective of a deep linear network sample by sample with nested arrays, and gradient descent on it by
 * central differences of nothing but that objective. Shares no code with the solvers.
 */

export interface PlainNetwork {
  /** W_1 … W_M as nested rows. */
  readonly weights: number[][][];
  /** One feature vector per sample. */
  readonly features: number[][];
  readonly bias: number[];
}

export interface PlainSetting {
  readonly labels: readonly number[];
  readonly loss: 'mse' | 'ce';
  readonly decays: readonly number[];
  readonly featureDecay: number;
}

export function plainObjective({ weights, features, bias }: PlainNetwork, setting: PlainSetting): number {
  let loss = 0;
  features.forEach((h, i) => {
    let z = h;
    for (const W of weights) z = W.map((row) => row.reduce((sum, w, j) => sum + w * z[j]!, 0));
    z = z.map((value, j) => value + bias[j]!);
    const label = setting.labels[i]!;
    if (setting.loss === 'mse') loss += z.reduce((sum, value, j) => sum + (value - (j === label ? 1 : 0)) ** 2 / 2, 0);
    else loss += Math.log(z.reduce((sum, value) => sum + Math.exp(value - z[label]!), 0));
  });
  const square = (rows: number[][]): number => rows.reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0);
  const decay = weights.reduce((sum, W, j) => sum + (setting.decays[j]! / 2) * square(W), 0);
  return loss / features.length + decay + (setting.featureDecay / 2) * square(features);
}

/** One step of gradient descent, the gradient by central differences of the objective. */
export function plainStep(network: PlainNetwork, setting: PlainSetting, rate: number, bias: boolean): PlainNetwork {
  const next = structuredClone(network);
  const moved: number[][][] = [...network.weights, network.features, ...(bias ? [[network.bias]] : [])];
  const target: number[][][] = [...next.weights, next.features, ...(bias ? [[next.bias]] : [])];
  moved.forEach((rows, a) =>
    rows.forEach((row, b) =>
      row.forEach((value, c) => {
        const eps = 1e-5;
        row[c] = value + eps;
        const up = plainObjective(network, setting);
        row[c] = value - eps;
        const down = plainObjective(network, setting);
        row[c] = value;
        target[a]![b]![c] = value - (rate * (up - down)) / (2 * eps);
      }),
    ),
  );
  return next;
}

/** Sample-level network of an optimum in class means: every sample of a class gets its class's feature. */
export function expandSamples(
  counts: readonly number[],
  weights: readonly Float64Array[],
  features: Float64Array,
  bias: Float64Array,
  sizes: readonly number[],
): { readonly network: PlainNetwork; readonly labels: number[] } {
  const rowsOf = (flat: Float64Array, columns: number): number[][] =>
    Array.from({ length: flat.length / columns }, (_, i) => Array.from(flat.subarray(i * columns, (i + 1) * columns)));
  const means = rowsOf(features, sizes[0]!).slice(0, counts.length);
  const labels = counts.flatMap((n, k) => new Array<number>(n).fill(k));
  return {
    labels,
    network: {
      weights: weights.map((w, j) => rowsOf(w, sizes[j]!)),
      features: labels.map((k) => means[k]!.map((value) => value / Math.sqrt(counts[k]!))),
      bias: Array.from(bias),
    },
  };
}
