import { resolveLabel } from '../../../shared/schema/resolve-label';
import { useEditorValue } from '../use-editor-value';
import type { RemarkTarget } from './target-of-remark';

/** What a remark is about, in a few words: the label of its object, or a place in image px. */
export function useWhere({ annotationId, place }: RemarkTarget): string {
  return useEditorValue(({ document, schema }) => {
    if (annotationId === null) {
      return place === null ? 'the image' : `at ${Math.round(place.x)}, ${Math.round(place.y)}`;
    }
    const annotation = document?.annotations.get(annotationId);
    if (annotation === undefined) return 'an object that is gone';
    return resolveLabel(schema, annotation.labelId)?.name ?? 'an object';
  });
}
