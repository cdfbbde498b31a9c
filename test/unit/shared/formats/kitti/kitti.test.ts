import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { kitti } from '../../../../../shared/formats/kitti/kitti';
import { parseKittiLine } from '../../../../../shared/formats/kitti/parse-kitti-line';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const box = (x: number, y: number, width: number, height: number) => ({
  type: 'box' as const,
  x,
  y,
  width,
  height,
});

function object(more: Partial<DatasetAnnotation> = {}): DatasetAnnotation {
  return {
    imageKey: 'a.png',
    classIndex: 0,
    shape: box(1, 2, 3, 4),
    isCrowd: false,
    attributes: {},
    score: null,
    ...more,
  };
}

async function written(annotations: readonly DatasetAnnotation[], name = 'Car') {
  const sink = memorySink();
  const report = okValue(
    await kitti.write(
      memorySource({
        labels: [{ classIndex: 0, name, supercategory: null }],
        images: [
          {
            image: { key: 'a.png', size: { width: 100, height: 100 }, split: null, state: 'labelled' },
            annotations,
          },
        ],
      }),
      sink,
    ),
  );
  return { report, lines: String(sink.files.get('label_2/a.txt')).trimEnd().split('\n'), files: sink.files };
}

describe('a line of KITTI', () => {
  const rest = '-1 -1 -1 -1000 -1000 -1000 -10';
  it.each([
    ['Car 0 0 -10 1 2 3', 'kitti-bad-line'],
    [`Car 0 0 -10 1 2 3 4 ${rest} 0.5 7`, 'kitti-bad-line'],
    [`${'x'.repeat(101)} 0 0 -10 1 2 3 4 ${rest}`, 'kitti-bad-line'],
    [`Car 0 0 -10 1 2 Infinity 4 ${rest}`, 'kitti-not-a-number'],
    [`Car 0 0 -10 1 2 0x10 4 ${rest}`, 'kitti-not-a-number'],
    [`Car 0 0 -10 1 2 1e400 4 ${rest}`, 'kitti-not-a-number'],
    [`Car 0 0 -10 1,5 2 3 4 ${rest}`, 'kitti-not-a-number'],
    [`Car 0 0 -10 3 2 3 4 ${rest}`, 'kitti-degenerate-box'],
    [`Car 0 0 -10 1 2 2000003 4 ${rest}`, 'kitti-degenerate-box'],
  ])('%s is %s', (line, code) => {
    expect(parseKittiLine(line)).toMatchObject({ code });
  });

  it('keeps boxes that reach out of the picture, and scores that are no shares', () => {
    expect(parseKittiLine(`__proto__ 0.5 3 -10 -20 -30 5000 6000 ${rest} -7.5`)).toEqual({
      className: '__proto__',
      shape: box(-20, -30, 5020, 6030),
      attributes: { truncated: 0.5, occluded: 3, score: -7.5 },
      score: null,
    });
  });

  it('takes -1 for an angle where there is a cuboid, and for a filler where there is none', () => {
    expect(parseKittiLine('Car 0 0 -1 1 2 3 4 2 2 2 -1 -1 -1 -1')).toMatchObject({
      attributes: { alpha: -1, x3d: -1, y3d: -1, z3d: -1, rotation_y: -1 },
    });
    expect(parseKittiLine('Car 0 0 -1 1 2 3 4 -1 -1 -1 -1 -1 -1 -1')).toMatchObject({
      attributes: { truncated: 0, occluded: 0 },
    });
  });
});

