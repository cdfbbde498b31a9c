import type { Rect } from '../../shared/geometry/rect';
import type { IndexedItem } from '../../shared/geometry/spatial-index';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import type { Editor } from './editor';
import { isTouched, isWithin, type Region } from './region';
import { isOnCanvas } from './shown';

/** Objects on the canvas that lie wholly inside a region, in drawing order. */
export function idsWithin(editor: Picker, region: Region): readonly AnnotationId[] {
  return picked(editor, region, isWithin);
}

/** Objects on the canvas whose outlines meet a region or lie in it, in drawing order. */
export function idsTouched(editor: Picker, region: Region): readonly AnnotationId[] {
  return picked(editor, region, isTouched);
}

type Picker = Pick<Editor, 'document' | 'session' | 'search' | 'orderOf'>;

/** More found than this part of all: walking all in order is cheaper than sorting what was found. */
const MANY = 1 / 16;

function picked(
  editor: Picker,
  region: Region,
  isPicked: (region: Region, shape: Shape, bounds: Rect) => boolean,
): readonly AnnotationId[] {
  const found: AnnotationId[] = [];
  for (const item of editor.search(region.bounds)) {
    if (!isOnCanvas(editor.session, item.item)) continue;
    if (isPicked(region, item.item.shape, boundsOf(item))) found.push(item.item.id);
  }
  const all = editor.document?.annotations;
  if (all !== undefined && found.length > all.size * MANY) {
    const ids = new Set(found);
    return [...all.keys()].filter((id) => ids.has(id));
  }
  return found.sort((a, b) => editor.orderOf(a) - editor.orderOf(b));
}

function boundsOf({ minX, minY, maxX, maxY }: IndexedItem<Annotation>): Rect {
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
}
