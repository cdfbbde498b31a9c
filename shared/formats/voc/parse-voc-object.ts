import type { AttributeValue } from '../../schema/label-schema';
import type { Shape } from '../../schema/shapes';
import type { Attributes } from '../format';
import { type AttributeKind, guessedValue, valueOfText } from '../parts/xml/attribute-text';
import { childOf, decimalOf, textOf, type XmlElement } from '../parts/xml/xml-element';
import { isFar, parseVocPolygon, parseVocTurnedBox } from './parse-voc-outline';
import type { Origin } from './voc-options';

/** One `<object>` or `<part>`. */
export interface VocObject {
  readonly name: string;
  readonly shape: Shape;
  /** As `bndbox` has it; null when there is none beside an outline. */
  readonly box: Extract<Shape, { type: 'box' }> | null;
  readonly attributes: Attributes;
  readonly score: number | null;
  readonly parts: readonly VocObject[];
}

export interface VocFault {
  readonly code: string;
  /** A clause that follows `file, line n: object 3 (car) `. */
  readonly reason: string;
  readonly line: number;
}

/** What is heard while an object is parsed. */
export interface VocAside {
  /** A value that has no place: nested, or too long. */
  dropped(element: XmlElement): void;
  fault(fault: VocFault): void;
}

const NO_ATTRIBUTES: Attributes = {};
const NO_PARTS: readonly VocObject[] = [];

/** Null when the object has no name or no place; the fault was then reported. Never throws. */
export function parseVocObject(element: XmlElement, origin: Origin, aside: VocAside): VocObject | null {
  let name = '';
  let bndbox: XmlElement | null = null;
  let isOutlined = false;
  let score: number | null = null;
  let attributes: Map<string, AttributeValue> | null = null;
  let parts: VocObject[] | null = null;
  let custom: XmlElement | null = null;
  for (const child of element.children) {
    switch (child.name) {
      case 'name':
        name = child.text.trim();
        break;
      case 'bndbox':
        bndbox = child;
        break;
      case 'polygon':
      case 'hole':
      case 'robndbox':
      case 'rotated_bndbox':
        isOutlined = true;
        break;
      case 'part': {
        const part = parseVocObject(child, origin, aside);
        if (part !== null) {
          parts ??= [];
          parts.push(part);
        }
        break;
      }
      case 'attributes':
        custom = child;
        break;
      case 'score':
      case 'confidence': {
        const value = decimalOf(child.text);
        if (value !== null && value >= 0 && value <= 1) score = value;
        else if (child.text.trim() !== '') aside.dropped(child);
        break;
      }
      default:
        attributes = withField(attributes, child, aside);
    }
  }
  // Last, because what is said there in full goes before the 0 or 1 of a flag.
  if (custom !== null) attributes = withCustom(attributes, custom, aside);
  if (name === '') {
    aside.fault({ code: 'voc-unnamed-object', reason: 'has no <name>', line: element.line });
    return null;
  }
  const box = bndbox === null ? null : parseVocBox(bndbox, origin);
  const outline = isOutlined ? (parseVocPolygon(element) ?? parseVocTurnedBox(element)) : null;
  if (isOutlined && outline === null) {
    aside.fault({
      code: 'voc-bad-outline',
      reason: `has an outline that cannot be read${box !== null && 'shape' in box ? '; its box is used' : ''}`,
      line: element.line,
    });
  }
  if (outline === null && (box === null || 'reason' in box)) {
    aside.fault(box ?? { code: 'voc-no-box', reason: 'has no <bndbox>', line: element.line });
    return null;
  }
  const read = box !== null && 'shape' in box ? box.shape : null;
  const shape = outline ?? read;
  if (shape === null) return null;
  return {
    name,
    shape,
    box: read,
    attributes: attributes === null ? NO_ATTRIBUTES : Object.fromEntries(attributes),
    score,
    parts: parts ?? NO_PARTS,
  };
}

/**
 * `bndbox` in image px, whatever the order of its children. One-based: the numbers are pixels, both within the box, so
 * it begins one px before xmin and ends at xmax. Zero-based: they are edges.
 */
