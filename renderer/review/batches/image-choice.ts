import type { BatchId } from '../../../shared/schema/ids';
import type { ImageFilter, ReviewFilter } from '../../persistence/ports';

type Stages = NonNullable<ReviewFilter['stages']>;

const WAITING: Stages = [
  { stage: 'review', state: 'new' },
  { stage: 'review', state: 'inProgress' },
  { stage: 'review', state: 'done' },
];

/** Which images a batch is made of, or are given to somebody. */
export const IMAGE_KINDS = {
  waiting: { label: 'Handed in for review', filter: { review: { stages: WAITING } } },
  unlabelled: { label: 'Not labelled yet', filter: { states: ['unlabelled', 'inProgress'] } },
  labelled: { label: 'Labelled, or marked as empty', filter: { states: ['labelled', 'confirmedEmpty'] } },
  givenBack: {
    label: 'Given back',
    filter: { review: { stages: [{ stage: 'annotation', state: 'rejected' }] } },
  },
  accepted: {
    label: 'Accepted',
    filter: { review: { stages: [{ stage: 'accepted', state: 'accepted' }] } },
  },
  all: { label: 'All images', filter: {} },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly filter: ImageFilter }>>;
export type ImageKind = keyof typeof IMAGE_KINDS;

export interface ImageChoice {
  readonly kind: ImageKind;
  /** Only of this batch. */
  readonly batchId: BatchId | null;
  /** Only with this in their name. */
  readonly nameContains: string;
  /** Only of this labeller, as `personKey` names them. */
  readonly labeller: string | null;
  /** The first so many of the list; null for all of them. */
  readonly most: number | null;
}

export const CHOICE_OF_ALL: ImageChoice = {
  kind: 'all',
  batchId: null,
  nameContains: '',
  labeller: null,
  most: null,
};

export function filterOfChoice({ kind, batchId, nameContains, labeller }: ImageChoice): ImageFilter {
  const filter: ImageFilter = IMAGE_KINDS[kind].filter;
  const name = nameContains.trim();
  const review = {
    ...filter.review,
    ...(batchId === null ? {} : { batchId }),
    ...(labeller === null ? {} : { labeller }),
  };
  return {
    ...filter,
    ...(Object.keys(review).length === 0 ? {} : { review }),
    ...(name === '' ? {} : { nameContains: name }),
  };
}
