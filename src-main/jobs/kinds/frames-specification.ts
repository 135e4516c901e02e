/** Metrics and results of the reference geometries, declared; frames.ts computes them. */
import type { MetricSpecification, ResultSpecification } from '../../api/contract.ts';

const NAMES = ['ETF', 'OF', 'SELI', 'GOF', 'LPM'] as const;

export const framesMetrics: readonly MetricSpecification[] = NAMES.flatMap((name, i) =>
  NAMES.slice(i + 1).flatMap((other) =>
    (['w', 'h'] as const).map((side) => ({
      key: `${name}_${other}_${side}`.toLowerCase(),
      label: `${name} to ${other}, ${side === 'w' ? 'classifiers' : 'features'}`,
      help: `nc2: Frobenius distance of the Gram matrices, each of norm 1; at most √2.`,
      format: 'cosine' as const,
    })),
  ),
);

export const framesResults: ResultSpecification = {
  fields: [
    { key: 'classes', label: 'Classes', symbol: 'K', format: 'count' },
    { key: 'groupCount', label: 'Distinct counts', format: 'count' },
  ],
  tables: [
    {
      result: 'distances',
      title: 'Distances between the geometries',
      columns: [
        { key: 'name', label: 'From', format: 'text' },
        { key: 'other', label: 'To', format: 'text' },
        { key: 'classifier', label: 'Classifiers', format: 'cosine', help: 'nc2 of W Wᵀ.' },
        { key: 'feature', label: 'Features', format: 'cosine', help: 'nc2 of HᵀH, class means as they are.' },
      ],
    },
    {
      result: 'duality',
      title: 'Distance of classifiers from centred class means',
      columns: [
        { key: 'name', label: 'Geometry', format: 'text' },
        { key: 'dual', label: 'nc3', format: 'cosine', help: '‖W/‖W‖_F − M_c/‖M_c‖_F‖_F; 0: dual.' },
      ],
    },
    {
      result: 'geometry',
      title: 'Norms and cosines by group',
      columns: [
        { key: 'frame', label: 'Geometry', format: 'text' },
        { key: 'samples', label: 'Samples', symbol: 'n_g', format: 'count' },
        { key: 'classes', label: 'Classes', symbol: 'K_g', format: 'count' },
        { key: 'normW', label: 'Classifier norm', format: 'ratio', help: 'Relative to the first group’s.' },
        { key: 'normH', label: 'Feature norm', format: 'ratio', help: 'Relative to the first group’s.' },
        { key: 'cosW', label: 'Cosine of classifiers', format: 'cosine', help: 'Within the group.' },
        { key: 'cosH', label: 'Cosine of features', format: 'cosine', help: 'Within the group.' },
      ],
    },
  ],
  matrices: NAMES.flatMap((name) => [
    { result: `cosines.${name}.w`, title: `${name}: cosines of the classifiers`, symbol: 'w' },
    { result: `cosines.${name}.h`, title: `${name}: cosines of the features`, symbol: 'h' },
  ]),
};
