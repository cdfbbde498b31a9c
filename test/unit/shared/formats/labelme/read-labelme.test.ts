import { describe, expect, it } from 'vitest';
import { labelme } from '../../../../../shared/formats/labelme/labelme';
import { xanylabeling } from '../../../../../shared/formats/xanylabeling/xanylabeling';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const file = (shapes: unknown, more: object = {}) =>
  JSON.stringify({
    version: '5.0.0',
    flags: {},
    shapes,
    imagePath: 'a.jpg',
    imageData: null,
    imageWidth: 100,
    imageHeight: 50,
    ...more,
  });
const shape = (shape_type: string, points: unknown, more: object = {}) => ({
  label: 'a',
  points,
  shape_type,
  ...more,
});
const read = (content: string | Uint8Array, path = 'a.json') =>
  collected(labelme.read(memoryFolder(new Map([[path, content]]))));

describe('a shape of labelme', () => {
  it.each([
    ['labelme-bad-shape', shape('rectangle', [[1, 2]])],
    [
      'labelme-bad-shape',
      shape('rectangle', [
        [1, 2],
        [1, 9],
      ]),
    ],
    [
      'labelme-bad-shape',
      shape('rectangle', [
        [1, 2],
        [3, '4'],
      ]),
    ],
    [
      'labelme-bad-shape',
      shape('polygon', [
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      'labelme-bad-shape',
      shape('circle', [
        [1, 2],
        [1, 2],
      ]),
    ],
    ['labelme-bad-shape', shape('linestrip', [[1, 2]])],
    ['labelme-bad-shape', shape('points', [])],
    ['labelme-bad-shape', shape('cuboid', [[1, 2]])],
    [
      'labelme-bad-shape',
      shape(
        'mask',
        [
          [1, 2],
          [3, 4],
        ],
        { mask: 'not base64!' },
      ),
    ],
    [
      'labelme-bad-shape',
      shape(
        'mask',
        [
          [1, 2],
          [3, 4],
        ],
        { mask: 'AAAA' },
      ),
    ],
    [
      'labelme-bad-shape',
      shape('mask', [
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      'labelme-unknown-shape',
      shape('constructor', [
        [1, 2],
        [3, 4],
      ]),
    ],
    ['labelme-no-label', shape('point', [[1, 2]], { label: 7 })],
    ['labelme-no-label', shape('point', [[1, 2]], { label: '' })],
  ])('that is broken costs itself: %s', async (code, broken) => {
    const { annotations, problems, images } = await read(file([broken, shape('point', [[5, 6]])]));
    expect(annotations.map(({ shape: found }) => found)).toEqual([
      { type: 'points', points: [{ x: 5, y: 6 }] },
    ]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(images.map(({ state }) => state)).toEqual(['labelled']);
  });

  it('outside the picture is kept as it is', async () => {
    const { annotations, problems } = await read(
      file([
        shape('rectangle', [
          [-5, -6],
          [300, 400],
        ]),
      ]),
    );
    expect(annotations[0]?.shape).toEqual({ type: 'box', x: -5, y: -6, width: 305, height: 406 });
    expect(problems).toEqual([]);
  });
});

describe('a file of labelme', () => {
  it.each([
    ['cut off', file([shape('point', [[1, 2]])]).slice(0, 60), 'json-malformed'],
    ['nested beyond reason', '{"shapes":'.repeat(5_000), 'json-malformed'],
    ['empty', '', 'json-malformed'],
  ])('that is %s is an error with its path', async (_, text, code) => {
    const folder = memoryFolder(
      new Map([
        ['bad.json', text],
        ['a.json', file([])],
      ]),
    );
    const { problems, images } = await collected(labelme.read(folder));
    expect(problems.map((problem) => [problem.code, problem.path, problem.severity])).toEqual([
      [code, 'bad.json', 'error'],
    ]);
    expect(images.map(({ key }) => key)).toEqual(['a.jpg']);
  });

  it('with a byte order mark, other line ends and NaN is read', async () => {
    const text = `\ufeff${file([shape('point', [[1, 2]], { score: 'X' })])}`
      .replaceAll(',', ',\r\n')
      .replace('"X"', 'NaN');
    const { annotations, problems } = await read(text);
    expect([annotations.length, problems]).toEqual([1, []]);
  });

  it('that is not UTF-8 or has a key twice is read and said', async () => {
    const text = file([shape('point', [[1, 2]])])
      .replace('"flags":{}', '"flags":{},"flags":{"x":true}')
      .replace('"a"', '"\u00e9"');
    const { labels, images, problems } = await read(new Uint8Array(Buffer.from(text, 'latin1')));
    expect(problems.map(({ code }) => code)).toEqual(['json-duplicate-keys', 'bad-encoding']);
    expect(images[0]?.attributes).toEqual({ x: true });
    expect(labels.map(({ name }) => name)).toEqual(['\ufffd']);
  });

  it.each([
    ['a.jpg', 'sub/a.jpg'],
    ['..\\a.jpg', 'a.jpg'],
    ['../../../a.jpg', 'sub/a.jpg'],
    ['/home/me/a.jpg', 'sub/a.jpg'],
    ['C:\\Users\\me\\a.jpg', 'sub/a.jpg'],
    ['\\\\server\\share\\a.jpg', 'sub/a.jpg'],
    ['https://host/x/a.jpg', 'sub/a.jpg'],
    ['x/./y/../a.jpg', 'sub/x/a.jpg'],
  ])('that names %j means %s', async (imagePath, key) => {
    const { images } = await read(file([], { imagePath }), 'sub/a.json');
    expect(images.map((image) => image.key)).toEqual([key]);
  });

  it('keeps what comes from a prototype as data', async () => {
    const flags = JSON.parse('{"__proto__":true,"constructor":false}') as object;
    const { annotations } = await read(file([shape('point', [[1, 2]], { flags })]));
    expect(Object.entries(annotations[0]?.attributes ?? {})).toEqual([
      ['__proto__', true],
      ['constructor', false],
    ]);
  });
});

describe('writing beside pictures', () => {
  it('leaves out what would share a file, and says so', async () => {
    const image = (key: string) => ({
      image: { key, size: { width: 9, height: 9 }, split: null, state: 'confirmedEmpty' as const },
      annotations: [],
    });
    const dataset = { labels: [], images: ['a.jpg', 'A.png', 'b.json', 'c.d.jpg'].map(image) };
    for (const format of [labelme, xanylabeling]) {
      const sink = memorySink();
      const report = await format.write(memorySource(dataset), sink);
      expect(report.ok && report.value.leftOutImages).toEqual(['A.png', 'b.json']);
      expect(report.ok && report.value.lossCountByCode).toEqual({
        'label-file-clash': 1,
        'image-name-unusable': 1,
      });
      expect([...sink.files.keys()].filter((path) => path.endsWith('.json'))).toEqual(['a.json', 'c.d.json']);
    }
  });

  it('numbers groups, keeping those that are numbers', async () => {
    const point = (groupId: string) => ({
      ...{ imageKey: 'a.jpg', classIndex: 0, shape: { type: 'points' as const, points: [{ x: 1, y: 2 }] } },
      ...{ isCrowd: false, attributes: {}, score: null, groupId },
    });
    const sink = memorySink();
    await labelme.write(
      memorySource({
        labels: [{ classIndex: 0, name: 'a', supercategory: null }],
        images: [
          {
            image: { key: 'a.jpg', size: null, split: null, state: 'labelled' },
            annotations: ['b', '7', 'b', '007', '99999999999'].map(point),
          },
        ],
      }),
      sink,
    );
    const written = JSON.parse(String(sink.files.get('a.json'))) as { shapes: { group_id: number }[] };
    expect(written.shapes.map(({ group_id }) => group_id)).toEqual([8, 7, 8, 9, 10]);
  });
});
