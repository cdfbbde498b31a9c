import fc from 'fast-check';
import type { Annotation, ImageStatus } from '../../shared/schema/annotation';
import type { AnnotationId, AttributeId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import { annotation, testId } from './annotations';
import { shapeArbitrary } from './document-arbitrary';
import { CAR, PERSON } from './label-schema';

/** An image's annotations as merges take them. */
export interface CopyOfImage {
  readonly annotations: readonly Annotation[];
  readonly status: ImageStatus;
}

type Edit = (copy: CopyOfImage, at: { readonly who: number; readonly step: number }) => CopyOfImage;

/** Answers to two made-up questions; merges look at no schema. */
const QUESTIONS = [testId(910_001), testId(910_002)] as AttributeId[];

/** The same few values for everybody, so that people agree and disagree often. */
const fieldEdit = fc.oneof(
  fc.constantFrom<Partial<Annotation>>({ labelId: CAR.id }, { labelId: PERSON.id }),
  fc.constantFrom<Partial<Annotation>>(
    { isOccluded: true },
    { isOccluded: false },
    { isTruncated: true },
    { isCrowd: true },
    { isHidden: true },
    { isLocked: true },
    { isPinned: true },
    { note: 'half hidden' },
    { note: 'in the mirror' },
    { groupId: testId(910_003) },
  ),
  shapeArbitrary.map((shape): Partial<Annotation> => ({ shape })),
);

const STATES: readonly ImageStatus['state'][] = ['inProgress', 'labelled'];

function edited(one: Annotation, fields: Partial<Annotation>, step: number): Annotation {
  const updatedAt = `2026-02-0${1 + (step % 9)}T00:00:00.000Z`;
  return { ...one, ...fields, revision: one.revision + 1, updatedAt };
}

const at = (copy: CopyOfImage, n: number) => copy.annotations[n % Math.max(1, copy.annotations.length)];

function put(copy: CopyOfImage, one: Annotation): CopyOfImage {
  return { ...copy, annotations: copy.annotations.map((old) => (old.id === one.id ? one : old)) };
}

const editArbitrary: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(7), fieldEdit).map(
      ([n, fields]): Edit =>
        (copy, { step }) => {
          const one = at(copy, n);
          return one === undefined ? copy : put(copy, edited(one, fields, step));
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(7), fc.constantFrom(...QUESTIONS), fc.constantFrom('red', 'blue', null)).map(
      ([n, question, answer]): Edit =>
        (copy, { step }) => {
          const one = at(copy, n);
          if (one === undefined) return copy;
          const { [question]: _, ...others } = one.attributes;
          const attributes = answer === null ? others : { ...others, [question]: answer };
          return put(copy, edited(one, { attributes }, step));
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(7).map(
      (n): Edit =>
        (copy) => {
          const one = at(copy, n);
          return { ...copy, annotations: copy.annotations.filter((old) => old !== one) };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: shapeArbitrary.map(
      (shape: Shape): Edit =>
        (copy, { who, step }) => ({
          ...copy,
          annotations: [
            ...copy.annotations,
            annotation(1000 + 100 * who + step, shape, {
              createdBy: `person ${who}`,
              createdAt: `2026-03-0${1 + (step % 9)}T00:00:00.000Z`,
            }),
          ],
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(7).map(
      (n): Edit =>
        (copy) => {
          const one = at(copy, n);
          if (one === undefined) return copy;
          return { ...copy, annotations: [...copy.annotations.filter((old) => old !== one), one] };
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...STATES).map(
      (state): Edit =>
        (copy, { who }) =>
          copy.annotations.length === 0
            ? copy
            : {
                ...copy,
                status: { state, decidedBy: `person ${who}`, decidedAt: '2026-02-10T00:00:00.000Z' },
              },
    ),
  },
);

/** What somebody does to their copy of an image, some steps long. */
export const editHistory = fc.array(editArbitrary, { maxLength: 6 });

/** A copy after somebody's edits; `who` makes the ids of what they add their own. */
export function afterEdits(copy: CopyOfImage, edits: readonly Edit[], who: number): CopyOfImage {
  return edits.reduce((now, edit, step) => consistent(edit(now, { who, step })), copy);
}

/** As the app would have it: a picture without objects is not labelled, one with some is at least in progress. */
function consistent(copy: CopyOfImage): CopyOfImage {
  const { state } = copy.status;
  const plain = (next: ImageStatus['state']) => ({ state: next, decidedBy: null, decidedAt: null });
  if (copy.annotations.length === 0) return { ...copy, status: plain('unlabelled') };
  return state === 'labelled' || state === 'inProgress' ? copy : { ...copy, status: plain('inProgress') };
}

export function objectOf(copy: CopyOfImage, id: AnnotationId): Annotation | null {
  return copy.annotations.find((one) => one.id === id) ?? null;
}
