import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { FORMATS } from '../../shared/formats/index';
import { RelativeKey } from '../../shared/schema/ids';
import { isKnownShape } from '../../shared/schema/shapes/known-shape';
import { GOLDEN_DATASETS } from '../fixtures/formats/expected-dataset';
import { okValue } from '../fixtures/ok-value';
import { collected, memoryFolder } from '../harness/memory-dataset';
import { mutation } from '../harness/mutated-files';

/** What the project promises for each reader. */
const CASES = 10_000;

/** The same cases each time, so that a red build is the change's doing; another seed searches elsewhere. */
const SEED = Number(process.env.GROUNDMARK_FUZZ_SEED ?? 1);

/** Files of every golden dataset of a format, as bytes. */
async function goldenFiles(formatId: string): Promise<readonly ReadonlyMap<string, Uint8Array>[]> {
  const datasets: Map<string, Uint8Array>[] = [];
  for (const golden of GOLDEN_DATASETS) {
    if (golden.formatId !== formatId) continue;
    const folder = okValue(await openDatasetFolder(golden.folder));
    const files = new Map<string, Uint8Array>();
    for (const { path } of await folder.list()) files.set(path, okValue(await folder.readBytes(path, 1e7)));
    datasets.push(files);
  }
  return datasets;
}

describe.each(Object.values(FORMATS))('damaged files read as $id', (format) => {
  it(`${CASES} times never throw, hang, or give what is unsound`, async () => {
    const datasets = await goldenFiles(format.id);
    expect(datasets.length).toBeGreaterThan(0);
    const damaged = fc.tuple(
      fc.nat(datasets.length - 1),
      fc.array(fc.tuple(fc.nat(1000), mutation), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(7, 1000, 1 << 20),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async ([which, changes, chunkChars]) => {
        const files = new Map(datasets[which]);
        for (const [nth, change] of changes) {
          const path = [...files.keys()][nth % files.size] ?? '';
          files.set(path, change(files.get(path) ?? new Uint8Array()));
        }
        const sizes = new Map([...files.keys()].map((path) => [path, { width: 640, height: 480 }]));
        const folder = memoryFolder(files, { sizes, chunkChars });
        const { confidence, reasons } = await format.detect(folder);
        expect(confidence >= 0 && confidence <= 1 && reasons.length > 0).toBe(true);
        const read = await collected(format.read(folder));
        expect(read.orderFaults).toEqual([]);
        for (const { key, size } of read.images) {
          expect([key, RelativeKey.safeParse(key).success]).toEqual([key, true]);
          if (size !== null) expect(size.width > 0 && size.height > 0).toBe(true);
        }
        for (const { shape, score, classIndex } of read.annotations) {
          if (!isKnownShape(shape)) expect(shape).toBe('a shape that the schema takes');
          expect(Number.isInteger(classIndex) && classIndex >= 0).toBe(true);
          expect(score === null || (score >= 0 && score <= 1)).toBe(true);
        }
        for (const { message, code } of read.problems) {
          expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
          expect(message.length).toBeGreaterThan(10);
        }
      }),
      { numRuns: CASES, seed: SEED },
    );
  }, 600_000);
});
