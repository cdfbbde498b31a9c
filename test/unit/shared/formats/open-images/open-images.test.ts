import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetImage } from '../../../../../shared/formats/format';
import { openImages } from '../../../../../shared/formats/open-images/open-images';
import { encodePng } from '../../../../../shared/formats/parts/png/encode-png';
import type { Size } from '../../../../../shared/geometry/rect';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const BOXES =
  'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\n';
const LABELS = 'ImageID,Source,LabelName,Confidence\n';

const read = (
  files: Readonly<Record<string, string | Uint8Array>>,
  sizes: Readonly<Record<string, Size>> = {},
) =>
  collected(
    openImages.read(memoryFolder(new Map(Object.entries(files)), { sizes: new Map(Object.entries(sizes)) })),
  );

describe('Open Images as it is read', () => {
  it('boxes of a picture that is not at hand are told once, and its labels are kept', async () => {
    const { images, annotations, problems } = await read({
      'train-annotations-bbox.csv': `${BOXES}a,x,/m/1,1,0,1,0,1,0,0,0,0,0\na,x,/m/1,1,0,0.5,0,1,0,0,0,0,0\n`,
      'train-annotations-human-imagelabels.csv': `${LABELS}a,v,/m/1,1\n`,
    });
    expect(images).toEqual([{ key: 'a.jpg', size: null, split: 'train', state: 'labelled' }]);
    expect(annotations.map(({ shape }) => shape.type)).toEqual(['tag']);
    expect(problems.map(({ code }) => code)).toEqual(['open-images-unnamed-class', 'image-size-unknown']);
  });

  it('what was verified to be absent is no object, and makes no picture labelled', async () => {
    const { images, annotations } = await read({
      'class-descriptions.csv': '/m/1,Cat\n',
      'train-annotations-human-imagelabels.csv': `${LABELS}a,v,/m/1,0\n`,
    });
    expect(annotations).toEqual([]);
    expect(images).toEqual([
      { key: 'a.jpg', size: null, split: 'train', state: 'inProgress', attributes: { Cat: false } },
    ]);
  });

  it('a mask of half the size is drawn anew in its picture', async () => {
    const png = encodePng({ width: 2, height: 2, channels: 1, samples: Uint8Array.from([0, 255, 0, 254]) });
    const { annotations, problems } = await read(
      {
        'class-descriptions.csv': '/m/1,Cat\n',
        'train-annotations-object-segmentation.csv':
          'MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks\nm.png,a,/m/1,x,0,1,0,1,,\n',
        'train-masks-0/m.png': png,
        'images/train/a.jpg': '',
      },
      { 'images/train/a.jpg': { width: 4, height: 4 } },
    );
    expect(annotations.map(({ shape }) => shape)).toEqual([
      { type: 'mask', x: 2, y: 0, width: 2, height: 4, rle: '08' },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['open-images-mask-scaled']);
  });

  it('ids that lead out are told and left out', async () => {
    const { images, problems } = await read({
      'train-annotations-human-imagelabels.csv': `${LABELS}../../x,v,/m/1,1\n,v,/m/1,1\n`,
    });
    expect(images.map(({ key }) => key).filter((key) => key.includes('..'))).toEqual([]);
    expect(problems.some(({ code }) => code === 'open-images-bad-row')).toBe(true);
  });
});

describe('Open Images as it is written', () => {
  const image: DatasetImage = {
    key: 'a.png',
    size: { width: 4, height: 2 },
    split: 'val',
    state: 'labelled',
    attributes: { cat: false, weather: 'rain' },
  };
  const object = (more: Partial<DatasetAnnotation>): DatasetAnnotation => ({
    imageKey: 'a.png',
    classIndex: 0,
    shape: { type: 'box', x: 1, y: 0, width: 2, height: 1 },
    isCrowd: false,
    attributes: {},
    score: null,
    ...more,
  });

  it('has the order of columns that readers know, -1 for what nobody said, and 1.0 for a score of one', async () => {
    const sink = memorySink();
    const report = okValue(
      await openImages.write(
        memorySource({
          labels: [
            { classIndex: 0, name: 'dog', supercategory: null },
            { classIndex: 3, name: 'cat', supercategory: null },
          ],
          images: [
            {
              image,
              annotations: [
                object({
                  attributes: { occluded: 2, truncated: false, IsInside: true, colour: 'red' },
                  isCrowd: true,
                  score: 1,
                }),
                object({ shape: { type: 'tag' }, score: 0 }),
                object({ shape: { type: 'points', points: [{ x: 0, y: 0 }] } }),
              ],
            },
          ],
        }),
        sink,
      ),
    );
    expect(sink.files.get('annotations/validation-annotations-bbox.csv')).toBe(
      `${BOXES}a,,dog,1.0,0.25,0.75,0,0.5,1,0,1,-1,1\n`,
    );
    expect(sink.files.get('annotations/validation-annotations-human-imagelabels.csv')).toBe(
      `${LABELS}a,verification,cat,0\na,,dog,0.0\n`,
    );
    expect(report.lossCountByCode).toEqual({
      'attribute-converted': 1,
      'attribute-dropped': 1,
      'image-attribute-dropped': 1,
      'unsupported-shape': 1,
    });
    expect(report.annotations).toBe(2);
  });
});
