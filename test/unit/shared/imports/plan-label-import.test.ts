import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetImage, DatasetLabel } from '../../../../shared/formats/format';
import { type ConflictRule, mergeIncoming } from '../../../../shared/imports/conflict-rule';
import { type ClassDecision, howFound, suggestDecisions } from '../../../../shared/imports/import-decisions';
import { matchImageKeys, matchImageKeysInSteps } from '../../../../shared/imports/match-image-keys';
import { planLabelImport } from '../../../../shared/imports/plan-label-import';
import { LabelSurveyor } from '../../../../shared/imports/survey-labels';
import { ImageTaker } from '../../../../shared/imports/take-labels';
import { LabelSurvey } from '../../../../shared/ipc/channels/label-imports';
import type { LabelId } from '../../../../shared/schema/ids';
import { ImportedAnnotation } from '../../../../shared/schema/imported-annotation';
import type { LabelSchema } from '../../../../shared/schema/label-schema';
import type { Shape } from '../../../../shared/schema/shapes';
import { SCHEMA_TEMPLATES } from '../../../../shared/templates';
import { createLabelSchema } from '../../../../shared/templates/label-template';

const road = createLabelSchema(SCHEMA_TEMPLATES['road-scene'], () => crypto.randomUUID());
const idOf = (schema: LabelSchema, name: string) =>
  schema.labels.find((label) => label.name === name)?.id as LabelId;

const CLASSES: readonly DatasetLabel[] = [
  { classIndex: 0, name: 'person', supercategory: null },
  { classIndex: 1, name: 'Traffic_Light', supercategory: null },
  { classIndex: 2, name: 'zebra', supercategory: 'animal' },
  { classIndex: 3, name: 'giraffe', supercategory: 'animal' },
];

const box = (classIndex: number, said: Partial<DatasetAnnotation> = {}): DatasetAnnotation => ({
  imageKey: 'a.jpg',
  classIndex,
  shape: { type: 'box', x: 1, y: 10, width: 20, height: 30 },
  isCrowd: false,
  attributes: {},
  score: null,
  ...said,
});
const image = (said: Partial<DatasetImage> = {}): DatasetImage => ({
  key: 'a.jpg',
  size: null,
  split: null,
  state: 'labelled',
  ...said,
});

function surveyOf(
  annotations: readonly DatasetAnnotation[],
  { labels = CLASSES, of = image() }: { labels?: readonly DatasetLabel[]; of?: DatasetImage } = {},
): LabelSurvey {
  const surveyor = new LabelSurveyor();
  for (const label of labels) surveyor.label(label);
  surveyor.image(of);
  for (const annotation of annotations) surveyor.annotation(annotation);
  // What crosses processes must be what its schema says.
  return LabelSurvey.parse(surveyor.finish());
}

function planned(
  survey: LabelSurvey,
  schema = road,
  changed: readonly (readonly [number, ClassDecision])[] = [],
) {
  const suggested = suggestDecisions(schema, survey);
  const decisions = { ...suggested, classes: new Map([...suggested.classes, ...changed]) };
  return planLabelImport({ schema, survey, decisions, newId: () => crypto.randomUUID() });
}

/** What comes out when these annotations are taken as suggested, by label name. */
function taken(annotations: readonly DatasetAnnotation[], options: Parameters<typeof surveyOf>[1] = {}) {
  const plan = planned(surveyOf(annotations, options));
  const taker = new ImageTaker({ ...plan.mapping, seed: 'seed' });
  taker.begin(options.of ?? image());
  for (const annotation of annotations) taker.add(annotation, annotation.shape);
  const result = taker.end();
  const records = (JSON.parse(`[${result?.text ?? ''}]`) as unknown[]).map((one) =>
    ImportedAnnotation.parse(one),
  );
  const labelOf = (label: number) => plan.schemaAfter.labels.find((one) => one.id === plan.labelIds[label]);
  return {
    plan,
    result,
    records: records.map((one) => ({ ...one, label: labelOf(one.label)?.name, of: labelOf(one.label) })),
  };
}

