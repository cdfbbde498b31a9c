import type { ImageDocument } from '../../document/image-document';
import type { Random } from '../../random/random';
import { type Annotation, type ImageState, UNLABELLED_STATUS } from '../../schema/annotation';
import type { AnnotationId, AttributeId, ImageId, LabelId } from '../../schema/ids';
import type { LabelDefinition, LabelSchema } from '../../schema/label-schema';
import type { Shape } from '../../schema/shapes';
import type { DatasetExample, ExpectedIssue, ImageExample } from './annotation-rule';
import { datasetInputOf } from './dataset-table';

/** Size of the pictures of examples, in image px. */
export const EXAMPLE_SIZE = { width: 200, height: 100 };

export const WEATHER = '00000000-0000-4000-8000-0000000000b1' as AttributeId;
export const SPEED = '00000000-0000-4000-8000-0000000000b2' as AttributeId;
export const NOTE = '00000000-0000-4000-8000-0000000000b3' as AttributeId;
export const PARKED = '00000000-0000-4000-8000-0000000000b4' as AttributeId;

const base = { isRequired: false, description: '' };

export const EXAMPLE_CAR = exampleLabel(1, 'Car', {
  attributes: [
    {
      ...base,
      id: WEATHER,
      name: 'weather',
      kind: 'select',
      options: ['sun', 'rain'],
      defaultValue: 'sun',
      isRequired: true,
    },
    { ...base, id: SPEED, name: 'speed', kind: 'number', min: 0, max: 130, defaultValue: null },
    { ...base, id: NOTE, name: 'note', kind: 'text', maxLength: 5, defaultValue: null },
    { ...base, id: PARKED, name: 'parked', kind: 'checkbox', defaultValue: null },
  ],
});
export const EXAMPLE_PERSON = exampleLabel(2, 'Person');
/** Retired, and followed by a label that took its name. */
export const EXAMPLE_OLD = exampleLabel(3, 'Lorry', { isRetired: true });
const EXAMPLE_TRUCK = exampleLabel(4, 'Truck', { formerNames: ['Lorry'] });

export const EXAMPLE_SCHEMA: LabelSchema = {
  revision: 1,
  nextClassIndex: 5,
  labels: [EXAMPLE_CAR, EXAMPLE_PERSON, EXAMPLE_OLD, EXAMPLE_TRUCK],
};

function exampleLabel(n: number, name: string, more: Partial<LabelDefinition> = {}): LabelDefinition {
  return {
    id: `00000000-0000-4000-8000-00000000000${n}` as LabelId,
    classIndex: n,
    name,
    color: '#4e9af1',
    shortcut: null,
    allowedShapes: [],
    description: '',
    attributes: [],
    isRetired: false,
    mergedIntoId: null,
    formerNames: [],
    supercategory: null,
    ...more,
  };
}

export function exampleAnnotationId(n: number): AnnotationId {
  return `11111111-1111-4111-8111-${String(n).padStart(12, '0')}` as AnnotationId;
}

export function exampleImageId(n: number): ImageId {
  return `22222222-2222-4222-8222-${String(n).padStart(12, '0')}` as ImageId;
}

/** A sound object that says it is a car unless told otherwise. */
export function exampleAnnotation(n: number, shape: Shape, fields: Partial<Annotation> = {}): Annotation {
  return {
    id: exampleAnnotationId(n),
    labelId: EXAMPLE_CAR.id,
    shape,
    attributes: { [WEATHER]: 'rain' },
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: 'example',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    revision: 0,
    ...fields,
  };
}

export function exampleBox(x: number, y: number, width: number, height: number): Shape {
  return { type: 'box', x, y, width, height };
}

/** A box of 10 to 40 px a side inside the picture. */
export function boxInside(random: Random): Shape {
  const width = random.whole(10, 40);
  const height = random.whole(10, 40);
  return exampleBox(
    random.whole(0, EXAMPLE_SIZE.width - width),
    random.whole(0, EXAMPLE_SIZE.height - height),
    width,
    height,
  );
}

export function exampleDocument(annotations: readonly Annotation[], imageNumber = 1): ImageDocument {
  return {
    imageId: exampleImageId(imageNumber),
    size: EXAMPLE_SIZE,
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: UNLABELLED_STATUS,
  };
}

/** What a picture rule is shown. Without `expected`, nothing is to be found. */
export function imageExample(
  annotations: readonly Annotation[],
  expected: readonly ExpectedIssue[] = [],
  setting?: ImageExample['setting'],
): ImageExample {
  return {
    document: exampleDocument(annotations),
    schema: EXAMPLE_SCHEMA,
    expected,
    ...(setting === undefined ? {} : { setting }),
  };
}

export function aboutObjects(...numbers: readonly number[]): ExpectedIssue {
  return { annotationIds: numbers.map(exampleAnnotationId), subject: '' };
}

/** A picture of a made-up project. */
export interface ExamplePicture {
  readonly objects?: readonly Annotation[];
  readonly state?: ImageState;
  readonly split?: 'train' | 'val' | 'test' | null;
  /** 16 hex digits; absent where nobody looked at the picture yet. */
  readonly look?: string;
  /** Equal texts mean the same file. */
  readonly content?: string;
}

/** What a dataset rule is shown: pictures numbered from 1, objects numbered as they were made. */
export function datasetExample(
  pictures: readonly ExamplePicture[],
  expected: readonly ExpectedIssue[] = [],
): DatasetExample {
  return {
    input: datasetInputOf(
      pictures.map((picture, index) => ({
        id: exampleImageId(index + 1),
        name: `street/${index + 1}.jpg`,
        size: EXAMPLE_SIZE,
        state: picture.state ?? 'labelled',
        annotations: picture.objects ?? [],
        split: picture.split ?? null,
        content: picture.content ?? `file ${index + 1}`,
        look: picture.look === undefined ? null : wordsOf(picture.look),
      })),
      EXAMPLE_SCHEMA,
    ),
    expected,
  };
}

function wordsOf(hash: string): readonly [number, number] {
  return [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16)];
}

/** A hash drawn bit by bit; two of them differ in 32 bits or so. */
export function exampleLook(random: Random): string {
  return Array.from({ length: 16 }, () => random.whole(0, 15).toString(16)).join('');
}

/** The hash with so many of its bits flipped, one in each of as many digits. */
export function withBitsFlipped(look: string, bits: number): string {
  return [...look]
    .map((digit, index) => (index < bits ? (Number.parseInt(digit, 16) ^ 4).toString(16) : digit))
    .join('');
}
