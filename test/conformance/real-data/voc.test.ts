import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import type { DatasetAnnotation } from '../../../shared/formats/format';
import { voc } from '../../../shared/formats/voc/voc';
import { countSetPixels } from '../../../shared/geometry/mask-runs';
import { runsOfShape } from '../../../shared/shapes/mask/mask-pixels';
import { okValue } from '../../fixtures/ok-value';
import { collected } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const trafficLights = path.join(REAL_DATA, 'voc-traffic-lights');
const asset = (name: string) => path.join(DATUMARO_ASSETS, name);

/** An independent reading: names and corners of objects by regular expressions alone, file by file in order. */
function objectsIn(folder: string): readonly (readonly [string, string, ...number[]])[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return text
        .split('<object>')
        .slice(1)
        .map((object): readonly [string, string, ...number[]] => {
          const number = (name: string) => Number(new RegExp(`<${name}>([^<]*)<`).exec(object)?.[1]);
          const name = /<name>([^<]*)</.exec(object)?.[1] ?? '';
          const stem = file.replace('.xml', '');
          return [stem, name, number('xmin'), number('ymin'), number('xmax'), number('ymax')];
        });
    });
}

function cornersOf({ shape }: DatasetAnnotation): readonly number[] {
  if (shape.type !== 'box') throw new Error(`a ${shape.type} among the boxes`);
  return [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

describe.skipIf(!isRealDataHere)('traffic lights in Pascal VOC', () => {
  const objects = existsSync(trafficLights) ? objectsIn(path.join(trafficLights, 'VOC2007/Annotations')) : [];

  it('are read whole, as pixels counted from 1 unless a person says otherwise', async () => {
    const { formatIds, read } = await readReal(trafficLights);
    expect(formatIds).toEqual(['voc']);
    expect(objects).toHaveLength(121);
    const name = (classIndex: number) => read.labels[classIndex]?.name;
    expect(
      read.annotations.map((one) => {
        const [left = 0, top = 0, right = 0, bottom = 0] = cornersOf(one);
        return [one.imageKey.replace('.jpg', ''), name(one.classIndex), left + 1, top + 1, right, bottom];
      }),
    ).toEqual(objects);
    expect(read.annotations[0]).toMatchObject({
      imageKey: '000019.jpg',
      shape: { type: 'box', x: 280, y: 104, width: 37, height: 29 },
    });
    expect(read.labels.map((label) => label.name)).toEqual([
      'green',
      'greenpeople',
      'greentime',
      'red',
      'redpeople',
      'redtime',
      'yellow',
      'yellowtime',
    ]);
    expect(read.images).toHaveLength(58);
    expect(read.images[0]).toEqual({
      key: '000019.jpg',
      size: { width: 682, height: 502 },
      split: 'train',
      state: 'labelled',
    });
    expect(read.orderFaults).toEqual([]);
  });

  it('say that their lists name pictures that are absent, and that their numbers leave a question', async () => {
    const { read } = await readReal(trafficLights);
    const list = (name: string) =>
      readFileSync(path.join(trafficLights, `VOC2007/ImageSets/Main/${name}.txt`), 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const here = new Set(
      readdirSync(path.join(trafficLights, 'VOC2007/Annotations')).map((name) => name.slice(0, 6)),
    );
    const absent = (name: string) => list(name).filter((id) => !here.has(id)).length;
    expect(
      read.problems.map(({ code, message }) => [code, Number(/names (\d+) images/.exec(message)?.[1])]),
    ).toEqual(['test', 'train', 'trainval', 'val'].map((name) => ['voc-listed-absent', absent(name)]));
    for (const split of ['train', 'val', 'test'] as const) {
      const inList = list(split).filter((id) => here.has(id));
      expect(read.images.filter((image) => image.split === split)).toHaveLength(inList.length);
    }
    const folder = okValue(await openDatasetFolder(trafficLights));
    expect((await voc.detect(folder)).questions?.map(({ optionId }) => optionId)).toEqual(['origin']);
    const asEdges = await collected(voc.read(folder, { origin: 'zero-based' }));
    expect(asEdges.annotations.map(cornersOf)).toEqual(objects.map(([, , ...corners]) => corners));
  });

  it.each([[{}], [{ origin: 'zero-based' }]])(
    'written with %j and read again are the same',
    async (write) => {
      const { report, comparison, problems } = await rewritten(voc, trafficLights, { write });
      expect([report.images, report.annotations, report.losses]).toEqual([58, 121, []]);
      expect([comparison.isSame, comparison.matched, problems]).toEqual([true, 121, []]);
      expect(comparison.largestCoordinateErrorInImagePx).toBe(0);
    },
  );
});

describe.skipIf(!isRealDataHere)("labelme's own conversions to VOC", () => {
  const boxes = path.join(REAL_DATA, 'labelme/bbox_detection/data_dataset_voc');

  it('have boxes with decimals, which are edges counted from 0', async () => {
    const { formatIds, read } = await readReal(boxes);
    expect(formatIds).toEqual(['voc']);
    const objects = objectsIn(path.join(boxes, 'Annotations'));
    expect(objects).toHaveLength(9);
    expect(
      read.annotations.map((one) => [
        one.imageKey.replace('.jpg', ''),
        read.labels[one.classIndex]?.name,
        ...cornersOf(one).map(rounded),
      ]),
    ).toEqual(objects.map(([stem, name, ...corners]) => [stem, name, ...corners.map(rounded)]));
    // class_names.txt: 21 lines of which the first is _background_.
    expect(read.labels).toHaveLength(20);
    expect(read.labels[19]?.name).toBe('tv/monitor');
    expect(read.problems).toEqual([]);
  });

  it('have masks of objects, which cover what the pictures cover', async () => {
    const folder = okValue(
      await openDatasetFolder(path.join(REAL_DATA, 'labelme/instance_segmentation/data_dataset_voc')),
    );
    const read = await collected(voc.read(folder));
    expect(read.problems).toEqual([]);
    // Counted in the pictures by another program: values of SegmentationObject, and how many pixels each has.
    expect(
      read.annotations.map(({ imageKey, classIndex, shape }) => [
        imageKey.slice(5, 11),
        read.labels[classIndex]?.name,
        shape.type === 'mask' ? countSetPixels(runsOfShape(shape)) : 0,
      ]),
    ).toEqual([
      ['000003', 'person', 15662],
      ['000003', 'person', 17218],
      ['000003', 'bottle', 873],
      ['000006', 'person', 14690],
      ['000006', 'person', 11672],
      ['000006', 'person', 7463],
      ['000006', 'chair', 44403],
      ['000006', 'person', 991],
      ['000006', 'sofa', 14002],
      ['000025', 'bus', 102450],
      ['000025', 'bus', 15781],
      ['000025', 'car', 7256],
    ]);
  });

  it('written and read again are the same', async () => {
    const { comparison, problems } = await rewritten(voc, boxes, { write: { origin: 'zero-based' } });
    expect([comparison.isSame, comparison.matched, problems]).toEqual([true, 9, []]);
  });
});

describe.skipIf(!isRealDataHere)("Datumaro's datasets in VOC", () => {
  it('voc_dataset1 has actions, parts and a mask', async () => {
    const { formatIds, read } = await readReal(asset('voc_dataset/voc_dataset1'));
    expect(formatIds).toEqual(['voc']);
    const name = (classIndex: number) => read.labels[classIndex]?.name;
    expect(read.annotations.map(({ classIndex, shape }) => [name(classIndex), shape])).toEqual([
      ['cat', { type: 'box', x: 0, y: 1, width: 3, height: 3 }],
      ['person', { type: 'box', x: 3, y: 4, width: 3, height: 3 }],
      ['head', { type: 'box', x: 4.5, y: 5, width: 3, height: 3 }],
      // All of the 20 × 10 px: 200 set pixels after none unset.
      ['bicycle', { type: 'mask', x: 0, y: 0, width: 20, height: 10, rle: '0X6' }],
    ]);
    expect(read.annotations[0]?.attributes).toEqual({ truncated: true });
    expect(read.annotations[1]?.attributes).toEqual({
      other: true,
      jumping: false,
      phoning: true,
      playinginstrument: false,
      reading: true,
      ridingbike: false,
      ridinghorse: true,
      running: false,
      takingphoto: true,
      usingcomputer: false,
      walking: true,
    });
    expect(read.annotations.map(({ groupId }) => groupId)).toEqual([
      undefined,
      'object-2',
      'object-2',
      undefined,
    ]);
    expect(read.images).toEqual([
      { key: '2007_000001.jpg', size: { width: 20, height: 10 }, split: 'train', state: 'labelled' },
      { key: '2007_000002.jpg', size: { width: 20, height: 10 }, split: 'test', state: 'unlabelled' },
    ]);
  });

  it('voc_dataset2 was written by Datumaro, edges counted from 0', async () => {
    const { formatIds, read } = await readReal(asset('voc_dataset/voc_dataset2'));
    expect(formatIds).toEqual(['voc']);
    expect(read.labels).toHaveLength(22);
    expect(
      read.annotations.map((one) => [one.imageKey, read.labels[one.classIndex]?.name, ...cornersOf(one)]),
    ).toEqual([
      ['a.jpg', 'background', 1, 2, 4, 6],
      ['b.jpg', 'aeroplane', 2, 2, 7, 6],
      ['c.jpg', 'bicycle', 3, 1, 11, 6],
      ['d.jpg', 'bird', 4, 4, 8, 8],
    ]);
    expect(read.annotations.map(({ attributes }) => attributes)).toEqual([
      { occluded: true },
      { occluded: true },
      {},
      {},
    ]);
    expect(read.images.map(({ key, state }) => [key, state])).toEqual([
      ['@.jpg', 'confirmedEmpty'],
      ['a.jpg', 'labelled'],
      ['b.jpg', 'labelled'],
      ['c.jpg', 'labelled'],
      ['d.jpg', 'labelled'],
    ]);
  });

  it.each([
    ['voc_dataset/voc_dataset3', 1, 1],
    ['kaggle_dataset/relaxed_voc1', 2, 2],
    ['kaggle_dataset/relaxed_voc2', 2, 2],
    ['roboflow_dataset/voc', 3, 4],
  ])('%s is read whole', async (folder, images, annotations) => {
    const { formatIds, read } = await readReal(asset(folder));
    expect([formatIds, read.images.length, read.annotations.length, read.problems]).toEqual([
      ['voc'],
      images,
      annotations,
      [],
    ]);
  });

  it("Roboflow's has edges counted from 0 and the splits of its folders", async () => {
    const { read } = await readReal(asset('roboflow_dataset/voc'));
    expect(read.annotations.map((one) => [one.imageKey, ...cornersOf(one)])).toEqual([
      ['train/train_001.jpg', 2, 1, 5, 2],
      ['train/train_002.jpg', 0, 0, 2, 4],
      ['val/val_001.jpg', 0, 0, 1, 2],
      ['val/val_001.jpg', 0, 0, 9, 1],
    ]);
    expect(read.images.map(({ split }) => split)).toEqual(['train', 'train', 'val']);
  });

  it.each(['voc_dataset/voc_dataset1', 'voc_dataset/voc_dataset2', 'roboflow_dataset/voc'])(
    '%s written and read again is the same',
    async (folder) => {
      for (const write of [{}, { origin: 'zero-based' }]) {
        const { comparison } = await rewritten(voc, asset(folder), { write });
        expect(comparison.samples).toEqual([]);
      }
    },
  );

  it('LabelMe 3.0 has the same root and is told apart', async () => {
    const folder = okValue(await openDatasetFolder(asset('labelme_dataset')));
    const { confidence, reasons } = await voc.detect(folder);
    expect(confidence).toBeLessThan(0.5);
    expect(reasons.join()).toContain('LabelMe 3.0');
  });
});
