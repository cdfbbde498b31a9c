import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetLabel } from '../../../../../shared/formats/format';
import type { OptionValues } from '../../../../../shared/formats/format-options';
import { yolo } from '../../../../../shared/formats/yolo/yolo';
import type { Shape } from '../../../../../shared/schema/shapes';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const SIZE = { width: 100, height: 50 };
const CAR: DatasetLabel = { classIndex: 0, name: 'car', supercategory: null };
const MAN: DatasetLabel = {
  classIndex: 2,
  name: 'man',
  supercategory: null,
  skeleton: { joints: ['head', 'foot'], edges: [[0, 1]] },
};

const BOX: Shape = { type: 'box', x: 10, y: 10, width: 20, height: 20 };
const TURNED: Shape = { type: 'rotated-box', cx: 50, cy: 25, width: 20, height: 10, rotation: 90 };
const TRIANGLE: Shape = {
  type: 'polygon',
  parts: [
    {
      exterior: [
        { x: 0, y: 0 },
        { x: 50, y: 0 },
        { x: 50, y: 25 },
      ],
      holes: [],
    },
  ],
};
const skeleton = (...joints: (readonly [string, number, number, 0 | 1 | 2])[]): Shape => ({
  type: 'skeleton',
  joints: joints.map(([name, x, y, visibility]) => ({ name, x, y, visibility })),
  edges: [],
});

function annotation(shape: Shape, more: Partial<DatasetAnnotation> = {}): DatasetAnnotation {
  return {
    imageKey: 'a.jpg',
    classIndex: shape.type === 'skeleton' ? 2 : 0,
    shape,
    isCrowd: false,
    attributes: {},
    score: null,
    ...more,
  };
}

async function written(annotations: readonly DatasetAnnotation[], options: OptionValues = {}) {
  const image = { key: 'a.jpg', size: SIZE, split: null, state: 'labelled' as const };
  const sink = memorySink();
  const source = memorySource({ labels: [CAR, MAN], images: [{ image, annotations }] });
  const report = okValue(await yolo.write(source, sink, { options }));
  const folder = memoryFolder(sink.files, { sizes: new Map([['images/a.jpg', SIZE]]) });
  return {
    report,
    yaml: String(sink.files.get('data.yaml')),
    // Boxes lean by two units of the last decimal, and trailing zeros say nothing.
    lines: String(sink.files.get('labels/a.txt')).replace(/\d\.\d+/g, (text) =>
      String(Math.round(Number(text) * 1e6) / 1e6),
    ),
    read: await collected(yolo.read(folder)),
  };
}

describe('the task that is written', () => {
  it.each([
    [[BOX], 'detect'],
    [[BOX, TURNED], 'obb'],
    [[TURNED, TRIANGLE], 'segment'],
    [[TRIANGLE, skeleton(['head', 1, 1, 2])], 'pose'],
    [[], 'detect'],
  ] as const)('follows the shapes: %#', async (shapes, task) => {
    const { yaml, report } = await written(shapes.map((shape) => annotation(shape)));
    expect(yaml).toMatch(new RegExp(`^task: ${task}$`, 'm'));
    expect(report.notes?.join(' ')).toContain(`The task is ${task}`);
    expect(report.annotations).toBe(shapes.length);
  });

  it('is what was asked for, and what it cannot hold is left out and listed', async () => {
    const all = [BOX, TURNED, TRIANGLE, skeleton(['head', 1, 1, 2])].map((shape) => annotation(shape));
    for (const [task, kept] of [
      ['detect', 1],
      ['segment', 1],
      ['obb', 1],
      ['pose', 2],
    ] as const) {
      const { report } = await written(all, { task });
      expect([task, report.annotations, report.lossCountByCode['unsupported-shape']]).toEqual([
        task,
        kept,
        4 - kept,
      ]);
      expect(report.notes?.join(' ')).not.toContain('The task is');
    }
  });

  it('takes boxes among outlines as four corners, which are boxes again when they are read', async () => {
    const { lines, report, read } = await written([annotation(BOX), annotation(TRIANGLE)]);
    expect(lines).toBe('0 0.1 0.2 0.3 0.2 0.3 0.6 0.1 0.6\n0 0 0 0.5 0 0.5 0.5\n');
    expect(report.lossCountByCode).toEqual({});
    expect(read.annotations.map(({ shape }) => shape.type)).toEqual(['box', 'polygon']);
    expect(read.problems).toEqual([]);
  });

  it('lists what became something else', async () => {
    const { report, read } = await written([annotation(TURNED), annotation(skeleton(['head', 1, 1, 2]))]);
    expect(report.lossCountByCode).toEqual({ 'shape-converted': 1, 'skeleton-padded': 1 });
    expect(read.annotations.map(({ shape }) => shape.type)).toEqual(['box', 'skeleton']);
  });
});