describe('matching image keys', () => {
  const target = (key: string, isPreferred = true) => ({ id: `id of ${key}`, key, isPreferred });
  const match = (keys: string[], images: readonly ReturnType<typeof target>[]) => {
    const result = matchImageKeys(keys, images);
    return { ...result, imageIdByKey: Object.fromEntries(result.imageIdByKey) };
  };

  it('finds by whole path, by the end of the path and by a name that is alone', () => {
    const images = [target('day/1.jpg'), target('night/1.jpg'), target('day/2.jpg')];
    expect(match(['day/1.jpg', 'set/night/1.jpg', '2.jpg'], images).imageIdByKey).toEqual({
      'day/1.jpg': 'id of day/1.jpg',
      'set/night/1.jpg': 'id of night/1.jpg',
      '2.jpg': 'id of day/2.jpg',
    });
  });

  it('reports what fits several images instead of guessing', () => {
    const result = match(['1.jpg'], [target('day/1.jpg'), target('night/1.jpg')]);
    expect(result).toEqual({ imageIdByKey: {}, unmatchedKeys: [], ambiguousKeys: ['1.jpg'] });
  });

  it('gives an image to the key that fits best, and to none of two that fit alike', () => {
    expect(match(['a/1.jpg', 'b/1.jpg'], [target('b/1.jpg')])).toMatchObject({
      imageIdByKey: { 'b/1.jpg': 'id of b/1.jpg' },
      unmatchedKeys: ['a/1.jpg'],
    });
    expect(match(['a/1.jpg', 'b/1.jpg'], [target('1.jpg')])).toEqual({
      imageIdByKey: {},
      unmatchedKeys: [],
      ambiguousKeys: ['a/1.jpg', 'b/1.jpg'],
    });
  });

  it('prefers the folder the labels came with, and looks past the extension', () => {
    const images = [target('1.png'), { ...target('1.jpg', false), id: 'elsewhere' }];
    expect(match(['1.jpg'], images).imageIdByKey).toEqual({ '1.jpg': 'id of 1.png' });
    expect(match(['3.jpg'], images).unmatchedKeys).toEqual(['3.jpg']);
  });

  it('rests on the way, so that a window can draw', () => {
    const keys = Array.from({ length: 3000 }, (_, n) => `${n}.jpg`);
    const steps = matchImageKeysInSteps(
      keys,
      keys.map((key) => target(key)),
    );
    let rests = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) rests += 1;
    expect(rests).toBe(9);
    expect(step.value.imageIdByKey.size).toBe(3000);
  });
});

describe('what becomes of classes', () => {
  it('is found by name and synonym; only labels that are used are made', () => {
    const survey = surveyOf([box(0), box(1), box(2)]);
    const plan = planned(survey);
    expect(plan.newLabels).toEqual(['zebra']);
    expect(survey.classes.map((one) => howFound(road, one))).toEqual(['synonym', 'name', 'new', 'unused']);
    expect(plan.schemaAfter.revision).toBe(1);
    expect(plan.labelIds).toEqual([
      idOf(road, 'pedestrian'),
      idOf(road, 'traffic light'),
      idOf(plan.schemaAfter, 'zebra'),
    ]);
    expect(plan.mapping.labels).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(plan.schemaAfter.labels.at(-1)).toMatchObject({ classIndex: 11, supercategory: 'animal' });
  });

  it('is found by former names and follows merges', () => {
    const renamed: LabelSchema = {
      ...road,
      labels: road.labels.map((label) => {
        if (label.name === 'train') return { ...label, name: 'rail', formerNames: ['zebra'] };
        return label.name === 'truck' ? { ...label, mergedIntoId: idOf(road, 'car') } : label;
      }),
    };
    const labels = [
      { classIndex: 2, name: 'zebra', supercategory: null },
      { classIndex: 3, name: 'truck', supercategory: null },
    ];
    const plan = planned(surveyOf([box(2), box(3)], { labels }), renamed);
    expect(plan.labelIds).toEqual([idOf(renamed, 'rail'), idOf(renamed, 'car')]);
    expect(plan.schemaAfter).toBe(renamed);
  });

  it('is asked where the files give no name, and never guessed by number', () => {
    const plan = planned(surveyOf([box(9)], { labels: [] }));
    expect(plan.undecided.map(({ name }) => name)).toEqual(['class 9']);
    expect(plan.mapping.labels).toEqual([]);
    const decided = planned(surveyOf([box(9)], { labels: [] }), road, [[9, { to: 'new', name: 'cat' }]]);
    expect(decided).toMatchObject({ undecided: [], newLabels: ['cat'] });
  });

  it('can be changed: another label, a new name, left out; one name is one label', () => {
    const plan = planned(surveyOf([box(0), box(1), box(2), box(2)]), road, [
      [0, { to: 'leave' }],
      [1, { to: 'new', name: 'Lamp' }],
      [2, { to: 'new', name: 'lamp' }],
    ]);
    expect(plan).toMatchObject({ newLabels: ['Lamp'], leftOut: 1 });
    expect(plan.mapping.labels).toEqual([
      [1, 0],
      [2, 0],
    ]);
    const bad = planned(surveyOf([box(0)]), road, [[0, { to: 'new', name: ' ' }]]);
    expect(bad.faults).toHaveLength(1);
  });

  it('brings colour, allowed shapes and the skeleton of the files along', () => {
    const joint = (name: string, x: number, y: number) => ({ name, x, y, visibility: 2 as const });
    const shape: Shape = {
      type: 'skeleton',
      joints: [joint('head', 10, 0), joint('foot', 30, 40)],
      edges: [[0, 1]],
    };
    const labels: DatasetLabel[] = [
      {
        classIndex: 0,
        name: 'dancer',
        supercategory: null,
        color: '#123456',
        allowedShapes: ['skeleton'],
        skeleton: { joints: ['head', 'foot'], edges: [[0, 1]] },
      },
    ];
    expect(planned(surveyOf([box(0, { shape })], { labels })).schemaAfter.labels.at(-1)).toMatchObject({
      color: '#123456',
      allowedShapes: ['skeleton'],
      skeleton: {
        joints: [
          { name: 'head', x: 0, y: 0 },
          { name: 'foot', x: 1, y: 1 },
        ],
        edges: [[0, 1]],
      },
    });
  });
});

