/** How the kinds are grouped in the form for new runs. */
import { expect, it } from 'vitest';
import { kindDocuments } from '../../src-main/api/kinds.ts';
import { families } from '../../src-renderer/text/families.ts';

it('groups kinds by the words before the colon, and loses none', () => {
  const grouped = families(kindDocuments);
  const lpm = grouped.find(({ family }) => family === 'Layer-Peeled Model');
  expect(lpm?.members.map(({ name }) => name)).toEqual(expect.arrayContaining(['One solve', 'Ratio sweep']));
  expect(grouped.flatMap(({ members }) => members.map(({ kind }) => kind.id)).sort()).toEqual(
    kindDocuments.map(({ id }) => id).sort(),
  );
  expect(grouped.every(({ members }) => members.every(({ name }) => name !== ''))).toBe(true);
});

it('keeps a label without a colon as it is', () => {
  const kind = { ...kindDocuments[0]!, label: 'Claims' };
  expect(families([kind])).toEqual([{ family: 'Claims', members: [{ kind, name: 'Claims' }] }]);
});
