import { describe, expect, it } from 'vitest';
import { matchImageKeys } from '../../../../shared/imports/match-image-keys';
import {
  type ImportedAnnotation,
  type ImportedImage,
  planLabelImport,
  type TargetImage,
} from '../../../../shared/imports/plan-label-import';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId, RelativeKey } from '../../../../shared/schema/ids';
import type { LabelSchema } from '../../../../shared/schema/label-schema';
import type { Shape } from '../../../../shared/schema/shapes';
import { SCHEMA_TEMPLATES } from '../../../../shared/templates';
import { createLabelSchema } from '../../../../shared/templates/label-template';

const image = (key: string, annotationCount = 0, isPreferred = true): TargetImage => ({
  id: `id of ${key}` as ImageId,
  key,
  isPreferred,
  width: 640,
  height: 480,
  annotationCount,
  state: annotationCount > 0 ? 'inProgress' : 'unlabelled',
});
const box = (
  classIndex: number,
  x: number,
  attributes: ImportedAnnotation['attributes'] = {},
): ImportedAnnotation => ({
  classIndex,
  shape: { type: 'box', x, y: 10, width: 20, height: 30 },
  isCrowd: false,
  attributes,
  score: null,
});
const labelled = (key: string, annotations: ImportedAnnotation[], isConfirmedEmpty = false): ImportedImage =>
  ({ key: key as RelativeKey, annotations, isConfirmedEmpty }) as ImportedImage;

const road = createLabelSchema(SCHEMA_TEMPLATES['road-scene'], () => crypto.randomUUID());
const idOf = (schema: LabelSchema, name: string) => schema.labels.find((label) => label.name === name)?.id;
const classes = [
  { classIndex: 0, name: 'person', supercategory: null },
  { classIndex: 1, name: 'Traffic_Light', supercategory: null },
  { classIndex: 2, name: 'zebra', supercategory: 'animal' },
  { classIndex: 3, name: 'giraffe', supercategory: 'animal' },
];

const triangle = (shift: number) => [
  { x: 10 + shift, y: 10 },
  { x: 40 + shift, y: 10 },
  { x: 10 + shift, y: 50 },
];

function plan(part: Partial<Parameters<typeof planLabelImport>[0]>) {
  return planLabelImport({
    label: 'Import labels',
    schema: road,
    classes,
    labelledImages: [],
    projectImages: [],
    existing: new Map(),
    choice: 'add',
    newId: () => crypto.randomUUID(),
    ...part,
  });
}

describe('matching image keys', () => {
  const match = (keys: string[], images: TargetImage[]) => {
    const result = matchImageKeys(keys, images);
    return { ...result, imageIdByKey: Object.fromEntries(result.imageIdByKey) };
  };

  it('finds by whole path, by the end of the path and by a name that is alone', () => {
    const images = [image('day/1.jpg'), image('night/1.jpg'), image('day/2.jpg')];
    expect(match(['day/1.jpg', 'set/night/1.jpg', '2.jpg'], images).imageIdByKey).toEqual({
      'day/1.jpg': 'id of day/1.jpg',
      'set/night/1.jpg': 'id of night/1.jpg',
      '2.jpg': 'id of day/2.jpg',
    });
  });

  it('reports what fits several images instead of guessing', () => {
    const result = match(['1.jpg'], [image('day/1.jpg'), image('night/1.jpg')]);
    expect(result).toEqual({ imageIdByKey: {}, unmatchedKeys: [], ambiguousKeys: ['1.jpg'] });
  });

  it('gives an image to the key that fits best, and to none of two that fit alike', () => {
    expect(match(['a/1.jpg', 'b/1.jpg'], [image('b/1.jpg')])).toMatchObject({
      imageIdByKey: { 'b/1.jpg': 'id of b/1.jpg' },
      unmatchedKeys: ['a/1.jpg'],
    });
    expect(match(['a/1.jpg', 'b/1.jpg'], [image('1.jpg')])).toEqual({
      imageIdByKey: {},
      unmatchedKeys: [],
      ambiguousKeys: ['a/1.jpg', 'b/1.jpg'],
    });
  });

  it('prefers the folder the labels came with, and looks past the extension', () => {
    const images = [image('1.png', 0, true), { ...image('1.jpg', 0, false), id: 'elsewhere' as ImageId }];
    expect(match(['1.jpg'], images).imageIdByKey).toEqual({ '1.jpg': 'id of 1.png' });
    expect(match(['3.jpg'], images).unmatchedKeys).toEqual(['3.jpg']);
  });
});