describe('oriented boxes', () => {
  it('are four corners from the top left one of the box itself', async () => {
    const { lines } = await written([annotation(TURNED)], { task: 'obb' });
    // Turned by 90 degrees the box is 10 wide and 20 high as seen, and its own top left is the top right.
    expect(lines).toBe('0 0.55 0.3 0.55 0.7 0.45 0.7 0.45 0.3\n');
  });

  it('that leave the picture have no corner outside, which trainers would refuse', async () => {
    const { lines, report } = await written(
      [annotation({ type: 'rotated-box', cx: 0, cy: 0, width: 20, height: 10, rotation: 0 })],
      { task: 'obb' },
    );
    expect(lines).toBe('0 0 0 0.1 0 0.1 0.1 0 0.1\n');
    expect(report.lossCountByCode).toEqual({ 'shape-clipped': 1 });
  });

  it('outside the picture are left out', async () => {
    const { report } = await written(
      [annotation({ type: 'rotated-box', cx: -50, cy: 0, width: 20, height: 10, rotation: 0 })],
      { task: 'obb' },
    );
    expect(report).toMatchObject({ annotations: 0, lossCountByCode: { 'shape-outside-image': 1 } });
  });
});

describe('outlines', () => {
  it('are cut at the edge of the picture', async () => {
    const beyond: Shape = {
      type: 'polygon',
      parts: [
        {
          exterior: [
            { x: 50, y: 25 },
            { x: 150, y: 25 },
            { x: 150, y: 50 },
            { x: 50, y: 50 },
          ],
          holes: [],
        },
      ],
    };
    const { lines, report } = await written([annotation(beyond)], { task: 'segment' });
    expect(report.lossCountByCode).toEqual({ 'shape-clipped': 1 });
    const numbers = lines.trim().split(' ').slice(1).map(Number);
    expect(Math.max(...numbers)).toBe(1);
    expect(numbers).toHaveLength(8);
  });

  it('of several parts and holes are joined, and taken apart again', async () => {
    const square = (x: number, y: number, side: number) => [
      { x, y },
      { x: x + side, y },
      { x: x + side, y: y + side },
      { x, y: y + side },
    ];
    const shape: Shape = {
      type: 'polygon',
      parts: [
        { exterior: square(0, 0, 40), holes: [square(10, 10, 5), square(20, 20, 5)] },
        { exterior: square(60, 10, 10), holes: [] },
      ],
    };
    const { lines, report, read } = await written([annotation(shape)], { task: 'segment' });
    expect(report.lossCountByCode).toEqual({ 'polygon-rings-joined': 1 });
    expect(lines.trim().split('\n')).toHaveLength(1);
    const again = read.annotations[0]?.shape;
    const parts = again?.type === 'polygon' ? again.parts : [];
    expect(parts.map(({ exterior, holes }) => [exterior.length, holes.length])).toEqual(
      expect.arrayContaining([
        [4, 2],
        [4, 0],
      ]),
    );
    expect(parts).toHaveLength(2);
    expect(read.problems).toEqual([]);
  });
});

