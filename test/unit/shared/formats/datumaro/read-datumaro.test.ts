import { describe, expect, it } from 'vitest';
import { datumaro } from '../../../../../shared/formats/datumaro/datumaro';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const LABELS = '{"label":{"labels":[{"name":"car","parent":""},{"name":"bus","parent":""}]}}';

const file = (items: string, categories = LABELS) =>
  `{"info":{},"categories":${categories},"items":${items}}`;

const read = (files: Record<string, string>) =>
  collected(datumaro.read(memoryFolder(new Map(Object.entries(files)), { chunkChars: 7 })));

const codesOf = async (items: string) => {
  const found = await read({ 'annotations/a.json': file(items) });
  return {
    codes: found.problems.map((problem) => problem.code),
    images: found.images.map((image) => image.key),
    annotations: found.annotations.length,
  };
};

const boxed = (...boxes: string[]) =>
  `[{"id":"x","image":{"path":"x.jpg","size":[9,9]},"annotations":[${boxes.join(',')}]}]`;
const good = '{"type":"bbox","label_id":0,"bbox":[1,1,2,2]}';

describe('damaged Datumaro files', () => {
  it.each([
    ['no list', '{"type":"bbox","label_id":0,"bbox":5}', 'datumaro-bad-shape'],
    ['a negative width', '{"type":"bbox","label_id":0,"bbox":[1,1,-2,2]}', 'datumaro-bad-shape'],
    ['Infinity', '{"type":"bbox","label_id":0,"bbox":[1,1,Infinity,2]}', 'datumaro-bad-shape'],
    ['NaN', '{"type":"polyline","label_id":0,"points":[1,NaN,2,2]}', 'datumaro-bad-shape'],
    ['an odd count of numbers', '{"type":"polygon","label_id":0,"points":[1,1,2,2,3]}', 'datumaro-bad-shape'],
    [
      'runs that do not fit',
      '{"type":"mask","label_id":0,"rle":{"size":[2,2],"counts":[1,1]}}',
      'datumaro-bad-shape',
    ],
    [
      'runs of a giant',
      '{"type":"mask","label_id":0,"rle":{"size":[1e9,1e9],"counts":[1]}}',
      'datumaro-bad-shape',
    ],
    [
      'a label that is none',
      '{"type":"bbox","label_id":"__proto__","bbox":[1,1,2,2]}',
      'datumaro-unknown-label',
    ],
    ['a dangling label', '{"type":"bbox","label_id":2,"bbox":[1,1,2,2]}', 'datumaro-unknown-label'],
    ['no label', '{"type":"bbox","label_id":null,"bbox":[1,1,2,2]}', 'datumaro-no-label'],
    ['an unknown type', '{"type":"constructor","label_id":0}', 'datumaro-bad-shape'],
    ['no object', '7', 'datumaro-bad-annotation'],
    ['a point cloud box', '{"type":"cuboid_3d","label_id":0}', 'unsupported-shape'],
  ])('%s costs that annotation and no more', async (_, bad, code) => {
    expect(await codesOf(boxed(bad, good))).toEqual({ codes: [code], images: ['x.jpg'], annotations: 1 });
  });

  it('cut off in the middle give what came before', async () => {
    const text = file(`${boxed(good).slice(0, -1)},{"id":"y","annotations":[{"type":"bb`).slice(0, -1);
    const found = await read({ 'annotations/a.json': text });
    expect(found.problems.map((problem) => problem.code)).toEqual(['datumaro-malformed']);
    expect(found.annotations).toHaveLength(1);
  });

  it('with the same picture twice, or none, say so', async () => {
    const item = '{"id":"x","annotations":[]}';
    expect(await codesOf(`[${item},${item},{"annotations":[]},{"id":"../../etc"},5]`)).toEqual({
      codes: ['datumaro-duplicate-image', 'datumaro-bad-item', 'datumaro-bad-item', 'datumaro-foreign-path'],
      images: ['x.jpg', 'etc.jpg'],
      annotations: 0,
    });
  });

  it('keep keys of the prototype as data', async () => {
    const found = await read({
      'annotations/a.json': file(
        boxed('{"type":"bbox","label_id":0,"bbox":[1,1,2,2],"attributes":{"__proto__":"x","constructor":1}}'),
      ),
    });
    expect(Object.entries(found.annotations[0]?.attributes ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 1],
    ]);
  });

  it('with other labels in a second file are joined by name', async () => {
    const second = '{"label":{"labels":[{"name":"bus","parent":""},{"name":"tram","parent":""}]}}';
    const found = await read({
      'annotations/train.json': file(boxed(good)),
      'annotations/val.json': file(
        '[{"id":"y","annotations":[{"type":"label","label_id":0},{"type":"label","label_id":1}]}]',
        second,
      ),
    });
    expect(found.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'car'],
      [1, 'bus'],
      [2, 'tram'],
    ]);
    expect(found.annotations.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2]);
    expect(found.problems.map((problem) => problem.code)).toEqual(['datumaro-labels-differ']);
  });

  it('nested without end are refused', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const found = await read({
      'annotations/a.json': file(boxed(`{"type":"bbox","label_id":0,"bbox":${deep}}`)),
    });
    expect(found.problems.map((problem) => problem.code)).toEqual(['datumaro-malformed']);
  });
});

