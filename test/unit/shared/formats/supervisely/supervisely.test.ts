import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { encodePng } from '../../../../../shared/formats/parts/png/encode-png';
import { unzlibBounded } from '../../../../../shared/formats/parts/unzlib-bounded';
import { supervisely } from '../../../../../shared/formats/supervisely/supervisely';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const META =
  '{"classes":[{"title":"car","shape":"any","color":"#FF0000"}],"tags":[{"name":"n","value_type":"any_number"}]}';
const GOOD = '{"classTitle":"car","geometryType":"rectangle","points":{"exterior":[[1,2],[4,6]]}}';
const read = (files: Record<string, string>, options: Record<string, string> = {}) =>
  collected(
    supervisely.read(memoryFolder(new Map(Object.entries({ 'meta.json': META, ...files }))), options),
  );
const withObjects = (...objects: string[]) =>
  read({ 'ds/ann/a.jpg.json': `{"size":{"width":9,"height":9},"tags":[],"objects":[${objects.join(',')}]}` });
const bitmap = (packed: Uint8Array | string, origin = '[0,0]') =>
  `{"classTitle":"car","geometryType":"bitmap","bitmap":{"data":"${typeof packed === 'string' ? packed : Buffer.from(packed).toString('base64')}","origin":${origin}}}`;
const png = (...samples: number[]) =>
  deflateSync(
    encodePng({ width: samples.length, height: 1, channels: 1, samples: Uint8Array.from(samples) }),
  );

describe('damaged Supervisely files', () => {
  it.each([
    ['no base64', bitmap('§§'), 'supervisely-bad-shape'],
    ['no zlib', bitmap(Uint8Array.from([1, 2, 3])), 'supervisely-bad-shape'],
    ['no PNG', bitmap(deflateSync(Buffer.from('text'))), 'supervisely-bad-shape'],
    ['a bitmap cut off', bitmap(png(0, 1).subarray(0, 20)), 'supervisely-bad-shape'],
    ['an empty bitmap', bitmap(png(0, 0)), 'supervisely-bad-shape'],
    ['a bitmap between pixels', bitmap(png(0, 1), '[0.5,0]'), 'supervisely-bad-shape'],
    ['a bomb', bitmap(deflateSync(Buffer.alloc(80 * 1024 * 1024))), 'supervisely-bad-shape'],
    ['one corner', GOOD.replace(',[4,6]', ''), 'supervisely-bad-shape'],
    ['NaN', GOOD.replace('4', 'NaN'), 'supervisely-bad-shape'],
    ['no area', GOOD.replace('[4,6]', '[4,2]'), 'supervisely-bad-shape'],
    ['another geometry', '{"classTitle":"car","geometryType":"mask_3d"}', 'unsupported-shape'],
    ['another class', GOOD.replace('car', '__proto__'), 'supervisely-unknown-class'],
    ['no object', '7', 'supervisely-unknown-class'],
    ['an empty graph', '{"classTitle":"car","geometryType":"graph","nodes":{}}', 'supervisely-bad-shape'],
  ])('%s costs that object', async (_, object, code) => {
    const found = await withObjects(object, GOOD);
    expect(found.problems.map((problem) => problem.code)).toEqual([code]);
    expect(found.annotations).toHaveLength(1);
  });

  it('a file that is no JSON leaves its picture unlabelled; no meta.json leaves nothing', async () => {
    const found = await read({ 'ds/ann/a.jpg.json': '{"objects":[' });
    expect(found.problems.map((problem) => problem.code)).toEqual(['supervisely-malformed']);
    expect(found.images.map((image) => image.state)).toEqual(['unlabelled']);
    const broken = await read({ 'meta.json': '{"classes":[{"title":"car"}],"tags":[' });
    expect(broken.problems.map((problem) => problem.code)).toEqual(['supervisely-malformed']);
  });

  it('tags of a kind that they have not, or twice, are named', async () => {
    const tags =
      '"tags":[{"name":"n","value":"fast"},{"name":"m","value":{}},{"name":"k"},{"name":"k","value":"x"}]';
    const found = await withObjects(`{${tags},${GOOD.slice(1)}`);
    expect(found.problems.map((problem) => problem.code)).toEqual([
      'attribute-dropped',
      'attribute-dropped',
      'attribute-dropped',
    ]);
    expect(found.annotations[0]?.attributes).toEqual({ k: true });
  });
});