describe('planning a label import', () => {
  it('maps classes by name and synonym, and adds only the labels that are used', () => {
    const { plan: result, preview } = plan({
      labelledImages: [labelled('a.jpg', [box(0, 1), box(1, 2), box(2, 3)])],
      projectImages: [image('a.jpg')],
    });
    expect(preview.newLabels).toEqual(['zebra']);
    expect(preview.mappings.map((m) => m.how)).toEqual(['synonym', 'name', 'new']);
    expect(result.schemaAfter.revision).toBe(1);
    expect(result.images[0]?.annotations.map((a) => a.labelId)).toEqual([
      idOf(road, 'pedestrian'),
      idOf(road, 'traffic light'),
      idOf(result.schemaAfter, 'zebra'),
    ]);
    expect(result.schemaAfter.labels.at(-1)).toMatchObject({ classIndex: 11, supercategory: 'animal' });
  });

  it('finds labels by former names and follows merges', () => {
    const renamed: LabelSchema = {
      ...road,
      labels: road.labels.map((label) => {
        if (label.name === 'train') return { ...label, name: 'rail', formerNames: ['zebra'] };
        return label.name === 'truck' ? { ...label, mergedIntoId: idOf(road, 'car') as LabelId } : label;
      }),
    };
    const { plan: result, preview } = plan({
      schema: renamed,
      classes: [
        { classIndex: 2, name: 'zebra', supercategory: null },
        { classIndex: 3, name: 'truck', supercategory: null },
      ],
      labelledImages: [labelled('a.jpg', [box(2, 1), box(3, 2)])],
      projectImages: [image('a.jpg')],
    });
    expect(preview.mappings.map((m) => m.how)).toEqual(['former-name', 'name']);
    expect(result.images[0]?.annotations.map((a) => a.labelId)).toEqual([
      idOf(renamed, 'rail'),
      idOf(renamed, 'car'),
    ]);
    expect(result.schemaAfter).toBe(renamed);
  });

  it('keeps annotations of a class that the file never names', () => {
    const { preview } = plan({
      labelledImages: [labelled('a.jpg', [box(9, 1)])],
      projectImages: [image('a.jpg')],
    });
    expect(preview.newLabels).toEqual(['class 9']);
    expect(preview.annotationsToAdd).toBe(1);
  });

  const existing = (x: number): Annotation =>
    ({
      id: 'e' as AnnotationId,
      labelId: idOf(road, 'pedestrian'),
      shape: { type: 'box', x, y: 10, width: 20, height: 30 },
    }) as Annotation;

  it('knows every kind of shape again that the image has already, and takes what differs', () => {
    const shapes: readonly Shape[] = [
      { type: 'rotated-box', cx: 50, cy: 50, width: 20, height: 10, rotation: 30 },
      { type: 'polygon', parts: [{ exterior: triangle(0), holes: [] }] },
      { type: 'polyline', points: triangle(0) },
      { type: 'points', points: triangle(0) },
      { type: 'ellipse', cx: 50, cy: 50, rx: 20, ry: 10, rotation: 30 },
      { type: 'mask', x: 5, y: 5, width: 1, height: 2, rle: '02' },
      { type: 'tag' },
    ];
    const target = image('a.jpg', shapes.length);
    const incoming = [
      ...shapes.map((shape) => ({ ...box(0, 0), shape })),
      { ...box(0, 0), shape: { type: 'polygon', parts: [{ exterior: triangle(9), holes: [] }] } as Shape },
    ];
    const { preview } = plan({
      choice: 'add',
      labelledImages: [labelled('a.jpg', incoming)],
      projectImages: [target],
      existing: new Map([[target.id, shapes.map((shape) => ({ ...existing(0), shape }))]]),
    });
    expect(preview).toMatchObject({ duplicates: shapes.length, annotationsToAdd: 1, outsidePicture: 0 });
  });

  it.each([
    ['add', 1, 1],
    ['replace', 2, 0],
    ['skip', 0, 0],
  ] as const)('with %s on a labelled image adds %i and leaves out %i', (choice, added, duplicates) => {
    const target = image('a.jpg', 1);
    const { plan: result, preview } = plan({
      choice,
      labelledImages: [labelled('a.jpg', [box(0, 100.4), box(0, 300)])],
      projectImages: [target],
      existing: new Map([[target.id, [existing(100)]]]),
    });
    expect(preview.conflicts).toEqual([{ key: 'a.jpg', existing: 1, incoming: 2 }]);
    expect(preview.annotationsToAdd).toBe(added);
    expect(preview.duplicates).toBe(duplicates);
    expect(result.images.map((planned) => planned.mode)).toEqual(choice === 'skip' ? [] : [choice]);
  });

  it('passes on confirmed empty images, but never over annotations', () => {
    const { plan: result, preview } = plan({
      labelledImages: [labelled('a.jpg', [], true), labelled('b.jpg', [], true), labelled('c.jpg', [])],
      projectImages: [image('a.jpg'), image('b.jpg', 2), image('c.jpg')],
    });
    expect(result.images.map((planned) => planned.imageId)).toEqual(['id of a.jpg']);
    expect(preview.emptyImages).toBe(1);
  });

  it('leaves alone what is confirmed empty already', () => {
    const { plan: result } = plan({
      labelledImages: [labelled('a.jpg', [], true)],
      projectImages: [{ ...image('a.jpg'), state: 'confirmedEmpty' }],
    });
    expect(result.images).toEqual([]);
  });

  it('adds attributes that only the file knows and counts what lies outside', () => {
    const { plan: result, preview } = plan({
      labelledImages: [
        labelled('a.jpg', [
          box(1, 1, { state: 'red', occluded: true, age: 3, note: 'tall' }),
          box(1, 700, { note: 'small', isLit: true }),
        ]),
      ],
      projectImages: [image('a.jpg')],
    });
    expect(preview.newAttributes).toEqual([
      'traffic light: age (number)',
      'traffic light: note (select)',
      'traffic light: isLit (checkbox)',
    ]);
    expect(preview.outsidePicture).toBe(1);
    expect(result.schemaAfter.revision).toBe(1);
  });
});
