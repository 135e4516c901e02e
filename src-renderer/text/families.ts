/** Kinds by family: the words before the colon of a label, `Layer-Peeled Model: one solve`. Keeps the order of the kinds. */
import type { RunKind } from '../api.ts';

export interface Family {
  readonly family: string;
  readonly members: readonly { readonly kind: RunKind; readonly name: string }[];
}

/** A label without a colon is a family of its own. */
export function families(kinds: readonly RunKind[]): readonly Family[] {
  const split = kinds.map((kind) => {
    const [family, ...rest] = kind.label.split(': ');
    const name = rest.join(': ');
    return {
      family: family ?? kind.label,
      kind,
      name: name === '' ? kind.label : name[0]!.toUpperCase() + name.slice(1),
    };
  });
  return [...new Set(split.map(({ family }) => family))].map((family) => ({
    family,
    members: split.filter((one) => one.family === family).map(({ kind, name }) => ({ kind, name })),
  }));
}
