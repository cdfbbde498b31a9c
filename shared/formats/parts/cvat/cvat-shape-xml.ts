import type { AttributeValue } from '../../../schema/label-schema';
import type { CuboidShape, PolygonShape, Shape, SkeletonShape, Vertex } from '../../../schema/shapes';
import type { Attributes } from '../../format';
import { type AttributeKind, kindOfValue, textOfValue, valueOfText } from '../xml/attribute-text';
import { escapedAttribute, escapedText, isXmlText } from '../xml/escape-xml';
import { rowRunsOfMask } from './cvat-rle';
import { CUBOID_CORNERS } from './parse-cvat-shape';

/** An element of CVAT without what belongs to image or track: its name, its geometry, and what stands in it. */
export interface CvatElement {
  readonly name: string;
  /** ` xtl="1" …`, with a blank in front. */
  readonly geometry: string;
  /** Joints of a skeleton; they take further attributes in videos. */
  readonly joints: readonly { readonly head: string }[];
}

/**
 * The elements of a shape: one, or one for each part of a polygon, which CVAT keeps apart. What CVAT does not know of a
 * polygon (`part`: further part of the one before, `holes`, `more`: further parts in the same element) stands in attributes that it passes over. Empty when the shape
 * cannot be said: a mask too large to be turned into rows, or a box without extent in its numbers.
 *
 * @param isOneEach for tracks, which have one shape a frame: a polygon is one element, of which CVAT shows the first part.
 */
export function cvatElements(shape: Shape, isOneEach = false): readonly CvatElement[] {
  switch (shape.type) {
    case 'box': {
      const right = shape.x + shape.width;
      const bottom = shape.y + shape.height;
      if (!(right - shape.x > 0 && bottom - shape.y > 0)) return [];
      return [element('box', edges(shape.x, shape.y, right, bottom))];
    }
    case 'rotated-box': {
      const left = shape.cx - shape.width / 2;
      const top = shape.cy - shape.height / 2;
      const right = shape.cx + shape.width / 2;
      const bottom = shape.cy + shape.height / 2;
      if (!(right - left > 0 && bottom - top > 0)) return [];
      return [element('box', `${edges(left, top, right, bottom)}${turned(shape.rotation)}`)];
    }
    case 'ellipse': {
      const numbers = ` cx="${plain(shape.cx)}" cy="${plain(shape.cy)}" rx="${shape.rx}" ry="${shape.ry}"`;
      return [element('ellipse', `${numbers}${shape.rotation === 0 ? '' : turned(shape.rotation)}`)];
    }
    case 'polygon':
      if (isOneEach) return [element('polygon', polygonXml(shape))];
      return shape.parts.map(({ exterior, holes }, index) =>
        element('polygon', `${path(exterior)}${holesXml(holes)}${index === 0 ? '' : ` part="${index}"`}`),
      );
    case 'polyline':
    case 'points':
      return [element(shape.type, path(shape.points))];
    case 'cuboid':
      return [element('cuboid', corners(shape))];
    case 'mask': {
      const rle = rowRunsOfMask(shape);
      if (rle === null) return [];
      const window = ` left="${shape.x}" top="${shape.y}" width="${shape.width}" height="${shape.height}"`;
      return [element('mask', ` rle="${rle}"${window}`)];
    }
    case 'skeleton':
      return [{ name: 'skeleton', geometry: '', joints: shape.joints.map(joint) }];
    case 'tag':
      return [element('tag', '')];
  }
}

function element(name: string, geometry: string): CvatElement {
  return { name, geometry, joints: [] };
}

function edges(left: number, top: number, right: number, bottom: number): string {
  return ` xtl="${plain(left)}" ytl="${plain(top)}" xbr="${plain(right)}" ybr="${plain(bottom)}"`;
}

/** CVAT's degrees go from 0 up to 360. A turned box says its angle even where that is 0, or it would be an upright one. */
function turned(rotation: number): string {
  return ` rotation="${rotation < 0 ? rotation + 360 : plain(rotation)}"`;
}

/** Minus zero prints as 0. */
function plain(value: number): string {
  return `${value === 0 ? 0 : value}`;
}

function path(points: readonly Vertex[]): string {
  return ` points="${pairs(points)}"`;
}

function pairs(points: readonly Vertex[]): string {
  return points.map(({ x, y }) => `${plain(x)},${plain(y)}`).join(';');
}

function polygonXml({ parts }: PolygonShape): string {
  const [first, ...others] = parts;
  if (first === undefined) return '';
  const more = others.map(({ exterior, holes }) => [exterior, ...holes].map(pairs).join('|')).join('/');
  return `${path(first.exterior)}${holesXml(first.holes)}${more === '' ? '' : ` more="${more}"`}`;
}

function holesXml(holes: readonly (readonly Vertex[])[]): string {
  return holes.length === 0 ? '' : ` holes="${holes.map(pairs).join('|')}"`;
}

function corners({ front, back }: CuboidShape): string {
  const [frontTopLeft, frontTopRight, frontBottomRight, frontBottomLeft] = front;
  const [backTopLeft, backTopRight, backBottomRight, backBottomLeft] = back;
  const inOrder = [
    frontTopLeft,
    frontBottomLeft,
    frontTopRight,
    frontBottomRight,
    backTopRight,
    backBottomRight,
    backTopLeft,
    backBottomLeft,
  ];
  return inOrder
    .map(({ x, y }, index) => {
      const name = CUBOID_CORNERS[index] ?? '';
      return ` x${name}="${plain(x)}" y${name}="${plain(y)}"`;
    })
    .join('');
}

function joint({ name, x, y, visibility }: SkeletonShape['joints'][number]): { readonly head: string } {
  const flags = ` outside="${visibility === 0 ? 1 : 0}" occluded="${visibility === 1 ? 1 : 0}"`;
  return { head: `label="${escapedAttribute(name)}"${flags} points="${plain(x)},${plain(y)}"` };
}

/** Whether CVAT has an attribute of its own for this value. */
export function isNativeAttribute(name: string, value: AttributeValue): boolean {
  if (name === 'occluded') return value === true;
  return name === 'source' && isOwnSource(value);
}

function isOwnSource(value: AttributeValue): value is string {
  return value === 'auto' || value === 'semi-auto' || value === 'consensus';
}

/** ` source="…" occluded="…"`. */
export function flagsXml(attributes: Attributes): string {
  const source = own(attributes, 'source');
  const isSourced = source !== undefined && isOwnSource(source);
  return ` source="${isSourced ? source : 'manual'}" occluded="${own(attributes, 'occluded') === true ? 1 : 0}"`;
}

function own(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/**
 * `<attribute name="…">…</attribute>` lines. Where the declared kind of an attribute would make another value of the text,
 * `type` says which it is; CVAT passes over that.
 */
export function attributesXml(
  attributes: Attributes,
  kinds: ReadonlyMap<string, AttributeKind>,
  indent: string,
  onDropped: (name: string) => void,
): string {
  let xml = '';
  for (const name in attributes) {
    const value = own(attributes, name);
    if (value === undefined || isNativeAttribute(name, value)) continue;
    const text = textOfValue(value);
    if (text === null || name === '' || name.length > 200 || !isXmlText(name)) {
      onDropped(name);
      continue;
    }
    const isClear = valueOfText(text, kinds.get(name) ?? null) === value;
    const type = isClear ? '' : ` type="${kindOfValue(value)}"`;
    xml += `${indent}<attribute name="${escapedAttribute(name)}"${type}>${escapedText(text)}</attribute>\n`;
  }
  return xml;
}
