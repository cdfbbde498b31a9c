import { describe, expect, it } from 'vitest';
import { cocoPanoptic } from '../../../../../shared/formats/coco-panoptic/coco-panoptic';
import type { DatasetAnnotation, DatasetLabel } from '../../../../../shared/formats/format';
import { decodePng } from '../../../../../shared/formats/parts/png/decode-png';
import type { Shape } from '../../../../../shared/schema/shapes';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const LABELS: readonly DatasetLabel[] = [
  { classIndex: 0, name: 'car', supercategory: null },
  {
    classIndex: 4,
    name: 'road',
    supercategory: null,
    attributes: [{ name: 'isthing', kind: 'checkbox', options: [], defaultValue: false }],
  },
];
const image = (key: string) =>
  ({ key, size: { width: 4, height: 3 }, split: null, state: 'labelled' }) as const;
const made = (shape: Shape, classIndex = 0): DatasetAnnotation => ({
  imageKey: 'a.jpg',
  classIndex,
  shape,
  isCrowd: false,
  attributes: {},
  score: null,
});
/** All pixels of a window set. */
const block = (x: number, y: number, width: number, height: number, rle: string): Shape => ({
  type: 'mask',
  x,
  y,
  width,
  height,
  rle,
});

async function written(images: Parameters<typeof memorySource>[0]['images']) {
  const sink = memorySink();
  const report = okValue(await cocoPanoptic.write(memorySource({ labels: LABELS, images }), sink));
  const read = await collected(cocoPanoptic.read(memoryFolder(sink.files)));
  const json = JSON.parse(String(sink.files.get('annotations/panoptic_default.json'))) as Record<
    string,
    unknown
  >;
  return { report, read, json, files: sink.files };
}

describe('a panoptic picture', () => {
  it('gives what overlaps to the later object, and says what the earlier ones lost', async () => {
    const { report, read, json, files } = await written([
      {
        image: image('a.jpg'),
        annotations: [
          // The road is everything, 12 pixels; a car of 2 x 2 on it; a car that the next one hides; one half outside.
          made(block(0, 0, 4, 3, '0<'), 4),
          made(block(1, 1, 2, 2, '04')),
          made(block(0, 0, 1, 1, '01')),
          made(block(0, 0, 1, 1, '01')),
          made(block(3, 2, 2, 1, '02')),
          made({ type: 'box', x: 0, y: 0, width: 1, height: 1 }),
        ],
      },
    ]);
    const png = okValue(decodePng(files.get('annotations/panoptic_default/a.png') as Uint8Array, 'a.png'));
    // Red is the lowest byte of an id.
    expect(Array.from(png.samples).filter((_, at) => at % 3 === 0)).toEqual([
      4, 1, 1, 1, 1, 2, 2, 1, 1, 2, 2, 5,
    ]);
    expect(Array.from(png.samples).filter((_, at) => at % 3 !== 0)).toEqual(new Array(24).fill(0));
    expect(json.annotations).toEqual([
      {
        image_id: 1,
        file_name: 'a.png',
        segments_info: [
          { id: 1, category_id: 5, iscrowd: 0, bbox: [0, 0, 4, 3], area: 6 },
          { id: 2, category_id: 1, iscrowd: 0, bbox: [1, 1, 2, 2], area: 4 },
          { id: 4, category_id: 1, iscrowd: 0, bbox: [0, 0, 1, 1], area: 1 },
          { id: 5, category_id: 1, iscrowd: 0, bbox: [3, 2, 1, 1], area: 1 },
        ],
      },
    ]);
    expect(json.categories).toEqual([
      { id: 1, name: 'car', supercategory: '', isthing: 1 },
      { id: 5, name: 'road', supercategory: '', isthing: 0 },
    ]);
    expect(report.annotations).toBe(4);
    expect(report.lossCountByCode).toEqual({
      'unsupported-shape': 1,
      'object-covered': 1,
      'pixels-covered': 1,
      'mask-clipped': 1,
    });
    expect(report.losses.map(({ message }) => message).join()).toMatch(
      /6 of 12 pixels of an object in a\.jpg/,
    );
    expect(read.labels).toEqual(LABELS);
    expect(read.annotations.map(({ classIndex, shape }) => [classIndex, shape])).toEqual([
      // By pycocotools.
      [4, block(0, 0, 4, 3, '132N01O')],
      [0, block(1, 1, 2, 2, '04')],
      [0, block(0, 0, 1, 1, '01')],
      [0, block(3, 2, 1, 1, '01')],
    ]);
  });

  it('is left out where its size is not known, and pictures of one name keep a PNG each', async () => {
    const empty = (key: string) => ({
      image: { ...image(key), state: 'confirmedEmpty' as const },
      annotations: [],
    });
    const { report, read, files } = await written([
      empty('x/a.jpg'),
      empty('x/A.png'),
      { image: { ...image('no size.jpg'), size: null }, annotations: [made(block(0, 0, 1, 1, '01'))] },
    ]);
    expect([...files.keys()]).toEqual([
      'annotations/panoptic_default.json',
      'annotations/panoptic_default/x/a.png',
      'annotations/panoptic_default/x/A.png.png',
    ]);
    expect(report.leftOutImages).toEqual(['no size.jpg']);
    expect(report.lossCountByCode).toEqual({ 'image-size-unknown': 1, 'annotation-left-out': 1 });
    expect(read.images.map(({ key, state }) => [key, state])).toEqual([
      ['x/a.jpg', 'confirmedEmpty'],
      ['x/A.png', 'confirmedEmpty'],
    ]);
    expect(read.problems).toEqual([]);
  });

  it('whose PNG is damaged, missing or no PNG does not pass for an empty one', async () => {
    const { files } = await written([
      { image: image('a.jpg'), annotations: [made(block(1, 1, 2, 2, '04'))] },
    ]);
    const png = files.get('annotations/panoptic_default/a.png') as Uint8Array;
    for (const damaged of [png.slice(0, 40), new Uint8Array(), new TextEncoder().encode('GIF89a'), null]) {
      const changed = new Map(files);
      changed.set('annotations/panoptic_default/other.png', png);
      if (damaged === null) changed.delete('annotations/panoptic_default/a.png');
      else changed.set('annotations/panoptic_default/a.png', damaged);
      const read = await collected(cocoPanoptic.read(memoryFolder(changed)));
      expect(read.images.map(({ key, state }) => [key, state])).toEqual([['a.jpg', 'unlabelled']]);
      expect(read.annotations).toEqual([]);
      expect(read.problems.map(({ code }) => code)).toEqual(['panoptic-bad-png']);
    }
  });

  it('without any PNG is hardly offered, and says why', async () => {
    const { files } = await written([{ image: image('a.jpg'), annotations: [] }]);
    const alone = new Map([...files].filter(([path]) => path.endsWith('.json')));
    expect((await cocoPanoptic.detect(memoryFolder(files))).confidence).toBe(0.98);
    const { confidence, reasons } = await cocoPanoptic.detect(memoryFolder(alone));
    expect(confidence).toBeLessThan(0.5);
    expect(reasons.join()).toMatch(/no folder of PNG files/);
  });
});
