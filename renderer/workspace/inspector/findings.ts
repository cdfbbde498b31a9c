import type { ImageDocument } from '../../../shared/document/image-document';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { LabelSchema } from '../../../shared/schema/label-schema';

export interface Finding {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly annotationIds: readonly AnnotationId[];
}

const cache = new WeakMap<
  ImageDocument,
  { readonly schema: LabelSchema; readonly findings: readonly Finding[] }
>();

/** Documents are immutable, so what the rules say of one is asked once, however many components show it. */
export function findingsOf(document: ImageDocument, schema: LabelSchema): readonly Finding[] {
  const known = cache.get(document);
  if (known !== undefined && known.schema === schema) return known.findings;
  const findings: readonly Finding[] = [];
  cache.set(document, { schema, findings });
  return findings;
}
