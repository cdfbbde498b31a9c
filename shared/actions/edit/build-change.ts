import type { ChangeSet } from '../../document/change-set';
import type { Annotation } from '../../schema/annotation';
import type { EditContext } from './action';

/** A person's change with all that it does not touch left empty. */
export function buildChange(
  code: string,
  label: string,
  parts: Partial<Pick<ChangeSet, 'added' | 'updated' | 'removed' | 'order' | 'status'>>,
): ChangeSet {
  return {
    origin: 'person',
    code,
    label,
    added: [],
    updated: [],
    removed: [],
    order: null,
    status: null,
    ...parts,
  };
}

/** The record after an edit: its revision rises by one and its time is the edit's. */
export function withEdit(
  annotation: Annotation,
  context: EditContext,
  fields: Partial<Annotation>,
): readonly [before: Annotation, after: Annotation] {
  return [
    annotation,
    { ...annotation, ...fields, updatedAt: context.at, revision: annotation.revision + 1 },
  ] as const;
}

/** The record after an edit that takes away something optional: the key goes, for stored hashes depend on it. */
export function withoutField(
  annotation: Annotation,
  context: EditContext,
  field: 'isPinned' | 'note' | 'groupId',
): readonly [before: Annotation, after: Annotation] {
  const after = { ...annotation, updatedAt: context.at, revision: annotation.revision + 1 };
  delete after[field];
  return [annotation, after] as const;
}