describe('poses', () => {
  it('are a box around the joints and the joints in the order of the class', async () => {
    const { lines, yaml } = await written([annotation(skeleton(['foot', 30, 40, 1], ['head', 10, 10, 2]))]);
    expect(lines).toBe('2 0.2 0.5 0.2 0.6 0.1 0.2 2 0.3 0.8 1\n');
    expect(yaml).toContain('kpt_shape: [2, 3]\nkpt_names:\n  0: []\n  2: ["head", "foot"]\n');
    expect(yaml).toContain('kpt_edges:\n  2: [0-1]\n');
  });

  it('keep a box of their own that shares their group', async () => {
    const { lines, report, read } = await written([
      annotation(BOX, { classIndex: 2, groupId: 'g' }),
      annotation(skeleton(['head', 12, 12, 2], ['foot', 20, 20, 2]), { groupId: 'g' }),
    ]);
    expect(lines.trim().split('\n')).toHaveLength(1);
    expect(lines).toMatch(/^2 0\.2 0\.4 0\.2 0\.4 0\.12 /);
    expect(report).toMatchObject({ annotations: 2, lossCountByCode: {} });
    expect(read.annotations.map(({ shape }) => shape.type)).toEqual(['box', 'skeleton']);
    expect(read.annotations[0]?.groupId).toBe(read.annotations[1]?.groupId);
  });

  it('take the box of an outline that shares their group, so that no object is there twice', async () => {
    const { lines, report } = await written([
      annotation(TRIANGLE, { classIndex: 2, groupId: 'g' }),
      annotation(skeleton(['head', 12, 12, 2], ['foot', 20, 20, 2]), { groupId: 'g' }),
    ]);
    expect(lines).toBe('2 0.25 0.25 0.5 0.5 0.12 0.24 2 0.2 0.4 2\n');
    expect(report).toMatchObject({ annotations: 2, lossCountByCode: { 'shape-converted': 1 } });
  });

  it('lose joints outside the picture, listed one by one', async () => {
    const { lines, report } = await written([annotation(skeleton(['head', 50, 25, 2], ['foot', 50, 80, 2]))]);
    expect(lines).toBe('2 0.5 0.5 0.01 0.02 0.5 0.5 2 0 0 0\n');
    expect(report.lossCountByCode).toEqual({ 'joint-outside-image': 1 });
  });
});

describe("Darknet's layout", () => {
  it('has names, a file about them, and labels beside the pictures of each split', async () => {
    const sink = memorySink();
    const image = (key: string, split: 'train' | 'val') => ({
      image: { key, size: SIZE, split, state: 'labelled' as const },
      annotations: [annotation(BOX, { imageKey: key })],
    });
    const source = memorySource({
      labels: [CAR, MAN],
      images: [image('a.jpg', 'train'), image('d/b.png', 'val')],
    });
    okValue(await yolo.write(source, sink, { options: { layout: 'darknet' } }));
    expect([...sink.files.keys()].sort()).toEqual([
      'image-sizes.tsv',
      'obj.data',
      'obj.names',
      'obj_train_data/a.txt',
      'obj_valid_data/d/b.txt',
      'train.txt',
      'valid.txt',
    ]);
    expect(sink.files.get('obj.names')).toBe('car\nunused-1\nman\n');
    expect(sink.files.get('obj.data')).toBe(
      'classes = 3\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\nbackup = backup/\n',
    );
    expect(sink.files.get('valid.txt')).toBe('data/obj_valid_data/d/b.png\n');
    expect(
      yolo.picturePath(
        { key: 'd/b.png', size: SIZE, split: 'val', state: 'labelled' },
        { layout: 'darknet' },
      ),
    ).toBe('obj_valid_data/d/b.png');
    const read = await collected(yolo.read(memoryFolder(sink.files)));
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['a.jpg', 'train'],
      ['d/b.png', 'val'],
    ]);
    expect(read.problems).toEqual([]);
  });
});