describe('writing Datumaro', () => {
  const annotation = (
    shape: DatasetAnnotation['shape'],
    more: Partial<DatasetAnnotation> = {},
  ): DatasetAnnotation => ({
    imageKey: 'a.jpg',
    classIndex: 2,
    shape,
    isCrowd: false,
    attributes: {},
    score: null,
    ...more,
  });
  const write = async (...annotations: DatasetAnnotation[]) => {
    const sink = memorySink();
    const report = okValue(
      await datumaro.write(
        memorySource({
          labels: [{ classIndex: 2, name: 'car', supercategory: null }],
          images: [
            {
              image: { key: 'a.jpg', size: { width: 8, height: 6 }, split: 'val', state: 'labelled' },
              annotations,
            },
          ],
        }),
        sink,
      ),
    );
    const text = String(sink.files.get('annotations/val.json'));
    const whole = JSON.parse(text) as {
      categories: { label: { labels: { name: string }[] } };
      items: { annotations: Record<string, unknown>[] }[];
    };
    return { report, labels: whole.categories.label.labels, annotations: whole.items[0]?.annotations };
  };

  it('keeps class numbers by filling those that no class has', async () => {
    const { labels, annotations } = await write(annotation({ type: 'tag' }));
    expect(labels.map((label) => label.name)).toEqual(['unused-0', 'unused-1', 'car']);
    expect(annotations?.[0]).toMatchObject({ type: 'label', label_id: 2 });
  });

  it('writes a polygon with a hole as its pixels, and a turned box as CVAT does', async () => {
    const square = (from: number, to: number) => [
      { x: from, y: from },
      { x: to, y: from },
      { x: to, y: to },
      { x: from, y: to },
    ];
    const { annotations } = await write(
      annotation({ type: 'polygon', parts: [{ exterior: square(0, 3), holes: [square(1, 2)] }] }),
      annotation({ type: 'rotated-box', cx: 4, cy: 3, width: 4, height: 2, rotation: 30 }),
    );
    // Runs down the columns of a 6 px high picture, by hand: 0, 3, 3, 1, 1, 1, 3, 3, 33.
    expect(annotations?.[0]).toMatchObject({ type: 'mask', rle: { size: [6, 8], counts: '033NN022n0' } });
    expect(annotations?.[1]).toMatchObject({
      type: 'bbox',
      bbox: [2, 2, 4, 2],
      attributes: { rotation: 30 },
    });
  });

  it('says what was left out', async () => {
    const { report } = await write(annotation({ type: 'tag' }, { classIndex: 7 }));
    expect(report.lossCountByCode).toEqual({ 'unknown-class': 1 });
    expect(report.annotations).toBe(0);
  });
});
