import { deleteAnnotations } from '../../actions/delete-annotations';
import { setAttributes } from '../../actions/set-attributes';
import type { AnnotationId, AttributeId } from '../../schema/ids';
import type { AttributeValue } from '../../schema/label-schema';
import type { Fix } from './annotation-rule';

export function fixByDeleting(annotationId: AnnotationId, label: string, id = 'delete'): Fix {
  return {
    id,
    label,
    run: (document, context) => deleteAnnotations.run(document, { ids: [annotationId] }, context),
  };
}

/** @param value null takes the value away. */
export function fixBySettingAttribute(
  annotationId: AnnotationId,
  attributeId: AttributeId,
  value: AttributeValue | null,
  label: string,
): Fix {
  return {
    id: 'set-attribute',
    label,
    run: (document, context) =>
      setAttributes.run(document, { ids: [annotationId], values: new Map([[attributeId, value]]) }, context),
  };
}
