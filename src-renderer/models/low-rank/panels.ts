/** The charts and the table of the low-rank tab, from the heads that are solved. */
import type { SeriesRole } from '../../../src-main/api/contract.ts';
import type { HeatGroup, LineChartInput } from '../../../src-main/charts/index.ts';
import { etfLoss } from '../../../src-main/models/low-rank/configurations.ts';
import { CERTIFIED, sufficientRank, type HeadPoint, type HeadSetting } from '../../../src-main/models/low-rank/head.ts';
import type { Panel } from '../model.ts';
import type { HeadProgress } from './sweep.ts';

export function lossChart({ setting, points }: HeadProgress, rank: number): Panel {
  const K = setting.counts.length;
  const x = Array.from({ length: K }, (_, i) => i + 1);
  const bound = [...points.values()][0]?.lowerBound ?? null;
  const arranged = x.map((r) => points.get(r)?.arrangement?.loss ?? null);
  const chosen = points.get(rank);
  const enough = sufficientRank(setting);
  const input: LineChartInput = {
    x: { label: 'Rank r of the classifier' },
    y: { label: setting.model === 'budgets' ? 'Cross-entropy (nats)' : 'Loss and decay', min: 0 },
    series: [
      { name: 'best of rank r', role: 'neutral', x, y: x.map((r) => points.get(r)?.objective ?? null) },
      ...(arranged.some((loss) => loss !== null)
        ? [{ name: 'known arrangement', role: 'reference' as const, x, y: arranged }]
        : []),
      ...(bound === null
        ? []
        : [{ name: 'proven bound', role: 'theory' as const, x: [1, K], y: [bound, bound], total: 0 }]),
    ],
    verticals: [
      { x: rank, label: `r = ${rank}`, kind: 'cursor' },
      { x: enough, label: enough === K ? 'r = K' : 'r = K − 1', kind: 'threshold' },
    ],
    dots: chosen ? [{ x: rank, y: chosen.objective, role: 'neutral' }] : [],
  };
  const description = chosen
    ? `At r = ${rank} ${chosen.objective.toPrecision(6)}; bound ${bound?.toPrecision(6)}.`
    : '';
  return { id: 'loss', title: 'Best loss by rank', type: 'line', input, description };
}

/** Above the proven bound, where it is: the gap that a missing rank leaves. */
export function excessChart({ setting, points }: HeadProgress, rank: number): Panel {
  const x = Array.from({ length: setting.counts.length }, (_, i) => i + 1);
  const above = x.map((r) => {
    const point = points.get(r);
    if (!point) return null;
    // What is certified to meet the bound differs from it by rounding alone.
    const excess = point.objective - point.lowerBound;
    return excess > CERTIFIED * point.objective ? excess : null;
  });
  return {
    id: 'excess',
    title: 'What the missing rank costs',
    type: 'line',
    input: {
      x: { label: 'Rank r of the classifier' },
      y: { label: 'Above the proven bound', logarithmic: true },
      series: [{ name: 'best of rank r', role: 'neutral', x, y: above }],
      verticals: [
        { x: rank, label: `r = ${rank}`, kind: 'cursor' },
        { x: sufficientRank(setting), label: 'none from here', kind: 'threshold' },
      ],
    },
    description: 'No point: nothing is lost at that rank, or it is not solved yet.',
  };
}

export function rankChart({ setting, points }: HeadProgress, rank: number): Panel {
  const x = Array.from({ length: setting.counts.length }, (_, i) => i + 1);
  const line = (name: string, role: SeriesRole, of: (point: HeadPoint) => number | null) => ({
    name,
    role,
    x,
    y: x.map((r) => {
      const point = points.get(r);
      return point ? of(point) : null;
    }),
  });
  return {
    id: 'ranks',
    title: 'Effective ranks of W',
    type: 'line',
    input: {
      x: { label: 'Rank r allowed' },
      y: { label: 'Effective rank', min: 0 },
      series: [
        line('entropy', 'minority', ({ ranks }) => ranks.entropy),
        line('nuclear', 'between', ({ ranks }) => ranks.nuclear),
        line('stable', 'majority', ({ ranks }) => ranks.stable),
        line('found', 'reference', ({ ranks }) => ranks.count),
      ],
      verticals: [{ x: rank, label: `r = ${rank}`, kind: 'cursor' }],
    },
  };
}

export function spectrumPanel({ setting, points }: HeadProgress, rank: number): Panel {
  const K = setting.counts.length;
  const x = Array.from({ length: K }, (_, i) => i + 1);
  const values = (r: number): (number | null)[] => {
    const point = points.get(r);
    return x.map((_, i) => (point ? (point.spectrum[i] ?? 0) : null));
  };
  return {
    id: 'spectrum',
    title: 'Singular values of W',
    type: 'line',
    input: {
      x: { label: 'Index i', categorical: true },
      y: { label: 'Singular value σᵢ', min: 0 },
      series: [
        { name: `r = ${rank}`, role: 'neutral', x, y: values(rank) },
        { name: `r = ${K}`, role: 'theory', x, y: values(K) },
      ],
    },
  };
}

/** Cosines at the chosen rank beside those without a bound on it. */
export function heatMaps({ setting, points }: HeadProgress, rank: number): Panel[] {
  const K = setting.counts.length;
  const panel = (id: string, title: string, r: number): Panel => {
    const point = points.get(r);
    return {
      id,
      title,
      type: 'heat',
      input: {
        size: K,
        values: point?.cosines ?? new Float64Array(K * K).fill(NaN),
        groups: groupsOf(setting),
        symbol: 'w',
        missingReason: point ? 'hatched: the class has no classifier' : 'hatched: being solved',
      },
    };
  };
  return [
    panel('cosines', `Cosines of the classifiers, r = ${rank}`, rank),
    panel('cosines-full', `Cosines of the classifiers, r = ${K}`, K),
  ];
}

