import { expect, test } from 'vitest';
import { createAgreementTable } from '../../../../renderer/quality/engine/agreement-figures';
import type { LayeredImage } from '../../../../renderer/quality/engine/read-comparisons';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { LabelId } from '../../../../shared/schema/ids';

const box = (id: string, x: number, labelId = 'car') =>
  ({
    id,
    labelId,
    shape: { type: 'box', x, y: 0, width: 10, height: 10 },
    attributes: {},
  }) as unknown as Annotation;

const answer = (
  name: string,
  annotations: readonly Annotation[],
  submittedAt: string | null = '2026-01-01',
) => ({
  layer: { purpose: 'consensus', submittedAt, owner: { id: null, name } },
  annotations,
});

function tableWith(own: readonly Annotation[], ...layers: readonly ReturnType<typeof answer>[]) {
  const table = createAgreementTable(0.5);
  table.put(
    {
      image: { image: { id: 'image', width: 400, height: 100 }, annotations: own },
      layers,
      review: null,
    } as unknown as LayeredImage,
    (id: LabelId) => id,
  );
  return table.objectDisagreement() as ReadonlyMap<string, number>;
}

test('each object has how far those who drew in its image disagree about it, its own label among them', () => {
  const found = tableWith(
    [box('alike', 0), box('named otherwise', 50), box('seen by one', 100), box('seen by nobody', 200)],
    answer('Ada', [box('a1', 0), box('a2', 50, 'truck'), box('a3', 100)]),
    answer('Ben', [box('b1', 0), box('b2', 50, 'truck')]),
  );
  expect(found.get('alike')).toBe(0);
  // Three pairs each: only Ada and Ben say the same; only the label and Ada do; nobody does.
  expect(found.get('named otherwise')).toBeCloseTo(2 / 3, 9);
  expect(found.get('seen by one')).toBeCloseTo(2 / 3, 9);
  expect(found.get('seen by nobody')).toBe(1);
  expect(found.size).toBe(4);
});

test('one other answer is enough, one that was not handed in says nothing', () => {
  const own = [box('moved', 0)];
  // Eight of twelve px in common.
  expect(tableWith(own, answer('Ada', [box('a', 2)])).get('moved')).toBeCloseTo(1 - 8 / 12, 9);
  expect(tableWith(own, answer('Ada', [box('a', 2)], null)).size).toBe(0);
  expect(tableWith(own).size).toBe(0);
});
