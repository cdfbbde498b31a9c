import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSets } from '../../renderer/quality/engine/compare-sets';
import { type Comparison, createComparisonTable } from '../../renderer/quality/engine/comparison-table';
import { figuresOf } from '../../renderer/quality/engine/quality-figures';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId, BatchId, ImageId, LabelId } from '../../shared/schema/ids';

const LABELS = ['car', 'bus', 'bike'] as LabelId[];
const PEOPLE = ['Ada', 'Ben', 'Cy'];
const SIZE = { width: 100, height: 100 };

const box = fc.record({
  label: fc.integer({ min: 0, max: LABELS.length - 1 }),
  x: fc.integer({ min: 0, max: 60 }),
  y: fc.integer({ min: 0, max: 60 }),
  side: fc.integer({ min: 5, max: 40 }),
  person: fc.integer({ min: 0, max: PEOPLE.length - 1 }),
  day: fc.integer({ min: 1, max: 3 }),
  colour: fc.option(fc.constantFrom('red', 'blue'), { nil: undefined }),
});
type Box = typeof box extends fc.Arbitrary<infer B> ? B : never;

function annotations(boxes: readonly Box[], prefix: string): readonly Annotation[] {
  return boxes.map(({ label, x, y, side, person, day, colour }, index) => ({
    id: `${prefix}${index}` as AnnotationId,
    labelId: LABELS[label] ?? ('' as LabelId),
    shape: { type: 'box', x, y, width: side, height: side },
    attributes: colour === undefined ? {} : { colour },
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: PEOPLE[person] ?? '',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: `2026-01-0${day}T00:00:00.000Z`,
    revision: 0,
  }));
}

const image = fc.record({
  truth: fc.array(box, { maxLength: 6 }),
  labels: fc.array(box, { maxLength: 6 }),
  batch: fc.constantFrom('a', 'b', null),
});
type TestImage = typeof image extends fc.Arbitrary<infer I> ? I : never;

function comparisonOf(index: number, { truth, labels, batch }: TestImage): Comparison {
  const sets = { truth: annotations(truth, 't'), labels: annotations(labels, 'l'), imageSize: SIZE };
  return {
    ...sets,
    subject: index % 3 === 2 ? 'honeypot' : 'labels',
    labelsId: `image ${index}` as ImageId,
    imageId: `image ${index}` as ImageId,
    ordinal: index,
    compared: compareSets(sets, 0.5, (id) => id),
    person: 'Ada',
    batchId: batch as BatchId | null,
    day: '2026-01-01',
  };
}

/** Nested figures in an order that does not depend on the order in which things were seen first. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sorted(one)]));
}

test('after any edits the figures are those of reading everything anew', () => {
  const edit = fc.record({
    at: fc.integer({ min: 0, max: 5 }),
    image: fc.option(image, { nil: null }),
    lowOverlap: fc.option(fc.constantFrom(0.6, 0.8, 0.95), { nil: null }),
  });
  fc.assert(
    fc.property(
      fc.array(image, { minLength: 1, maxLength: 6 }),
      fc.array(edit, { maxLength: 12 }),
      (images, edits) => {
        const live = createComparisonTable(0.8);
        const now = new Map<number, TestImage>(images.entries());
        let lowOverlap = 0.8;
        for (const [index, one] of now) live.put(comparisonOf(index, one));
        for (const { at, image: next, lowOverlap: low } of edits) {
          if (next === null) {
            now.delete(at);
            live.remove(`image ${at}` as ImageId);
          } else {
            now.set(at, next);
            live.put(comparisonOf(at, next));
          }
          if (low !== null) {
            lowOverlap = low;
            live.setLowOverlap(low);
          }
        }
        const fresh = createComparisonTable(lowOverlap);
        for (const [index, one] of now) fresh.put(comparisonOf(index, one));
        for (const subject of ['labels', 'honeypot'] as const) {
          expect(sorted(figuresOf(live, subject))).toEqual(sorted(figuresOf(fresh, subject)));
        }
      },
    ),
  );
});

test('every object of the truth and of the labels is counted exactly once', () => {
  fc.assert(
    fc.property(image, (one) => {
      const { compared } = comparisonOf(0, one);
      const references = compared.objects.flatMap(({ reference }) => (reference < 0 ? [] : [reference]));
      const candidates = compared.objects.flatMap(({ candidate }) => (candidate < 0 ? [] : [candidate]));
      expect(references.sort((a, b) => a - b)).toEqual(one.truth.map((_, index) => index));
      expect(candidates.sort((a, b) => a - b)).toEqual(one.labels.map((_, index) => index));
    }),
  );
});
