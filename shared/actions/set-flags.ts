import { err, ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange, withEdit, withoutField } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { foundIn, lockedError } from './edit/editable';

export const ANNOTATION_FLAGS = [
  'isLocked',
  'isHidden',
  'isPinned',
  'isOccluded',
  'isTruncated',
  'isCrowd',
] as const;
export type AnnotationFlag = (typeof ANNOTATION_FLAGS)[number];

export interface SetFlagsArgs {
  readonly ids: readonly AnnotationId[];
  readonly flag: AnnotationFlag;
  readonly isOn: boolean;
}

const WORDS: Readonly<Record<AnnotationFlag, readonly [on: string, off: string]>> = {
  isLocked: ['Lock', 'Unlock'],
  isHidden: ['Hide', 'Show'],
  isPinned: ['Pin', 'Unpin'],
  isOccluded: ['Mark as occluded:', 'Mark as not occluded:'],
  isTruncated: ['Mark as truncated:', 'Mark as not truncated:'],
  isCrowd: ['Mark as crowd:', 'Mark as not crowd:'],
};

/** A lock guards what an object says of the picture; being locked or hidden is about the screen. */
const ALLOWED_ON_LOCKED: ReadonlySet<AnnotationFlag> = new Set(['isLocked', 'isHidden']);

/** Turns one flag of objects on or off. */
export const setFlags: Action<SetFlagsArgs> = {
  code: 'annotation.setFlags',
  run(document, { ids, flag, isOn }, context) {
    const found = foundIn(document, ids);
    if (!found.ok) return found;
    const allowed = ALLOWED_ON_LOCKED.has(flag)
      ? found.value
      : found.value.filter((annotation) => !annotation.isLocked);
    if (allowed.length === 0) return err(lockedError(found.value.length));
    const updated = allowed
      .filter((annotation) => (annotation[flag] ?? false) !== isOn)
      .map((annotation) =>
        flag === 'isPinned' && !isOn
          ? withoutField(annotation, context, flag)
          : withEdit(annotation, context, { [flag]: isOn }),
      );
    const label = `${WORDS[flag][isOn ? 0 : 1]} ${describeObjects(allowed, context.schema)}`;
    return ok(buildChange(setFlags.code, label, { updated }));
  },
};
