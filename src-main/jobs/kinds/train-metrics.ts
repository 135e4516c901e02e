/** Metrics of the kind `train` beside those of collapse (collapse/keys.ts). Words only. */
import type { MetricSpecification } from '../../api/contract.ts';
import { metricKeys, metricWords } from '../../collapse/keys.ts';

type Format = MetricSpecification['format'];
const metric = (key: string, label: string, help: string, format: Format, symbol?: string): MetricSpecification => ({
  key,
  label,
  help,
  format,
  ...(symbol === undefined ? {} : { symbol }),
});

const curves: readonly MetricSpecification[] = [
  metric(
    'train_loss',
    'Loss, training',
    'Mean over the steps of the epoch, as trained on: weighted, adjusted, without decay.',
    'loss',
  ),
  metric('fit_loss', 'Loss, training set', 'After the epoch, in evaluation mode, every sample once and alike.', 'loss'),
  metric('test_loss', 'Loss, test', 'Mean over the test set, every sample alike.', 'loss'),
  metric('train_accuracy', 'Accuracy, training', 'Over the steps of the epoch, as trained on.', 'ratio'),
  metric('test_accuracy', 'Accuracy, test', 'Over the test set.', 'ratio'),
  metric('test_accuracy_majority', 'Accuracy, test, majority', 'Over the test samples of majority classes.', 'ratio'),
  metric('test_accuracy_minority', 'Accuracy, test, minority', 'Over the test samples of minority classes.', 'ratio'),
  metric('learning_rate', 'Learning rate', 'At the start of the epoch.', 'gap', '\\eta'),
  metric('steps_per_second', 'Steps per second', 'Of training alone, without measurements.', 'ratio'),
];

const groups = { majority: 'majority', minority: 'minority', cross: 'between' } as const;
const sides = { w: 'classifiers', h: 'centred class means' } as const;
type Side = keyof typeof sides;

const norms: readonly MetricSpecification[] = [
  metric('budget_w', 'Classifier budget', 'Mean squared norm of the classifiers.', 'loss', 'E_W'),
  metric(
    'budget_h',
    'Feature budget',
    'Mean squared norm of the class means; with a bias, less their mean, which the bias absorbs.',
    'loss',
    'E_H',
  ),
  ...(['w', 'h'] as const).flatMap((side) =>
    (['majority', 'minority', 'all'] as const).map((group) =>
      metric(`norm_${side}_${group}`, `Norm, ${group}, ${sides[side]}`, `Mean over the ${group} classes.`, 'loss'),
    ),
  ),
];

const shortNames = { lpm: 'LPM', ridge: 'ridge' } as const;

function predicted(model: 'lpm' | 'ridge', name: string): readonly MetricSpecification[] {
  return (['w', 'h'] as Side[]).flatMap((side) => [
    ...(['majority', 'minority', 'cross'] as const).map((group) => ({
      ...metric(
        `${model}_cos_${side}_${group}`,
        `${name}: cosine, ${groups[group]}, ${sides[side]}`,
        model === 'ridge'
          ? 'Predicted at the decays that were trained with; of a linear tail by the deep linear network.'
          : 'Predicted at the measured budgets.',
        'cosine',
      ),
      predicts: { metric: `cos_${side}_${group}`, model: shortNames[model] },
    })),
    metric(
      `${model}_residual_${side}`,
      `${name}: residual, ${sides[side]}`,
      'Largest difference between a measured and a predicted group cosine.',
      'loss',
    ),
  ]);
}

const theory: readonly MetricSpecification[] = [
  ...predicted('lpm', 'Layer-Peeled Model'),
  ...predicted('ridge', 'Ridge model'),
  // The distance to the optimum of the Layer-Peeled Model is a collapse metric, nc2_lpm.
  ...(['w', 'h'] as const).map((side) =>
    metric(
      `ridge_frame_${side}`,
      `Ridge model: distance, ${sides[side]}`,
      'Frobenius distance between the normalised measured and predicted Gram matrices.',
      'loss',
    ),
  ),
  ...(['majority', 'minority'] as const).map((group) => ({
    ...metric(
      `lpm_norm_w_${group}`,
      `Layer-Peeled Model: norm, ${group} classifiers`,
      'Predicted at the measured budgets.',
      'loss',
    ),
    predicts: { metric: `norm_w_${group}`, model: shortNames.lpm },
  })),
  metric(
    'lpm_r0',
    'Collapse threshold',
    'Ratio from which the minority coincides, at the measured budgets.',
    'ratio',
    'R_0',
  ),
  metric(
    'lpm_r1',
    'Vanishing threshold',
    'Ratio from which the minority is zero, at the measured budgets.',
    'ratio',
    'R_1',
  ),
];

export const trainMetrics: readonly MetricSpecification[] = [
  ...curves,
  ...metricKeys.map((key) => ({ key, ...metricWords[key] })),
  metric('spectrum_h', 'Singular values of the centred class means', 'At the last epoch, descending.', 'loss'),
  ...norms,
  ...theory,
];
