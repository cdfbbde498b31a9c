import { describe, expect, it } from 'vitest';
import { labelStudio } from '../../../../../shared/formats/label-studio/label-studio';
import { collected, memoryFolder } from '../../../../harness/memory-dataset';

const item = (id: string, type: string, value: object, more: object = {}) => ({
  ...{ id, from_name: 'x', to_name: 'img', type, value, original_width: 200, original_height: 100 },
  ...more,
});
const task = (result: unknown, more: object = {}) => ({
  id: 1,
  data: { image: 'a.jpg' },
  annotations: [{ id: 1, result }],
  ...more,
});
const read = (tasks: unknown, options: Record<string, string> = {}) =>
  collected(
    labelStudio.read(
      memoryFolder(new Map([['tasks.json', typeof tasks === 'string' ? tasks : JSON.stringify(tasks)]])),
      options,
    ),
  );

describe('places in percent', () => {
  it('are turned about the top left corner, in pixels and not in percent', async () => {
    // A box of 20 x 10 px at 100, 50, turned by 90 degrees about that corner: it reaches down and to the left.
    const value = { x: 50, y: 50, width: 10, height: 10, rotation: 90, rectanglelabels: ['a'] };
    const { annotations } = await read([task([item('r', 'rectanglelabels', value)])]);
    expect(annotations[0]?.shape).toEqual({
      ...{ type: 'rotated-box', cx: 95, cy: 60, width: 20, height: 10, rotation: 90 },
    });
  });

  it('of a turned box with a negative height are the same box', async () => {
    // Drawn upwards from its lower left corner at 10, 30 and turned by 180 degrees: it is right below that corner's other side.
    const value = { x: 50, y: 50, width: 10, height: -10, rotation: 180, rectanglelabels: ['a'] };
    const { annotations } = await read([task([item('r', 'rectanglelabels', value)])]);
    expect(annotations[0]?.shape).toEqual({
      ...{ type: 'rotated-box', cx: 90, cy: 55, width: 20, height: 10, rotation: 180 },
    });
  });

  it.each([
    ['a text for a number', 'rectanglelabels', { x: '1', y: 2, width: 3, height: 4, rectanglelabels: ['a'] }],
    ['no height', 'rectanglelabels', { x: 1, y: 2, width: 3, rectanglelabels: ['a'] }],
    ['beyond all pictures', 'rectanglelabels', { x: 1e9, y: 2, width: 3, height: 4, rectanglelabels: ['a'] }],
    [
      'two points',
      'polygonlabels',
      {
        points: [
          [1, 2],
          [3, 4],
        ],
        polygonlabels: ['a'],
      },
    ],
    [
      'a point of three numbers that are texts',
      'polygonlabels',
      {
        points: [
          ['1', 2],
          [3, 4],
          [5, 6],
        ],
        polygonlabels: ['a'],
      },
    ],
    ['a negative radius', 'ellipselabels', { x: 1, y: 2, radiusX: -3, radiusY: 4, ellipselabels: ['a'] }],
    ['a damaged brush', 'brushlabels', { format: 'rle', rle: [1, 2, 3], brushlabels: ['a'] }],
    ['another kind of brush', 'brushlabels', { format: 'png', rle: [], brushlabels: ['a'] }],
    ['one vertex', 'vectorlabels', { vertices: [{ x: 1, y: 2 }], vectorlabels: ['a'] }],
  ])('with %s cost that region alone', async (_, type, value) => {
    const good = item('good', 'keypointlabels', { x: 10, y: 10, keypointlabels: ['a'] });
    const { annotations, problems } = await read([task([item('bad', type, value), good])]);
    expect(annotations.map(({ shape }) => shape)).toEqual([{ type: 'points', points: [{ x: 20, y: 10 }] }]);
    expect(problems.map(({ code }) => code)).toEqual(['label-studio-bad-region']);
  });

  it('of a picture of unknown size cannot be read', async () => {
    const value = { x: 1, y: 2, width: 3, height: 4, rectanglelabels: ['a'] };
    const { annotations, problems } = await read([
      task([item('r', 'rectanglelabels', value, { original_width: null, original_height: 0 })]),
    ]);
    expect(annotations).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['image-size-unknown']);
  });
});