describe('what a person says about a Supervisely project', () => {
  it('rectangles end where they end, or with their last pixel', async () => {
    const files = { 'ds/ann/a.jpg.json': `{"objects":[${GOOD}]}` };
    const box = async (options: Record<string, string>) => (await read(files, options)).annotations[0]?.shape;
    expect(await box({})).toEqual({ type: 'box', x: 1, y: 2, width: 3, height: 4 });
    expect(await box({ corners: 'last-pixel' })).toEqual({ type: 'box', x: 1, y: 2, width: 4, height: 5 });
  });

  it('pictures without objects are looked at, or not', async () => {
    const files = { 'ds/ann/a.jpg.json': '{"objects":[]}' };
    const state = async (options: Record<string, string>) => (await read(files, options)).images[0]?.state;
    expect(await state({})).toBe('unlabelled');
    expect(await state({ empty: 'confirmed-empty' })).toBe('confirmedEmpty');
  });
});

describe('writing Supervisely', () => {
  const annotation = (
    shape: DatasetAnnotation['shape'],
    more: Partial<DatasetAnnotation> = {},
  ): DatasetAnnotation => ({
    imageKey: 'day/a.jpg',
    classIndex: 3,
    shape,
    isCrowd: false,
    attributes: {},
    score: null,
    ...more,
  });

  it('names tags, classes and corners as Supervisely does', async () => {
    const sink = memorySink();
    const report = okValue(
      await supervisely.write(
        memorySource({
          labels: [
            { classIndex: 3, name: 'car', supercategory: null, color: '#0a0b0c', allowedShapes: ['box'] },
          ],
          images: [
            {
              image: { key: 'day/a.jpg', size: { width: 8, height: 6 }, split: 'val', state: 'labelled' },
              annotations: [
                annotation(
                  { type: 'box', x: 1, y: 2, width: 3, height: 4 },
                  {
                    attributes: { colour: 'red', speed: 5, lit: true },
                    score: 0.5,
                    groupId: 'g',
                    note: 'taxi',
                  },
                ),
                annotation({ type: 'ellipse', cx: 1, cy: 1, rx: 1, ry: 1, rotation: 0 }),
                annotation({ type: 'tag' }),
                annotation({
                  type: 'points',
                  points: [
                    { x: 1, y: 1 },
                    { x: 2, y: 2 },
                  ],
                }),
              ],
            },
            {
              image: { key: 'day__a.jpg', size: null, split: 'val', state: 'confirmedEmpty' },
              annotations: [],
            },
          ],
        }),
        sink,
      ),
    );
    expect(report.lossCountByCode).toEqual({ 'unsupported-shape': 1, 'label-file-clash': 1 });
    expect(report.leftOutImages).toEqual(['day__a.jpg']);
    const meta = JSON.parse(String(sink.files.get('meta.json'))) as { classes: unknown[]; tags: unknown[] };
    expect(meta.classes).toMatchObject([{ title: 'car', shape: 'rectangle', color: '#0A0B0C' }]);
    expect(meta.tags).toMatchObject([
      { name: 'car', value_type: 'none', applicable_type: 'imagesOnly' },
      { name: 'colour', value_type: 'any_string', applicable_type: 'objectsOnly' },
      { name: 'confidence', value_type: 'any_number' },
      { name: 'lit', value_type: 'none' },
      { name: 'speed', value_type: 'any_number' },
    ]);
    expect(JSON.parse(String(sink.files.get('val/ann/day__a.jpg.json')))).toMatchObject({
      size: { height: 6, width: 8 },
      tags: [{ name: 'car', value: null }],
      objects: [
        {
          classTitle: 'car',
          geometryType: 'rectangle',
          points: {
            exterior: [
              [1, 2],
              [4, 6],
            ],
            interior: [],
          },
          instance: 'g',
          description: 'taxi',
          tags: [
            { name: 'colour', value: 'red' },
            { name: 'speed', value: 5 },
            { name: 'lit', value: null },
            { name: 'confidence', value: 0.5 },
          ],
        },
        { geometryType: 'point', instance: 'points-3' },
        { geometryType: 'point', instance: 'points-3' },
      ],
    });
  });
});

describe('unzlibBounded', () => {
  it('gives what was packed, and nothing of what is damaged or too large', () => {
    const given = Uint8Array.from({ length: 100_000 }, (_, at) => (at * at) % 251);
    const packed = deflateSync(given);
    expect(unzlibBounded(packed, 100_000)).toEqual(given);
    expect(unzlibBounded(packed, 99_999)).toBeNull();
    expect(unzlibBounded(packed.subarray(0, packed.length - 10), 100_000)).toBeNull();
    expect(unzlibBounded(new Uint8Array(), 10)).toBeNull();
  });
});
