import { describe, expect, it } from 'vitest';
import { createClipboard } from '../../../../renderer/clipboard/clipboard';
import { type CopiedObjects, copiedFrom } from '../../../../renderer/clipboard/copied-objects';
import { fitToSchema } from '../../../../renderer/clipboard/fit-to-schema';
import { createPreferences } from '../../../../renderer/persistence/preferences';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { AttributeId, ImageId, LabelId, ProjectId } from '../../../../shared/schema/ids';
import type { LabelDefinition, LabelSchema } from '../../../../shared/schema/label-schema';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { CAR, CURB, OCCLUSION, OLD, PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

const PLACE = { projectId: testId(1) as ProjectId, imageId: testId(2) as ImageId };
const copying = (...annotations: readonly Annotation[]): CopiedObjects =>
  copiedFrom(PLACE, annotations, STREET_SCHEMA);

/** Another project: no id is the same, some names are. */
function elsewhere(...labels: readonly Partial<LabelDefinition>[]): LabelSchema {
  return {
    revision: 1,
    nextClassIndex: 90,
    labels: labels.map((part, n) => ({ ...PERSON, id: testId(800 + n) as LabelId, attributes: [], ...part })),
  };
}

const car = annotation(11, boxAt(1, 2, 30, 40), { attributes: { [OCCLUSION]: 2 }, note: 'a van' });

describe('in the same project', () => {
  it('keeps label, answers, note and group', () => {
    const groupId = testId(77);
    const fitted = fitToSchema(copying({ ...car, groupId }), STREET_SCHEMA);
    expect(fitted).toMatchObject({ left: [], droppedAnswers: 0 });
    expect(fitted.annotations).toEqual([
      {
        labelId: CAR.id,
        shape: boxAt(1, 2, 30, 40),
        attributes: { [OCCLUSION]: 2 },
        isOccluded: false,
        isTruncated: false,
        isCrowd: false,
        note: 'a van',
        groupId,
      },
    ]);
  });

  it('follows a label that was merged since, and leaves out one that was retired', () => {
    const copied = copying(car, annotation(12, boxAt(1, 1, 9, 9), { labelId: OLD.id }));
    const merged: LabelSchema = {
      ...STREET_SCHEMA,
      labels: STREET_SCHEMA.labels.map((label) =>
        label.id === CAR.id ? { ...label, mergedIntoId: PERSON.id } : label,
      ),
    };
    const fitted = fitToSchema(copied, merged);
    expect(fitted.annotations.map(({ labelId }) => labelId)).toEqual([PERSON.id]);
    // What Person asks is not what Car asked.
    expect(fitted.droppedAnswers).toBe(1);
    expect([...fitted.reasons]).toEqual([['Old is retired', 1]]);
  });
});

describe('in another project', () => {
  it('finds labels by name whatever the case, then by a former name, and attributes by name', () => {
    const attribute = CAR.attributes[0];
    if (attribute === undefined) throw new Error('Car asks nothing');
    const own = { ...attribute, id: testId(700) as AttributeId, name: 'Occlusion' };
    const schema = elsewhere(
      { name: 'Vehicle', formerNames: ['car'], attributes: [own] },
      { name: 'CURB', allowedShapes: ['polyline'] },
    );
    const line = annotation(13, {
      type: 'polyline',
      points: [
        { x: 1, y: 1 },
        { x: 9, y: 9 },
      ],
    });
    const fitted = fitToSchema(copying(car, { ...line, labelId: CURB.id }), schema);
    expect(fitted.annotations.map(({ labelId }) => labelId)).toEqual([testId(800), testId(801)]);
    expect(fitted.annotations[0]?.attributes).toEqual({ [own.id]: 2 });
    expect(fitToSchema(copying(car), elsewhere({ name: 'car' })).droppedAnswers).toBe(1);
  });

  it('drops an answer that the question here does not take', () => {
    const attribute = CAR.attributes[0];
    if (attribute?.kind !== 'number') throw new Error('Car asks no number');
    const schema = elsewhere({ name: 'car', attributes: [{ ...attribute, max: 1 }] });
    const fitted = fitToSchema(copying(car), schema);
    expect(fitted.annotations[0]?.attributes).toEqual({});
    expect(fitted.droppedAnswers).toBe(1);
  });

  it('says what has no label, makes none, and takes the label given instead where the shape is allowed', () => {
    const schema = elsewhere({ name: 'Kerb', allowedShapes: ['polyline'] }, { name: 'Thing' });
    const copied = copying(car, annotation(12, boxAt(1, 1, 9, 9), { labelId: PERSON.id }));
    const fitted = fitToSchema(copied, schema);
    expect(fitted.annotations).toEqual([]);
    expect([...fitted.reasons]).toEqual([
      ['no label “Car” here', 1],
      ['no label “Person” here', 1],
    ]);
    const [kerb, thing] = schema.labels;
    if (kerb === undefined || thing === undefined) throw new Error('no labels');
    expect(fitToSchema(copied, schema, thing).annotations.map(({ labelId }) => labelId)).toEqual([
      thing.id,
      thing.id,
    ]);
    expect([...fitToSchema(copied, schema, kerb).reasons.keys()]).toEqual(['Kerb cannot be a bounding box']);
  });
});

describe('the clipboard', () => {
  const storageOf = (values: Map<string, string>) => ({
    storage: {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    },
    listen: () => undefined,
  });

  it('is there again after a restart', () => {
    const disk = new Map<string, string>();
    const copied = copying(car);
    expect(createClipboard(createPreferences(storageOf(disk))).write(copied)).toBe(true);
    expect(createClipboard(createPreferences(storageOf(disk))).content.get()).toEqual(copied);
  });

  it('keeps what is too large for the disk until the restart, and nothing older in its place', () => {
    const disk = new Map<string, string>();
    const clipboard = createClipboard(createPreferences(storageOf(disk)));
    clipboard.write(copying(car));
    const many = copying(...Array.from({ length: 8_000 }, (_, n) => annotation(n, boxAt(n, 1, 9, 9))));
    expect(clipboard.write(many)).toBe(false);
    expect(clipboard.content.get()?.objects).toHaveLength(8_000);
    expect(createClipboard(createPreferences(storageOf(disk))).content.get()).toBeNull();
  });

  it.each(['{}', '[]', '{"version":1,"objects":[{"shape":{"type":"box","x":"1"}}]}', 'no json'])(
    'is empty when what is stored is %s',
    (text) => {
      const disk = new Map([['groundmark:clipboard.objects', text]]);
      expect(createClipboard(createPreferences(storageOf(disk))).content.get()).toBeNull();
    },
  );
});
