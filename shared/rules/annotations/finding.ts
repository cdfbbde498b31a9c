import type { AnnotationId, ImageId } from '../../schema/ids';
import type { RuleId } from '../index';
import type { RuleSetting, Severity } from '../rule';
import type { DatasetIssue, Fix } from './annotation-rule';

/** Something a rule has to say, as it can be stored and sent between threads. */
export interface FindingFacts {
  /**
   * The same for the same issue however often and in whatever order rules run: rule, pictures, annotations in order of
   * their ids, subject. So "waived" outlives a re-run.
   */
  readonly id: string;
  readonly ruleId: RuleId;
  readonly severity: Severity;
  /** Pictures it is about, the one to look at first; none when it is about the whole project. */
  readonly imageIds: readonly ImageId[];
  readonly annotationIds: readonly AnnotationId[];
  readonly message: string;
}

/** A finding with what it takes to mend it. */
export interface Finding extends FindingFacts {
  readonly title: string;
  readonly fixes: readonly Fix[];
}

/** Settings by rule; a rule that is not named here is as it comes. */
export type RuleSettings = Readonly<Partial<Record<RuleId, RuleSetting>>>;

export function findingId(
  ruleId: RuleId,
  imageIds: readonly ImageId[],
  { annotationIds, subject }: Pick<DatasetIssue, 'annotationIds' | 'subject'>,
): string {
  const images = imageIds.length === 1 ? imageIds[0] : [...imageIds].sort().join('+');
  const annotations = annotationIds.length === 1 ? annotationIds[0] : [...annotationIds].sort().join('+');
  return `${ruleId}:${images}:${annotations}:${subject}`;
}
