import { canonicalJson } from '../document/canonical-json';
import { sha256OfRecord } from '../document/hash';
import { importedImage } from '../document/imported-images';
import { type Annotation, type ImageStatus, UNLABELLED_STATUS } from '../schema/annotation';
import type { ChangeRecord } from '../schema/change';
import type { ChangeId, ImageId } from '../schema/ids';
import type { LabelSchema } from '../schema/label-schema';
import type { ProjectEndLine, ProjectImageLine } from '../schema/project-lines';

export interface StateDifference {
  readonly imageId: ImageId;
  readonly key: string;
  /** In words, a clause. */
  readonly reason: string;
}

export interface StateVerdict {
  readonly images: number;
  /** Images whose labels are not what the journal leads to; complete. */
  readonly differing: number;
  readonly first: readonly StateDifference[];
  /** Null when the journal never changed the labels, so that it cannot tell. */
  readonly isSchemaSame: boolean | null;
}

const MOST_KEPT = 20;
const MODULUS = 1n << 256n;

/** A set of annotations as one number: the sum of their hashes, which comes and goes with them in any order. */
interface Tally {
  sum: bigint;
  count: number;
  status: string;
}

interface StoredTally extends Tally {
  readonly key: string;
}

/** What one image of an import brought, kept until the import is perhaps taken back. */
interface ImportedTally {
  readonly imageId: ImageId;
  readonly sum: bigint;
  readonly count: number;
  readonly status: ImageStatus;
}

/**
 * Replays a journal beside the labels that lie next to it, in some hundred bytes an image: sets of annotations are
 * compared by the sum of their SHA-256 (Bellare and Micciancio 1997, AdHash), so none is held. The drawing order is not
 * compared. Images of which there is no line, layers for one, are left out.
 */
export class StateAudit {
  readonly #replayed = new Map<ImageId, Tally>();
  readonly #stored = new Map<ImageId, StoredTally>();
  readonly #imports = new Map<ChangeId, readonly ImportedTally[]>();
  #schema: LabelSchema | null = null;

  /** An image that comes twice counts as it came last. */
  takeImage({ image, set }: ProjectImageLine): void {
    const tally = {
      sum: 0n,
      count: 0,
      status: canonicalJson(set?.status ?? UNLABELLED_STATUS),
      key: image.key,
    };
    for (const annotation of set?.annotations ?? []) add(tally, annotation, 1n);
    this.#stored.set(image.id, tally);
  }

  takeChange(change: ChangeRecord): void {
    const { body } = change;
    if (body.kind === 'annotations' && change.imageId !== null) {
      const tally = this.#tallyOf(change.imageId);
      for (const annotation of body.added) add(tally, annotation, 1n);
      for (const annotation of body.removed) add(tally, annotation, -1n);
      for (const [before, after] of body.updated) {
        add(tally, before, -1n);
        add(tally, after, 1n);
      }
      if (body.status !== null) tally.status = canonicalJson(body.status[1]);
    } else if (body.kind === 'imported') {
      const { actor, at, code, label } = change;
      const tallies = body.images.flatMap((_, position): ImportedTally[] => {
        const image = importedImage({ actor, at, code, label, body }, position);
        if (image === null) return [];
        const tally: Tally = { sum: 0n, count: 0, status: '' };
        for (const annotation of image.annotations) add(tally, annotation, 1n);
        return [{ imageId: image.imageId, sum: tally.sum, count: tally.count, status: image.status }];
      });
      this.#imports.set(change.id, tallies);
      for (const tally of tallies) this.#putImported(tally, true);
    } else if (body.kind === 'importedState' && change.targetId !== null) {
      const named = new Set(body.imageIds);
      for (const tally of this.#imports.get(change.targetId) ?? []) {
        if (named.has(tally.imageId)) this.#putImported(tally, body.isThere);
      }
    } else if (body.kind === 'schema') this.#schema = body.after;
    else if (body.kind === 'group' && body.schema !== null) this.#schema = body.schema[1];
  }

  finish(end: ProjectEndLine | null): StateVerdict {
    const first: StateDifference[] = [];
    let differing = 0;
    for (const [imageId, stored] of this.#stored) {
      const reason = differenceOf(stored, this.#replayed.get(imageId) ?? UNTOUCHED);
      if (reason === null) continue;
      differing += 1;
      if (first.length < MOST_KEPT) first.push({ imageId, key: stored.key, reason });
    }
    const isSchemaSame =
      this.#schema === null || end === null
        ? null
        : canonicalJson(this.#schema) === canonicalJson(end.project.schema);
    return { images: this.#stored.size, differing, first, isSchemaSame };
  }

  #tallyOf(imageId: ImageId): Tally {
    const known = this.#replayed.get(imageId);
    if (known !== undefined) return known;
    const made = { ...UNTOUCHED };
    this.#replayed.set(imageId, made);
    return made;
  }

  #putImported(tally: ImportedTally, isThere: boolean): void {
    const image = this.#tallyOf(tally.imageId);
    image.sum = modulo(image.sum + (isThere ? tally.sum : -tally.sum));
    image.count += isThere ? tally.count : -tally.count;
    image.status = canonicalJson(isThere ? tally.status : UNLABELLED_STATUS);
  }
}

const UNTOUCHED: Tally = { sum: 0n, count: 0, status: canonicalJson(UNLABELLED_STATUS) };

function add(tally: Tally, annotation: Annotation, sign: 1n | -1n): void {
  tally.sum = modulo(tally.sum + sign * BigInt(`0x${sha256OfRecord(annotation)}`));
  tally.count += Number(sign);
}

function modulo(value: bigint): bigint {
  return ((value % MODULUS) + MODULUS) % MODULUS;
}

function differenceOf(stored: Tally, replayed: Tally): string | null {
  if (stored.count !== replayed.count) {
    return `it has ${stored.count} annotations, and the journal leads to ${replayed.count}`;
  }
  if (stored.sum !== replayed.sum) return 'its annotations are not those that the journal leads to';
  return stored.status === replayed.status ? null : 'its state is not the one that the journal leads to';
}
