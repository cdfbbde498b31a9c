import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetImage } from '../../../../../shared/formats/format';
import { masks } from '../../../../../shared/formats/masks/masks';
import { vocColor } from '../../../../../shared/formats/masks/write-class-masks';
import { decodePng } from '../../../../../shared/formats/parts/png/decode-png';
import { encodePng } from '../../../../../shared/formats/parts/png/encode-png';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const grey = (width: number, ...values: number[]) =>
  encodePng({ width, height: values.length / width, channels: 1, samples: Uint8Array.from(values) });

const read = (files: Record<string, string | Uint8Array>, options: Record<string, string> = {}) =>
  collected(masks.read(memoryFolder(new Map(Object.entries(files))), options));

const codes = (found: Awaited<ReturnType<typeof read>>) => found.problems.map((problem) => problem.code);
const names = (found: Awaited<ReturnType<typeof read>>) =>
  found.labels.map(({ classIndex, name }) => [classIndex, name]);

describe('reading masks', () => {
  it('a damaged, a cut off and a foreign file cost their picture alone', async () => {
    const good = grey(2, 0, 1);
    const found = await read({
      'masks/a.png': good,
      'masks/b.png': good.subarray(0, 40),
      'masks/c.png': 'no picture',
      'masks/d.png': new Uint8Array(),
      'classes.txt': 'background\ncar\n',
    });
    expect(codes(found)).toEqual(['masks-undecodable', 'masks-undecodable', 'masks-undecodable']);
    expect(found.images.map(({ key, state }) => [key, state])).toEqual([
      ['a.jpg', 'labelled'],
      ['b.jpg', 'unlabelled'],
      ['c.jpg', 'unlabelled'],
      ['d.jpg', 'unlabelled'],
    ]);
  });

  it('without a class list the values are the classes; a single one is the foreground, whatever it is', async () => {
    expect(names(await read({ 'masks/a.png': grey(3, 0, 7, 9) }))).toEqual([
      [6, 'class-7'],
      [8, 'class-9'],
    ]);
    expect(names(await read({ 'masks/a.png': grey(2, 0, 255) }))).toEqual([[0, 'foreground']]);
    expect(names(await read({ 'masks/a.png': grey(3, 0, 1, 255) }))).toEqual([[0, 'foreground']]);
    expect(names(await read({ 'masks/a.png': grey(3, 0, 1, 255) }, { ignored: 'none' }))).toEqual([
      [0, 'class-1'],
      [254, 'class-255'],
    ]);
    expect(names(await read({ 'masks/a.png': grey(2, 0, 1) }, { background: 'none' }))).toEqual([
      [0, 'class-0'],
      [1, 'class-1'],
    ]);
  });

  it('numbers begin at 0 where 0 is a class', async () => {
    const found = await read({ 'masks/a.png': grey(3, 0, 1, 255), 'classes.txt': 'road\nsidewalk\n' });
    expect(names(found)).toEqual([
      [0, 'road'],
      [1, 'sidewalk'],
    ]);
    expect(found.annotations.map(({ classIndex, shape }) => [classIndex, shape])).toEqual([
      [0, { type: 'mask', x: 0, y: 0, width: 1, height: 1, rle: '01' }],
      [1, { type: 'mask', x: 1, y: 0, width: 1, height: 1, rle: '01' }],
    ]);
    expect(codes(found)).toEqual([]);
  });

  it('as objects where a person says so', async () => {
    const found = await read({ 'masks/a.png': grey(3, 0, 4, 255) }, { kind: 'instance' });
    expect(names(found)).toEqual([[0, 'object']]);
    expect(found.annotations).toHaveLength(2);
  });

  it('of another size than their pictures are refused', async () => {
    const folder = memoryFolder(
      new Map<string, string | Uint8Array>([
        ['images/a.jpg', ''],
        ['masks/a.png', grey(2, 0, 1)],
      ]),
      { sizes: new Map([['images/a.jpg', { width: 4, height: 2 }]]) },
    );
    const found = await collected(masks.read(folder));
    expect(codes(found)).toEqual(['masks-size-differs']);
    expect(found.annotations).toEqual([]);
  });

  it('two masks of one picture are not merged', async () => {
    const found = await read({
      'masks/a.png': grey(2, 0, 1),
      'labels/a.png': grey(2, 1, 1),
      'images/a.jpg': '',
    });
    expect(codes(found)).toEqual(['masks-two-masks']);
    expect(found.images).toHaveLength(1);
  });

  it('a photo in a folder of masks is no mask', async () => {
    let seed = 1;
    const samples = Uint8Array.from({ length: 3 * 90 * 90 }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 24;
    });
    const photo = encodePng({ width: 90, height: 90, channels: 3, samples });
    const folder = memoryFolder(new Map([['masks/a.png', photo]]));
    expect((await masks.detect(folder)).confidence).toBeLessThan(0.5);
    expect(codes(await collected(masks.read(folder)))).toContain('masks-no-class-list');
  });

  it('an object file that is cut off, or names what is not there, says so', async () => {
    const text =
      '{"format":"groundmark-instance-masks","labels":[{"class_index":0,"name":"car"},{"class_index":"x"}],"images":[{"key":"../x"},' +
      '{"key":"a.jpg","mask":"../../etc/passwd.png","objects":[{"id":1,"class_index":0}]},{"key":"a.jpg"},{"key":"b';
    const found = await read({ 'instances.json': text });
    expect(codes(found).sort()).toEqual([
      'masks-bad-image',
      'masks-bad-label',
      'masks-bad-object',
      'masks-duplicate-image',
      'masks-malformed',
      'masks-undecodable',
    ]);
    expect(found.annotations).toEqual([]);
  });
});

