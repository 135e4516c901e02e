/** What any tab keeps as a run is a run that its kind accepts, and every tab computes its defaults. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind } from '../../../src-main/jobs/kinds/index.ts';
import { validateParameters } from '../../../src-main/parameters/validate.ts';
import { models } from '../../../src-renderer/models/index.ts';
import { defaultsOf } from '../../../src-renderer/pages/explorer/model-address.ts';

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  const setting = defaultsOf(model);

  it('has controls, panels and figures with keys of their own', () => {
    const view = model.compute(setting);
    for (const names of [
      model.controls.map((control) => control.key),
      view.panels.map((panel) => panel.id),
      view.figures.map((figure) => figure.label),
    ])
      expect(new Set(names).size).toBe(names.length);
    expect(view.basis.text).not.toBe('');
    expect(view.panels.length).toBeGreaterThan(0);
  });

  it('keeps a run that its kind accepts', () => {
    const kept = model.keep(setting);
    if (kept === null) return;
    const kind = findKind(kept.kind);
    if (kind === undefined) throw new Error(`there is no kind ${kept.kind}`);
    // As the API checks it: unknown names, wrong values, and what does not go together.
    const values = checkedValues(kind, kept.parameters);
    expect(values).toMatchObject(kept.parameters);
  });

  it('keeps no value that would be passed over, whatever is chosen', () => {
    for (const control of model.controls)
      for (const { value } of control.type === 'choice' ? control.choices : []) {
        const kept = model.keep({ ...setting, [control.key]: value });
        if (kept === null) continue;
        const values = validateParameters(findKind(kept.kind)!.parameters, kept.parameters);
        expect(values, `${control.key} ${value}`).toMatchObject(kept.parameters);
      }
  });
});
