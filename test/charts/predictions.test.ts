/** Predictions stand beside what they predict: in every chart of every kind that has them. */
import { describe, expect, it } from 'vitest';
import { isPrediction, predictionsOf } from '../../src-main/charts/index.ts';
import { kinds } from '../../src-main/jobs/kinds/index.ts';

const { charts } = kinds.find(({ id }) => id === 'train')!;
const cosines = charts.find(({ id }) => id === 'cosines-w')!;

describe('the cosines of a training', () => {
  it('have the predictions of both models, and those have none of their own', () => {
    const keys = (metric: string) => predictionsOf(cosines, metric).map((one) => one.metric);
    expect(keys('cos_w_minority')).toEqual(['lpm_cos_w_minority', 'ridge_cos_w_minority']);
    expect(keys('lpm_cos_w_minority')).toEqual([]);
    expect(keys('train_loss')).toEqual([]);
    expect(predictionsOf(undefined, 'cos_w_minority')).toEqual([]);
    expect(isPrediction(charts, 'ridge_cos_w_cross')).toBe(true);
    expect(isPrediction(charts, 'cos_w_cross')).toBe(false);
  });
});

it('every charted prediction has a line of its role to stand beside, and its metric says what it predicts', () => {
  for (const kind of kinds)
    for (const { series } of kind.charts)
      for (const { metric, role, prediction } of series)
        if (prediction !== undefined) {
          const measured = series.filter((one) => one.role === role && one.prediction === undefined);
          expect(measured).toHaveLength(1);
          const { predicts } = kind.metrics.find(({ key }) => key === metric)!;
          expect(predicts).toEqual({ metric: measured[0]!.metric, model: prediction.model });
        }
});
