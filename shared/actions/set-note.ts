import { ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange, withEdit, withoutField } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';

/** Longest note, in characters; the record's schema refuses more. */
export const MAX_NOTE_LENGTH = 2000;

export interface SetNoteArgs {
  readonly ids: readonly AnnotationId[];
  /** Blank takes the note away; what is longer than a note may be is cut. */
  readonly note: string;
}

/** Writes down what others should know of objects. */
export const setNote: Action<SetNoteArgs> = {
  code: 'annotation.setNote',
  run(document, { ids, note }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const text = note.trim().slice(0, MAX_NOTE_LENGTH).trimEnd();
    const updated = editable.value
      .filter((annotation) => (annotation.note ?? '') !== text)
      .map((annotation) =>
        text === ''
          ? withoutField(annotation, context, 'note')
          : withEdit(annotation, context, { note: text }),
      );
    const objects = describeObjects(editable.value, context.schema);
    const label = text === '' ? `Remove the note of ${objects}` : `Write a note on ${objects}`;
    return ok(buildChange(setNote.code, label, { updated }));
  },
};