describe('KITTI as it is written', () => {
  it('has the fillers of the development kit for what is not known', async () => {
    const { lines, report } = await written([object()]);
    expect(lines).toEqual(['Car -1 -1 -10 1 2 4 6 -1 -1 -1 -1000 -1000 -1000 -10']);
    expect(report.lossCountByCode).toEqual({});
  });

  it('has levels, places and a score where they are known, and counts what has no place', async () => {
    const { lines, report } = await written([
      object({
        attributes: {
          truncated: 0.25,
          occluded: true,
          alpha: 1.5,
          z3d: 30,
          colour: 'red',
          rotation_y: 'left',
        },
        score: 0.75,
        isCrowd: true,
        trackId: '7',
        isOutside: true,
        groupId: 'g',
        note: 'n',
      }),
      object({
        shape: {
          type: 'polyline',
          points: [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
        },
      }),
      object({ classIndex: 5 }),
    ]);
    expect(lines).toEqual(['Car 0.25 1 1.5 1 2 4 6 -1 -1 -1 -1000 -1000 30 -10 0.75']);
    expect(report.lossCountByCode).toEqual({
      'attribute-converted': 1,
      'attribute-dropped': 2,
      'crowd-flag-dropped': 1,
      'group-dropped': 1,
      'track-dropped': 1,
      'outside-flag-dropped': 1,
      'note-dropped': 1,
      'unsupported-shape': 1,
      'unknown-class': 1,
    });
  });

  it('writes a name with spaces as one word, and reads its own back in full', async () => {
    const { lines, report, files } = await written([object()], 'traffic  light');
    expect(lines[0]?.split(' ')[0]).toBe('traffic_light');
    expect(report.lossCountByCode).toEqual({ 'label-renamed': 1 });
    const read = await collected(kitti.read(memoryFolder(files)));
    expect(read.labels.map(({ name }) => name)).toEqual(['traffic  light']);
    const others = new Map([...files].filter(([path]) => !path.startsWith('groundmark')));
    expect((await collected(kitti.read(memoryFolder(others)))).labels.map(({ name }) => name)).toEqual([
      'traffic_light',
    ]);
  });

  it('leaves out pictures whose label files would be one, and names of several lines', async () => {
    const sink = memorySink();
    const image = (key: string) => ({
      image: { key, size: null, split: null, state: 'confirmedEmpty' as const },
      annotations: [],
    });
    const source = memorySource({ labels: [], images: ['a.png', 'a.jpg', 'b\nc.png'].map(image) });
    const report = okValue(await kitti.write(source, sink));
    expect(report.leftOutImages).toEqual(['a.jpg', 'b\nc.png']);
    expect(report.lossCountByCode).toEqual({ 'label-file-clash': 1, 'image-name-unusable': 1 });
  });

  it('does not call work in progress empty', async () => {
    const sink = memorySink();
    const report = okValue(
      await kitti.write(
        memorySource({
          labels: [],
          images: [
            { image: { key: 'a.png', size: null, split: null, state: 'inProgress' }, annotations: [] },
          ],
        }),
        sink,
      ),
    );
    expect(report.lossCountByCode).toEqual({ 'unlabelled-image-left-out': 1 });
    expect(sink.files.has('label_2/a.txt')).toBe(false);
  });
});

describe('KITTI as it is read', () => {
  it('an id in two lists is in no split, which is told', async () => {
    const read = await collected(
      kitti.read(
        memoryFolder(
          new Map([
            ['training/label_2/1.txt', ''],
            ['ImageSets/train.txt', '1\n'],
            ['ImageSets/val.txt', '1\nmissing\n'],
          ]),
        ),
      ),
    );
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([['1.png', null]]);
    expect(read.problems.map(({ code }) => code)).toEqual(['kitti-two-splits']);
  });

  it('damaged files of ours are told, and the labels are read all the same', async () => {
    const read = await collected(
      kitti.read(
        memoryFolder(
          new Map([
            ['label_2/1.txt', 'Car 0 0 -10 1 2 3 4 -1 -1 -1 -1000 -1000 -1000 -10'],
            ['groundmark-labels.json', '{"labels":[{"class_index":-1}'],
            ['groundmark-images.csv', 'picture,image\nimage_2/1.png,../../etc/passwd\n"'],
          ]),
        ),
      ),
    );
    expect(read.images.map(({ key }) => key)).toEqual(['1.png']);
    expect(read.annotations).toHaveLength(1);
    expect(new Set(read.problems.map(({ code }) => code))).toEqual(
      new Set(['labels-file-damaged', 'images-file-damaged']),
    );
  });
});
