import type { AttributeValue } from '../../../schema/label-schema';
import type { Attributes, DatasetAnnotation } from '../../format';
import { guessedValue, valueOfText } from '../xml/attribute-text';
import { decimalOf, type XmlElement } from '../xml/xml-element';
import type { CvatLabelInUse } from './cvat-labels';
import { type CvatFault, parseCvatShape } from './parse-cvat-shape';

const NO_ATTRIBUTES: Attributes = {};

/** What of an annotation stands in its own element, whether below an image or a track. */
export interface CvatAnnotation {
  readonly shape: DatasetAnnotation['shape'];
  readonly attributes: Attributes;
  readonly score: number | null;
  readonly groupId: string | null;
  /** Higher ones are drawn over lower ones. */
  readonly zOrder: number;
}

/** XML attributes that are understood, and those that say nothing of the object. */
const KNOWN = new Set([
  'label',
  'occluded',
  'source',
  'z_order',
  'group_id',
  'group',
  'outside',
  'keyframe',
  'frame',
  'closing',
  'part',
  'holes',
  'more',
  'points',
  'xtl',
  'ytl',
  'xbr',
  'ybr',
  'cx',
  'cy',
  'rx',
  'ry',
  'rle',
  'left',
  'top',
  'width',
  'height',
  'rotation',
  'score',
  'id',
  'annotation_type',
  'task_id',
  'subset',
]);

/** How a shape came about says something only where it was not a person alone. */
const BY_HAND = new Set(['', 'manual', 'file']);

/** @param dropped hears of each value that has no place. */
export function parseCvatAnnotation(
  element: XmlElement,
  label: CvatLabelInUse,
  dropped: (element: XmlElement) => void,
): CvatAnnotation | CvatFault {
  const shape = parseCvatShape(element, label.skeleton);
  if ('reason' in shape) return shape;
  const given = element.attributes;
  const fields = new Map<string, AttributeValue>();
  if (given.get('occluded') === '1') fields.set('occluded', true);
  const source = given.get('source') ?? '';
  if (!BY_HAND.has(source)) fields.set('source', source.slice(0, 1000));
  for (const [name, value] of given) {
    if (!KNOWN.has(name) && !CORNER.test(name) && value.length <= 10_000)
      fields.set(name, guessedValue(value));
  }
  for (const child of element.children) {
    if (child.name === 'attribute') addAttribute(fields, child, label, dropped);
    // A joint's own attributes have no place in a skeleton.
    else for (const inner of child.children) dropped(inner);
  }
  const score = decimalOf(given.get('score') ?? '');
  const group = given.get('group') ?? given.get('group_id') ?? '';
  return {
    shape,
    attributes: fields.size === 0 ? NO_ATTRIBUTES : Object.fromEntries(fields),
    score: score !== null && score >= 0 && score <= 1 ? score : null,
    groupId: group === '' || group === '0' ? null : group.slice(0, 200),
    zOrder: decimalOf(given.get('z_order') ?? '') ?? 0,
  };
}

/** Coordinates of a cuboid's corners. */
const CORNER = /^[xy][tb][lr][12]$/;

const MAX_FIELDS = 1_000;

function addAttribute(
  fields: Map<string, AttributeValue>,
  element: XmlElement,
  label: CvatLabelInUse,
  dropped: (element: XmlElement) => void,
): void {
  const name = element.attributes.get('name') ?? '';
  const type = element.attributes.get('type');
  const kind =
    type === 'text' || type === 'number' || type === 'checkbox' ? type : (label.kinds.get(name) ?? null);
  const value = element.children.length > 0 ? null : valueOfText(element.text, kind);
  if (value === null || name === '' || name.length > 200 || fields.size >= MAX_FIELDS) dropped(element);
  else fields.set(name, value);
}
