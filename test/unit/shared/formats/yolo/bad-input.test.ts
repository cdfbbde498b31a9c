import { describe, expect, it } from 'vitest';
import type { OptionValues } from '../../../../../shared/formats/format-options';
import { yolo } from '../../../../../shared/formats/yolo/yolo';
import { collected, memoryFolder } from '../../../../harness/memory-dataset';

const SIZE = { width: 100, height: 100 };

function folder(label: string, yaml = 'names: [car, bus]\n', more: Record<string, string> = {}) {
  return memoryFolder(
    new Map([['data.yaml', yaml], ['images/a.jpg', ''], ['labels/a.txt', label], ...Object.entries(more)]),
    { sizes: new Map([['images/a.jpg', SIZE]]) },
  );
}

async function read(label: string, yaml?: string, options?: OptionValues) {
  return collected(yolo.read(folder(label, yaml), options));
}

const POSE = 'names: [man]\nkpt_shape: [2, 3]\n';

describe('lines of YOLO that are not', () => {
  it.each([
    ['NaN 0.5 0.5 0.1 0.1', 'yolo-bad-class'],
    ['0 NaN 0.5 0.1 0.1', 'yolo-not-a-number'],
    ['0 Infinity 0.5 0.1 0.1', 'yolo-not-a-number'],
    ['0 1e999 0.5 0.1 0.1', 'yolo-not-a-number'],
    ['0 0.5 0.5 0 0.1', 'yolo-degenerate-box'],
    ['0 0.5 0.5 -0.2 0.1', 'yolo-degenerate-box'],
    ['0 0.5 0.5 0.2', 'yolo-bad-line'],
    ['0 0.5 0.5 0.2 0.2 7', 'yolo-bad-line'],
    ['0 0.5 0.5 0.2 0.2 0.3 0.3', 'yolo-bad-line', 'pose'],
    ['0 50 50 20 20', 'yolo-not-normalised'],
    ['0.5 0.5 0.5 0.2 0.2', 'yolo-bad-class'],
    ['-1 0.5 0.5 0.2 0.2', 'yolo-bad-class'],
    ['99999999999999999999 0.5 0.5 0.2 0.2', 'yolo-class-out-of-range'],
    ['0,0.5,0.5,0.2,0.2', 'yolo-comma'],
    ['0 0,5 0.5 0.2 0.2', 'yolo-comma'],
    ['0 5 5 0.2 0.2', 'box-outside-image'],
    [`0 ${'0.5 '.repeat(120_010)}`, 'yolo-bad-line'],
  ])('%.50j is %s', async (line, code, task = 'detect') => {
    const { annotations, problems } = await read(
      `${line}\n0 0.5 0.5 0.5 0.5\n`,
      task === 'pose' ? POSE : undefined,
    );
    const errors = problems.filter((problem) => problem.severity === 'error');
    expect(errors[0]).toMatchObject({ code, path: 'labels/a.txt', line: 1 });
    // What was fine is there.
    expect(annotations.map((annotation) => annotation.shape)).toContainEqual({
      type: 'box',
      x: 25,
      y: 25,
      width: 50,
      height: 50,
    });
  });

  it('takes minus zero for zero', async () => {
    const { annotations } = await read(
      '-0 0.5 0.5 0.5 0.5\n0 -0 -0 0.5 -0 0.5 0.5\n',
      'task: segment\nnames: [a]\n',
    );
    expect(JSON.stringify(annotations.map(({ classIndex, shape }) => [classIndex, shape]))).not.toContain(
      '-0',
    );
    expect(annotations.map(({ classIndex }) => Object.is(classIndex, 0))).toEqual([true, true]);
    expect(annotations[1]?.shape).toEqual({
      type: 'polygon',
      parts: [
        {
          exterior: [
            { x: 0, y: 0 },
            { x: 50, y: 0 },
            { x: 50, y: 50 },
          ],
          holes: [],
        },
      ],
    });
  });

  it('reads numbers as exactly as the language does', async () => {
    const texts = [
      '0.1',
      '.5',
      '5e-1',
      '0.30000000000000004',
      '0.1234567890123456789',
      '1',
      '0.000001',
      '+0.25',
      '00.5',
    ];
    const line = `0 ${texts.join(' ')} 0.5`;
    const { annotations } = await read(line, 'task: segment\nnames: [a]\n');
    const [shape] = annotations.map((annotation) => annotation.shape);
    const corners = shape?.type === 'polygon' ? (shape.parts[0]?.exterior ?? []) : [];
    expect(corners.flatMap(({ x, y }) => [x, y])).toEqual(
      [...texts, '0.5'].map((text) => Number(text) * 100),
    );
  });

  it('stays quick with a deeply repeated outline', async () => {
    const ring = Array.from({ length: 30_000 }, (_, at) => `${(at % 173) / 173} ${(at % 97) / 97}`).join(' ');
    const { annotations, problems } = await read(`0 ${ring}\n`, 'task: segment\nnames: [a]\n');
    expect(annotations).toHaveLength(1);
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  });

  it('calls pictures and classes by names of the prototype without harm', async () => {
    const files = new Map([
      ['data.yaml', 'names: [__proto__, constructor]\n'],
      ['images/__proto__.jpg', ''],
      ['labels/__proto__.txt', '1 0.5 0.5 0.5 0.5\n'],
      ['images/constructor.jpg', ''],
      ['labels/constructor.txt', ''],
    ]);
    const sizes = new Map([...files.keys()].map((path) => [path, SIZE]));
    const result = await collected(yolo.read(memoryFolder(files, { sizes })));
    expect(result.images.map(({ key, state }) => [key, state])).toEqual([
      ['__proto__.jpg', 'labelled'],
      ['constructor.jpg', 'confirmedEmpty'],
    ]);
    expect(result.labels.map((label) => label.name)).toEqual(['__proto__', 'constructor']);
    expect(result.problems).toEqual([]);
  });
});

