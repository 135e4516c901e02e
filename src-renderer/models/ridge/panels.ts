/** Panels that the ridge tab and the frames tab share: heat-maps, the spectrum of Z D^{1/2} and the table of two groups. */
import type { HeatGroup, SpectrumInput } from '../../../src-main/charts/index.ts';
import { fullCosines, gramOf, type ClassFrame } from '../../../src-main/models/frames/class-frame.ts';
import type { RidgeSolution } from '../../../src-main/models/ridge/types.ts';
import type { Panel } from '../model.ts';

/** Majority and minority, in this order. */
function stepGroups(sizes: readonly number[]): HeatGroup[] {
  return [
    { name: 'majority', size: sizes[0]!, role: 'majority' },
    { name: 'minority', size: sizes[1]!, role: 'minority' },
  ];
}

export function heatPanel(id: string, title: string, frame: ClassFrame, symbol: string): Panel {
  return {
    id,
    title,
    type: 'heat',
    input: {
      size: frame.sizes.reduce((a, b) => a + b, 0),
      values: fullCosines(gramOf(frame)).flat(),
      groups: stepGroups(frame.sizes),
      symbol,
      missingReason: 'hatched: the vectors are zero',
    },
  };
}

/** Singular values labelled by what they separate; without a bias a squared loss has two between the groups. */
export function spectrumPanel({ weighted }: RidgeSolution): Panel {
  const roles = ['majority', 'minority'] as const;
  const parts: SpectrumInput['parts'][number][] = [...weighted.singularValues].map((value) => ({
    name: 'between',
    role: 'between',
    value,
    multiplicity: 1,
  }));
  weighted.sizes.forEach((size, g) => {
    const value = weighted.contrasts[g]!;
    if (size > 1 && value > 0) parts.push({ name: roles[g]!, role: roles[g]!, value, multiplicity: size - 1 });
  });
  parts.sort((a, b) => b.value - a.value);
  const rank = parts.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
  return {
    id: 'spectrum',
    title: 'Singular values of Z D^½',
    type: 'spectrum',
    input: { label: 'Singular value σ', parts, size: weighted.sizes.reduce((a, b) => a + b, 0), note: `rank ${rank}` },
    description: parts.length === 0 ? 'All are zero.' : `${rank} are above zero.`,
  };
}

export function groupTable({ groups }: RidgeSolution): Panel {
  const yes = (value: boolean): string => (value ? 'yes' : 'no');
  return {
    id: 'groups',
    title: 'Groups',
    wide: true,
    type: 'table',
    columns: [
      { label: 'group' },
      { label: 'samples', symbol: 'n_g', format: 'count' },
      { label: 'classes', symbol: 'K_g', format: 'count' },
      { label: 'classifier norm', symbol: '\\|w\\|', format: 'ratio' },
      { label: 'feature norm', symbol: '\\|h\\|', format: 'ratio', help: 'Of the class mean.' },
      { label: 'cos w', format: 'cosine', help: 'Between two classifiers of the group.' },
      { label: 'cos h', format: 'cosine', help: 'Between two class means of the group.' },
      { label: 'margin', format: 'ratio', help: 'Own logit less the largest other one.' },
      { label: 'loss', format: 'loss', help: 'Of one sample.' },
      { label: 'bias', symbol: 'b', format: 'ratio' },
      { label: 'collapsed' },
      { label: 'vanished' },
    ],
    rows: groups.map((group, g) => [
      g === 0 ? 'majority' : 'minority',
      group.samples,
      group.classes,
      group.classifierNorm,
      group.featureNorm,
      group.classifierCosine,
      group.featureCosine,
      group.margin,
      group.loss,
      group.bias,
      yes(group.collapsed),
      yes(group.vanished),
    ]),
  };
}
