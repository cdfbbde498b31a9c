import type { ImageDocument } from '../../shared/document/image-document';
import { evaluateRules, type Finding } from '../../shared/rules/evaluate-rules';
import type { LabelSchema } from '../../shared/schema/label-schema';

const cache = new WeakMap<
  ImageDocument,
  { readonly schema: LabelSchema; readonly findings: readonly Finding[] }
>();

/** Documents are immutable, so what the rules say of one is asked once, for the list's filter and for the inspector. */
export function findingsOf(document: ImageDocument, schema: LabelSchema): readonly Finding[] {
  const known = cache.get(document);
  if (known !== undefined && known.schema === schema) return known.findings;
  const findings = evaluateRules(document, schema);
  cache.set(document, { schema, findings });
  return findings;
}
