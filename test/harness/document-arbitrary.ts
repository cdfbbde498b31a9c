import fc from 'fast-check';
import type { ImageDocument } from '../../shared/document/image-document';
import { type Annotation, UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { ImageId } from '../../shared/schema/ids';
import { SHAPE_TYPES, type Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { okValue } from '../fixtures/ok-value';
import { annotation, testId } from './annotations';
import { CAR, CURB, PERSON } from './label-schema';
import { shapeArbitraries } from './shape-arbitrary';

export const PICTURE = { width: 640, height: 480 };

const ANYWHERE = shapeArbitraries({ x: 0, y: 0, ...PICTURE }, 400);

/** A shape of any kind inside the picture; boxes are the most, as in pictures. */
export const shapeArbitrary: fc.Arbitrary<Shape> = fc
  .oneof(
    { weight: 6, arbitrary: ANYWHERE.box },
    ...SHAPE_TYPES.map((type) => ({ weight: 1, arbitrary: ANYWHERE[type] as fc.Arbitrary<Shape> })),
  )
  .map((shape) => behaviourOf(shape).fitted(shape, PICTURE))
  .filter((fitted) => fitted.ok)
  .map((fitted) => okValue(fitted));

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