describe('what annotations say', () => {
  it('makes attributes that the project lacks, by their values; flags are flags', () => {
    const { plan, records } = taken([
      box(1, { attributes: { state: 'red', occluded: true, age: 3, note: 'tall' } }),
      box(1, { attributes: { note: 'small', isLit: true, truncated: 0 } }),
    ]);
    expect(
      plan.newAttributes.map(({ label, attribute }) => `${label}: ${attribute.name} (${attribute.kind})`),
    ).toEqual([
      'traffic light: age (number)',
      'traffic light: note (select)',
      'traffic light: isLit (checkbox)',
    ]);
    const named = records.map(({ of, attributes, isOccluded, isTruncated }) => ({
      isOccluded,
      isTruncated,
      ...Object.fromEntries(
        Object.entries(attributes ?? {}).map(([id, value]) => [
          of?.attributes.find((one) => one.id === id)?.name,
          value,
        ]),
      ),
    }));
    expect(named).toEqual([
      { state: 'red', age: 3, note: 'tall', isOccluded: true, isTruncated: undefined },
      { note: 'small', isLit: true, isOccluded: undefined, isTruncated: undefined },
    ]);
    expect(plan.schemaAfter.revision).toBe(1);
  });

  it('keeps levels of occlusion as numbers and sets the flag above zero', () => {
    const { records } = taken([
      box(0, { attributes: { occluded: 2 } }),
      box(0, { attributes: { occluded: 0 } }),
    ]);
    expect(
      records.map(({ isOccluded, attributes }) => [isOccluded, Object.values(attributes ?? {})]),
    ).toEqual([
      [true, [2]],
      [undefined, [0]],
    ]);
  });

  it('follows the attributes that the files define, and says which choices the project does not know', () => {
    const labels: DatasetLabel[] = [
      {
        classIndex: 0,
        name: 'kite',
        supercategory: null,
        attributes: [{ name: 'colour', kind: 'select', options: ['red', 'blue'], defaultValue: null }],
      },
    ];
    const plan = planned(surveyOf([box(0, { attributes: { colour: 'red' } })], { labels }));
    expect(plan.newAttributes[0]?.attribute).toMatchObject({ kind: 'select', options: ['red', 'blue'] });
    const strange = planned(surveyOf([box(1, { attributes: { state: 'violet' } })]));
    expect(strange.strangeChoices).toEqual([
      { label: 'traffic light', attribute: 'state', values: ['violet'] },
    ]);
  });

  it('arrives with groups, tracks, notes, scores and crowds; ids are the same whenever it is read', () => {
    const annotations = [
      box(0, { groupId: '1', trackId: 't', note: ' hello ', score: 0.5, isKeyframe: false, isOutside: true }),
      box(1, { groupId: '1', trackId: 'u', isCrowd: true, score: 7 }),
      box(1, { groupId: '2' }),
    ];
    const [first, again] = [taken(annotations).records, taken(annotations).records];
    expect(first.map(({ groupId }) => groupId)).toEqual(again.map(({ groupId }) => groupId));
    expect(first[0]?.groupId).toBe(first[1]?.groupId);
    expect(first[0]?.groupId).not.toBe(first[2]?.groupId);
    expect(first[0]?.trackId).not.toBe(first[1]?.trackId);
    expect(first[0]).toMatchObject({ note: 'hello', score: 0.5, isKeyframe: false, isOutside: true });
    expect(first[1]).toMatchObject({ isCrowd: true });
    expect(first[1]).not.toHaveProperty('score');
  });

  it('of whole pictures becomes a tag with attributes', () => {
    const of = image({ attributes: { weather: 'rainy' } });
    const { records, plan } = taken([box(0)], { of });
    expect(plan.newLabels).toEqual(['picture']);
    expect(records[0]).toMatchObject({ label: 'picture', shape: { type: 'tag' } });
    expect(Object.values(records[0]?.attributes ?? {})).toEqual(['rainy']);
  });

  it('is nothing when all of it is left out, but emptiness that was confirmed is something', () => {
    const empty = image({ state: 'confirmedEmpty' });
    expect(taken([], { of: empty }).result).toMatchObject({
      isConfirmedEmpty: true,
      text: '',
      labelCounts: [],
    });
    expect(taken([], { of: image({ state: 'unlabelled' }) }).result).toBeNull();
  });
});

