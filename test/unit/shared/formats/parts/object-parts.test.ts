import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { ObjectJoiner, partRecords, polygonOfPart } from '../../../../../shared/formats/parts/object-parts';

const square = (at: number) => [
  { x: at, y: at },
  { x: at + 4, y: at },
  { x: at + 4, y: at + 4 },
];
const annotation = (shape: DatasetAnnotation['shape'], classIndex = 0): DatasetAnnotation => ({
  ...{ imageKey: 'a.jpg', classIndex, shape, isCrowd: false, attributes: {}, score: null },
});
const polygon = (at: number) => ({ type: 'polygon' as const, parts: [{ exterior: square(at), holes: [] }] });

describe('parts of an object', () => {
  it('are put together where the first came, each class for itself', () => {
    const joiner = new ObjectJoiner();
    joiner.add(annotation(polygon(0)), { object: 1 });
    joiner.add(annotation({ type: 'tag' }), { object: 1 });
    joiner.add(annotation(polygon(10)), { object: 2 });
    joiner.add(annotation(polygon(20), 1), { object: 1 });
    joiner.add(annotation(polygon(30)), { object: 1 });
    joiner.add(annotation(polygon(40)), undefined);
    expect(
      joiner
        .annotations()
        .map(({ shape, classIndex }) => [
          classIndex,
          shape.type === 'polygon' ? shape.parts.map(({ exterior }) => exterior[0]?.x) : shape.type,
        ]),
    ).toEqual([
      [0, [0, 30]],
      [0, 'tag'],
      [0, [10]],
      [1, [20]],
      [0, [40]],
    ]);
  });

  it('of points are one shape', () => {
    const joiner = new ObjectJoiner();
    for (const x of [3, 1, 2])
      joiner.add(annotation({ type: 'points', points: [{ x, y: 0 }] }), { object: 7 });
    expect(joiner.annotations().map(({ shape }) => shape)).toEqual([
      { type: 'points', points: [3, 1, 2].map((x) => ({ x, y: 0 })) },
    ]);
  });

  it('by the ten thousand end soon, and in no more than a shape may have', () => {
    const joiner = new ObjectJoiner();
    for (let x = 0; x < 70_000; x += 1)
      joiner.add(annotation({ type: 'points', points: [{ x, y: 0 }] }), { object: 1 });
    const [whole] = joiner.annotations();
    expect(whole?.shape.type === 'points' ? whole.shape.points.length : 0).toBe(60_000);
  });
});

describe('holes', () => {
  const [part] = partRecords({ type: 'polygon', parts: [{ exterior: square(0), holes: [square(1)] }] });

  it('come back with their outline', () => {
    expect(polygonOfPart(square(0), part?.own)).toEqual({
      shape: { type: 'polygon', parts: [{ exterior: square(0), holes: [square(1)] }] },
      hasLostHoles: false,
    });
  });

  it.each([
    ['an outline that was moved', square(2), part?.own],
    [
      'a hole of two points',
      square(0),
      {
        ...part?.own,
        holes: [
          [
            [1, 1],
            [2, 2],
          ],
        ],
      },
    ],
    ['no outline to compare with', square(0), { holes: part?.own.holes }],
  ])('are not taken with %s', (_, exterior, own) => {
    expect(polygonOfPart(exterior, own)).toEqual({
      shape: { type: 'polygon', parts: [{ exterior, holes: [] }] },
      hasLostHoles: true,
    });
  });

  it.each([undefined, null, 7, [], {}])('are none where the field is %j', (own) => {
    expect(polygonOfPart(square(0), own).hasLostHoles).toBe(false);
  });
});
