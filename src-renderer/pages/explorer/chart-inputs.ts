/** From a picture to the inputs of its charts. Words and roles; no option, no computation. */
import type {
  GeometryInput,
  HeatMapInput,
  LineChartInput,
  LineSeries,
  SpaceInput,
  SpectrumInput,
  Vertical,
} from '../../../src-main/charts/index.ts';
import { formatNumber, significant } from '../../../src-main/charts/format.ts';
import type { CosineCurve, Picture, SpectrumPart } from '../../workers/protocol.ts';
import type { Side } from './address.ts';

const groups = (picture: Picture): HeatMapInput['groups'] => [
  { name: 'majority', size: picture.setting.ka, role: 'majority' },
  { name: 'minority', size: picture.setting.kb, role: 'minority' },
];

/** Highest R of the axis; R = ∞ is marked at this edge, in words. */
const MOST = 1e4;

export function curveInput(picture: Picture, curve: CosineCurve, side: Side): LineChartInput {
  const symbol = side === 'classifier' ? 'w' : 'h';
  const { ka, kb, r } = picture.setting;
  const [majority, minority, between] = curve[side];
  const x = curve.ratios;
  const etf = -1 / (ka + kb - 1);
  const series: LineSeries[] = [
    { name: 'minority', role: 'minority', x, y: absentAsNull(minority) },
    { name: 'majority', role: 'majority', x, y: absentAsNull(majority) },
    { name: 'between', role: 'between', x, y: absentAsNull(between) },
    { name: '−1/(K−1)', role: 'reference', x, y: x.map(() => etf) },
  ];
  const cosine = side === 'classifier' ? 'classifierCosine' : 'featureCosine';
  const at = Math.min(r, MOST);
  const dots = (['minority', 'majority', 'between'] as const).flatMap((role) => {
    const y = picture[role][cosine];
    return y === null ? [] : [{ x: at, y, role }];
  });
  return {
    x: { label: 'Imbalance ratio R', logarithmic: true, min: 1, max: MOST },
    // Cosines of K ≥ 3 classes reach down to −1/2 at most in groups, −1 between two classes.
    y: {
      label: `Cosine between ${side === 'classifier' ? 'classifiers' : 'features'} ${symbol}`,
      min: lowest(curve, side, dots),
      max: 1,
    },
    series: series.filter((line) => Array.from(line.y as ArrayLike<number | null>).some((value) => value !== null)),
    verticals: [
      ...threshold(curve.r0, 'R₀'),
      ...threshold(curve.r1, 'R₁'),
      { x: at, label: r === Infinity ? 'R = ∞' : `R = ${Number(r.toPrecision(4))}`, kind: 'cursor' },
    ],
    dots,
  };
}

function threshold(value: number | null, name: string): Vertical[] {
  return value === null ? [] : [{ x: value, label: `${name} ${significant(value, 4)}`, kind: 'threshold' }];
}

function absentAsNull(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

/** Steps of a quarter: the axis stays put while the curve moves within it. */
function lowest(curve: CosineCurve, side: Side, dots: readonly { readonly y: number }[]): number {
  let low = 0;
  for (const column of curve[side]) for (const value of column) if (value < low) low = value;
  for (const { y } of dots) low = Math.min(low, y);
  return Math.max(-1, Math.floor(low * 4) / 4);
}

export function gramInput(picture: Picture, side: Side): HeatMapInput {
  const vanished = side === 'classifier' ? picture.minority.classifierNorm === 0 : picture.minority.featureNorm === 0;
  return {
    size: picture.setting.ka + picture.setting.kb,
    values: side === 'classifier' ? picture.classifierCosines : picture.featureCosines,
    groups: groups(picture),
    symbol: side === 'classifier' ? 'w' : 'h',
    missingReason: vanished ? 'hatched: minority is zero, no cosine' : 'hatched: zero vector, no cosine',
  };
}

/** Vectors of both sides with their scale; z is 0 in the plane. */
function vectorsOf({ drawing, setting }: Picture) {
  const { dimensions: d } = drawing;
  const vectors = (points: Float64Array, kind: 'classifier' | 'feature') =>
    Array.from({ length: setting.ka + setting.kb }, (_, k) => ({
      label: String(k + 1),
      role: k < setting.ka ? ('majority' as const) : ('minority' as const),
      kind,
      x: points[d * k]!,
      y: points[d * k + 1]!,
      z: d === 3 ? points[d * k + 2]! : 0,
    }));
  const all = [...vectors(drawing.features, 'feature'), ...vectors(drawing.classifiers, 'classifier')];
  const longest = Math.max(...all.map((vector) => Math.hypot(vector.x, vector.y, vector.z)));
  // Of many classes a plane keeps little: a smaller circle then gives the scale.
  const circle = [0.1, 0.25, 0.5].find((radius) => longest <= radius) ?? 1;
  // In steps: the scale stays put while vectors move.
  return { all, circle, reach: Math.ceil(Math.max(longest * 1.08, circle * 1.05) * 20) / 20 };
}

export function geometryInput(picture: Picture): GeometryInput {
  const { all, circle, reach } = vectorsOf(picture);
  return { vectors: all, projection: projectionText(picture), reach, circle };
}

export function spaceInput(picture: Picture): SpaceInput {
  const { all, circle, reach } = vectorsOf(picture);
  return { vectors: all, projection: projectionText(picture), reach, sphere: circle };
}

export function projectionText({ drawing, certificate }: Picture): string {
  if (drawing.exact) return `exact: rank ${certificate.rank}`;
  const kept = `${formatNumber(Math.round(drawing.share * 100), 'count')} % of squared norm`;
  const names = { groups: 'group projection', components: 'principal plane', space: 'best 3-D view' };
  return `${names[drawing.view]}: ${kept}`;
}

const parts: Readonly<Record<SpectrumPart['role'], Pick<SpectrumInput['parts'][number], 'name' | 'role'>>> = {
  majority: { name: 'majority', role: 'majority' },
  minority: { name: 'minority', role: 'minority' },
  between: { name: 'between', role: 'between' },
  all: { name: 'all classes', role: 'neutral' },
  mixed: { name: 'local optimum', role: 'neutral' },
};

export function spectrumInput({ spectrum, setting }: Picture): SpectrumInput {
  const K = setting.ka + setting.kb;
  const shown = spectrum.map(({ role, value, multiplicity }) => ({ ...parts[role], value, multiplicity }));
  const rank = spectrum.reduce((sum, part) => sum + part.multiplicity, 0);
  return { label: 'σᵢ(Z)', parts: shown, size: K, note: `${K - rank} of ${K} are zero` };
}

export function describeSpectrum({ spectrum }: Picture): string {
  return spectrum
    .map(({ role, value, multiplicity }) => `${multiplicity} ${parts[role].name}: ${significant(value, 4)}`)
    .join('; ');
}
