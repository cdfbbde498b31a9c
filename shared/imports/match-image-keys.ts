/** An image of the project as matching sees it. */
export interface MatchableImage<Id> {
  readonly id: Id;
  /** POSIX path below the folder it came from. */
  readonly key: string;
  /** True for images of the folder that the labels came with; they win over others that fit as well. */
  readonly isPreferred: boolean;
}

export interface KeyMatch<Id> {
  /** Image by dataset key. */
  readonly imageIdByKey: ReadonlyMap<string, Id>;
  /** Dataset keys that fit no image. */
  readonly unmatchedKeys: readonly string[];
  /** Dataset keys that fit several images equally well, or an image that another key fits as well. */
  readonly ambiguousKeys: readonly string[];
}

/**
 * Finds each dataset image among the project's: by the whole path, else by the longest run of equal path parts from
 * the end, which is at least the file name (its extension may differ: YOLO names pictures by their label files).
 * Nothing is guessed: a tie, on either side, is reported instead. O(n) but for files that share a name.
 */
export function matchImageKeys<Id>(
  datasetKeys: readonly string[],
  images: readonly MatchableImage<Id>[],
): KeyMatch<Id> {
  const steps = matchImageKeysInSteps(datasetKeys, images);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Keys looked at between two rests: some ms of work. */
const KEYS_PER_STEP = 1000;

/** As `matchImageKeys`, resting after each thousand keys or images, for windows that must stay live meanwhile. */
export function* matchImageKeysInSteps<Id>(
  datasetKeys: readonly string[],
  images: readonly MatchableImage<Id>[],
): Generator<undefined, KeyMatch<Id>> {
  let looked = 0;
  const isRestDue = () => {
    looked += 1;
    return looked % KEYS_PER_STEP === 0;
  };
  const imagesByStem = new Map<string, MatchableImage<Id>[]>();
  for (const image of images) {
    const stem = stemOf(image.key);
    const others = imagesByStem.get(stem);
    if (others === undefined) imagesByStem.set(stem, [image]);
    else others.push(image);
    if (isRestDue()) yield;
  }

  const unmatchedKeys: string[] = [];
  const ambiguousKeys: string[] = [];
  const claims = new Map<Id, { key: string; strength: number }[]>();
  for (const key of new Set(datasetKeys)) {
    if (isRestDue()) yield;
    const best = strongest(
      (imagesByStem.get(stemOf(key)) ?? []).map((image) => [image, strengthOf(key, image)]),
    );
    if (best.length === 0) unmatchedKeys.push(key);
    else if (best.length > 1) ambiguousKeys.push(key);
    for (const [image, strength] of best.length === 1 ? best : []) {
      const others = claims.get(image.id) ?? [];
      others.push({ key, strength });
      claims.set(image.id, others);
    }
  }

  const imageIdByKey = new Map<string, Id>();
  for (const [id, claimants] of claims) {
    if (isRestDue()) yield;
    const best = strongest(claimants.map((claim) => [claim.key, claim.strength]));
    const [winner] = best;
    if (winner !== undefined && best.length === 1) imageIdByKey.set(winner[0], id);
    for (const { key } of claimants) {
      if (best.length > 1 && best.some(([tied]) => tied === key)) ambiguousKeys.push(key);
      else if (imageIdByKey.get(key) === undefined) unmatchedKeys.push(key);
    }
  }
  return { imageIdByKey, unmatchedKeys, ambiguousKeys };
}

function strongest<T>(candidates: readonly (readonly [T, number])[]): (readonly [T, number])[] {
  const most = Math.max(0, ...candidates.map(([, strength]) => strength));
  return most === 0 ? [] : candidates.filter(([, strength]) => strength === most);
}

/** Twice the number of equal path parts from the end, a bonus for an equal extension and one for the preferred folder. */
function strengthOf<Id>(key: string, image: MatchableImage<Id>): number {
  const theirs = key.split('/').reverse();
  const ours = image.key.split('/').reverse();
  let equalFolders = 0;
  while (
    equalFolders + 1 < Math.min(theirs.length, ours.length) &&
    theirs[equalFolders + 1] === ours[equalFolders + 1]
  ) {
    equalFolders += 1;
  }
  const isWhole = key === image.key;
  const hasSameName = theirs[0] === ours[0];
  // Digits of a mixed number: the preferred folder first, then the whole path, then folders, then the extension.
  return (
    1 + (hasSameName ? 1 : 0) + equalFolders * 2 + (isWhole ? 20_000 : 0) + (image.isPreferred ? 100_000 : 0)
  );
}

/**
 * What two keys must share to be of one image: the file name without folders and extension, case folded, because file
 * systems differ in whether case counts.
 */
export function stemOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
