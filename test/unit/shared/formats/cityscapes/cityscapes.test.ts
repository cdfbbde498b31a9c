import { describe, expect, it } from 'vitest';
import { cityscapes } from '../../../../../shared/formats/cityscapes/cityscapes';
import type { DatasetAnnotation, DatasetImage } from '../../../../../shared/formats/format';
import { decodePng } from '../../../../../shared/formats/parts/png/decode-png';
import { encodePng } from '../../../../../shared/formats/parts/png/encode-png';
import type { PolygonShape } from '../../../../../shared/schema/shapes';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const PLACE = 'gtFine/val/ulm/a_gtFine_';
const read = (files: Record<string, string | Uint8Array>) =>
  collected(cityscapes.read(memoryFolder(new Map(Object.entries(files)))));
const withObjects = (objects: string) => `{"imgHeight":4,"imgWidth":6,"objects":${objects}}`;

describe('damaged Cityscapes files', () => {
  it.each([
    ['no list', '{"label":"car","polygon":7}'],
    ['two corners', '{"label":"car","polygon":[[1,1],[2,2]]}'],
    ['NaN', '{"label":"car","polygon":[[1,1],[2,NaN],[2,2]]}'],
    ['text', '{"label":"car","polygon":[["1",1],[2,1],[2,2]]}'],
    ['an endless number', '{"label":"car","polygon":[[1e999,1],[2,1],[2,2]]}'],
    ['no label', '{"polygon":[[1,1],[2,1],[2,2]]}'],
    ['no object', '7'],
  ])('%s costs that object', async (_, bad) => {
    const good = '{"label":"car","polygon":[[1,1],[2,1],[2,2]]}';
    const found = await read({ [`${PLACE}polygons.json`]: withObjects(`[${bad},${good}]`) });
    expect(found.problems.map((problem) => problem.code)).toEqual(['cityscapes-bad-object']);
    expect(found.annotations).toHaveLength(1);
  });

  it('polygons that cannot be read give way to pixels', async () => {
    const pixels = encodePng({ width: 2, height: 1, channels: 1, samples: Uint8Array.from([0, 26]) });
    const found = await read({ [`${PLACE}polygons.json`]: '{"objects":[', [`${PLACE}labelIds.png`]: pixels });
    expect(found.problems.map((problem) => problem.code)).toEqual(['cityscapes-malformed']);
    expect(found.annotations.map(({ classIndex, shape }) => [classIndex, shape.type])).toEqual([
      [26, 'mask'],
    ]);
  });

  it('a file of nothing leaves its picture unlabelled', async () => {
    const found = await read({ [`${PLACE}instanceIds.png`]: 'no picture' });
    expect(found.problems.map((problem) => problem.code)).toEqual(['cityscapes-undecodable']);
    expect(found.images.map(({ key, state }) => [key, state])).toEqual([['ulm/a.png', 'unlabelled']]);
  });

  it('one picture in two splits is reported', async () => {
    const found = await read({
      [`${PLACE}polygons.json`]: withObjects('[]'),
      'gtFine/train/ulm/a_gtFine_polygons.json': withObjects('[]'),
    });
    expect(found.problems.map((problem) => problem.code)).toEqual(['cityscapes-duplicate-image']);
    expect(found.images).toHaveLength(1);
  });
});

const square = (from: number, to: number) => [
  { x: from, y: from },
  { x: to, y: from },
  { x: to, y: to },
  { x: from, y: to },
];
const annotation = (classIndex: number, shape: PolygonShape, more: Partial<DatasetAnnotation> = {}) => ({
  imageKey: 'ulm/a.png',
  classIndex,
  shape,
  isCrowd: false,
  attributes: {},
  score: null,
  ...more,
});
const image: DatasetImage = {
  key: 'ulm/a.png',
  size: { width: 6, height: 4 },
  split: 'val',
  state: 'labelled',
};
const labels = [
  { classIndex: 0, name: 'road', supercategory: null },
  { classIndex: 1, name: 'car', supercategory: null },
  { classIndex: 5, name: 'cow', supercategory: null, color: '#010203' },
];

