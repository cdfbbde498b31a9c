import type { ImageDocument } from '../../document/image-document';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';
import { ANNOTATION_RULES, type RuleId } from '../index';
import { SEVERITIES, severityFor } from '../rule';
import type { AnnotationInput, Issue } from './annotation-rule';
import { type Finding, findingId, type RuleSettings } from './finding';

type AnnotationEvaluator = (annotation: Annotation, input: AnnotationInput) => readonly Issue[];
type AnnotationIssues = readonly (readonly [ruleId: RuleId, issues: readonly Issue[]])[];

/** What was found of annotations, for as long as settings, labels and the picture's size stay the same. */
export interface IssueCache {
  schema: LabelSchema | null;
  settings: RuleSettings | null;
  width: number;
  height: number;
  byAnnotation: WeakMap<Annotation, AnnotationIssues>;
}

export function createIssueCache(): IssueCache {
  return { schema: null, settings: null, width: 0, height: 0, byAnnotation: new WeakMap() };
}

const NOTHING: AnnotationIssues = [];

/**
 * What all rules say about one picture: the gravest first, then in drawing order of what they are about.
 * @param cache of earlier answers; annotations are immutable, so after an edit only what it touched is looked at again.
 */
export function evaluateRules(
  document: ImageDocument,
  schema: LabelSchema,
  settings: RuleSettings = NO_SETTINGS,
  cache: IssueCache | null = null,
): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (ruleId: RuleId, issue: Issue) => {
    const rule = ANNOTATION_RULES[ruleId];
    findings.push({
      id: findingId(ruleId, [document.imageId], issue),
      ruleId,
      title: rule.title,
      severity: severityFor(rule, settings[ruleId]),
      imageIds: [document.imageId],
      annotationIds: issue.annotationIds,
      message: issue.message,
      fixes: issue.fixes,
    });
  };
  const { annotation: annotationRules, image: imageRules } = evaluatorsFor(settings);
  const known = cacheFor(cache, document, schema, settings);
  const input = { size: document.size, schema };
  for (const annotation of document.annotations.values()) {
    let issues = known?.get(annotation);
    if (issues === undefined) {
      issues = issuesOf(annotation, input, annotationRules);
      known?.set(annotation, issues);
    }
    for (const [ruleId, found] of issues) for (const issue of found) add(ruleId, issue);
  }
  for (const [ruleId, evaluate] of imageRules) {
    for (const issue of evaluate({ document, schema })) add(ruleId, issue);
  }
  return findings.length < 2 ? findings : sorted(findings, document);
}

const NO_SETTINGS: RuleSettings = {};

function issuesOf(
  annotation: Annotation,
  input: AnnotationInput,
  rules: readonly (readonly [RuleId, AnnotationEvaluator])[],
): AnnotationIssues {
  let all: (readonly [RuleId, readonly Issue[]])[] | null = null;
  for (const [ruleId, evaluate] of rules) {
    const issues = evaluate(annotation, input);
    if (issues.length > 0) {
      all ??= [];
      all.push([ruleId, issues]);
    }
  }
  return all ?? NOTHING;
}

const evaluatorsKnown = new WeakMap<RuleSettings, ReturnType<typeof makeEvaluators>>();

/** Settings are immutable, so that their parameters are put into the rules once. */
function evaluatorsFor(settings: RuleSettings) {
  const known = evaluatorsKnown.get(settings) ?? makeEvaluators(settings);
  evaluatorsKnown.set(settings, known);
  return known;
}

function makeEvaluators(settings: RuleSettings) {
  const annotation: (readonly [RuleId, AnnotationEvaluator])[] = [];
  const image: (readonly [
    RuleId,
    (input: { document: ImageDocument; schema: LabelSchema }) => readonly Issue[],
  ])[] = [];
  for (const ruleId of Object.keys(ANNOTATION_RULES) as RuleId[]) {
    const rule = ANNOTATION_RULES[ruleId];
    const setting = settings[ruleId];
    if (setting === null) continue;
    if (rule.scope === 'annotation') annotation.push([ruleId, rule.withSetting(setting)]);
    if (rule.scope === 'image') image.push([ruleId, rule.withSetting(setting)]);
  }
  return { annotation, image };
}

function cacheFor(
  cache: IssueCache | null,
  { size: { width, height } }: ImageDocument,
  schema: LabelSchema,
  settings: RuleSettings,
): IssueCache['byAnnotation'] | null {
  if (cache === null) return null;
  const isSame =
    cache.schema === schema &&
    cache.settings === settings &&
    cache.width === width &&
    cache.height === height;
  if (!isSame) Object.assign(cache, { schema, settings, width, height, byAnnotation: new WeakMap() });
  return cache.byAnnotation;
}

function sorted(findings: Finding[], document: ImageDocument): readonly Finding[] {
  const order = new Map([...document.annotations.keys()].map((id, index) => [id, index]));
  const place = (finding: Finding) => order.get(finding.annotationIds[0] ?? ('' as AnnotationId)) ?? -1;
  return findings.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      place(a) - place(b) ||
      (a.id < b.id ? -1 : 1),
  );
}
