import { describe, expect, it } from 'vitest';
import { shareOut } from '../../../../renderer/review/batches/share-out';
import type { ImageId } from '../../../../shared/schema/ids';
import type { PersonRef } from '../../../../shared/schema/person';

const person = (name: string): PersonRef => ({ id: null, name });
const [ANN, BEN, CLEO] = [person('Ann'), person('Ben'), person('Cleo')] as const;
const ids = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ImageId,
  );
const sizes = (shares: ReturnType<typeof shareOut>, task: 'labeller' | 'reviewer') => {
  const found: Record<string, number> = {};
  for (const share of shares) {
    const name = share[task]?.name ?? 'none';
    found[name] = (found[name] ?? 0) + share.imageIds.length;
  }
  return found;
};

describe('sharing out', () => {
  it('gives everybody as many, in runs of the list, and every image once', () => {
    const shares = shareOut(ids(10), [ANN, BEN, CLEO], undefined);
    expect(sizes(shares, 'labeller')).toEqual({ Ann: 4, Ben: 3, Cleo: 3 });
    expect(shares.flatMap(({ imageIds }) => imageIds)).toEqual(ids(10));
    expect(shares.every(({ reviewer }) => reviewer === undefined)).toBe(true);
  });

  it('lets nobody review what they label while there is somebody else', () => {
    const shares = shareOut(ids(9), [ANN, BEN, CLEO], [ANN, BEN, CLEO]);
    for (const { labeller, reviewer } of shares) expect(reviewer).not.toBe(labeller);
    const reviewed = Object.values(sizes(shares, 'reviewer'));
    expect(reviewed.reduce((sum, images) => sum + images, 0)).toBe(9);
    expect(Math.max(...reviewed) - Math.min(...reviewed)).toBeLessThanOrEqual(3);
    expect(shareOut(ids(2), [ANN], [ANN])[0]?.reviewer).toBe(ANN);
  });

  it('takes a task from everybody and leaves the other as it is', () => {
    expect(shareOut(ids(3), null, undefined)).toEqual([
      { imageIds: ids(3), labeller: null, reviewer: undefined },
    ]);
    expect(sizes(shareOut(ids(5), undefined, [ANN, BEN]), 'reviewer')).toEqual({ Ann: 3, Ben: 2 });
  });

  it('gives more people than images one each, and nothing to the rest', () => {
    expect(sizes(shareOut(ids(2), [ANN, BEN, CLEO], undefined), 'labeller')).toEqual({ Ann: 1, Ben: 1 });
  });
});