describe('eight numbers', () => {
  const UPRIGHT = '0 0.1 0.1 0.5 0.1 0.5 0.3 0.1 0.3\n';
  const TURNED = '0 0.5 0.1 0.9 0.5 0.5 0.9 0.1 0.5\n';
  const CROOKED = '0 0.1 0.1 0.5 0.1 0.7 0.3 0.1 0.9\n';

  it('that may be either are asked about, and every corner is kept until it is answered', async () => {
    const given = folder(UPRIGHT);
    const { questions, confidence } = await yolo.detect(given);
    expect(confidence).toBeGreaterThan(0.5);
    expect(questions).toMatchObject([{ optionId: 'task' }]);
    const { annotations, problems } = await collected(yolo.read(given));
    expect(annotations.map((annotation) => annotation.shape.type)).toEqual(['polygon']);
    expect(problems.map((problem) => problem.code)).toEqual(['yolo-task-undecided']);
    const answered = await collected(yolo.read(given, { task: 'obb' }));
    expect(answered.annotations.map((annotation) => annotation.shape)).toEqual([
      { type: 'rotated-box', cx: 30, cy: 20, width: 40, height: 20, rotation: 0 },
    ]);
    expect(answered.problems).toEqual([]);
  });

  it.each([
    ['turned rectangles', TURNED + UPRIGHT, undefined, 'rotated-box'],
    ['corners that make no rectangle', CROOKED, undefined, 'polygon'],
    ['outlines of other lengths beside them', `${UPRIGHT}0 0.1 0.1 0.2 0.2 0.1 0.3\n`, undefined, 'polygon'],
    ['a task in data.yaml', UPRIGHT, 'task: obb\nnames: [a]\n', 'rotated-box'],
    ['a path in data.yaml', UPRIGHT, 'path: ../datasets/DOTAv1\nnames: [a]\n', 'rotated-box'],
    ['another path in data.yaml', TURNED, 'path: coco8-seg\nnames: [a]\n', 'polygon'],
  ])('are decided by %s', async (_what, label, yaml, type) => {
    const given = folder(label, yaml);
    expect((await yolo.detect(given)).questions).toBeUndefined();
    const result = await collected(yolo.read(given));
    expect(result.problems).toEqual([]);
    expect(new Set(result.annotations.map((annotation) => annotation.shape.type))).toEqual(new Set([type]));
  });
});

