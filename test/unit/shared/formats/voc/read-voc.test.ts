import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../../../shared/formats/parts/png/encode-png';
import { voc } from '../../../../../shared/formats/voc/voc';
import { okValue } from '../../../../fixtures/ok-value';
import {
  type CollectedDataset,
  collected,
  type MemoryDataset,
  memoryFolder,
  memorySink,
  memorySource,
} from '../../../../harness/memory-dataset';

const box = (left: number | string, top: number | string, right: number | string, bottom: number | string) =>
  `<bndbox><xmin>${left}</xmin><ymin>${top}</ymin><xmax>${right}</xmax><ymax>${bottom}</ymax></bndbox>`;
const object = (inside: string, name = 'car') => `<object><name>${name}</name>${inside}</object>`;
const annotation = (objects: string, filename = 'a.jpg', size = '<width>100</width><height>50</height>') =>
  `<annotation><filename>${filename}</filename><size>${size}</size>${objects}</annotation>`;

async function read(files: Record<string, string | Uint8Array>, options?: Record<string, string>) {
  return collected(voc.read(memoryFolder(new Map(Object.entries(files))), options));
}

const codes = ({ problems }: CollectedDataset) => problems.map(({ code, line }) => [code, line]);
const corners = ({ annotations }: CollectedDataset) =>
  annotations.map(({ shape }) =>
    shape.type === 'box' ? [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height] : shape.type,
  );

describe('boxes of VOC', () => {
  it('that cannot be are left out with their line, and the fine rest is given', async () => {
    const dataset = await read({
      'Annotations/a.xml': annotation(
        [
          object(box(1, 1, 10, 10)),
          object(box('NaN', 1, 10, 10)),
          object(box(1, 1, 'Infinity', 10)),
          object(box(20, 1, 10, 10)),
          object(box(1, 1, '', 10)),
          object('<bndbox><xmin>1</xmin></bndbox>'),
          object(''),
          object(box(1, 1, '9e9', 10)),
          '<object><bndbox/></object>',
          object(box(5, 5, 5, 5)),
        ].join('\n'),
      ),
    });
    expect(codes(dataset)).toEqual([
      ['voc-bad-box', 2],
      ['voc-bad-box', 3],
      ['voc-empty-box', 4],
      ['voc-bad-box', 5],
      ['voc-bad-box', 6],
      ['voc-no-box', 7],
      ['voc-bad-box', 8],
      ['voc-unnamed-object', 9],
    ]);
    expect(corners(dataset)).toEqual([
      [0, 0, 10, 10],
      [4, 4, 5, 5],
    ]);
  });

  it('outside the picture are kept as they are', async () => {
    expect(corners(await read({ 'a.xml': annotation(object(box(-5, 40, 120, 60))) }))).toEqual([
      [-6, 39, 120, 60],
    ]);
  });

  it.each([
    ['whole numbers from 1', [object(box(1, 1, 10, 10))], {}, [0, 0, 10, 10]],
    ['a box that begins at 0', [object(box(3, 3, 9, 9)), object(box(0, 1, 10, 10))], {}, [3, 3, 9, 9]],
    ['decimals', [object(box('1.0', '1.0', '10.0', '10.0'))], {}, [1, 1, 10, 10]],
    [
      'a choice against the look of them',
      [object(box(0, 1, 10, 10))],
      { origin: 'one-based' },
      [-1, 0, 10, 10],
    ],
    ['a choice', [object(box(1, 1, 10, 10))], { origin: 'zero-based' }, [1, 1, 10, 10]],
  ])('are read by %s', async (_, objects, options, expected) => {
    const dataset = await read({ 'Annotations/a.xml': annotation(objects.join('')) }, options);
    expect(corners(dataset)[0]).toEqual(expected);
  });

  it('of the challenge are pixels counted from 1, the few with decimals too', async () => {
    const source = '<source><database>The VOC2007 Database</database></source>';
    const dataset = await read({
      'Annotations/a.xml': annotation(source + object(box('45.7', 0.5, 60, 70))),
    });
    expect(corners(dataset)).toEqual([[44.7, -0.5, 60, 70]]);
  });

  it('are as a file of ours states, whatever they look like', async () => {
    const stated = (origin: string) => annotation(`<origin>${origin}</origin>${object(box(1, 1, 10, 10))}`);
    const dataset = await read({
      'Annotations/a.xml': stated('zero-based'),
      'Annotations/b.xml': stated('one-based').replace('a.jpg', 'b.jpg'),
    });
    expect(corners(dataset)).toEqual([
      [1, 1, 10, 10],
      [0, 0, 10, 10],
    ]);
  });

  it.each([
    [object(box(1, 1, 10, 10)), ['origin']],
    [object(box(0, 1, 10, 10)), []],
    [`<origin>one-based</origin>${object(box(1, 1, 10, 10))}`, []],
    ['', []],
  ])('lead to a question only where nothing tells: %s', async (inside, asked) => {
    const { questions = [] } = await voc.detect(
      memoryFolder(new Map([['Annotations/a.xml', annotation(inside)]])),
    );
    expect(questions.map(({ optionId }) => optionId)).toEqual(asked);
  });
});

