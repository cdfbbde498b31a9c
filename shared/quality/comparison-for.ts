import type {
  DatasetEvent,
  DatasetLabel,
  DatasetProblem,
  DatasetSource,
  FidelityTable,
} from '../formats/format';
import { SHAPE_TYPES, type ShapeType } from '../schema/shapes';
import {
  type CompareOptions,
  compareDatasets,
  type DatasetComparison,
  eventsToImages,
  LAST_BITS_IN_IMAGE_PX,
} from './compare-datasets';
import type { Ignorable } from './compare-details';

/** What a fidelity table lets a comparison expect, and whether classes keep their numbers or their names alone. */
export interface ComparisonRules
  extends Required<
    Pick<
      CompareOptions,
      | 'toleranceInImagePx'
      | 'toleranceIsForSide'
      | 'exactShapes'
      | 'lossyShapes'
      | 'mergedShapes'
      | 'droppedShapes'
      | 'ignores'
      | 'scoreTolerance'
      | 'attributeTolerance'
    >
  > {
  readonly labelsByNumber: boolean;
  readonly withUnusedLabels: boolean;
}

/** A table's error is for pictures of this many px a side. */
const SIDE_OF_TABLE_IN_IMAGE_PX = 10_000;

/** What `rounded` may do to a score or to a number among attributes (relative): three decimals, the fewest in use (MOT). */
const ROUNDING = 1e-3;

const CELLS = {
  attributes: 'attributes',
  isCrowd: 'crowd',
  score: 'scores',
  groups: 'groups',
  tracks: 'tracks',
  notes: 'notes',
  emptyImages: 'emptyImages',
  imageAttributes: 'imageAttributes',
  frames: 'frames',
  splits: 'splits',
} as const satisfies Partial<Record<keyof FidelityTable, Ignorable>>;

/**
 * What must be the same after a write and a read by a format with this table: `exact` and `rounded` things are compared
 * (exactly, or within the table's error), `lossy` and `dropped` ones are not, lossy shapes must leave a trace of their
 * label in their place.
 */
export function comparisonFor(fidelity: FidelityTable): ComparisonRules {
  const ignores = new Set<Ignorable>();
  for (const [cell, what] of Object.entries(CELLS) as [keyof typeof CELLS, Ignorable][]) {
    if (fidelity[cell] === 'lossy' || fidelity[cell] === 'dropped') ignores.add(what);
  }
  const kindsThatAre = (kept: FidelityTable['shapes'][ShapeType]): ReadonlySet<ShapeType> =>
    new Set(SHAPE_TYPES.filter((type) => fidelity.shapes[type] === kept));
  return {
    toleranceInImagePx: Math.max(fidelity.coordinateErrorInImagePx, LAST_BITS_IN_IMAGE_PX),
    toleranceIsForSide: SIDE_OF_TABLE_IN_IMAGE_PX,
    exactShapes: kindsThatAre('exact'),
    lossyShapes: kindsThatAre('lossy'),
    mergedShapes: new Set(fidelity.mergedShapes),
    droppedShapes: kindsThatAre('dropped'),
    ignores,
    scoreTolerance: fidelity.score === 'rounded' ? ROUNDING : 0,
    attributeTolerance: fidelity.attributes === 'rounded' ? ROUNDING : 0,
    labelsByNumber: fidelity.classIndex === 'exact',
    withUnusedLabels: fidelity.unusedLabels === 'exact',
  };
}

/** Who hears what stands beside a comparison. */
export interface ComparisonAside extends Pick<CompareOptions, 'maxSamples' | 'onDifference'> {
  /** The problems of the reader. */
  readonly onProblem?: (problem: DatasetProblem) => void;
}

/**
 * Compares what was meant (A) with what a reader gives of what was written (B), as far as the rules let it.
 *
 * @param events of the format's reader.
 */
export async function compareWithRead(
  source: DatasetSource,
  events: AsyncIterable<DatasetEvent>,
  rules: ComparisonRules & Pick<CompareOptions, 'measuresIoU'>,
  aside: ComparisonAside = {},
): Promise<DatasetComparison> {
  const labelsOfA: DatasetLabel[] = [];
  const labelsOfB: DatasetLabel[] = [];
  const namesOfA = new Map<number, string>();
  const namesOfB = new Map<number, string>();
  for await (const label of source.labels()) {
    labelsOfA.push(label);
    namesOfA.set(label.classIndex, label.name);
  }
  const named = (names: ReadonlyMap<number, string>) => (classIndex: number) =>
    names.get(classIndex) ?? `class ${classIndex}`;
  const nameOfA = named(namesOfA);
  const nameOfB = named(namesOfB);
  const { labelsByNumber, withUnusedLabels, ...options } = rules;
  const { onProblem, ...heard } = aside;
  return compareDatasets(
    source.annotationsByImage(),
    eventsToImages(events, {
      onLabel(label) {
        labelsOfB.push(label);
        namesOfB.set(label.classIndex, label.name);
      },
      ...(onProblem === undefined ? {} : { onProblem }),
    }),
    {
      ...options,
      nameOfA,
      nameOfB,
      ...(labelsByNumber ? {} : { labelOfA: nameOfA, labelOfB: nameOfB }),
      labels: {
        a: () => labelsOfA,
        b: () => labelsOfB,
        byNumber: labelsByNumber,
        withUnused: withUnusedLabels,
      },
      ...heard,
    },
  );
}
