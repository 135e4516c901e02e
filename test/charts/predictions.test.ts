/** Predictions stand beside what they predict: their metrics say what that is, and the charts of a training follow. */
import { describe, expect, it } from 'vitest';
import { isPrediction, predictionsOf } from '../../src-main/charts/index.ts';
import { kinds } from '../../src-main/jobs/kinds/index.ts';

const { charts } = kinds.find(({ id }) => id === 'train')!;
const chart = (id: string) => charts.find((one) => one.id === id)!;

describe('the charts of a training', () => {
  const drawn = (id: string, metric: string) =>
    predictionsOf(chart(id), metric).map((one) => [one.metric, one.role, one.label, one.prediction!.dash]);

  it('draw the predictions of both models in the role of the cosine they predict, and none beside those', () => {
    expect(drawn('cosines-w', 'cos_w_minority')).toEqual([
      ['lpm_cos_w_minority', 'minority', 'minority, LPM', 'dashed'],
      ['ridge_cos_w_minority', 'minority', 'minority, ridge', 'dotted'],
    ]);
    expect(drawn('cosines-w', 'lpm_cos_w_minority')).toEqual([]);
    expect(drawn('cosines-w', 'train_loss')).toEqual([]);
    expect(predictionsOf(undefined, 'cos_w_minority')).toEqual([]);
  });

  it('draw the norms that the Layer-Peeled Model predicts, of classifiers alone', () => {
    expect(drawn('norms', 'norm_w_majority')).toEqual([['lpm_norm_w_majority', 'majority', 'majority, LPM', 'dashed']]);
    expect(drawn('mean-norms', 'norm_h_majority')).toEqual([]);
  });

  it('leave no chart of its own to a prediction', () => {
    expect(isPrediction(charts, 'ridge_cos_w_cross')).toBe(true);
    expect(isPrediction(charts, 'cos_w_cross')).toBe(false);
  });
});
