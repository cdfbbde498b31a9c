import type { LabelId } from '../../shared/schema/ids';
import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';
import { resolveLabel } from '../../shared/schema/resolve-label';
import type { ObjectDetail } from '../objects/object-messages';
import type { GalleryView } from './gallery-view';

const NO_LABEL = 'No such label';

/** Labels by id, merged ones resolved: asked for each cell of each frame. */
export function labelFinder(schema: LabelSchema): (id: LabelId) => LabelDefinition | null {
  const known = new Map<LabelId, LabelDefinition | null>();
  for (const { id } of schema.labels) known.set(id, resolveLabel(schema, id) ?? null);
  return (id) => known.get(id) ?? null;
}

export function labelName(label: LabelDefinition | null): string {
  return label?.name ?? NO_LABEL;
}

/** `34 × 20`, in image px. */
export function sizeWords({ bounds, shapeType }: ObjectDetail): string {
  return shapeType === 'tag' ? 'whole image' : `${round(bounds.width)} × ${round(bounds.height)}`;
}

/** What the order goes by, beside a crop; nothing where that is seen or cannot be said in a word. */
export function figureFor(detail: ObjectDetail, order: GalleryView['order']): string {
  switch (order) {
    case 'size':
      return sizeWords(detail);
    case 'aspect':
      return detail.bounds.height === 0 ? '' : (detail.bounds.width / detail.bounds.height).toFixed(2);
    case 'score':
      return detail.score === null ? '' : detail.score.toFixed(2);
    case 'time':
      return new Date(detail.updatedAt * 1000).toISOString().slice(0, 10);
    default:
      return '';
  }
}

export function imageName({ image }: ObjectDetail): string {
  return image.key.slice(image.key.lastIndexOf('/') + 1);
}

/** What a screen reader says of a cell. */
export function cellWords(
  detail: ObjectDetail,
  label: LabelDefinition | null,
  failure: string | null,
): string {
  const parts = [labelName(label), `${sizeWords(detail)} px`, imageName(detail)];
  if (failure !== null) parts.push(failure);
  return parts.join(', ');
}

function round(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
