import type { ReactNode } from 'react';
import type { Project } from '../../shared/schema/project';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import type { QualityState } from './use-quality';

/** What the tabs over compared labels are given. */
export interface QualityTab {
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly state: QualityState;
  readonly nameOf: (labelId: string) => string;
  readonly attributeName: (attributeId: string) => string;
  readonly batchName: (batchId: string) => ReactNode;
}
