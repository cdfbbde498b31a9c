import { type KeyMatch, matchImageKeysInSteps } from '../../shared/imports/match-image-keys';
import { ok, type Result } from '../../shared/result/result';
import type { ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { pause } from './idle-turn';

/** An image of the project that labels may be for. */
export interface TargetImage {
  readonly id: ImageId;
  readonly ordinal: number;
  readonly key: string;
  readonly isPreferred: boolean;
  readonly annotationCount: number;
  readonly isConfirmedEmpty: boolean;
}

export interface MatchedDataset {
  /** The project's image by the key of the dataset. */
  readonly targetByKey: ReadonlyMap<string, TargetImage>;
  readonly unmatchedKeys: readonly string[];
  readonly ambiguousKeys: readonly string[];
}

/** Records read at once; 2,000 were measured to hold up a frame for 40 ms. */
const WINDOW = 250;
/** Work in one go before the window may draw. */
const LONGEST_SLICE_IN_MS = 8;

/** Finds the images of a dataset among the project's, giving way to the window all the time. */
export async function matchDataset(
  { persistence }: Pick<Services, 'persistence'>,
  projectId: ProjectId,
  sourceId: SourceId,
  keys: readonly string[],
): Promise<Result<MatchedDataset>> {
  const list = await persistence.images.list(projectId, {});
  if (!list.ok) return list;
  const targets: TargetImage[] = [];
  for (let from = 0; from < list.value.total; from += WINDOW) {
    for (const image of await list.value.window(from, Math.min(from + WINDOW, list.value.total))) {
      targets.push({
        id: image.id,
        ordinal: image.ordinal,
        key: image.key,
        isPreferred: image.sourceId === sourceId,
        annotationCount: image.annotationCount,
        isConfirmedEmpty: image.state === 'confirmedEmpty',
      });
    }
    await pause(0);
  }
  const match = await inSlices(
    matchImageKeysInSteps(
      keys,
      targets.map((image) => ({ id: image.ordinal, key: image.key, isPreferred: image.isPreferred })),
    ),
  );
  const targetByKey = new Map<string, TargetImage>();
  for (const [key, ordinal] of match.imageIdByKey) {
    const target = targets[ordinal];
    if (target !== undefined) targetByKey.set(key, target);
  }
  return ok({ targetByKey, unmatchedKeys: match.unmatchedKeys, ambiguousKeys: match.ambiguousKeys });
}

async function inSlices<Id>(steps: Generator<undefined, KeyMatch<Id>>): Promise<KeyMatch<Id>> {
  let sliceStart = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStart < LONGEST_SLICE_IN_MS) continue;
    await pause(0);
    sliceStart = performance.now();
  }
}
