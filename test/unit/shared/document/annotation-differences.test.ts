import { expect, it } from 'vitest';
import { annotationDifferences } from '../../../../shared/document/annotation-differences';
import type { AnnotationId } from '../../../../shared/schema/ids';
import { annotation } from '../../renderer/persistence/persistence-fixture';

const named = (n: number, x: number) =>
  annotation({
    id: `00000000-0000-4000-8000-00000000000${n}` as AnnotationId,
    shape: { type: 'box', x, y: 0, width: 5, height: 5 },
  });

it('tells what was added, removed and changed, and takes nobody’s touch for a change', () => {
  const before = [named(1, 10), named(2, 20), named(3, 30)];
  const touched = { ...named(1, 10), revision: 4, updatedAt: '2026-05-05T00:00:00.000Z' };
  const moved = named(3, 31);
  const differences = annotationDifferences(before, [moved, touched, named(4, 40)]);
  expect(differences.added.map(({ id }) => id.at(-1))).toEqual(['4']);
  expect(differences.removed.map(({ id }) => id.at(-1))).toEqual(['2']);
  expect(differences.changed).toEqual([[before[2], moved]]);
});
