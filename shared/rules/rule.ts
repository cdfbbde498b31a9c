import type { z } from 'zod';
import type { EditContext } from '../actions/edit/action';
import type { ChangeSet } from '../document/change-set';
import type { ImageDocument } from '../document/image-document';
import type { Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { LabelSchema } from '../schema/label-schema';

export interface RuleInput {
  readonly document: ImageDocument;
  readonly schema: LabelSchema;
}

/** What a rule noticed, before it is put into a finding. */
export interface Issue {
  /** What the issue is about; together with the rule and `subject` it makes the finding's id. */
  readonly annotationIds: readonly AnnotationId[];
  /** Tells several issues of one rule about the same annotations apart, e.g. an attribute's id; empty when there is one. */
  readonly subject: string;
  /** What, where and how to mend, for a person. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A mend that is an ordinary edit: it runs an action, so it is journalled and undoable like any other. */
export interface Fix {
  /** Kebab-case, unique in its rule. */
  readonly id: string;
  /** For people, on a button: `Cut to the picture`. */
  readonly label: string;
  run(document: ImageDocument, context: EditContext): Result<ChangeSet>;
}

interface RuleFace<Params> {
  /** Kebab-case, never changes once shipped: findings that were ignored are remembered by it. */
  readonly id: string;
  readonly title: string;
  /** Why it matters. */
  readonly description: string;
  readonly severity: 'error' | 'warning';
  readonly params: z.ZodType<Params>;
  readonly defaults: Params;
}

/** Looks at one annotation at a time, so that an edit re-checks only what changed. */
export interface AnnotationRule<Params> extends RuleFace<Params> {
  readonly scope: 'annotation';
  evaluate(annotation: Annotation, input: RuleInput, params: Params): readonly Issue[];
}

/** Looks at all annotations of a picture together. */
export interface ImageRule<Params> extends RuleFace<Params> {
  readonly scope: 'image';
  evaluate(input: RuleInput, params: Params): readonly Issue[];
}

export type Rule<Params> = AnnotationRule<Params> | ImageRule<Params>;

/** A rule whose parameters were put in: what registries and the evaluator hold. */
export interface BoundRule extends Omit<RuleFace<unknown>, 'params'> {
  readonly scope: 'annotation' | 'image';
  readonly params: z.ZodType<unknown>;
  /** @param params settings for this rule; what does not satisfy its schema is refused by falling back to the defaults. */
  evaluate(input: RuleInput, params?: unknown): readonly Issue[];
}

export function defineRule<Params>(rule: Rule<Params>): BoundRule {
  return {
    id: rule.id,
    title: rule.title,
    description: rule.description,
    severity: rule.severity,
    scope: rule.scope,
    params: rule.params,
    defaults: rule.defaults,
    evaluate(input, given) {
      const parsed = given === undefined ? null : rule.params.safeParse(given);
      const params = parsed?.success === true ? parsed.data : rule.defaults;
      if (rule.scope === 'image') return rule.evaluate(input, params);
      const issues: Issue[] = [];
      for (const annotation of input.document.annotations.values()) {
        issues.push(...rule.evaluate(annotation, input, params));
      }
      return issues;
    },
  };
}
