/**
 * The singular values of Z, each with where it lives: the contrasts inside a group (K_g − 1 equal ones each) or between the
 * groups. Read off the symmetric form; nothing is decomposed.
 */
import type { SymmetricLogits } from '../../src-main/lpm/types.ts';
import type { SpectrumPart } from './protocol.ts';

export function spectrumOf({ sizes, contrasts, singularValues }: SymmetricLogits): SpectrumPart[] {
  const inside = (g: number): SpectrumPart['role'] => (sizes.length === 1 ? 'all' : g === 0 ? 'majority' : 'minority');
  const parts: SpectrumPart[] =
    sizes.length > 2 ? [] : sizes.map((size, g) => ({ role: inside(g), value: contrasts[g]!, multiplicity: size - 1 }));
  const between = sizes.length > 2 ? 'mixed' : 'between';
  for (const value of singularValues) parts.push({ role: between, value, multiplicity: 1 });
  return parts.filter((part) => part.multiplicity > 0 && part.value > 0).sort((a, b) => b.value - a.value);
}
