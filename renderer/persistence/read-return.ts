import { brokenLinkReason, type ChainHead, EMPTY_CHAIN } from '../../shared/document/chain';
import { baseHashOf } from '../../shared/merge/base-hash';
import type { MergeInput } from '../../shared/merge/merge-return';
import { type AppError, appError } from '../../shared/result/app-error';
import { UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ImageId, Sha256 } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { ProjectLine } from '../../shared/schema/project-lines';
import type { ReviewEvent } from '../../shared/schema/review';
import type { WorkReturn } from '../../shared/schema/work-package';
import { Refusal } from './database-error';
import { ordinalSaidBy } from './image-ids';

/** One image of the package, as it comes back. */
export interface ReturnedContent {
  /** In the project that handed it out. */
  readonly imageId: ImageId;
  /** Of the picture's file. */
  readonly contentHash: Sha256;
  readonly base: MergeInput;
  readonly theirs: MergeInput;
  /** Review events that are not the issuer's. */
  readonly events: readonly ReviewEvent[];
}

export interface ReadReturn {
  readonly images: readonly ReturnedContent[];
  readonly schema: LabelSchema;
  /** Images that were added there; they are not taken. */
  readonly strangers: number;
}

const EMPTY: MergeInput = { annotations: [], status: UNLABELLED_STATUS };

/** Kinds of lines that are somebody's work; who may have written them is checked. */
const WORK: ReadonlySet<ChangeRecord['body']['kind']> = new Set([
  'annotations',
  'group',
  'imported',
  'importedState',
  'review',
  'layer',
]);

/** Whether a line is somebody's work, which must be theirs who sign the return. */
export function isWork({ body }: ChangeRecord): boolean {
  return WORK.has(body.kind);
}

/**
 * Gathers what a return holds from its lines, and holds it against the order: the journal must be whole, begin with the
 * bases that were handed out, and go on with lines of the one who signed.
 * Throws refusals: `bundle.damaged`, `package.bad-signature`.
 */
export class ReturnGatherer {
  readonly #said: WorkReturn;
  readonly #theirs = new Map<number, { readonly contentHash: Sha256; readonly set: MergeInput }>();
  readonly #bases = new Map<number, MergeInput>();
  readonly #events = new Map<number, readonly ReviewEvent[]>();
  readonly #issued = new Set<string>();
  #walked: ChainHead = EMPTY_CHAIN;
  #end: Extract<ProjectLine, { kind: 'end' }> | null = null;

  constructor(said: WorkReturn) {
    this.#said = said;
  }

  take(line: ProjectLine): void {
    if (line.kind === 'image') {
      const { contentHash, ordinal } = line.image;
      this.#theirs.set(ordinal, { contentHash, set: line.set ?? EMPTY });
    } else if (line.kind === 'review') this.#events.set(ordinalSaidBy(line.imageId), line.events);
    else if (line.kind === 'change') this.#walk(line.change);
    else if (line.kind === 'end') this.#end = line;
  }

  finish(): ReadReturn {
    const end = this.#end;
    if (end === null || end.head.seq !== this.#walked.seq || end.head.hash !== this.#walked.hash) {
      throw new Refusal(damaged('its journal is not complete'));
    }
    const { images } = this.#said.order.content;
    return {
      schema: end.project.schema,
      strangers: [...this.#theirs.keys()].filter((ordinal) => ordinal >= images.length).length,
      images: images.map(({ imageId, baseHash }, ordinal) => {
        const theirs = this.#theirs.get(ordinal);
        const base = this.#bases.get(ordinal) ?? EMPTY;
        if (theirs === undefined) throw new Refusal(damaged(`image ${ordinal + 1} is missing`));
        if (baseHashOf(base) !== baseHash) {
          throw new Refusal(forged(`what image ${ordinal + 1} started from is not what was handed out`));
        }
        this.#demandDrawnByThem(base, theirs.set, ordinal);
        const events = (this.#events.get(ordinal) ?? []).filter(({ id }) => !this.#issued.has(id));
        for (const event of events) this.#demandOwn(event.by, event.personId, 'a review');
        return { imageId, contentHash: theirs.contentHash, base, theirs: theirs.set, events };
      }),
    };
  }

  #walk(change: ChangeRecord): void {
    const reason = brokenLinkReason(this.#walked, change);
    if (reason !== null) throw new Refusal(damaged(`in its journal ${reason}`));
    this.#walked = { seq: change.seq, hash: change.hash };
    const { body, imageId, seq } = change;
    if (seq > this.#said.order.content.baseLines) {
      if (isWork(change)) this.#demandOwn(change.actor, change.personId ?? null, `line ${seq}`);
      return;
    }
    if (body.kind === 'review') for (const { id } of body.events) this.#issued.add(id);
    if (body.kind !== 'annotations' || imageId === null) return;
    this.#bases.set(ordinalSaidBy(imageId), {
      annotations: body.added,
      status: body.status?.[1] ?? UNLABELLED_STATUS,
    });
  }

  /** What is drawn anew is by whoever signed, and nobody else's object became theirs or the other way round. */
  #demandDrawnByThem(base: MergeInput, theirs: MergeInput, ordinal: number): void {
    const before = new Map(base.annotations.map(({ id, createdBy }) => [id, createdBy]));
    for (const { id, createdBy } of theirs.annotations) {
      if (createdBy === (before.get(id) ?? this.#said.by.name)) continue;
      throw new Refusal(
        forged(`an object of image ${ordinal + 1} is said to be drawn by ${createdBy}, and it is not so`),
      );
    }
  }

  #demandOwn(name: string, personId: string | null, what: string): void {
    const { by } = this.#said;
    if (name === by.name && personId === by.id) return;
    throw new Refusal(forged(`${what} in it is by ${name}, and ${by.name} signed it`));
  }
}

function forged(reason: string): AppError {
  return appError(
    'package.bad-signature',
    `This return is refused: ${reason}. Nothing was changed; ask for it again, from the person themselves.`,
    { reason },
  );
}

function damaged(reason: string): AppError {
  return appError(
    'bundle.damaged',
    `This return cannot be read: ${reason}. Nothing was changed; ask for it again.`,
    { reason },
  );
}
