import fc from 'fast-check';
import type { ImageDocument } from '../../shared/document/image-document';
import { type Annotation, UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { ImageId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import { annotation, testId } from './annotations';
import { CAR, CURB, PERSON } from './label-schema';

export const PICTURE = { width: 640, height: 480 };

const coordinate = (most: number) => fc.double({ min: 0, max: most, noNaN: true });

/** A box inside the picture with sides of at least 1 px. */
const boxArbitrary: fc.Arbitrary<Shape> = fc
  .tuple(
    coordinate(639),
    coordinate(479),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([x, y, across, down]) => ({
    type: 'box',
    x,
    y,
    width: 1 + across * (PICTURE.width - x - 1),
    height: 1 + down * (PICTURE.height - y - 1),
  }));

const polylineArbitrary: fc.Arbitrary<Shape> = fc
  .array(fc.record({ x: coordinate(PICTURE.width), y: coordinate(PICTURE.height) }), {
    minLength: 2,
    maxLength: 6,
  })
  .filter((points) => points.some((point) => point.x !== points[0]?.x || point.y !== points[0]?.y))
  .map((points) => ({ type: 'polyline', points }));

export const shapeArbitrary: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 3, arbitrary: boxArbitrary },
  { weight: 1, arbitrary: polylineArbitrary },
);

const annotationArbitrary: fc.Arbitrary<Annotation> = fc
  .record({
    shape: shapeArbitrary,
    label: fc.constantFrom(CAR, PERSON),
    isLocked: fc.boolean(),
    isHidden: fc.boolean(),
    isOccluded: fc.boolean(),
    isPinned: fc.boolean(),
    note: fc.constantFrom('', 'behind the tree'),
    group: fc.constantFrom(null, testId(900_011), testId(900_012)),
  })
  .map(({ shape, label, isPinned, note, group, ...flags }) =>
    annotation(0, shape, {
      ...flags,
      // What is not set is absent: stored hashes depend on it.
      ...(isPinned ? { isPinned } : {}),
      ...(note === '' ? {} : { note }),
      ...(group === null ? {} : { groupId: group }),
      labelId: shape.type === 'polyline' ? CURB.id : label.id,
    }),
  );

/** A picture with up to eight objects, all inside it, some locked, some hidden. */
export const documentArbitrary: fc.Arbitrary<ImageDocument> = fc
  .array(annotationArbitrary, { maxLength: 8 })
  .map((annotations) => ({
    imageId: testId(900_001) as ImageId,
    size: PICTURE,
    annotations: new Map(
      annotations.map((one, n) => {
        const id = annotation(n + 1, one.shape).id;
        return [id, { ...one, id }] as const;
      }),
    ),
    status: annotations.length === 0 ? UNLABELLED_STATUS : { ...UNLABELLED_STATUS, state: 'inProgress' },
  }));
