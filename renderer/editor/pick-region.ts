import type { Rect } from '../../shared/geometry/rect';
import type { IndexedItem } from '../../shared/geometry/spatial-index';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import type { Editor } from './editor';
import { isTouched, isWithin, type Region } from './region';
import { isShown } from './shown';

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
  const { bounds } = region;
  const right = bounds.x + bounds.width;
  const bottom = bounds.y + bounds.height;
  const found: AnnotationId[] = [];
  // Runs on every pointer move, maybe over all of 10,000: most lie wholly inside and are picked by four comparisons.
  for (const item of editor.search(bounds)) {
    const annotation = item.item;
    if (!isShown(editor.session, annotation)) continue;
    const isInside =
      region.isRect &&
      item.minX >= bounds.x &&
      item.minY >= bounds.y &&
      item.maxX <= right &&
      item.maxY <= bottom;
    if (isInside || isPicked(region, annotation.shape, boundsOf(item))) found.push(annotation.id);
  }
  return inDrawingOrder(editor, found);
}

function inDrawingOrder(editor: Picker, found: AnnotationId[]): readonly AnnotationId[] {
  const all = editor.document?.annotations;
  if (all === undefined || found.length <= all.size * MANY)
    return found.sort((a, b) => editor.orderOf(a) - editor.orderOf(b));
  // One look-up each and no set, whose growing costs more than all else.
  const isFound = new Uint8Array(all.size);
  for (const id of found) isFound[editor.orderOf(id)] = 1;
  const ordered: AnnotationId[] = [];
  let place = 0;
  for (const id of all.keys()) {
    if (isFound[place] === 1) ordered.push(id);
    place += 1;
  }
  return ordered;
}

function boundsOf({ minX, minY, maxX, maxY }: IndexedItem<Annotation>): Rect {
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
}
