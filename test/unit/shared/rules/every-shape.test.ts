import { describe, expect, it } from 'vitest';
import type { ImageDocument } from '../../../../shared/document/image-document';
import { evaluateRules } from '../../../../shared/rules/annotations/evaluate-rules';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AttributeId, ImageId } from '../../../../shared/schema/ids';
import type { LabelSchema } from '../../../../shared/schema/label-schema';
import type { Shape } from '../../../../shared/schema/shapes';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { CAR, PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

function findingsOf(
  annotations: readonly Annotation[],
  schema: LabelSchema = STREET_SCHEMA,
): readonly string[] {
  const document: ImageDocument = {
    imageId: testId(1) as ImageId,
    size: { width: 200, height: 100 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: UNLABELLED_STATUS,
  };
  return evaluateRules(document, schema).map((finding) => finding.ruleId);
}

const of = (...shapes: readonly Shape[]) => findingsOf(shapes.map((shape, n) => annotation(n + 1, shape)));

const polygonOf = (...ring: readonly (readonly [number, number])[]): Shape => ({
  type: 'polygon',
  parts: [{ exterior: ring.map(([x, y]) => ({ x, y })), holes: [] }],
});

const upperLeft = polygonOf([10, 10], [60, 10], [10, 60]);
const lowerRight = polygonOf([60, 10], [60, 60], [10, 60]);
const turned: Shape = { type: 'rotated-box', cx: 100, cy: 50, width: 60, height: 20, rotation: 45 };

describe('same object twice', () => {
  it.each<[string, Shape, Shape]>([
    ['polygons', upperLeft, polygonOf([60, 10], [10, 60], [10, 10])],
    ['rotated boxes', turned, { ...turned, cx: 100.3 } as Shape],
    [
      'ellipses',
      { type: 'ellipse', cx: 50, cy: 50, rx: 30, ry: 20, rotation: 10 },
      { type: 'ellipse', cx: 50, cy: 50, rx: 20, ry: 30, rotation: -80 },
    ],
    [
      'lines',
      {
        type: 'polyline',
        points: [
          { x: 5, y: 5 },
          { x: 5, y: 90 },
        ],
      },
      {
        type: 'polyline',
        points: [
          { x: 5.2, y: 5 },
          { x: 5.2, y: 90 },
        ],
      },
    ],
    ['points', { type: 'points', points: [{ x: 5, y: 5 }] }, { type: 'points', points: [{ x: 5, y: 5.5 }] }],
    ['tags', { type: 'tag' }, { type: 'tag' }],
  ])('says so of %s', (_, one, other) => expect(of(one, other)).toEqual(['duplicate-annotation']));

  it.each<[string, Shape, Shape]>([
    ['two halves of a square, which share their bounds and their area', upperLeft, lowerRight],
    ['rotated boxes that lie crosswise', turned, { ...turned, rotation: -45 } as Shape],
    [
      'lines that run back',
      {
        type: 'polyline',
        points: [
          { x: 5, y: 5 },
          { x: 5, y: 90 },
        ],
      },
      {
        type: 'polyline',
        points: [
          { x: 5, y: 90 },
          { x: 5, y: 5 },
        ],
      },
    ],
    ['a box and the polygon in it', boxAt(10, 10, 50, 50), polygonOf([10, 10], [60, 10], [60, 60], [10, 60])],
    [
      'points two px apart',
      { type: 'points', points: [{ x: 5, y: 5 }] },
      { type: 'points', points: [{ x: 7, y: 5 }] },
    ],
  ])('says nothing of %s', (_, one, other) => expect(of(one, other)).toEqual([]));
});

describe('tiny shapes', () => {
  it.each<[string, Shape]>([
    ['a sliver that lies aslant', polygonOf([10, 10], [60, 60], [60.01, 60.02])],
    ['a thin turned box', { ...turned, width: 20, height: 1.5 } as Shape],
    ['a small ellipse', { type: 'ellipse', cx: 50, cy: 50, rx: 10, ry: 0.8, rotation: 45 }],
    [
      'joints in a heap',
      {
        type: 'skeleton',
        joints: [
          { name: 'a', x: 5, y: 5, visibility: 2 },
          { name: 'b', x: 5, y: 6, visibility: 2 },
        ],
        edges: [],
      },
    ],
    [
      'a line that goes nowhere',
      {
        type: 'polyline',
        points: [
          { x: 5, y: 5 },
          { x: 6, y: 5 },
        ],
      },
    ],
    ['a mask of a pixel', { type: 'mask', x: 4, y: 4, width: 1, height: 1, rle: '01' }],
  ])('are %s', (_, shape) => expect(of(shape)).toEqual(['shape-too-small']));

  it.each<[string, Shape]>([
    ['a point', { type: 'points', points: [{ x: 5, y: 5 }] }],
    ['a tag', { type: 'tag' }],
    [
      'a skeleton of one joint',
      { type: 'skeleton', joints: [{ name: 'a', x: 5, y: 5, visibility: 2 }], edges: [] },
    ],
    [
      'an upright line',
      {
        type: 'polyline',
        points: [
          { x: 5, y: 5 },
          { x: 5, y: 50 },
        ],
      },
    ],
  ])('are not %s', (_, shape) => expect(of(shape)).toEqual([]));
});

describe('outside of the picture', () => {
  it.each<[string, Shape]>([
    ['corners of a turned box', { ...turned, cy: 20 } as Shape],
    ['the bow of an ellipse', { type: 'ellipse', cx: 10, cy: 50, rx: 30, ry: 5, rotation: 0 }],
    ['a vertex', polygonOf([-5, 10], [60, 10], [60, 60])],
    ['a joint', { type: 'skeleton', joints: [{ name: 'a', x: 205, y: 5, visibility: 2 }], edges: [] }],
  ])('are %s', (_, shape) => expect(of(shape)).toEqual(['box-outside-image']));
});

it('a merged label is asked what the label asks that it was merged into', () => {
  const question = '00000000-0000-4000-8000-0000000000c1' as AttributeId;
  const schema: LabelSchema = {
    ...STREET_SCHEMA,
    labels: STREET_SCHEMA.labels.map((label) => {
      if (label.id === CAR.id) return { ...label, mergedIntoId: PERSON.id };
      if (label.id !== PERSON.id) return label;
      return {
        ...label,
        attributes: [
          {
            id: question,
            name: 'pose',
            kind: 'select',
            options: ['stands', 'walks'],
            defaultValue: null,
            isRequired: true,
            description: '',
          },
        ],
      };
    }),
  };
  const drawnAsCar = (attributes: Annotation['attributes']) =>
    findingsOf([annotation(1, boxAt(10, 10, 50, 50), { attributes })], schema);
  expect(drawnAsCar({})).toEqual(['missing-required-attribute']);
  expect(drawnAsCar({ [question]: 'flies' })).toEqual(['attribute-out-of-range']);
  expect(drawnAsCar({ [question]: 'walks' })).toEqual([]);
});
