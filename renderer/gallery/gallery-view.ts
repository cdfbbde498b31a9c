import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { Actor, LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { resolveLabel } from '../../shared/schema/resolve-label';
import type { ShapeType } from '../../shared/schema/shapes';
import type { ObjectFilter, ObjectOrder } from '../objects/object-query';

export const CROP_SIDES = [64, 96, 128, 176, 240] as const;

/** How the gallery is set: what is shown, in which order, how large. Kept for each project. */
export interface GalleryView {
  readonly labelId: LabelId | null;
  readonly shapeType: ShapeType | null;
  readonly imageState: ImageState | null;
  readonly person: Actor | null;
  readonly origin: Annotation['origin'] | null;
  readonly hasFinding: boolean;
  /** `look` puts what looks alike into groups. */
  readonly order: ObjectOrder | 'look';
  readonly isDescending: boolean;
  /** In a group of look: what fits it least first. */
  readonly isOddFirst: boolean;
  /** Side of a crop in CSS px. */
  readonly cropSide: (typeof CROP_SIDES)[number];
}

export const FIRST_VIEW: GalleryView = {
  labelId: null,
  shapeType: null,
  imageState: null,
  person: null,
  origin: null,
  hasFinding: false,
  order: 'image',
  isDescending: false,
  isOddFirst: true,
  cropSide: 96,
};

/** Which parts of a view restrict what is shown. */
export function isFiltered(view: GalleryView): boolean {
  return (
    view.labelId !== null ||
    view.shapeType !== null ||
    view.imageState !== null ||
    view.person !== null ||
    view.origin !== null ||
    view.hasFinding
  );
}

/** What the table is asked for; objects of a label that was merged into another count as the other's. */
export function filterOf(view: GalleryView, schema: LabelSchema): ObjectFilter {
  const { labelId, shapeType, imageState, person, origin, hasFinding } = view;
  return {
    ...(labelId === null
      ? {}
      : {
          labelIds: schema.labels
            .filter(({ id }) => id === labelId || resolveLabel(schema, id)?.id === labelId)
            .map(({ id }) => id),
        }),
    ...(shapeType === null ? {} : { shapeTypes: [shapeType] }),
    ...(imageState === null ? {} : { imageStates: [imageState] }),
    ...(person === null ? {} : { people: [person] }),
    ...(origin === null ? {} : { origins: [origin] }),
    ...(hasFinding ? { hasFinding: true } : {}),
  };
}
