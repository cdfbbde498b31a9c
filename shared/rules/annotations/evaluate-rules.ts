import type { ImageDocument } from '../../document/image-document';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId, ImageId } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';
import { ANNOTATION_RULES, type RuleId } from '../index';
import { type Severity, severityFor } from '../rule';
import type { AnnotationInput, Issue } from './annotation-rule';
import { type Finding, findingId, type RuleSettings } from './finding';

type AnnotationEvaluator = (annotation: Annotation, input: AnnotationInput) => readonly Issue[];

/** What was found of annotations, for as long as settings, labels and the picture stay the same. */
export interface IssueCache {
  schema: LabelSchema | null;
  settings: RuleSettings | null;
  imageId: ImageId | null;
  width: number;
  height: number;
  byAnnotation: WeakMap<Annotation, readonly Finding[]>;
}

export function createIssueCache(): IssueCache {
  return { schema: null, settings: null, imageId: null, width: 0, height: 0, byAnnotation: new WeakMap() };
}

const NOTHING: readonly Finding[] = [];

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
  const toFinding = (ruleId: RuleId, issue: Issue): Finding => {
    const rule = ANNOTATION_RULES[ruleId];
    return {
      id: findingId(ruleId, [document.imageId], issue),
      ruleId,
      title: rule.title,
      severity: severityFor(rule, settings[ruleId]),
      imageIds: [document.imageId],
      annotationIds: issue.annotationIds,
      message: issue.message,
      fixes: issue.fixes,
    };
  };
  const { annotation: annotationRules, image: imageRules } = evaluatorsFor(settings);
  const known = cacheFor(cache, document, schema, settings);
  const input = { size: document.size, schema };
  for (const annotation of document.annotations.values()) {
    let found = known?.get(annotation);
    if (found === undefined) {
      found = findingsAbout(annotation, input, annotationRules, toFinding);
      known?.set(annotation, found);
    }
    for (const finding of found) findings.push(finding);
  }
  for (const [ruleId, evaluate] of imageRules) {
    for (const issue of evaluate({ document, schema })) findings.push(toFinding(ruleId, issue));
  }
  return findings.length < 2 ? findings : sorted(findings, document);
}

const NO_SETTINGS: RuleSettings = {};

function findingsAbout(
  annotation: Annotation,
  input: AnnotationInput,
  rules: readonly (readonly [RuleId, AnnotationEvaluator])[],
  toFinding: (ruleId: RuleId, issue: Issue) => Finding,
): readonly Finding[] {
  let all: Finding[] | null = null;
  for (const [ruleId, evaluate] of rules) {
    for (const issue of evaluate(annotation, input)) {
      all ??= [];
      all.push(toFinding(ruleId, issue));
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
  { imageId, size: { width, height } }: ImageDocument,
  schema: LabelSchema,
  settings: RuleSettings,
): IssueCache['byAnnotation'] | null {
  if (cache === null) return null;
  const isSame =
    cache.imageId === imageId &&
    cache.schema === schema &&
    cache.settings === settings &&
    cache.width === width &&
    cache.height === height;
  if (!isSame)
    Object.assign(cache, { schema, settings, imageId, width, height, byAnnotation: new WeakMap() });
  return cache.byAnnotation;
}

const WEIGHT = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;

function sorted(findings: readonly Finding[], document: ImageDocument): readonly Finding[] {
  const order = new Map<AnnotationId | undefined, number>();
  for (const id of document.annotations.keys()) order.set(id, order.size);
  return findings
    .map((finding) => ({ finding, place: order.get(finding.annotationIds[0]) ?? -1 }))
    .sort(
      (a, b) =>
        WEIGHT[a.finding.severity] - WEIGHT[b.finding.severity] ||
        a.place - b.place ||
        (a.finding.id < b.finding.id ? -1 : 1),
    )
    .map(({ finding }) => finding);
}