describe('damaged files of VOC', () => {
  it.each([
    ['xml-truncated', annotation(object(box(1, 1, 10, 10))).replace('</annotation>', '<object><name>x')],
    ['xml-malformed', annotation(object(box(1, 1, 10, 10))).replace('</annotation>', '&nope;</annotation>')],
  ])('with %s give the objects before the damage', async (code, text) => {
    const dataset = await read({ 'Annotations/a.xml': text });
    expect(codes(dataset).map(([one]) => one)).toEqual([code]);
    expect(corners(dataset)).toEqual([[0, 0, 10, 10]]);
  });

  it('that declare entities are not read', async () => {
    const bomb = `<!DOCTYPE annotation [<!ENTITY a "${'a'.repeat(1000)}">]>${annotation(object(box(1, 1, 9, 9), '&a;'))}`;
    const dataset = await read({
      'Annotations/a.xml': bomb,
      'Annotations/b.xml': annotation(object(box(1, 1, 9, 9)), 'b.jpg'),
    });
    expect(dataset.images.map(({ key }) => key)).toEqual(['b.jpg']);
    expect(codes(dataset)).toEqual([['voc-file-set-aside', null]]);
  });

  it('say that bytes are no UTF-8', async () => {
    const bytes = new TextEncoder().encode(annotation(object(box(1, 1, 9, 9), 'Fu?')));
    const dataset = await read({ 'Annotations/a.xml': bytes.map((byte) => (byte === 0x3f ? 0xdf : byte)) });
    expect(codes(dataset)).toEqual([['bad-encoding', null]]);
    expect(dataset.problems[0]?.path).toBe('Annotations/a.xml');
    expect(dataset.labels.map(({ name }) => name)).toEqual(['Fu\uFFFD']);
  });

  it('say what is wrong with sizes', async () => {
    const dataset = await read({
      'Annotations/a.xml': annotation(
        object(box(1, 1, 9, 9)),
        'a.jpg',
        '<width>NaN</width><height>-1</height>',
      ),
      'Annotations/b.xml': `<annotation><filename>b.jpg</filename>${object(box(1, 1, 9, 9))}</annotation>`,
    });
    expect(codes(dataset)).toEqual([
      ['voc-bad-size', null],
      ['image-size-unknown', null],
      ['image-size-unknown', null],
    ]);
  });
});

