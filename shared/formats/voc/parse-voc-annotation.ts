import type { Size } from '../../geometry/rect';
import type { AttributeValue } from '../../schema/label-schema';
import type { Attributes } from '../format';
import { guessedValue } from '../parts/xml/attribute-text';
import { childOf, decimalOf, textOf, type XmlElement } from '../parts/xml/xml-element';
import { withCustom } from './parse-voc-object';
import { ORIGIN_ELEMENT, type Origin } from './voc-options';

/** What a file with an `<annotation>` is: LabelMe 3.0 of MIT has the same root. */
export type AnnotationKind = 'voc' | 'labelme-xml' | 'other';

export function kindOfDocument(root: XmlElement): AnnotationKind {
  if (root.name !== 'annotation') return 'other';
  let isVoc = false;
  for (const child of root.children) {
    if (child.name === 'imagesize') return 'labelme-xml';
    if (child.name === 'size' || child.name === 'segmented') isVoc = true;
    if (child.name === 'source' && childOf(child, 'sourceImage') !== null) return 'labelme-xml';
    if (child.name !== 'object') continue;
    if (childOf(child, 'bndbox') !== null || childOf(child, 'robndbox') !== null) return 'voc';
    const polygon = childOf(child, 'polygon') ?? childOf(child, 'segm');
    if (polygon !== null && (childOf(polygon, 'pt') !== null || polygon.name === 'segm'))
      return 'labelme-xml';
    isVoc = true;
  }
  return isVoc || childOf(root, 'filename') !== null ? 'voc' : 'other';
}

/** The convention that a file of ours states; null where none is stated. */
export function statedOrigin(root: XmlElement): Origin | null {
  const stated = textOf(root, ORIGIN_ELEMENT);
  return stated === 'one-based' || stated === 'zero-based' ? stated : null;
}

/** Null where the file gives none; `isBad` where what it gives is no size. */
export function sizeOf(root: XmlElement): { readonly size: Size | null; readonly isBad: boolean } {
  const size = childOf(root, 'size');
  if (size === null) return { size: null, isBad: false };
  const width = decimalOf(textOf(size, 'width'));
  const height = decimalOf(textOf(size, 'height'));
  const isGood =
    width !== null &&
    height !== null &&
    width >= 1 &&
    height >= 1 &&
    width <= 1_000_000 &&
    height <= 1_000_000;
  const isZero = width === 0 && height === 0;
  return isGood ? { size: { width, height }, isBad: false } : { size: null, isBad: !isZero };
}

/** What says where a file came from rather than what is in the picture. */
const BOILERPLATE = new Set([
  'folder',
  'filename',
  'path',
  'source',
  'owner',
  'size',
  'object',
  'database',
  'annotation',
  'image',
  'imagename',
  'attributes',
  ORIGIN_ELEMENT,
]);

/**
 * What is said of the picture as a whole. `segmented` counts where the masks that it speaks of are not at hand, because
 * otherwise they are given themselves.
 */
export function imageAttributesOf(
  root: XmlElement,
  hasMasks: boolean,
  dropped: (element: XmlElement) => void,
): Attributes | null {
  let found: Map<string, AttributeValue> | null = null;
  for (const child of root.children) {
    if (BOILERPLATE.has(child.name)) continue;
    const text = child.text.trim();
    if (child.children.length > 0 || text.length > 10_000) {
      dropped(child);
      continue;
    }
    const isSegmented = child.name === 'segmented';
    if (text === '' || (isSegmented && (text === '0' || hasMasks))) continue;
    found ??= new Map();
    found.set(child.name, isSegmented && text === '1' ? true : guessedValue(text));
  }
  const custom = childOf(root, 'attributes');
  if (custom !== null) found = withCustom(found, custom, { dropped });
  return found === null || found.size === 0 ? null : Object.fromEntries(found);
}
