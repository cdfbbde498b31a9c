import { z } from 'zod';
import { Annotation } from '../../shared/schema/annotation';
import { isKnownAnnotation } from '../../shared/schema/known-annotation';
import { SHAPE_TYPES, type Shape } from '../../shared/schema/shapes';

/** Reads stored lines into annotations; a text says in words what is wrong with the first that is none. */
export type AnnotationReader = (lines: readonly string[]) => Annotation[] | string;

/**
 * A reader for the lines of one image. What many annotations say alike (shape type, label, who and when) becomes one
 * string for all of them: JSON brings a copy with every object, and looking ten thousand copies up in a table costs
 * more a frame than drawing does.
 */
export function annotationReader(): AnnotationReader {
  const texts = new Map<string, string>(SHAPE_TYPES.map((type) => [type, type]));
  const shared = <Text extends string>(text: Text): Text => {
    const known = texts.get(text);
    // Equal texts are of one type.
    if (known !== undefined) return known as Text;
    texts.set(text, text);
    return text;
  };
  return (lines) => {
    const page: Annotation[] = [];
    for (const line of lines) {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        return 'one of its annotations cannot be read';
      }
      if (!isKnownAnnotation(value)) {
        const parsed = Annotation.safeParse(value);
        if (!parsed.success) return z.prettifyError(parsed.error);
        value = parsed.data;
      }
      // Nobody else has seen the record yet; copying thousands would cost as much as reading them.
      const fresh = value as { -readonly [Key in keyof Annotation]: Annotation[Key] };
      fresh.labelId = shared(fresh.labelId);
      fresh.createdBy = shared(fresh.createdBy);
      fresh.createdAt = shared(fresh.createdAt);
      fresh.updatedAt = shared(fresh.updatedAt);
      (fresh.shape as { type: Shape['type'] }).type = shared(fresh.shape.type);
      page.push(fresh);
    }
    return page;
  };
}
