import { type ConversionTarget, convertShape } from '../conversions';
import type { ConversionOptions } from '../conversions/conversion';
import type { ImageDocument } from '../document/image-document';
import { ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { SHAPES } from '../shapes';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { labelForShape } from './edit/label-for-shape';

export interface ConvertAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  readonly to: ConversionTarget;
  readonly options: ConversionOptions;
}

/** Gives objects another kind of shape; those that have it already and those that are locked stay as they are. */
export const convertAnnotations: Action<ConvertAnnotationsArgs> = {
  code: 'annotation.convert',
  run(document, args, context) {
    const editable = editableIn(document, args.ids);
    if (!editable.ok) return editable;
    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const annotation of convertible(editable.value, args.to)) {
      const converted = convertShape(annotation.shape, args.to, args.options, document.size);
      if (!converted.ok) return converted;
      const label = labelForShape(context.schema, annotation.labelId, args.to);
      if (!label.ok) return label;
      updated.push(withEdit(annotation, context, { shape: converted.value.shape }));
    }
    const objects = describeObjects(
      updated.map(([before]) => before),
      context.schema,
    );
    const title = SHAPES[args.to].title.toLowerCase();
    return ok(buildChange(convertAnnotations.code, `Convert ${objects} to ${title}`, { updated }));
  },
};

/** What each object would lose, in drawing order, without what loses nothing; for saying it to the person. */
export function lossesOfConversion(
  document: ImageDocument,
  { ids, to, options }: ConvertAnnotationsArgs,
): Result<readonly string[]> {
  const editable = editableIn(document, ids);
  if (!editable.ok) return editable;
  const losses: string[] = [];
  for (const { shape } of convertible(editable.value, to)) {
    const converted = convertShape(shape, to, options, document.size);
    if (!converted.ok) return converted;
    if (converted.value.lost !== null) losses.push(converted.value.lost);
  }
  return ok(losses);
}

/** Of several, those that are of the kind already are left out; a single one is refused with its reason. */
function convertible(annotations: readonly Annotation[], to: ConversionTarget): readonly Annotation[] {
  const others = annotations.filter(({ shape }) => shape.type !== to);
  return others.length === 0 ? annotations.slice(0, 1) : others;
}
