import { expect, it } from 'vitest';
import { dota } from '../../../../../shared/formats/dota/dota';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const LABELS = ['traffic light', 'traffic-light', '7'].map((name, classIndex) => ({
  classIndex,
  name,
  supercategory: null,
}));

it('is one word a class, six decimals a corner and the header of the picture', async () => {
  const image = {
    key: 'p/1.png',
    size: { width: 50, height: 50 },
    split: 'train' as const,
    state: 'labelled' as const,
    attributes: { gsd: 0.5, imagesource: 'Google Earth', weather: 'sun' },
  };
  const annotation = (classIndex: number, rotation: number, difficult: boolean): DatasetAnnotation => ({
    imageKey: image.key,
    classIndex,
    shape: { type: 'rotated-box', cx: 10, cy: 10, width: 4, height: 2, rotation },
    isCrowd: false,
    attributes: { difficult },
    score: null,
  });
  const sink = memorySink();
  const source = memorySource({
    labels: LABELS,
    images: [
      { image, annotations: [annotation(0, 0, true), annotation(1, 90, false), annotation(2, 0, false)] },
    ],
  });
  const report = okValue(await dota.write(source, sink));
  expect(sink.files.get('train/labelTxt/p/1.txt')).toBe(
    [
      'imagesource:Google Earth',
      'gsd:0.5',
      '8.000000 9.000000 12.000000 9.000000 12.000000 11.000000 8.000000 11.000000 traffic-light_2 1',
      '11.000000 8.000000 11.000000 12.000000 9.000000 12.000000 9.000000 8.000000 traffic-light 0',
      '8.000000 9.000000 12.000000 9.000000 12.000000 11.000000 8.000000 11.000000 class-7 0',
      '',
    ].join('\n'),
  );
  expect(report.lossCountByCode).toEqual({ 'label-renamed': 2, 'image-attribute-dropped': 1 });
  const read = await collected(dota.read(memoryFolder(sink.files)));
  expect(read.problems).toEqual([]);
  expect(read.labels).toEqual(LABELS);
  expect(read.annotations.map(({ classIndex, attributes }) => [classIndex, attributes])).toEqual([
    [0, { difficult: true }],
    [1, {}],
    [2, {}],
  ]);
});
