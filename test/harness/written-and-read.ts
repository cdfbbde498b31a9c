import { expect } from 'vitest';
import { eventsToImages } from '../../shared/formats/events-to-images';
import type {
  DatasetAnnotation,
  DatasetFormat,
  FidelityTable,
  WriteReport,
} from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { compareWithRead, comparisonFor } from '../../shared/quality/comparison-for';
import { okValue } from '../fixtures/ok-value';
import {
  type CollectedDataset,
  collected,
  type MemoryDataset,
  memoryFolder,
  memorySink,
  memorySource,
} from './memory-dataset';

/** Every option at its default, then each choice of each option by itself. */
export function optionSets(format: DatasetFormat): readonly OptionValues[] {
  return [
    {},
    ...format.writeOptions.flatMap((option) =>
      option.choices
        .filter((choice) => choice.id !== option.defaultChoice)
        .map((choice) => ({ [option.id]: choice.id })),
    ),
  ];
}

export interface WrittenAndRead {
  readonly report: WriteReport;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly read: CollectedDataset;
}

/**
 * Writes a dataset, reads it back, and holds both to what every format promises: what the fidelity table keeps is there,
 * what it does not keep is counted, the same dataset gives the same bytes, and the reader has nothing to complain of.
 */
export async function writtenAndRead(
  format: DatasetFormat,
  options: OptionValues,
  given: MemoryDataset,
  chunkChars = 1 << 20,
): Promise<WrittenAndRead> {
  const sink = memorySink();
  const report = okValue(await format.write(memorySource(given), sink, { options }));
  const again = memorySink();
  okValue(await format.write(memorySource(given), again, { options }));
  expect([...again.files.keys()]).toEqual([...sink.files.keys()]);
  for (const [path, content] of sink.files) expect([path, again.files.get(path)]).toEqual([path, content]);

  // Pictures are where the format wants them, so that sizes can be asked as in a real folder.
  const files = new Map(sink.files);
  const sizes = new Map(
    given.images.flatMap(({ image }) => {
      const path = format.picturePath(image, options);
      return path === null || image.size === null ? [] : [[path, image.size] as const];
    }),
  );
  for (const path of sizes.keys()) files.set(path, files.get(path) ?? '');
  const folder = memoryFolder(files, { sizes, chunkChars });
  const readOptions = Object.fromEntries(
    Object.entries(options).filter(([id]) => format.readOptions.some((option) => option.id === id)),
  );
  const read = await collected(format.read(folder, readOptions));
  expect(read.orderFaults).toEqual([]);
  // A folder in which nothing could be written is no dataset.
  const expected = report.images === 0 ? ['format-unrecognised'] : [];
  const errors = read.problems.filter((problem) => problem.severity === 'error');
  expect(errors.filter((problem) => !expected.includes(problem.code))).toEqual([]);

  const leftOut = new Set(report.leftOutImages ?? []);
  const kept = { ...given, images: given.images.filter(({ image }) => !leftOut.has(image.key)) };
  const fidelity = format.fidelity(options);
  const comparison = await compareWithRead(
    memorySource(kept),
    format.read(folder, readOptions),
    // How far outlines overlap is measured nowhere else and tested by itself.
    { ...comparisonFor(fidelity), measuresIoU: false },
  );
  if (report.images > 0) {
    expect({ samples: comparison.samples, report: comparison.isSame ? null : report }).toEqual({
      samples: [],
      report: null,
    });
  }
  expectNothingSilent(given, read, report, fidelity);
  return { report, files: sink.files, read };
}

/** Whatever is not kept stands in the report: objects by number, everything else by its code. */
function expectNothingSilent(
  given: MemoryDataset,
  read: CollectedDataset,
  { lossCountByCode, annotations, leftOutImages }: WriteReport,
  fidelity: FidelityTable,
): void {
  const losses = Object.values(lossCountByCode).reduce((sum, count) => sum + count, 0);
  const images = given.images.filter(({ image }) => image.state !== 'unlabelled');
  const all = images.flatMap((image) => image.annotations);
  expect(annotations).toBeLessThanOrEqual(all.length);
  expect({ lost: all.length - annotations, isListed: losses >= all.length - annotations }).toEqual({
    lost: all.length - annotations,
    isListed: true,
  });
  if ((leftOutImages ?? []).length > 0) expect(losses).toBeGreaterThan(0);

  const kept = all.filter(({ shape }) => fidelity.shapes[shape.type] !== 'dropped');
  // What was left out for another reason is listed by that reason.
  if (kept.length === 0 || read.annotations.length < kept.length) return;
  const has = (test: (annotation: DatasetAnnotation) => boolean) => kept.some(test);
  const codes: readonly (readonly [keyof FidelityTable, string, boolean])[] = [
    ['attributes', 'attribute-dropped', has(({ attributes }) => Object.keys(attributes).length > 0)],
    ['isCrowd', 'crowd-flag-dropped', has(({ isCrowd }) => isCrowd)],
    ['score', 'score-dropped', has(({ score }) => score !== null)],
    ['groups', 'group-dropped', has(({ groupId }) => groupId !== undefined)],
    ['tracks', 'track-dropped', has(({ trackId }) => trackId !== undefined)],
    ['notes', 'note-dropped', has(({ note }) => note !== undefined)],
    [
      'imageAttributes',
      'image-attribute-dropped',
      images.some(({ image }) => image.attributes !== undefined),
    ],
    ['frames', 'frame-dropped', images.some(({ image }) => image.frame !== undefined)],
    ['splits', 'split-dropped', images.some(({ image }) => image.split !== null)],
  ];
  for (const [cell, code, isThere] of codes) {
    if (isThere && fidelity[cell] === 'dropped')
      expect([cell, Object.keys(lossCountByCode)]).toEqual([cell, expect.arrayContaining([code])]);
  }
}

/** The whole of a dataset's files as a replayable, in-memory dataset. */
export async function asMemoryDataset(events: ReturnType<DatasetFormat['read']>): Promise<MemoryDataset> {
  const labels: MemoryDataset['labels'][number][] = [];
  const images: MemoryDataset['images'][number][] = [];
  for await (const image of eventsToImages(events, { onLabel: (label) => labels.push(label) }))
    images.push(image);
  return { labels, images };
}
