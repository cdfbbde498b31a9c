import { Batch } from '../../shared/schema/batch';
import type { BatchId, ProjectId } from '../../shared/schema/ids';
import { REVIEW_STATES, STAGES } from '../../shared/schema/review';
import type { GroundmarkDatabase } from './database';
import { ordinalSaidBy, projectPartOf } from './image-ids';
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
    const keys = typeof labeller === 'string' ? [labeller] : labeller;
    const people = keys.filter((key) => key !== 'nobody').map((key) => labellerMark(projectId, key));
    // An image has one labeller at most: no ordinal comes twice.
    const parts = keys.includes('nobody') ? [without(labellerMark(projectId, SOMEBODY))] : [];
    criteria.push(Promise.all([...parts, marked(people)]).then((found) => found.flat()));
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
  if (filter.inSampleOf !== undefined) criteria.push(sampled(db, projectId, filter.inSampleOf));
  if (filter.isChanged !== undefined) criteria.push(withOrWithout(changedMark(projectId), filter.isChanged));
  if (filter.hasOpenThread !== undefined) {
    criteria.push(withOrWithout(openThreadMark(projectId), filter.hasOpenThread));
  }
  if (filter.hasOpenProposal !== undefined) {
    criteria.push(withOrWithout(openProposalMark(projectId), filter.hasOpenProposal));
  }
  return criteria;
}

/** The places that ids of the sample say; the few that do not say theirs are found by their reviews, which batches have. */
async function sampled(db: GroundmarkDatabase, projectId: ProjectId, batchId: BatchId): Promise<number[]> {
  const stored = await db.records.get([projectId, 'batch', batchId]);
  const batch = stored === undefined ? null : Batch.safeParse(JSON.parse(stored.text));
  const sample = batch?.success === true ? (batch.data.sample ?? []) : [];
  const saysPlace = (id: string) => projectPartOf(id as ProjectId) === projectPartOf(projectId);
  const others = sample.filter((id) => !saysPlace(id));
  const found = await db.reviews.where('imageId').anyOf(others).primaryKeys();
  return [...sample.filter(saysPlace).map(ordinalSaidBy), ...found.map(([, ordinal]) => ordinal)];
}