describe('images that have annotations already', () => {
  const labelId = idOf(road, 'car');
  const at = (x: number) => ({ labelId, shape: { type: 'box', x, y: 10, width: 20, height: 30 } as Shape });
  const triangle = (shift: number) => [
    { x: 10 + shift, y: 10 },
    { x: 40 + shift, y: 10 },
    { x: 10 + shift, y: 50 },
  ];

  it('know every kind of shape again, and take what differs', () => {
    const shapes: readonly Shape[] = [
      { type: 'rotated-box', cx: 50, cy: 50, width: 20, height: 10, rotation: 30 },
      { type: 'polygon', parts: [{ exterior: triangle(0), holes: [] }] },
      { type: 'polyline', points: triangle(0) },
      { type: 'points', points: triangle(0) },
      { type: 'ellipse', cx: 50, cy: 50, rx: 20, ry: 10, rotation: 30 },
      { type: 'mask', x: 5, y: 5, width: 1, height: 2, rle: '02' },
      { type: 'tag' },
    ];
    const existing = shapes.map((shape) => ({ labelId, shape }));
    const other: Shape = { type: 'polygon', parts: [{ exterior: triangle(9), holes: [] }] };
    const merged = mergeIncoming(
      existing as never,
      [...existing, { labelId, shape: other }],
      'addNew',
      false,
    );
    expect(merged).toEqual({ added: [{ labelId, shape: other }], removed: [], duplicates: shapes.length });
  });

  it.each([
    ['addNew', 1, 0, 1],
    ['addAll', 2, 0, 0],
    ['replace', 2, 1, 0],
    ['keep', 0, 0, 0],
  ] as const)(
    'with %s get %i, lose %i and leave out %i',
    (rule: ConflictRule, added, removed, duplicates) => {
      const merged = mergeIncoming([at(100)] as never, [at(100.4), at(300)], rule, false);
      expect([merged.added.length, merged.removed.length, merged.duplicates]).toEqual([
        added,
        removed,
        duplicates,
      ]);
    },
  );

  it('are emptied by files that say so when theirs are replaced, and by nothing else', () => {
    expect(mergeIncoming([at(1)] as never, [], 'replace', true).removed).toHaveLength(1);
    expect(mergeIncoming([at(1)] as never, [], 'replace', false).removed).toHaveLength(0);
    expect(mergeIncoming([at(1)] as never, [], 'addNew', true).removed).toHaveLength(0);
  });
});

it('keeps some pictures to look at, from the whole length of a dataset', () => {
  const surveyor = new LabelSurveyor();
  for (let n = 0; n < 1000; n += 1) {
    surveyor.image(image({ key: `${n}.jpg`, size: { width: 10, height: 10 } }));
    surveyor.annotation(box(0, { imageKey: `${n}.jpg` }));
  }
  const { samples, images, outside } = surveyor.finish();
  expect(images).toBe(1000);
  expect(outside).toBe(1000);
  const places = samples.map(({ key }) => Number.parseInt(key, 10));
  expect(places.length).toBeGreaterThan(12);
  expect(places.length).toBeLessThanOrEqual(24);
  expect(places.at(-1)).toBeGreaterThan(900);
});
