import { isPermitted } from '../../../shared/people/permissions';
import type { AnnotationLayer } from '../../../shared/schema/annotation-layer';
import type { ImageId } from '../../../shared/schema/ids';
import type { Session } from '../../../shared/schema/person';

/** A second set that somebody works on in place of the image's own. */
export interface DueSet {
  readonly purpose: 'consensus' | 'honeypot';
  /** Null of a honeypot that was not opened yet: its layer is begun when it is. */
  readonly layerId: ImageId | null;
  readonly isSubmitted: boolean;
}

export interface DueSetsInput {
  readonly session: Session;
  /** As `personKey` names who works. */
  readonly key: string;
  /** The person's own replicas and answers. */
  readonly own: readonly AnnotationLayer[];
  /** Images with ground truth, and who of them handed in the image's own labels. */
  readonly truthImages: readonly { readonly imageId: ImageId; readonly labelledBy: string | null }[];
  /** Images of the project. */
  readonly images: number;
  /** Share of a labeller's pictures that are honeypots, 0 to 0.5. */
  readonly honeypotShare: number;
}

/**
 * Which images somebody meets as a second set. A labeller always meets their own answers; whoever reviews meets a replica
 * only until it is handed in, and no honeypots: they see who answered what anyway.
 *
 * Which images with ground truth are honeypots for whom follows from both ids alone, so that it is the same in every
 * list and after every start; so many that `honeypotShare` of a labeller's pictures are, if there are enough. Nobody is
 * asked for a picture whose labels they handed in themselves.
 */
export function dueSets(input: DueSetsInput): ReadonlyMap<ImageId, DueSet> {
  const isReviewer = isPermitted(input.session.role, 'review.judge');
  const due = new Map<ImageId, DueSet>();
  for (const { id, imageId, purpose, submittedAt } of input.own) {
    if (purpose !== 'consensus' && purpose !== 'honeypot') continue;
    const isSubmitted = submittedAt !== null;
    if (isReviewer && isSubmitted) continue;
    // A replica goes before a honeypot of the same image.
    if (due.get(imageId)?.purpose === 'consensus') continue;
    due.set(imageId, { purpose, layerId: id, isSubmitted });
  }
  if (isReviewer || input.honeypotShare <= 0) return due;
  const candidates = input.truthImages.filter(({ labelledBy }) => labelledBy !== input.key);
  const wanted = wantedHoneypots(input.images - input.truthImages.length, input.honeypotShare);
  const limit = candidates.length === 0 ? 0 : wanted / candidates.length;
  for (const { imageId } of candidates) {
    if (!due.has(imageId) && placeOf(input.key, imageId) < limit) {
      due.set(imageId, { purpose: 'honeypot', layerId: null, isSubmitted: false });
    }
  }
  return due;
}

/** So many more that they are this share of all. */
export function wantedHoneypots(others: number, share: number): number {
  return Math.max(0, (others * share) / (1 - share));
}

/** Uniform in [0, 1), always the same for the same two: FNV-1a (Fowler, Noll, Vo 1991), then mixed as in MurmurHash3. */
export function placeOf(key: string, imageId: ImageId): number {
  let hash = 0x811c9dc5;
  for (const character of `${key} ${imageId}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
