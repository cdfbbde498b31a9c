import type { Defect } from '../../../shared/review/fold-review';
import type { DefectCode, Severity } from '../../../shared/schema/review';
import type { Workspace } from '../workspace';
import { DEFAULT_SEVERITY, DEFECT_WORDS } from './review-words';
import type { RemarkTarget } from './target-of-remark';

type OpenReviewOf = Pick<Workspace, 'review'>;

export async function markDefect(
  { review }: OpenReviewOf,
  code: DefectCode,
  target: RemarkTarget,
  note = '',
): Promise<void> {
  await review.act(
    [
      {
        kind: 'defectMarked',
        defectId: crypto.randomUUID(),
        code,
        severity: DEFAULT_SEVERITY[code],
        ...target,
        note,
      },
    ],
    { code: 'review.markDefect', label: `Mark a defect: ${DEFECT_WORDS[code]}` },
    null,
  );
}

/** The same defect marked again with another weight: the newer word stands. */
export async function weighDefect(
  { review }: OpenReviewOf,
  defect: Defect,
  severity: Severity,
): Promise<void> {
  const { id, code, annotationId, place, note } = defect;
  await review.act(
    [{ kind: 'defectMarked', defectId: id, code, severity, annotationId, place, note }],
    { code: 'review.weighDefect', label: `Weigh a defect: ${DEFECT_WORDS[code]}` },
    null,
  );
}

export async function clearDefect({ review }: OpenReviewOf, defect: Defect): Promise<void> {
  await review.act(
    [{ kind: 'defectCleared', defectId: defect.id }],
    { code: 'review.clearDefect', label: `Clear a defect: ${DEFECT_WORDS[defect.code]}` },
    'Defect cleared.',
  );
}
