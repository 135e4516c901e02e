/** What the Layer-Peeled tabs share: controls of counts and budget, and the heat-map of cosines by group. */
import type { HeatGroup } from '../../../src-main/charts/index.ts';
import { parseCounts, type CountGroup } from '../../../src-main/parameters/counts.ts';
import type { NumberControl, Panel, TextControl } from '../model.ts';

export const PAPER = 'Fang, He, Long, Su, PNAS 118(43), 2021';
/** Classes that a heat-map of these tabs shows legibly. */
const MOST_IN_HEAT = 120;

/** Counts of at most so many distinct values and so many classes. */
export function countsControl(usual: string, mostCounts: number, mostClasses: number): TextControl {
  return {
    type: 'text',
    key: 'counts',
    name: 'Class counts',
    symbol: 'n_k',
    definition:
      'Samples per class as SAMPLESxCLASSES groups: 5000x5,50x5 is five classes of 5000 samples and five of 50.',
    source: PAPER,
    default: usual,
    check(text) {
      const parsed = parseCounts(text);
      if ('message' in parsed) return parsed.message;
      const K = parsed.value.reduce((sum, group) => sum + group.classes, 0);
      const distinct = new Set(parsed.value.map(({ samples }) => samples)).size;
      if (parsed.value.some(({ samples }) => samples === 0)) return 'every class needs at least 1 sample; leave it out';
      if (K < 2 || K > mostClasses) return `this tab takes 2 to ${mostClasses} classes, got ${K}`;
      return distinct > mostCounts ? `this tab takes at most ${mostCounts} distinct counts, got ${distinct}` : null;
    },
  };
}

/** Equal counts joined, descending. The text has passed the control's check. */
export function countsOf(text: unknown): readonly CountGroup[] {
  const parsed = parseCounts(String(text));
  const merged = new Map<number, number>();
  for (const { samples, classes } of 'value' in parsed ? parsed.value : [])
    merged.set(samples, (merged.get(samples) ?? 0) + classes);
  return [...merged].map(([samples, classes]) => ({ samples, classes })).sort((a, b) => b.samples - a.samples);
}

export const budgetControl: NumberControl = {
  type: 'number',
  key: 'budget',
  name: 'Budget product',
  symbol: 'E_H E_W',
  definition:
    'Product of the bounds on the squared norms of features and classifiers; the geometry depends on it alone. Norms are shown at E_W = 1.',
  formula: '\\rho = K \\sqrt{E_H E_W}',
  source: PAPER,
  default: 5,
  from: 0.1,
  to: 100,
  least: 1e-3,
  most: 1e4,
  whole: false,
  logarithmic: true,
};

/** Cosines of all classes by group; null where the matrix would be too large to read. */
export function heatPanel(
  id: string,
  title: string,
  symbol: string,
  groups: readonly HeatGroup[],
  cosines: readonly (readonly (number | null)[])[],
): Panel | null {
  const of = groups.flatMap(({ size }, g) => new Array<number>(size).fill(g));
  if (of.length > MOST_IN_HEAT) return null;
  // The diagonal is 1 unless the vector itself is missing.
  const values = of.flatMap((g, j) => of.map((h, k) => (j === k && exists(cosines, groups, g) ? 1 : cosines[g]![h]!)));
  return {
    id,
    title,
    type: 'heat',
    input: { size: of.length, values, groups, symbol, missingReason: 'hatched: a vector is zero' },
  };
}

/** A vector of group g is not zero: some cosine with it exists, or it is alone. */
function exists(cosines: readonly (readonly (number | null)[])[], groups: readonly HeatGroup[], g: number): boolean {
  return groups.length === 1 || cosines[g]!.some((cosine) => cosine !== null);
}
