import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { detectFormats } from '../../shared/formats/detect-formats';
import { FORMATS } from '../../shared/formats/index';
import { GOLDEN_DATASETS } from '../fixtures/formats/expected-dataset';
import { okValue } from '../fixtures/ok-value';
import { collected, memoryFolder } from '../harness/memory-dataset';

const SIZES = new Map([['images/a.jpg', { width: 100, height: 100 }]]);

/** Detects and reads with every format; the properties are that nothing throws and that what comes out is sound. */
async function survives(files: ReadonlyMap<string, string>): Promise<void> {
  const folder = memoryFolder(files, { sizes: SIZES, chunkChars: 7 });
  for (const { confidence } of await detectFormats(folder)) {
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
  for (const format of Object.values(FORMATS)) {
    const read = await collected(format.read(folder));
    expect(read.orderFaults).toEqual([]);
    for (const { shape } of read.annotations) {
      if (shape.type !== 'box') continue;
      expect([shape.x, shape.y, shape.width, shape.height].every(Number.isFinite)).toBe(true);
      expect(Math.min(shape.width, shape.height)).toBeGreaterThan(0);
    }
  }
}

const path = fc.constantFrom(
  'annotations/instances_train.json',
  'a.json',
  'labels/a.txt',
  'images/a.jpg',
  'a.txt',
  'data.yaml',
  'classes.txt',
  'obj.names',
  'train.txt',
  'image-sizes.tsv',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json({ maxDepth: 6 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes)),
);
const hostileNumber = fc.oneof(
  fc.double(),
  fc.constantFrom('1e999', '-0', 'NaN', '0x10', '1,5', '', '∞', '9'.repeat(400)),
);

describe('unknown input never throws', () => {
  it('random texts under the names that formats look for', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(path, text), { maxLength: 6 }), (files) => survives(new Map(files))),
      { numRuns: 300 },
    ));

  it('objects in the form of COCO with anything in their places', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            images: fc.oneof(
              fc.anything(),
              fc.array(
                fc.record({
                  id: fc.anything(),
                  file_name: fc.anything(),
                  width: fc.anything(),
                  height: fc.anything(),
                }),
              ),
            ),
            annotations: fc.oneof(
              fc.anything(),
              fc.array(
                fc.record({
                  id: fc.anything(),
                  image_id: fc.oneof(fc.constant(1), fc.anything()),
                  category_id: fc.oneof(fc.constant(1), fc.anything()),
                  bbox: fc.oneof(fc.anything(), fc.array(fc.double(), { minLength: 4, maxLength: 4 })),
                  segmentation: fc.anything(),
                  attributes: fc.anything(),
                  score: fc.anything(),
                }),
              ),
            ),
            categories: fc.oneof(
              fc.anything(),
              fc.array(fc.record({ id: fc.anything(), name: fc.anything() })),
            ),
          },
          { requiredKeys: [] },
        ),
        (object) =>
          survives(new Map([['annotations/instances_train.json', JSON.stringify(object, jsonSafe) ?? '']])),
      ),
      { numRuns: 300 },
    ));

  it('lines in the form of YOLO with anything in their places', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(hostileNumber, { maxLength: 12 }).map((columns) => columns.join(' ')),
          { maxLength: 8 },
        ),
        fc.array(fc.string({ maxLength: 40 }), { maxLength: 8 }),
        (lines, yaml) =>
          survives(
            new Map([
              ['labels/a.txt', lines.join('\n')],
              ['images/a.jpg', ''],
              ['data.yaml', `names: [a, b]\n${yaml.join('\n')}`],
            ]),
          ),
      ),
      { numRuns: 300 },
    ));

  it('golden datasets cut off anywhere', async () => {
    for (const { folder: root } of GOLDEN_DATASETS) {
      const folder = okValue(await openDatasetFolder(root));
      const files = new Map<string, string>();
      for (const file of await folder.list())
        files.set(file.path, okValue(await folder.readText(file.path, 1e6)));
      const [name, whole] = [...files].sort((a, b) => b[1].length - a[1].length)[0] ?? ['', ''];
      for (let length = 0; length < whole.length; length += Math.ceil(whole.length / 25)) {
        await survives(new Map([...files, [name, whole.slice(0, length)]]));
      }
    }
  });

  it('nesting that would overflow a stack', () =>
    survives(
      new Map([
        ['a.json', '['.repeat(200_000)],
        ['b.json', `{"images":${'['.repeat(200_000)}`],
        ['c.json', `{"annotations":[${'{"a":'.repeat(100_000)}`],
      ]),
    ));
});

function jsonSafe(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