describe('names of pictures', () => {
  it.each([
    ['Annotations/a.xml', 'a.png', 'a.png', []],
    ['Annotations/a.xml', 'C:\\Users\\x\\a.png', 'a.png', []],
    ['Annotations/day/a.xml', 'a.png', 'day/a.png', []],
    ['Annotations/a.xml', '', 'a.jpg', []],
    ['Annotations/a.xml', 'a', 'a.jpg', []],
    ['Annotations/a.xml', '../../etc/passwd', 'a.jpg', []],
    ['Annotations/a.xml', 'other.png', 'a.png', ['voc-filename-differs']],
    ['Annotations/dots.in.name.xml', 'dots.in.name.jpg', 'dots.in.name.jpg', []],
    ['VOC2007/Annotations/a.xml', 'a.jpg', 'a.jpg', []],
    ['train/a.xml', 'a.jpg', 'train/a.jpg', []],
  ])('%s with %j is %s', async (path, filename, key, expected) => {
    const dataset = await read({ [path]: annotation('', filename) });
    expect(dataset.images.map((image) => image.key)).toEqual([key]);
    expect(codes(dataset).map(([code]) => code)).toEqual(expected);
  });

  it('come from the picture that lies where VOC has it', async () => {
    const dataset = await read({
      'Annotations/a.xml': annotation('', 'renamed.png'),
      'JPEGImages/a.png': '',
      'JPEGImages/b.png': '',
    });
    expect(dataset.images.map(({ key, state }) => [key, state])).toEqual([
      ['a.png', 'confirmedEmpty'],
      ['b.png', 'unlabelled'],
    ]);
    expect(codes(dataset).map(([code]) => code)).toEqual(['voc-filename-differs']);
  });

  it('that two folders share are told apart by their folders', async () => {
    const dataset = await read({
      'VOC2007/Annotations/a.xml': annotation(''),
      'VOC2012/Annotations/a.xml': annotation(''),
      'VOC2012/Annotations/b.xml': annotation('', 'b.jpg'),
    });
    expect(dataset.images.map(({ key }) => key)).toEqual(['VOC2007/a.jpg', 'VOC2012/a.jpg', 'b.jpg']);
  });

  it('that two files share are reported', async () => {
    const dataset = await read({
      'Annotations/a.xml': annotation(''),
      'Annotations/a.XML': annotation(''),
      'xmls/a.xml': annotation(''),
    });
    expect(dataset.images.map(({ key }) => key)).toEqual(['a.jpg']);
    expect(codes(dataset).map(([code]) => code)).toEqual(['voc-duplicate-file', 'voc-duplicate-file']);
  });
});

describe('attributes of objects', () => {
  it('keep what an object says in its own words, and the flags in ours', async () => {
    const dataset = await read({
      'Annotations/a.xml': annotation(
        object(
          `<pose>Left</pose><truncated>yes</truncated><difficult>0</difficult><occluded>2</occluded><id>7</id><__proto__>x</__proto__><deep><er>1</er></deep>${box(1, 1, 9, 9)}`,
        ),
      ),
    });
    expect(Object.entries(dataset.annotations[0]?.attributes ?? {})).toEqual([
      ['pose', 'Left'],
      ['truncated', true],
      ['occluded', 2],
      ['id', 7],
      ['__proto__', 'x'],
    ]);
    expect(codes(dataset)).toEqual([['attribute-dropped', 1]]);
  });
});