function groupsOf({ counts }: HeadSetting): HeatGroup[] {
  const most = counts[0]!;
  const majority = counts.filter((n) => n === most).length;
  const groups: HeatGroup[] = [{ name: `n = ${most}`, size: majority, role: 'majority' }];
  if (majority < counts.length)
    groups.push({ name: `n = ${counts.at(-1)!}`, size: counts.length - majority, role: 'minority' });
  return groups;
}

/** The classifiers themselves where two or three dimensions hold them; null elsewhere. */
export function geometryPanel({ setting, points }: HeadProgress, rank: number): Panel | null {
  const point = points.get(rank);
  if (!point || point.ranks.count > 3 || point.ranks.count === 0) return null;
  const K = setting.counts.length;
  const longest = Math.max(...point.norms);
  const gram = point.cosines.map((cosine, i) => {
    const size = (point.norms[Math.floor(i / K)]! * point.norms[i % K]!) / longest ** 2;
    return size > 0 ? cosine * size : 0;
  });
  const axes = coordinates(gram, K);
  const coordinate = (k: number, axis: number): number => axes[axis]?.[k] ?? 0;
  const most = setting.counts[0]!;
  const list = setting.counts.map((n, k) => ({
    label: `w${k + 1}`,
    role: n === most ? ('majority' as const) : ('minority' as const),
    kind: 'classifier' as const,
    x: coordinate(k, 0),
    y: coordinate(k, 1),
  }));
  const title = 'Classifiers, the longest of length 1';
  const projection = `exact: rank ${point.ranks.count}`;
  if (point.ranks.count === 3)
    return {
      id: 'space',
      title,
      type: 'space',
      input: {
        vectors: list.map((vector, k) => ({ ...vector, z: coordinate(k, 2) })),
        projection,
        reach: 1.15,
      },
    };
  return { id: 'geometry', title, type: 'geometry', input: { vectors: list, projection, reach: 1.15 } };
}

/**
 * Up to three coordinates of vectors from their inner products (K×K): the first axis along the first vector, the next
 * towards the first one that is well off those before, so that the picture does not turn when a parameter moves.
 */
function coordinates(gram: Float64Array, K: number): Float64Array[] {
  const axes: Float64Array[] = [];
  const rest = (j: number, k: number): number =>
    axes.reduce((value, axis) => value - axis[j]! * axis[k]!, gram[j * K + k]!);
  const indices = Array.from({ length: K }, (_, k) => k);
  while (axes.length < 3) {
    const lengths = indices.map((k) => rest(k, k));
    const longest = Math.max(...lengths);
    if (longest < 1e-9) break;
    const pivot = lengths.findIndex((length) => length >= longest / 2);
    const size = Math.sqrt(lengths[pivot]!);
    axes.push(Float64Array.from(indices, (k) => rest(k, pivot) / size));
  }
  return axes;
}

export function rankTable({ setting, points }: HeadProgress): Panel {
  const K = setting.counts.length;
  const rows = Array.from({ length: K }, (_, i): (number | string | null)[] => {
    const point = points.get(i + 1);
    if (!point) return [i + 1, null, 'being solved', null, null, null, null, null, null, null];
    const { objective, lowerBound, basis, arrangement, cosine, etfDistance, ranks } = point;
    return [
      i + 1,
      objective,
      basis.kind,
      Math.max(0, objective - lowerBound),
      arrangement?.name ?? null,
      cosine?.mean ?? null,
      etfDistance,
      ranks.stable,
      ranks.nuclear,
      ranks.entropy,
    ];
  });
  return {
    id: 'table',
    title: 'By rank',
    wide: true,
    type: 'table',
    columns: [
      { label: 'rank', symbol: 'r', format: 'count' },
      { label: 'objective', symbol: 'f_r', format: 'loss' },
      { label: 'rests on', help: 'exact: closed form; certified: meets the bound; local: best of several starts.' },
      {
        label: 'above the bound',
        format: 'gap',
        help: 'Objective less the proven bound: an upper limit of what the rank costs.',
      },
      { label: 'known arrangement', help: 'Of K unit vectors in r dimensions; where one is on file.' },
      { label: 'mean cosine', format: 'cosine', help: 'Over pairs of classifiers.' },
      { label: 'ETF distance', format: 'ratio', help: '‖WWᵀ/‖WWᵀ‖_F − (I − J/K)/√(K−1)‖_F.' },
      { label: 'stable rank', symbol: '\\|W\\|_F^2/\\sigma_1^2', format: 'ratio' },
      { label: 'nuclear rank', symbol: '(\\|W\\|_*/\\|W\\|_F)^2', format: 'ratio' },
      { label: 'entropy rank', symbol: 'e^{H(\\sigma/\\sum\\sigma)}', format: 'ratio' },
    ],
    rows,
  };
}

/** Loss of the ETF where it is the optimum: balanced classes with budgets. */
export function etfReference(setting: HeadSetting): number | null {
  if (setting.model !== 'budgets' || new Set(setting.counts).size > 1) return null;
  const K = setting.counts.length;
  return etfLoss(K, K * Math.sqrt(setting.featureBudget * setting.classifierBudget));
}