export function parseVocBox(
  bndbox: XmlElement,
  origin: Origin,
): { readonly shape: Extract<Shape, { type: 'box' }> } | VocFault {
  let left: number | null = null;
  let top: number | null = null;
  let right: number | null = null;
  let bottom: number | null = null;
  for (const { name, text } of bndbox.children) {
    if (name === 'xmin') left = decimalOf(text);
    else if (name === 'ymin') top = decimalOf(text);
    else if (name === 'xmax') right = decimalOf(text);
    else if (name === 'ymax') bottom = decimalOf(text);
  }
  if (left === null || top === null || right === null || bottom === null || isFar(left, top, right, bottom)) {
    const given = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) => textOf(bndbox, name).slice(0, 20) || '?');
    return {
      code: 'voc-bad-box',
      reason: `has a box that is no numbers: ${given.join(', ')}`,
      line: bndbox.line,
    };
  }
  const first = origin === 'one-based' ? 1 : 0;
  const width = right - left + first;
  const height = bottom - top + first;
  if (!(width > 0 && height > 0)) {
    return {
      code: 'voc-empty-box',
      reason: `has a box that ends before it begins: ${left}, ${top}, ${right}, ${bottom} (xmin, ymin, xmax, ymax)`,
      line: bndbox.line,
    };
  }
  return { shape: { type: 'box', x: left - first, y: top - first, width, height } };
}

type Fields = Map<string, AttributeValue> | null;

/** The flags of ours by what VOC calls them. */
const FLAGS = new Set(['truncated', 'difficult', 'occluded']);

function withField(fields: Fields, element: XmlElement, aside: VocAside): Fields {
  const { name } = element;
  if (name === 'actions') return withActions(fields, element, aside);
  if (name === 'point') return withPoint(fields, element, aside);
  if (element.children.length > 0 || element.attributes.size > 0) {
    aside.dropped(element);
    return fields;
  }
  const text = element.text.trim();
  if (text === '' || isSaidByShape(name, text)) return fields;
  if (name === 'pose') return text === 'Unspecified' ? fields : added(fields, name, text, aside, element);
  if (FLAGS.has(name)) {
    const value = flagOf(text);
    return value === false ? fields : added(fields, name, value, aside, element);
  }
  return added(fields, name, guessedValue(text), aside, element);
}

/** roLabelImg says which of its two kinds of boxes an object has. */
function isSaidByShape(name: string, text: string): boolean {
  return name === 'type' && (text === 'bndbox' || text === 'robndbox');
}

function flagOf(text: string): AttributeValue {
  const lower = text.toLowerCase();
  if (lower === '1' || lower === 'true' || lower === 'yes') return true;
  if (lower === '0' || lower === 'false' || lower === 'no' || lower === 'unspecified') return false;
  return guessedValue(text);
}

function withActions(fields: Fields, element: XmlElement, aside: VocAside): Fields {
  let all = fields;
  for (const action of element.children) {
    const flag = flagOf(action.text.trim());
    if (typeof flag === 'boolean' && action.text.trim() !== '')
      all = added(all, action.name, flag, aside, action);
    else aside.dropped(action);
  }
  return all;
}

/** VOC 2012 marks people whose actions are known by a point on them. */
function withPoint(fields: Fields, element: XmlElement, aside: VocAside): Fields {
  const x = decimalOf(textOf(element, 'x'));
  const y = decimalOf(textOf(element, 'y'));
  if (x === null || y === null) {
    aside.dropped(element);
    return fields;
  }
  return added(added(fields, 'point_x', x, aside, element), 'point_y', y, aside, element);
}

/** `<attributes><attribute><name/><value/></attribute></attributes>`, as Datumaro and CVAT write; `<type>` is ours. */
export function withCustom(fields: Fields, element: XmlElement, aside: Pick<VocAside, 'dropped'>): Fields {
  let all = fields;
  for (const attribute of element.children) {
    const name = textOfRaw(attribute, 'name');
    const value = childOf(attribute, 'value');
    if (name === '' || value === null || value.children.length > 0) {
      aside.dropped(attribute);
      continue;
    }
    const type = textOf(attribute, 'type');
    const parsed = valueOfText(value.text, isKind(type) ? type : null);
    if (parsed === null) aside.dropped(attribute);
    else all = added(all, name, parsed, aside, attribute);
  }
  return all;
}

function textOfRaw(element: XmlElement, name: string): string {
  return childOf(element, name)?.text ?? '';
}

function isKind(text: string): text is AttributeKind {
  return text === 'text' || text === 'number' || text === 'checkbox';
}

/** As many attributes as an object may have, so that a hostile file cannot make a record of a million. */
const MAX_FIELDS = 1_000;

function added(
  fields: Fields,
  name: string,
  value: AttributeValue,
  aside: Pick<VocAside, 'dropped'>,
  element: XmlElement,
): Fields {
  const all = fields ?? new Map<string, AttributeValue>();
  const isTooLong = name.length > 200 || (typeof value === 'string' && value.length > 10_000);
  if (isTooLong || (all.size >= MAX_FIELDS && !all.has(name))) aside.dropped(element);
  else all.set(name, value);
  return all;
}
