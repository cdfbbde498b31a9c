import { ANNOTATION_RULES, type RuleId } from '../index';
import { severityFor } from '../rule';
import type { DatasetInput } from './dataset-input';
import { type FindingFacts, findingId, type RuleSettings } from './finding';

/** What the rules over a whole project say, rule by rule. Between two rules a caller may do something else. */
export function* evaluateDataset(
  input: DatasetInput,
  settings: RuleSettings,
): Generator<{ readonly ruleId: RuleId; readonly findings: readonly FindingFacts[] }> {
  for (const ruleId of Object.keys(ANNOTATION_RULES) as RuleId[]) {
    const rule = ANNOTATION_RULES[ruleId];
    const setting = settings[ruleId];
    if (rule.scope !== 'dataset' || setting === null) continue;
    const severity = severityFor(rule, setting);
    yield {
      ruleId,
      findings: rule
        .withSetting(setting)(input)
        .map((issue) => ({
          id: findingId(ruleId, issue.imageIds, issue),
          ruleId,
          severity,
          imageIds: issue.imageIds,
          annotationIds: issue.annotationIds,
          message: issue.message,
        })),
    };
  }
}
