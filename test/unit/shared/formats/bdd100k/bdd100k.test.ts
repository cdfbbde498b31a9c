import { describe, expect, it } from 'vitest';
import { bdd100k } from '../../../../../shared/formats/bdd100k/bdd100k';
import { outlineOf } from '../../../../../shared/formats/bdd100k/poly2d-vertices';
import { collected, memoryFolder } from '../../../../harness/memory-dataset';

const read = (files: Readonly<Record<string, string>>, chunkChars = 1 << 20) =>
  collected(bdd100k.read(memoryFolder(new Map(Object.entries(files)), { chunkChars })));

const label = '{"category":"car","id":"1","box2d":{"x1":1,"y1":1,"x2":2,"y2":3}}';

describe('curves of Scalabel', () => {
  it('of two control points and an end are cut into short lines that stay on the curve', () => {
    // A quarter of a circle of radius 100, by the usual four-point approximation.
    const k = 55.22847498;
    const outline = outlineOf({
      vertices: [
        [100, 0],
        [100, k],
        [k, 100],
        [0, 100],
      ],
      types: 'LCCC',
      closed: false,
    });
    expect(outline?.hasCurves).toBe(true);
    expect(outline?.vertices[0]).toEqual({ x: 100, y: 0 });
    expect(outline?.vertices.at(-1)).toEqual({ x: 0, y: 100 });
    expect(outline?.vertices.length).toBeGreaterThan(9);
    for (const { x, y } of outline?.vertices ?? [])
      expect(Math.abs(Math.hypot(x, y) - 100)).toBeLessThan(0.05);
  });

  it('close by their control points alone, or end in a straight corner', () => {
    const closing = outlineOf({
      vertices: [
        [0, 0],
        [9, 0],
        [9, 9],
        [0, 9],
      ],
      types: 'LLCC',
      closed: true,
    });
    expect(closing?.vertices.slice(0, 2)).toEqual([
      { x: 0, y: 0 },
      { x: 9, y: 0 },
    ]);
    expect(closing?.vertices.at(-1)).not.toEqual({ x: 0, y: 0 });
    const editor = outlineOf({
      vertices: [
        [0, 0],
        [1, 5],
        [8, 5],
        [9, 0],
      ],
      types: 'LCCL',
      closed: false,
    });
    expect(editor?.vertices.at(-1)).toEqual({ x: 9, y: 0 });
    expect(editor?.vertices).toHaveLength(9);
  });

  it.each([
    null,
    7,
    {},
    { vertices: [[0]] },
    { vertices: [['a', 1]] },
    { vertices: [[1e9, 0]] },
    { vertices: 'LL' },
  ])('are none in %j', (value) => expect(outlineOf(value)).toBeNull());

  it('that make no sense are corners', () => {
    expect(
      outlineOf({
        vertices: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        types: 'CCC',
        closed: false,
      })?.vertices,
    ).toHaveLength(3);
  });
});

describe('BDD100K as it is read', () => {
  it('a file that is cut off gives what stands before', async () => {
    const text = `[{"name":"a.jpg","labels":[${label}]},{"name":"b.jpg","labels":[${label}`;
    for (const size of [7, 1 << 20]) {
      const { images, annotations, problems } = await read({ 'x.json': text }, size);
      expect(images.map(({ key }) => key)).toEqual(['a.jpg']);
      expect(annotations).toHaveLength(1);
      expect(problems.map(({ code }) => code)).toEqual(['json-malformed']);
    }
  });

  it('labels of one picture in several files come together, in one image', async () => {
    const lane = '{"category":"lane","poly2d":[{"vertices":[[0,0],[5,5]],"types":"LL","closed":false}]}';
    const { images, annotations, orderFaults, problems } = await read({
      'det/det_train.json': `[{"name":"a.jpg","attributes":{"weather":"clear"},"labels":[${label}]},{"name":"b.jpg","labels":[]}]`,
      'lane/lane_train.json': `[{"name":"b.jpg","labels":[${lane}]},{"name":"a.jpg","labels":[${lane}]}]`,
    });
    expect(images.map(({ key, state }) => [key, state])).toEqual([
      ['a.jpg', 'labelled'],
      ['b.jpg', 'labelled'],
    ]);
    expect(annotations.map(({ imageKey, shape }) => [imageKey, shape.type])).toEqual([
      ['a.jpg', 'box'],
      ['a.jpg', 'polyline'],
      ['b.jpg', 'polyline'],
    ]);
    expect([orderFaults, problems]).toEqual([[], []]);
  });

  it.each([
    ['{"category":"car","box2d":{"x1":"1","y1":1,"x2":2,"y2":3}}', 'bdd100k-bad-box'],
    ['{"category":"car","box2d":{"x1":5,"y1":1,"x2":2,"y2":3}}', 'bdd100k-bad-box'],
    ['{"category":"car","box2d":[]}', 'bdd100k-bad-box'],
    ['{"category":7,"box2d":{"x1":1,"y1":1,"x2":2,"y2":3}}', 'bdd100k-no-category'],
    ['{"category":"car","poly2d":[{"vertices":[[1,1]],"types":"L","closed":true}]}', 'bdd100k-bad-outline'],
    ['{"category":"car","rle":{"counts":"zzz","size":[2,2]}}', 'bdd100k-bad-mask'],
    ['{"category":"car","rle":{"counts":"4","size":[2,2]}}', 'bdd100k-empty-mask'],
    ['{"category":"car","graph":{"nodes":[]}}', 'bdd100k-graph'],
    ['null', 'bdd100k-bad-label'],
  ])('%s is %s and the label after it is read', async (bad, code) => {
    const { annotations, problems } = await read({
      'x.json': `[{"name":"a.jpg","labels":[${label},${bad},${label}]}]`,
    });
    expect(annotations).toHaveLength(2);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('names that lead out, and keys of prototypes, do no harm', async () => {
    const { images, annotations, problems } = await read({
      'x.json': `[{"name":"../../etc/passwd","labels":[${label}]},{"name":"a.jpg","attributes":{"__proto__":"x","constructor":{"a":1}},"labels":[{"category":"__proto__","attributes":{"__proto__":1,"toString":"y"},"box2d":{"x1":1,"y1":1,"x2":2,"y2":3}}]}]`,
    });
    expect(images.map(({ key }) => key)).toEqual(['a.jpg']);
    expect(Object.entries(annotations[0]?.attributes ?? {})).toEqual([
      ['__proto__', 1],
      ['toString', 'y'],
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['bdd100k-bad-name', 'attribute-dropped']);
  });
});