describe('joints without kpt_shape', () => {
  it('are known by the visibility after each place', async () => {
    const { annotations, problems } = await read('0 0.5 0.5 0.5 0.5 0.25 0.25 2 0.75 0.75 1\n');
    expect(problems).toEqual([]);
    expect(annotations.map((annotation) => annotation.shape)).toEqual([
      {
        type: 'skeleton',
        joints: [
          { name: '1', x: 25, y: 25, visibility: 2 },
          { name: '2', x: 75, y: 75, visibility: 1 },
        ],
        edges: [],
      },
    ]);
  });

  it('without visibility may be outlines, and are asked about', async () => {
    const line = '0 0.5 0.5 0.5 0.5 0.25 0.25 0.75 0.75 0.5 0.6\n';
    expect((await yolo.detect(folder(line.repeat(3)))).questions).toMatchObject([{ optionId: 'task' }]);
  });
});

describe('class lists', () => {
  it.each([
    ['in another order', 'bus\ncar\n', 'yolo-class-order', 'error'],
    ['with fewer names', 'car\n', 'yolo-class-list-short', 'warning'],
  ])('%s are reported with the mend', async (_what, text, code, severity) => {
    const given = folder('0 0.5 0.5 0.5 0.5\n', undefined, { 'labels/classes.txt': text });
    const { labels, problems } = await collected(yolo.read(given));
    expect(labels.map((label) => label.name)).toEqual(['car', 'bus']);
    expect(problems).toMatchObject([{ code, severity, path: 'labels/classes.txt' }]);
    expect(problems[0]?.message).toContain('data.yaml');
  });

  it('with a name twice are an error', async () => {
    const { problems } = await read('0 0.5 0.5 0.5 0.5\n', 'names: [car, bus, car]\n');
    expect(problems).toMatchObject([{ code: 'yolo-class-twice', severity: 'error', path: 'data.yaml' }]);
    expect(problems[0]?.message).toContain('class 0 and to class 2');
  });

  it('that are alike say nothing', async () => {
    const given = folder('0 0.5 0.5 0.5 0.5\n', undefined, {
      'labels/classes.txt': 'car\r\nbus\r\n',
      'obj.names': 'car\nbus',
    });
    expect((await collected(yolo.read(given))).problems).toEqual([]);
  });

  it('that stop short of the numbers in use are named once, beside each line', async () => {
    const { problems } = await read('0 0.5 0.5 0.5 0.5\n5 0.5 0.5 0.5 0.5\n9 0.5 0.5 0.5 0.5\n');
    expect(problems.map((problem) => problem.code)).toEqual([
      'yolo-class-out-of-range',
      'yolo-class-out-of-range',
      'yolo-class-list-short',
    ]);
    expect(problems.at(-1)?.message).toContain('up to 9');
  });

  it('with another number of classes than obj.data says are an error', async () => {
    const files = new Map([
      ['obj.names', 'car\nbus\n'],
      ['obj.data', 'classes = 3\nnames = data/obj.names\n'],
      ['obj_train_data/a.jpg', ''],
      ['obj_train_data/a.txt', '0 0.5 0.5 0.5 0.5\n'],
    ]);
    const sizes = new Map([['obj_train_data/a.jpg', SIZE]]);
    const { problems, images } = await collected(yolo.read(memoryFolder(files, { sizes })));
    expect(problems).toMatchObject([{ code: 'yolo-class-count', severity: 'error', path: 'obj.data' }]);
    expect(images.map((image) => image.key)).toEqual(['a.jpg']);
  });

  it('are not taken from the labels of a picture called classes', async () => {
    const files = new Map([
      ['data.yaml', 'names: [car]\n'],
      ['images/classes.jpg', ''],
      ['labels/classes.txt', '0 0.5 0.5 0.5 0.5\n'],
    ]);
    const sizes = new Map([['images/classes.jpg', SIZE]]);
    const { problems, annotations } = await collected(yolo.read(memoryFolder(files, { sizes })));
    expect(problems).toEqual([]);
    expect(annotations.map((annotation) => annotation.imageKey)).toEqual(['classes.jpg']);
  });
});

describe('near misses', () => {
  it('names DOTA where lines have corners in pixels', async () => {
    const files = new Map([
      ['data.yaml', 'names: [ship]\n'],
      ['train/labelTxt/1.txt', '10 10 60 10 60 30 20 40 ship 0\n'],
    ]);
    const { confidence, reasons } = await yolo.detect(memoryFolder(files));
    expect(confidence).toBe(0);
    expect(reasons.join(' ')).toContain('DOTA');
  });
});