const image = (key: string, more: Partial<DatasetImage> = {}): DatasetImage => ({
  key,
  size: { width: 3, height: 2 },
  split: null,
  state: 'labelled',
  ...more,
});
const annotation = (classIndex: number, shape: DatasetAnnotation['shape']): DatasetAnnotation => ({
  imageKey: 'a.jpg',
  classIndex,
  shape,
  isCrowd: false,
  attributes: { colour: 'red' },
  score: null,
});
/** All pixels of a window. */
const filled = (x: number, y: number, width: number, height: number): DatasetAnnotation['shape'] => ({
  type: 'mask',
  x,
  y,
  width,
  height,
  rle: `0${String.fromCharCode(48 + width * height)}`,
});
const labels = [
  { classIndex: 0, name: 'car', supercategory: null, color: '#102030' },
  { classIndex: 2, name: 'a:b#c', supercategory: null },
];

describe('writing masks', () => {
  it('class masks hold class number + 1 and say what was lost to whom', async () => {
    const sink = memorySink();
    const report = okValue(
      await masks.write(
        memorySource({
          labels,
          images: [
            {
              image: image('a.jpg'),
              annotations: [
                annotation(0, filled(0, 0, 2, 1)),
                annotation(2, filled(1, 0, 1, 2)),
                annotation(0, filled(2, 1, 2, 1)),
                annotation(0, { type: 'box', x: 0, y: 0, width: 1, height: 1 }),
              ],
            },
            { image: image('a.png'), annotations: [] },
            { image: image('b.jpg', { size: null }), annotations: [] },
            { image: image('c.jpg', { state: 'unlabelled' }), annotations: [] },
          ],
        }),
        sink,
      ),
    );
    expect(report.lossCountByCode).toEqual({
      'unsupported-shape': 1,
      'attribute-dropped': 3,
      'objects-merged': 1,
      'mask-covered': 1,
      'shape-clipped': 1,
      'label-file-clash': 1,
      'image-size-unknown': 1,
      'unlabelled-image-left-out': 1,
    });
    expect([report.images, report.annotations, report.leftOutImages]).toEqual([1, 3, ['a.png', 'b.jpg']]);
    const png = okValue(decodePng(sink.files.get('masks/a.png') as Uint8Array, 'a'));
    expect([...png.samples]).toEqual([1, 3, 0, 0, 3, 1]);
    expect(png.palette?.slice(0, 4)).toEqual([
      [0, 0, 0],
      [16, 32, 48],
      [255, 255, 255],
      [128, 0, 0],
    ]);
    expect(sink.files.get('all.txt')).toBe('images/a.jpg masks/a.png\n');
    expect(sink.files.get('labelmap.txt')).toBe(
      '# label:color_rgb:parts:actions\nbackground:0,0,0::\ncar:16,32,48::\na_b_c:128,0,0::\n',
    );
    expect(JSON.parse(String(sink.files.get('dataset_meta.json')))).toEqual({
      label_map: { 0: 'background', 1: 'car', 3: 'a:b#c' },
      segmentation_colors: [[0, 0, 0], [16, 32, 48], null, [128, 0, 0]],
      background_label: '0',
    });
  });

  it('an object that no pixel is left of is named', async () => {
    const report = okValue(
      await masks.write(
        memorySource({
          labels,
          images: [
            {
              image: image('a.jpg'),
              annotations: [annotation(0, filled(0, 0, 1, 1)), annotation(2, filled(0, 0, 2, 2))],
            },
          ],
        }),
        memorySink(),
      ),
    );
    expect(report.lossCountByCode).toMatchObject({ 'mask-hidden': 1, 'mask-covered': 1 });
  });

  it('instance masks hold the number of the object in 16 bits, the later on top', async () => {
    const sink = memorySink();
    const report = okValue(
      await masks.write(
        memorySource({
          labels,
          images: [
            {
              image: image('a.jpg'),
              annotations: [annotation(0, filled(0, 0, 2, 1)), annotation(0, filled(1, 0, 1, 2))],
            },
          ],
        }),
        sink,
        { options: { kind: 'instance' } },
      ),
    );
    expect(report.lossCountByCode).toEqual({});
    expect(report.notes).toHaveLength(1);
    const png = okValue(decodePng(sink.files.get('masks/a.png') as Uint8Array, 'a'));
    expect(png.samples).toEqual(Uint16Array.from([1, 2, 0, 0, 2, 0]));
  });

  it("shows Pascal VOC's colours", () => {
    // The first colours of the development kit's VOClabelcolormap.
    expect([1, 2, 3, 4, 8, 20].map(vocColor)).toEqual([
      [128, 0, 0],
      [0, 128, 0],
      [128, 128, 0],
      [0, 0, 128],
      [64, 0, 0],
      [0, 64, 128],
    ]);
  });
});
