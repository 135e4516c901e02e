/** Which title the x axis gets where a parameter says what runs along it. */
import { expect, test } from 'vitest';
import { runAxis } from '../../src-main/charts/index.ts';
import { kinds } from '../../src-main/jobs/kinds/index.ts';

test('the runs choose the title, and the one that names all possibilities stands where they do not agree', () => {
  const labels = { decay: 'Decay', ratio: 'Ratio' };
  const x = { label: 'Decay or ratio', logarithmic: true, by: { parameter: 'along', labels } };
  const along = (...values: string[]) =>
    runAxis(
      { x },
      values.map((value) => ({ parameters: { along: value } })),
    );
  expect(along('decay', 'decay')).toEqual({ label: 'Decay', logarithmic: true });
  expect(along('decay', 'ratio').label).toBe('Decay or ratio');
  expect(along('of a newer version').label).toBe('Decay or ratio');
  expect(along().label).toBe('Decay or ratio');
  expect(runAxis({ x: { label: 'Step', logarithmic: false } }, [])).toEqual({ label: 'Step', logarithmic: false });
});

test('kinds that choose titles do so by a parameter of theirs, for each of its choices', () => {
  const chosen = kinds.flatMap(({ id, parameters, charts }) =>
    charts.flatMap(({ x: { by } }) => (by === undefined ? [] : [{ id, parameters, by }])),
  );
  expect(chosen.length).toBeGreaterThan(1);
  for (const { id, parameters, by } of chosen) {
    const parameter = parameters.find(({ key }) => key === by.parameter);
    expect(parameter?.type, id).toBe('choice');
    const values = parameter?.type === 'choice' ? parameter.choices.map(({ value }) => value) : [];
    expect(Object.keys(by.labels).sort(), id).toEqual([...values].sort());
  }
});
