import type { ImageDocument } from '../../shared/document/image-document';
import { createIssueCache, evaluateRules } from '../../shared/rules/annotations/evaluate-rules';
import type { Finding, RuleSettings } from '../../shared/rules/annotations/finding';
import { openFindings, type Waivers } from '../../shared/rules/annotations/waived';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { ProjectRules } from './project-rules';

interface Known {
  readonly schema: LabelSchema;
  readonly settings: RuleSettings;
  readonly waivers: Waivers;
  readonly findings: readonly Finding[];
}

const known = new WeakMap<ImageDocument, Known>();

/** Of the image that is being worked on: after an edit only the objects that it touched are looked at again. */
const issues = createIssueCache();

/**
 * What the rules say of a document and nobody waived. Documents are immutable, so it is asked once of each, for the
 * list's filter and for the inspector.
 */
export function findingsOf(
  document: ImageDocument,
  schema: LabelSchema,
  rules: Pick<ProjectRules, 'settings' | 'waivers'>,
): readonly Finding[] {
  const settings = rules.settings.get();
  const waivers = rules.waivers.get();
  const before = known.get(document);
  if (before?.schema === schema && before.settings === settings && before.waivers === waivers) {
    return before.findings;
  }
  const found = evaluateRules(document, schema, settings, issues);
  const findings = openFindings(found, waivers, new Date().toISOString());
  known.set(document, { schema, settings, waivers, findings });
  return findings;
}
