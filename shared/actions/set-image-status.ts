import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { ImageStatus } from '../schema/annotation';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';
import { derivedStatus } from './edit/status-following';

export interface SetImageStatusArgs {
  /** `reopened` takes a person's decision back: the state then follows from the objects again. */
  readonly decision: 'confirmedEmpty' | 'labelled' | 'reopened';
}

const WORDS: Readonly<Record<SetImageStatusArgs['decision'], string>> = {
  confirmedEmpty: 'Confirm empty',
  labelled: 'Mark as labelled',
  reopened: 'Reopen',
};

/** Records a person's word on the whole picture, with name and time. */
export const setImageStatus: Action<SetImageStatusArgs> = {
  code: 'image.setStatus',
  run(document, { decision }, context) {
    const count = document.annotations.size;
    if (decision === 'confirmedEmpty' && count > 0) {
      return err(
        appError(
          'usage.bad-arguments',
          `This picture has ${count === 1 ? '1 object' : `${count} objects`}, hidden ones counted. Delete them before you confirm it empty.`,
          { count },
        ),
      );
    }
    if (decision === 'labelled' && count === 0) {
      return err(
        appError(
          'usage.bad-arguments',
          'Nothing is labelled here. If nothing is to be labelled, confirm it empty.',
        ),
      );
    }
    const before = document.status;
    const after: ImageStatus =
      decision === 'reopened'
        ? derivedStatus(count)
        : { state: decision, decidedBy: context.actor, decidedAt: context.at };
    return ok(
      buildChange(setImageStatus.code, WORDS[decision], {
        status: before.state === after.state ? null : [before, after],
      }),
    );
  },
};
