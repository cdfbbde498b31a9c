import type { ImageDocument } from '../document/image-document';
import type { AnnotationId, ImageId } from '../schema/ids';
import type { LabelSchema } from '../schema/label-schema';
import { RULES, type RuleId } from './index';
import type { Fix } from './rule';

/** Something a rule has to say about a picture. */
export interface Finding {
  /**
   * The same for the same issue however often and in whatever order rules run: rule, image, annotations in order of
   * their ids, subject. So "ignored" and "resolved" outlive a re-run.
   */
  readonly id: string;
  readonly ruleId: RuleId;
  readonly title: string;
  readonly severity: 'error' | 'warning';
  readonly imageId: ImageId;
  readonly annotationIds: readonly AnnotationId[];
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** Settings by rule: null switches a rule off, an object replaces its parameters. */
export type RuleSettings = Readonly<Partial<Record<RuleId, Readonly<Record<string, unknown>> | null>>>;

/** What all rules say about one picture: errors first, then in drawing order of what they are about. */
export function evaluateRules(
  document: ImageDocument,
  schema: LabelSchema,
  settings: RuleSettings = {},
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const ruleId of Object.keys(RULES) as RuleId[]) {
    const rule = RULES[ruleId];
    const given = settings[ruleId];
    if (given === null) continue;
    for (const issue of rule.evaluate({ document, schema }, given)) {
      findings.push({
        id: [ruleId, document.imageId, [...issue.annotationIds].sort().join('+'), issue.subject].join(':'),
        ruleId,
        title: rule.title,
        severity: rule.severity,
        imageId: document.imageId,
        annotationIds: issue.annotationIds,
        message: issue.message,
        fixes: issue.fixes,
      });
    }
  }
  const order = new Map([...document.annotations.keys()].map((id, index) => [id, index]));
  const place = (finding: Finding) => order.get(finding.annotationIds[0] ?? ('' as AnnotationId)) ?? -1;
  return findings.sort(
    (a, b) =>
      Number(b.severity === 'error') - Number(a.severity === 'error') ||
      place(a) - place(b) ||
      (a.id < b.id ? -1 : 1),
  );
}
