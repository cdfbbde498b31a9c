import type { ProjectId } from '../../shared/schema/ids';
import { REVIEW_STATES, STAGES } from '../../shared/schema/review';
import type { GroundmarkDatabase } from './database';
import { complement } from './image-list';
import type { ReviewFilter } from './ports';
import {
  batchMark,
  changedMark,
  labellerMark,
  openProposalMark,
  openThreadMark,
  reviewerMark,
  SOMEBODY,
  stageMark,
  submitterMark,
} from './review-marks';

/**
 * For each part of a queue's filter the ordinals that match it, from keys of one index. Images that nothing happened to
 * are in no index: they are found as what is left.
 */
export function reviewCriteria(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  filter: ReviewFilter,
  total: number,
): Promise<number[]>[] {
  const marked = async (marks: readonly string[]): Promise<number[]> =>
    (await db.reviews.where('marks').anyOf(marks).primaryKeys()).map(([, ordinal]) => ordinal);
  const without = async (mark: string): Promise<number[]> => complement(await marked([mark]), total);
  const withOrWithout = (mark: string, isWanted: boolean) => (isWanted ? marked([mark]) : without(mark));

  const criteria: Promise<number[]>[] = [];
  const { stages, labeller, reviewer, notSubmittedBy, batchId } = filter;
  if (stages !== undefined) {
    const isWanted = (stage: string, state: string) =>
      stages.some((one) => one.stage === stage && one.state === state);
    const all = STAGES.flatMap((stage) => REVIEW_STATES.map((state) => ({ stage, state })));
    const markOf = ({ stage, state }: (typeof all)[number]) => stageMark(projectId, stage, state);
    criteria.push(
      isWanted('annotation', 'new')
        ? marked(all.filter(({ stage, state }) => !isWanted(stage, state)).map(markOf)).then((others) =>
            complement(others, total),
          )
        : marked(stages.map(markOf)),
    );
  }
  if (labeller !== undefined) {
    criteria.push(
      labeller === 'nobody'
        ? without(labellerMark(projectId, SOMEBODY))
        : marked([labellerMark(projectId, labeller)]),
    );
  }
  if (reviewer !== undefined) {
    criteria.push(
      reviewer === 'nobody'
        ? without(reviewerMark(projectId, SOMEBODY))
        : marked([reviewerMark(projectId, reviewer)]),
    );
  }
  if (notSubmittedBy !== undefined) criteria.push(without(submitterMark(projectId, notSubmittedBy)));
  if (batchId !== undefined) criteria.push(marked([batchMark(projectId, batchId)]));
  if (filter.isChanged !== undefined) criteria.push(withOrWithout(changedMark(projectId), filter.isChanged));
  if (filter.hasOpenThread !== undefined) {
    criteria.push(withOrWithout(openThreadMark(projectId), filter.hasOpenThread));
  }
  if (filter.hasOpenProposal !== undefined) {
    criteria.push(withOrWithout(openProposalMark(projectId), filter.hasOpenProposal));
  }
  return criteria;
}
