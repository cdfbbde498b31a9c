import { decidedStatus, reasonAgainstState } from '../document/image-status';
import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';

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
    const undecided = count === 0 ? 'unlabelled' : 'inProgress';
    const state = decision === 'reopened' ? undecided : decision;
    const reason = reasonAgainstState(state, count);
    if (reason !== null) return err(appError('usage.bad-arguments', reason, { count }));
    const before = document.status;
    return ok(
      buildChange(setImageStatus.code, WORDS[decision], {
        status: before.state === state ? null : [before, decidedStatus(state, context.actor, context.at)],
      }),
    );
  },
};
