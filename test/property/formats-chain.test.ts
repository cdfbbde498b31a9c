import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetFormat } from '../../shared/formats/format';
import { FORMATS, type FormatId } from '../../shared/formats/index';
import { compareDatasets } from '../../shared/quality/compare-datasets';
import { okValue } from '../fixtures/ok-value';
import { datasetArbitrary } from '../harness/dataset-arbitrary';
import { type MemoryDataset, memoryFolder, memorySink, memorySource } from '../harness/memory-dataset';
import { asMemoryDataset } from '../harness/written-and-read';

/** The ways that labels really travel: from a labelling tool over a trainer's format and back. */
const CHAINS: readonly (readonly FormatId[])[] = [
  ['coco', 'yolo', 'voc', 'kitti', 'coco'],
  ['labelme', 'coco', 'cvat', 'datumaro', 'yolo', 'createml', 'coco'],
  ['label-studio', 'voc', 'open-images', 'bdd100k', 'csv', 'parquet', 'tfrecord', 'coco'],
];

/** VOC by its own convention has whole pixels; with edges as they are nothing is rounded. */
const OPTIONS: Partial<Record<FormatId, Record<string, string>>> = { voc: { origin: 'zero-based' } };

/** The next dataset of a chain: written by one format and read by it again. */
async function passed(format: DatasetFormat, given: MemoryDataset): Promise<MemoryDataset> {
  const options = OPTIONS[format.id as FormatId] ?? {};
  const sink = memorySink();
  okValue(await format.write(memorySource(given), sink, { options }));
  const files = new Map(sink.files);
  const sizes = new Map(
    given.images.flatMap(({ image }) => {
      const place = format.picturePath(image, options);
      return place === null || image.size === null ? [] : [[place, image.size] as const];
    }),
  );
  for (const place of sizes.keys()) files.set(place, files.get(place) ?? '');
  return asMemoryDataset(format.read(memoryFolder(files, { sizes })));
}

const nameOf =
  ({ labels }: MemoryDataset) =>
  (classIndex: number) =>
    labels.find((label) => label.classIndex === classIndex)?.name ?? `class ${classIndex}`;

describe.each(CHAINS)('boxes over %s', (...chain) => {
  it('drift by no more than what the formats on the way declare', () =>
    fc.assert(
      fc.asyncProperty(datasetArbitrary({ shapes: ['box'] }), async (made) => {
        // KITTI parts its columns by blanks, and names with them are counted as changed.
        const given = {
          ...made,
          labels: made.labels.map((label) => ({ ...label, name: `class-${label.classIndex}` })),
        };
        let last: MemoryDataset = given;
        for (const id of chain) last = await passed(FORMATS[id], last);
        const declared = chain.reduce(
          (sum, id) => sum + FORMATS[id].fidelity(OPTIONS[id] ?? {}).coordinateErrorInImagePx,
          0,
        );
        const comparison = await compareDatasets(
          memorySource(given).annotationsByImage(),
          memorySource(last).annotationsByImage(),
          {
            toleranceInImagePx: declared + 1e-9,
            labelOfA: nameOf(given),
            labelOfB: nameOf(last),
            ignores: new Set(['splits']),
          },
        );
        expect(comparison.samples).toEqual([]);
        expect(comparison.matched).toBe(given.images.flatMap(({ annotations }) => annotations).length);
      }),
      { numRuns: 40, seed: 1 },
    ));
});
