import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitSubject } from '../../shared/datasets/image-groups';
import { assignSplits } from '../../shared/datasets/split';
import type { SplitRule } from '../../shared/schema/dataset-version';

const subjects: fc.Arbitrary<readonly SplitSubject[]> = fc
  .array(
    fc.record({
      folder: fc.constantFrom('a', 'a/b', 'c', 'd', 'e', 'f'),
      contentHash: fc.integer({ min: 0, max: 60 }).map((number) => `hash ${number}`),
      labelCounts: fc
        .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 })), { maxLength: 4 })
        .map((entries) => new Map(entries)),
    }),
    { maxLength: 80 },
  )
  .map((items) => items.map((item, index) => ({ ...item, imageId: `image ${index}` })));

const rule: fc.Arbitrary<SplitRule> = fc.record({
  seed: fc.string({ maxLength: 10 }),
  ratios: fc.constantFrom(
    { train: 0.8, val: 0.1, test: 0.1 },
    { train: 0.7, val: 0.2, test: 0.1 },
    { train: 0.5, val: 0.5, test: 0 },
    { train: 0, val: 0, test: 1 },
  ),
  groupBy: fc.constantFrom('image', 'folder'),
  isStratified: fc.boolean(),
});

describe('dealing images to splits', () => {
  it('depends neither on the order of the images nor on when it is done', () => {
    fc.assert(
      fc.property(subjects, rule, fc.infiniteStream(fc.nat()), (images, how, numbers) => {
        const shuffled = images
          .map((image) => ({ image, at: numbers.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ image }) => image);
        const here = assignSplits(images, how);
        const there = assignSplits(shuffled, how);
        for (const { imageId } of images) expect(there.get(imageId)).toEqual(here.get(imageId));
      }),
    );
  });

  it('gives every image one split that the rule has a share for', () => {
    fc.assert(
      fc.property(subjects, rule, (images, how) => {
        const dealt = assignSplits(images, how);
        expect(dealt.size).toBe(images.length);
        for (const { split } of dealt.values()) expect(how.ratios[split]).toBeGreaterThan(0);
      }),
    );
  });

  it('never parts byte-identical images, nor folders when it goes by folder', () => {
    fc.assert(
      fc.property(subjects, rule, (images, how) => {
        const dealt = assignSplits(images, how);
        for (const a of images) {
          for (const b of images) {
            const belongTogether =
              a.contentHash === b.contentHash || (how.groupBy === 'folder' && a.folder === b.folder);
            if (belongTogether) expect(dealt.get(a.imageId)?.split).toBe(dealt.get(b.imageId)?.split);
          }
        }
      }),
    );
  });

  it('does not move images that were there when others are added, without stratification', () => {
    fc.assert(
      fc.property(subjects, rule, fc.nat(), (images, how, cut) => {
        const byImage: SplitRule = { ...how, groupBy: 'image', isStratified: false };
        const fewer = images.slice(0, images.length === 0 ? 0 : cut % images.length);
        const before = assignSplits(fewer, byImage);
        const after = assignSplits(images, byImage);
        for (const { imageId } of fewer) expect(after.get(imageId)).toEqual(before.get(imageId));
      }),
    );
  });

  it('meets the shares within sampling error by hash, and within one image a label when stratified', () => {
    const images: SplitSubject[] = Array.from({ length: 2000 }, (_, index) => ({
      imageId: `image ${index}`,
      folder: 'all',
      contentHash: `hash ${index}`,
      // Label 3 is on one image of 100, and would easily miss a small split by chance.
      labelCounts: new Map(index % 100 === 0 ? [[3, 1]] : [[index % 2, 1]]),
    }));
    const shares = { train: 0.8, val: 0.1, test: 0.1 };
    const plain = assignSplits(images, { seed: 's', ratios: shares, groupBy: 'image', isStratified: false });
    const stratified = assignSplits(images, {
      seed: 's',
      ratios: shares,
      groupBy: 'image',
      isStratified: true,
    });
    const count = (dealt: typeof plain, split: string, label?: number) =>
      images.filter(
        ({ imageId, labelCounts }) =>
          dealt.get(imageId)?.split === split && (label === undefined || labelCounts.has(label)),
      ).length;
    // Four standard deviations of a binomial with n = 2000, p = 0.1 are 54.
    expect(Math.abs(count(plain, 'val') - 200)).toBeLessThan(54);
    expect(Math.abs(count(plain, 'test') - 200)).toBeLessThan(54);
    for (const split of ['val', 'test']) {
      expect(count(stratified, split, 3)).toBe(2);
      expect(Math.abs(count(stratified, split) - 200)).toBeLessThanOrEqual(2);
    }
    expect(count(stratified, 'train', 3)).toBe(16);
  });
});
