import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';

interface Props {
  readonly project: Project;
  readonly policy: ReviewPolicy;
}

/** How a project is reviewed. */
export function ReviewSetupTab({ project, policy }: Props) {
  return <section aria-label={`Review settings of ${project.name}`}>{policy.reviewsNeeded}</section>;
}
