import type { z } from 'zod';
import type { Random } from '../random/random';

/**
 * How much a finding weighs. `error`: wrong as it stands, publishing waits for it. `warning`: most likely wrong, a person
 * should look. `info`: no fault of an object, but worth knowing before a model is trained.
 */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * What every rule has, whatever it looks at. Rules over annotations add how they are evaluated
 * (`annotations/annotation-rule.ts`); rules over tables add theirs.
 */
export interface RuleFace<Params, Example> {
  /** Kebab-case, never changes once shipped: findings that were waived are remembered by it. */
  readonly id: string;
  readonly title: string;
  /** Why it matters. */
  readonly description: string;
  /** Used where a project says nothing else. */
  readonly severity: Severity;
  /**
   * An object. Its JSON Schema is what the settings form and the documentation are made of: each field has a title and a
   * description, numbers have their bounds.
   */
  readonly params: z.ZodType<Params>;
  readonly defaults: Params;
  readonly examples: RuleExamples<Example>;
}

/** Data by which a rule is tested; each draws all it needs from `random`, so that a seed stands for a case. */
export interface RuleExamples<Example> {
  /** Data with faults, and exactly what the rule must say of them. */
  failing(random: Random): Example;
  /** Data of the same kind that the rule must say nothing about, close to its limits where it has any. */
  passing(random: Random): Example;
}

/**
 * What a project sets of one rule: its parameters by name and, where it differs from the rule's own, `severity`.
 * Null switches the rule off.
 */
export type RuleSetting = Readonly<Record<string, unknown>> | null;

/** The parameters that a setting gives, the defaults where it gives none or what the rule's schema refuses. */
export function paramsFor<Params>(
  rule: Pick<RuleFace<Params, never>, 'params' | 'defaults'>,
  setting: RuleSetting | undefined,
): Params {
  if (setting === undefined || setting === null) return rule.defaults;
  const parsed = rule.params.safeParse({ ...rule.defaults, ...setting });
  return parsed.success ? parsed.data : rule.defaults;
}

export function severityFor(
  rule: { readonly severity: Severity },
  setting: RuleSetting | undefined,
): Severity {
  return SEVERITIES.find((severity) => severity === setting?.severity) ?? rule.severity;
}