describe('what a task says', () => {
  it('is that of the newest annotation that nobody cancelled', async () => {
    const keypoint = (x: number) => [item('k', 'keypointlabels', { x, y: 10, keypointlabels: ['a'] })];
    const annotations = [
      { id: 1, result: keypoint(1), updated_at: '2024-01-02T00:00:00Z' },
      { id: 2, result: keypoint(2), updated_at: '2024-01-03T00:00:00Z', was_cancelled: true },
      { id: 3, result: keypoint(3), updated_at: '2024-01-01T23:00:00-05:00' },
      { id: 4, result: 'damaged', updated_at: '2025-01-01T00:00:00Z' },
    ];
    const found = await read([{ ...task([]), annotations }]);
    expect(found.annotations.map(({ shape }) => shape)).toEqual([
      { type: 'points', points: [{ x: 6, y: 10 }] },
    ]);
    expect(found.problems.map(({ code }) => code)).toEqual(['label-studio-further-annotations']);
  });

  it('is a proposal where that is wanted and nobody has annotated', async () => {
    const tasks = [
      {
        data: { image: 'a.jpg' },
        annotations: [],
        predictions: [
          { score: 0.5, result: [item('k', 'keypointlabels', { x: 1, y: 10, keypointlabels: ['a'] })] },
        ],
      },
    ];
    const proposed = await read(tasks);
    expect(proposed.annotations.map(({ score }) => score)).toEqual([0.5]);
    const without = await read(tasks, { predictions: 'never' });
    expect([without.annotations, without.images.map(({ state }) => state)]).toEqual([[], ['unlabelled']]);
  });

  it('is nothing hostile', async () => {
    const { images, problems, orderFaults } = await read([
      { data: { image: 'x/../../etc/passwd.jpg' }, annotations: [{ result: [] }] },
      { data: { image: '../../up.jpg', __proto__x: 1, ['__proto__']: 'p' }, annotations: [{ result: [] }] },
      { data: { image: 7 }, annotations: [{ result: [] }] },
      { data: null, annotations: 'none' },
      'text',
      null,
    ]);
    expect(images.map(({ key }) => key)).toEqual(['up.jpg']);
    expect(Object.getPrototypeOf(images[0]?.attributes ?? {})).toBe(Object.prototype);
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'label-studio-bad-task',
      'label-studio-bad-task',
      'label-studio-no-picture',
      'label-studio-no-picture',
      'label-studio-no-picture',
    ]);
    expect(orderFaults).toEqual([]);
  });

  it('before the file is cut off is read', async () => {
    const whole = JSON.stringify([
      task([item('k', 'keypointlabels', { x: 1, y: 10, keypointlabels: ['a'] })]),
      { ...task([]), data: { image: 'b.jpg' } },
    ]);
    const { images, problems } = await read(whole.slice(0, -30));
    expect(images.map(({ key }) => key)).toEqual(['a.jpg']);
    expect(problems.map(({ code }) => code)).toEqual(['label-studio-malformed']);
  });
});

describe('near misses', () => {
  it.each([
    [
      'JSON_MIN',
      'x.json',
      JSON.stringify([{ image: 'a.jpg', label: [{ rectanglelabels: ['a'], original_width: 1 }] }]),
      'JSON_MIN',
    ],
    [
      'CSV',
      'x.csv',
      'image,id,label,annotator,annotation_id,created_at,updated_at,lead_time\n',
      'CSV of Label Studio',
    ],
    [
      'tasks on text',
      'x.json',
      JSON.stringify([
        {
          data: { text: 'a' },
          annotations: [{ result: [{ from_name: 'a', to_name: 'b', type: 'labels', value: { start: 1 } }] }],
        },
      ]),
      'not about pictures',
    ],
  ])('%s is refused with the reason', async (_, path, text, reason) => {
    const folder = memoryFolder(new Map([[path, text]]));
    const { confidence, reasons } = await labelStudio.detect(folder);
    expect(confidence).toBe(0.1);
    expect(reasons.join(' ')).toContain(reason);
    const { problems } = await collected(labelStudio.read(folder));
    expect(problems.map(({ code }) => code)).toEqual(['format-unrecognised', 'label-studio-file-set-aside']);
  });
});
