/**
 * Chooses a plane, or three dimensions, to draw the optimum in, and projects onto them. Z's singular directions are at once
 * the principal components of classifiers and features together (scaled to unit mean square), so no eigenproblem is solved
 * here.
 *
 * groups:     first axis mostly the direction between the groups, both groups' contrasts spread over the rest, so that a
 *             collapsing minority is seen to close like a fan. Fixed by the class counts: it cannot spin.
 * components: the two directions of largest singular value. space: the three of them; no other three keep more.
 * Inside a group the contrasts are drawn in the Fourier basis, where equal classes stand on a regular polygon.
 */
import type { SymmetricLogits } from '../../src-main/lpm/types.ts';
import type { Drawing, GeometryView } from './protocol.ts';

/** One orthonormal direction of feature space: its singular value and each class's share in it, on both sides. */
interface Direction {
  readonly sigma: number;
  readonly group: number | null;
  readonly classifier: (k: number) => number;
  readonly feature: (k: number) => number;
}

export function drawVectors(logits: SymmetricLogits, budgetProduct: number, view: GeometryView): Drawing {
  const directions = directionsOf(logits);
  const total = totalSigma(logits);
  const rank = logits.rank + logits.sizes.reduce((sum, size, g) => sum + (logits.contrasts[g]! > 0 ? size - 1 : 0), 0);
  const chosen =
    rank > 2 && view === 'groups' && logits.sizes.length === 2
      ? groupAxes(logits, directions)
      : componentAxes(directions, view === 'space' ? 3 : 2);
  const d = chosen.axes.length;
  const K = logits.sizes.reduce((a, b) => a + b, 0);
  const unit = budgetProduct ** -0.25;
  const classifiers = new Float64Array(d * K);
  const features = new Float64Array(d * K);
  let kept = 0;
  chosen.axes.forEach((parts, axis) => {
    for (let k = 0; k < K; k++) {
      let w = 0;
      let h = 0;
      for (const { direction, weight } of parts) {
        w += weight * Math.sqrt(direction.sigma) * direction.classifier(k);
        h += weight * Math.sqrt(direction.sigma) * direction.feature(k);
      }
      classifiers[d * k + axis] = w * unit;
      features[d * k + axis] = h * unit;
      kept += w * w + h * h;
    }
  });
  return {
    classifiers,
    features,
    share: total > 0 ? Math.min(1, kept / (2 * total)) : 1,
    exact: rank <= d,
    dimensions: d === 3 ? 3 : 2,
    view: chosen.view,
  };
}

type Axis = readonly { readonly direction: Direction; readonly weight: number }[];
interface Choice {
  readonly axes: readonly Axis[];
  readonly view: GeometryView;
}

function directionsOf(logits: SymmetricLogits): Direction[] {
  const group = logits.sizes.flatMap((count, g) => new Array<number>(count).fill(g));
  const starts = logits.sizes.map((_, g) => logits.sizes.slice(0, g).reduce((a, b) => a + b, 0));
  const directions: Direction[] = [];
  for (let i = 0; i < logits.rank; i++) {
    const lift = (side: Float64Array) => (k: number) =>
      side[group[k]! * logits.rank + i]! / Math.sqrt(logits.sizes[group[k]!]!);
    directions.push({
      sigma: logits.singularValues[i]!,
      group: null,
      classifier: lift(logits.left),
      feature: lift(logits.right),
    });
  }
  logits.sizes.forEach((size, g) => {
    const sigma = logits.contrasts[g]!;
    for (const wave of waves(size)) {
      const entry = (k: number): number => (group[k] === g ? wave(k - starts[g]!) : 0);
      directions.push({ sigma, group: g, classifier: entry, feature: entry });
    }
  });
  return directions;
}

/** The first orthonormal contrasts of a group, three at most. */
function waves(size: number): ((k: number) => number)[] {
  if (size === 1) return [];
  if (size === 2) return [(k) => (k === 0 ? Math.SQRT1_2 : -Math.SQRT1_2)];
  const scale = Math.sqrt(2 / size);
  const wave = (frequency: number) => (k: number) => scale * Math.cos((2 * Math.PI * frequency * k) / size);
  const first = [wave(1), (k: number) => scale * Math.sin((2 * Math.PI * k) / size)];
  if (size === 3) return first;
  // Of four classes the wave of period two is the last contrast, and its cosine has another norm.
  return [...first, size === 4 ? (k: number) => (k % 2 === 0 ? 0.5 : -0.5) : wave(2)];
}

function totalSigma(logits: SymmetricLogits): number {
  const between = logits.singularValues.reduce((a, b) => a + b, 0);
  return logits.sizes.reduce((sum, size, g) => sum + (size - 1) * logits.contrasts[g]!, between);
}

function groupAxes(logits: SymmetricLogits, directions: readonly Direction[]): Choice {
  const between = directions.filter((d) => d.group === null).slice(0, 1);
  const of = (g: number): Direction[] => directions.filter((d) => d.group === g);
  // A group of two has one contrast; upright, where nothing competes with the direction between the groups.
  const spread = logits.sizes.flatMap((size, g) => (size > 2 ? of(g).slice(0, 1) : []));
  const upright = logits.sizes.flatMap((_, g) => of(g).slice(0, 2).slice(-1));
  const x: Axis = [
    ...between.map((direction) => ({ direction, weight: spread.length > 0 ? Math.SQRT1_2 : 1 })),
    ...spread.map((direction) => ({ direction, weight: Math.sqrt((between.length > 0 ? 0.5 : 1) / spread.length) })),
  ];
  return {
    axes: [x, upright.map((direction) => ({ direction, weight: Math.sqrt(1 / upright.length) }))],
    view: 'groups',
  };
}

function componentAxes(directions: readonly Direction[], dimensions: 2 | 3): Choice {
  const sorted = [...directions].sort((a, b) => b.sigma - a.sigma);
  const single = (direction: Direction | undefined): Axis => (direction ? [{ direction, weight: 1 }] : []);
  return {
    axes: Array.from({ length: dimensions }, (_, axis) => single(sorted[axis])),
    view: dimensions === 3 ? 'space' : 'components',
  };
}