async function written(annotations: readonly DatasetAnnotation[], options: Record<string, string> = {}) {
  const sink = memorySink();
  const report = okValue(
    await cityscapes.write(memorySource({ labels, images: [{ image, annotations }] }), sink, { options }),
  );
  const pixels = (kind: string) => [
    ...okValue(decodePng(sink.files.get(`${PLACE}${kind}.png`) as Uint8Array, kind)).samples,
  ];
  return {
    sink,
    report,
    pixels,
    json: JSON.parse(String(sink.files.get(`${PLACE}polygons.json`))) as unknown,
  };
}

describe('writing Cityscapes', () => {
  it('draws ids, objects and training ids in paint order, with holes open', async () => {
    const { pixels, json, report, sink } = await written(
      [
        annotation(0, {
          type: 'polygon',
          parts: [
            {
              exterior: [
                { x: 0, y: 0 },
                { x: 6, y: 0 },
                { x: 6, y: 4 },
                { x: 0, y: 4 },
              ],
              holes: [],
            },
          ],
        }),
        annotation(1, { type: 'polygon', parts: [{ exterior: square(0, 3), holes: [square(1, 2)] }] }),
        annotation(
          1,
          {
            type: 'polygon',
            parts: [
              {
                exterior: [
                  { x: 4, y: 0 },
                  { x: 5, y: 0 },
                  { x: 5, y: 1 },
                  { x: 4, y: 1 },
                ],
                holes: [],
              },
            ],
          },
          { isCrowd: true },
        ),
        annotation(5, { type: 'polygon', parts: [{ exterior: square(3, 4), holes: [] }] }),
      ],
      { pixels: 'train-ids' },
    );
    // By Cityscapes' table: road is 7 (0 in training), car 26 (13); 34 is the first number of one's own.
    expect(pixels('labelIds')).toEqual(
      [
        [26, 26, 26, 7, 26, 7],
        [26, 7, 26, 7, 7, 7],
        [26, 26, 26, 7, 7, 7],
        [7, 7, 7, 34, 7, 7],
      ].flat(),
    );
    expect(pixels('instanceIds').slice(0, 6)).toEqual([26_000, 26_000, 26_000, 7, 26, 7]);
    expect(pixels('instanceIds')[21]).toBe(34_000);
    expect(pixels('labelTrainIds').slice(0, 6)).toEqual([13, 13, 13, 0, 13, 0]);
    expect(pixels('labelTrainIds')[21]).toBe(255);
    expect(json).toMatchObject({
      imgHeight: 4,
      imgWidth: 6,
      objects: [{ label: 'road' }, { label: 'car' }, { label: 'cargroup' }, { label: 'cow' }],
    });
    expect(report.notes?.length).toBe(2);
    expect(String(sink.files.get('label_colors.txt')).split('\n').slice(33)).toEqual([
      '119 11 32 bicycle',
      '1 2 3 cow',
      '',
    ]);
  });

  it('says what does not fit', async () => {
    const sink = memorySink();
    const report = okValue(
      await cityscapes.write(
        memorySource({
          labels,
          images: [
            {
              image: { ...image, size: null },
              annotations: [
                { ...annotation(1, { type: 'polygon', parts: [] }), shape: { type: 'tag' } },
                annotation(7, { type: 'polygon', parts: [{ exterior: square(0, 1), holes: [] }] }),
              ],
            },
            { image: { ...image, key: 'ulm/a.jpg' }, annotations: [] },
            { image: { ...image, key: 'b.png', state: 'unlabelled' }, annotations: [] },
          ],
        }),
        sink,
      ),
    );
    expect(report.lossCountByCode).toEqual({
      'unsupported-shape': 1,
      'unknown-class': 1,
      'image-size-unknown': 1,
      'label-file-clash': 1,
      'unlabelled-image-left-out': 1,
    });
    expect(report.leftOutImages).toEqual(['ulm/a.jpg']);
  });
});
