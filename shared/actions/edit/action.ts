import type { ChangeSet } from '../../document/change-set';
import type { ImageDocument } from '../../document/image-document';
import type { Result } from '../../result/result';
import type { Actor, IdSource, Timestamp } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';

/** Who edits, when and with which labels; given from outside so that an action stays pure and repeatable. */
export interface EditContext {
  readonly actor: Actor;
  readonly at: Timestamp;
  readonly newId: IdSource;
  readonly schema: LabelSchema;
}

/**
 * One pure edit. It never touches the document: it returns the change, or why there is none in words for a person.
 * Laws held by the conformance suite: `apply(invert(c), apply(c, d)) = d`, drawing order included; shapes stay inside
 * the picture and upright; ids stay unique; what is locked stays as it is.
 */
export interface Action<Args> {
  /** For machines and the journal: `annotation.create`. */
  readonly code: string;
  run(document: ImageDocument, args: Args, context: EditContext): Result<ChangeSet>;
}