describe('masks of VOC', () => {
  const labelMap = '# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:128,0,0::\ndog:0,128,0::\n';
  const png = (samples: number[]) =>
    encodePng({ width: 4, height: 2, channels: 1, samples: Uint8Array.from(samples) });

  it('are the objects of their number: alone where the box is their window, else in a group', async () => {
    const dataset = await read({
      'labelmap.txt': labelMap,
      'Annotations/a.xml': annotation(
        `<origin>zero-based</origin>${object(box(0, 0, 2, 2), 'cat')}${object(box(0, 0, 90, 2), 'dog')}`,
      ),
      'SegmentationClass/a.png': png([1, 1, 0, 2, 1, 1, 255, 2]),
      'SegmentationObject/a.png': png([1, 1, 0, 2, 1, 1, 255, 2]),
    });
    expect(
      dataset.annotations.map(({ classIndex, shape, groupId }) => [
        dataset.labels[classIndex]?.name,
        shape.type,
        groupId,
      ]),
    ).toEqual([
      ['cat', 'mask', undefined],
      ['dog', 'box', 'object-2'],
      ['dog', 'mask', 'object-2'],
    ]);
    expect(dataset.annotations[2]?.shape).toMatchObject({ x: 3, y: 0, width: 1, height: 2 });
    expect(dataset.problems).toEqual([]);
  });

  it('with values that no class has say so and are left out', async () => {
    const dataset = await read({
      'labelmap.txt': labelMap,
      'SegmentationClass/a.png': png([9, 9, 0, 0, 0, 0, 0, 1]),
    });
    expect(codes(dataset)).toEqual([['voc-unknown-mask-class', null]]);
    expect(dataset.annotations).toHaveLength(1);
  });

  it('that are no PNG say so', async () => {
    const dataset = await read({ 'SegmentationClass/a.png': 'not a picture' });
    expect(codes(dataset)).toEqual([['voc-mask-unreadable', null]]);
    expect(dataset.images).toHaveLength(1);
  });
});

describe('what VOC cannot hold', () => {
  const one = (shape: MemoryDataset['images'][number]['annotations'][number]['shape']) => ({
    imageKey: 'a.jpg',
    classIndex: 0,
    shape,
    isCrowd: false,
    attributes: {},
    score: null,
  });
  const image = (key: string) => ({
    key,
    size: { width: 10, height: 10 },
    split: null,
    state: 'labelled' as const,
  });
  const written = async (dataset: MemoryDataset, options = {}) => {
    const sink = memorySink();
    return { ...okValue(await voc.write(memorySource(dataset), sink, { options })), files: sink.files };
  };

  it('is counted', async () => {
    const labels = [{ classIndex: 0, name: 'x', supercategory: 'y' }];
    const box10 = one({ type: 'box', x: 1, y: 1, width: 2, height: 2 });
    const { lossCountByCode, leftOutImages, annotations } = await written({
      labels: [...labels, { classIndex: 1, name: 'bell\u0007', supercategory: null }],
      images: [
        {
          image: image('a.jpg'),
          annotations: [
            { ...box10, isCrowd: true, groupId: '1', trackId: '1', note: 'n', attributes: { z: '\u0000' } },
            one({ type: 'tag' }),
            { ...box10, classIndex: 7 },
          ],
        },
        { image: image('a.png'), annotations: [] },
        { image: image('b\n.png'), annotations: [] },
      ],
    });
    expect(lossCountByCode).toEqual({
      'supercategory-dropped': 1,
      'label-name-unusable': 1,
      'crowd-flag-dropped': 1,
      'group-dropped': 1,
      'track-dropped': 1,
      'note-dropped': 1,
      'attribute-dropped': 1,
      'unsupported-shape': 1,
      'unknown-class': 1,
      'label-file-clash': 1,
      'image-name-unusable': 1,
    });
    expect([leftOutImages, annotations]).toEqual([['a.png', 'b\n.png'], 1]);
  });

  it('never truncates: a box is the pixels that it covers by half or more, at least one', async () => {
    const labels = [{ classIndex: 0, name: 'x', supercategory: null }];
    const shapes = [
      { type: 'box' as const, x: 0.6, y: 0.4, width: 2, height: 2 },
      { type: 'box' as const, x: 4.2, y: 4.2, width: 0.1, height: 3 },
    ];
    const { files } = await written({
      labels,
      images: [{ image: image('a.jpg'), annotations: shapes.map(one) }],
    });
    const text = String(files.get('Annotations/a.xml'));
    const numbers = [...text.matchAll(/<[xy]m(?:in|ax)>([^<]*)</g)].map(([, number]) => number);
    // 0.6 to 2.6 covers pixels 1 and 2 (the second and third), 0.4 to 2.4 covers 0 and 1; counted from 1.
    expect(numbers).toEqual(['2', '1', '3', '2', '5', '5', '5', '7']);
  });
});
