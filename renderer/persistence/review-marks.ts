import type { ImageReview } from '../../shared/review/fold-review';
import type { ProjectId } from '../../shared/schema/ids';
import type { PersonRef } from '../../shared/schema/person';
import type { ReviewState, Stage } from '../../shared/schema/review';

/** How indexes name somebody; the owner of an installation without profiles by name. */
export function personKey(person: PersonRef): string {
  return person.id ?? `name:${person.name}`;
}

export const stageMark = (projectId: ProjectId, stage: Stage, state: ReviewState): string =>
  `${projectId}:stage:${stage}:${state}`;
export const labellerMark = (projectId: ProjectId, key: string): string => `${projectId}:labeller:${key}`;
export const reviewerMark = (projectId: ProjectId, key: string): string => `${projectId}:reviewer:${key}`;
export const batchMark = (projectId: ProjectId, batchId: string): string => `${projectId}:batch:${batchId}`;
export const openThreadMark = (projectId: ProjectId): string => `${projectId}:thread`;
export const openProposalMark = (projectId: ProjectId): string => `${projectId}:proposal`;
export const changedMark = (projectId: ProjectId): string => `${projectId}:changed`;
/** Who handed it in, for what must be judged by somebody else. */
export const submitterMark = (projectId: ProjectId, key: string): string => `${projectId}:submitter:${key}`;

/** The key under which pictures with anybody are found. */
export const SOMEBODY = 'somebody';

/** The index entries of an image's review; made anew whenever it is written. */
export function reviewMarks(projectId: ProjectId, review: ImageReview, revision: number): readonly string[] {
  const marks = [stageMark(projectId, review.stage, review.state)];
  if (review.labeller !== null) {
    marks.push(labellerMark(projectId, personKey(review.labeller)), labellerMark(projectId, SOMEBODY));
  }
  if (review.reviewer !== null) {
    marks.push(reviewerMark(projectId, personKey(review.reviewer)), reviewerMark(projectId, SOMEBODY));
  }
  if (review.submitted !== null) marks.push(submitterMark(projectId, personKey(review.submitted.by)));
  if (review.batchId !== null) marks.push(batchMark(projectId, review.batchId));
  if (review.threads.some(({ resolved }) => resolved === null)) marks.push(openThreadMark(projectId));
  if (review.proposals.some(({ decision }) => decision === null)) marks.push(openProposalMark(projectId));
  const seen = review.verdictOn?.revision;
  if (seen !== undefined && seen !== revision) marks.push(changedMark(projectId));
  return marks;
}
