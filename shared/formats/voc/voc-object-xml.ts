import type { AttributeValue } from '../../schema/label-schema';
import type { PolygonShape, Shape } from '../../schema/shapes';
import type { Attributes, DatasetAnnotation } from '../format';
import { guessedValue, kindOfValue, textOfValue } from '../parts/xml/attribute-text';
import { escapedText, isXmlText } from '../parts/xml/escape-xml';
import { type Origin, VOC_ACTIONS } from './voc-options';

/** Hears of a value that XML cannot hold. */
export type OnDroppedAttribute = (name: string) => void;

/**
 * One `<object>`: the box that every reader of VOC knows, and for polygons and turned boxes their outline beside it, as
 * Roboflow, X-AnyLabeling and roLabelImg write.
 *
 * @param box what to write as `bndbox`, in image px.
 */
export function objectXml(
  annotation: DatasetAnnotation,
  name: string,
  origin: Origin,
  onDropped: OnDroppedAttribute,
  box: Box,
): string {
  const bndbox = origin === 'one-based' ? pixelBox(box) : edgeBox(box);
  const { attributes, score, shape } = annotation;
  let hasAttributes = false;
  for (const _ in attributes) {
    hasAttributes = true;
    break;
  }
  const flags = hasAttributes
    ? flagsXml(attributes)
    : '\t\t<pose>Unspecified</pose>\n\t\t<truncated>0</truncated>\n\t\t<difficult>0</difficult>\n\t\t<occluded>0</occluded>\n';
  return `\t<object>\n\t\t<name>${escapedText(name)}</name>\n${flags}${bndbox}${outlineXml(shape)}${
    score === null ? '' : `\t\t<score>${score}</score>\n`
  }${hasAttributes ? `${actionsXml(attributes)}${attributesXml(attributes, '\t\t', onDropped, isNative)}` : ''}\t</object>\n`;
}

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Whole pixels from 1, the first and the last that the box covers by half or more; at least the one in its middle. */
function pixelBox({ x, y, width, height }: Box): string {
  const [left, right] = pixelSpan(x, width);
  const [top, bottom] = pixelSpan(y, height);
  return bndboxXml(left, top, right, bottom);
}

function pixelSpan(start: number, length: number): readonly [number, number] {
  const first = Math.round(start) + 1;
  const last = Math.round(start + length);
  if (last >= first) return [first, last];
  const middle = Math.floor(start + length / 2) + 1;
  return [middle, middle];
}

/** Whether a box has an extent in the numbers that are written: edges are sums, which may swallow a tiny width. */
export function isWritableBox({ x, y, width, height }: Box, origin: Origin): boolean {
  return origin === 'one-based' || (x + width - x > 0 && y + height - y > 0);
}

/** Edges from 0 with all their decimals. */
function edgeBox({ x, y, width, height }: Box): string {
  return bndboxXml(x, y, x + width, y + height);
}

function bndboxXml(left: number, top: number, right: number, bottom: number): string {
  return `\t\t<bndbox>\n\t\t\t<xmin>${decimal(left)}</xmin>\n\t\t\t<ymin>${decimal(top)}</ymin>\n\t\t\t<xmax>${decimal(right)}</xmax>\n\t\t\t<ymax>${decimal(bottom)}</ymax>\n\t\t</bndbox>\n`;
}

/** Minus zero prints as 0. */
function decimal(value: number): string {
  return `${value === 0 ? 0 : value}`;
}

function outlineXml(shape: Shape): string {
  if (shape.type === 'polygon') return polygonXml(shape);
  if (shape.type !== 'rotated-box') return '';
  const radians = ((((shape.rotation % 180) + 180) % 180) * Math.PI) / 180;
  return `\t\t<robndbox>\n\t\t\t<cx>${decimal(shape.cx)}</cx>\n\t\t\t<cy>${decimal(shape.cy)}</cy>\n\t\t\t<w>${shape.width}</w>\n\t\t\t<h>${shape.height}</h>\n\t\t\t<angle>${decimal(radians)}</angle>\n\t\t</robndbox>\n`;
}

function polygonXml({ parts }: PolygonShape): string {
  const pieces: string[] = [];
  for (const { exterior, holes } of parts) {
    pieces.push(ringXml('polygon', exterior));
    for (const hole of holes) pieces.push(ringXml('hole', hole));
  }
  return pieces.join('');
}

function ringXml(element: string, ring: readonly { readonly x: number; readonly y: number }[]): string {
  const points = ring.map(
    ({ x, y }, index) =>
      `\t\t\t<x${index + 1}>${decimal(x)}</x${index + 1}>\n\t\t\t<y${index + 1}>${decimal(y)}</y${index + 1}>\n`,
  );
  return `\t\t<${element}>\n${points.join('')}\t\t</${element}>\n`;
}

const FLAGS = ['truncated', 'difficult', 'occluded'] as const;

/** Every reader of VOC asks for these; what they cannot say in full is said again among the attributes. */
function flagsXml(attributes: Attributes): string {
  const pose = own(attributes, 'pose');
  const isPose = typeof pose === 'string' && pose.trim() !== '' && isXmlText(pose);
  return `\t\t<pose>${isPose ? escapedText(pose) : 'Unspecified'}</pose>\n${FLAGS.map(
    (flag) => `\t\t<${flag}>${isSet(own(attributes, flag)) ? 1 : 0}</${flag}>\n`,
  ).join('')}`;
}

function isSet(value: AttributeValue | undefined): boolean {
  return value === true || (typeof value === 'number' && value > 0);
}

function own(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Whether an attribute is wholly said by an element of VOC's own. */
function isNative(name: string, value: AttributeValue): boolean {
  if (name === 'pose') {
    return typeof value === 'string' && value !== '' && value.trim() === value && value !== 'Unspecified';
  }
  if (name === 'truncated' || name === 'difficult' || name === 'occluded') return value === true;
  return typeof value === 'boolean' && VOC_ACTIONS.has(name);
}

function actionsXml(attributes: Attributes): string {
  const actions = Object.keys(attributes).filter(
    (name) => VOC_ACTIONS.has(name) && typeof own(attributes, name) === 'boolean',
  );
  if (actions.length === 0) return '';
  const lines = actions.map((name) => `\t\t\t<${name}>${own(attributes, name) === true ? 1 : 0}</${name}>\n`);
  return `\t\t<actions>\n${lines.join('')}\t\t</actions>\n`;
}

/** `<attributes>` as Datumaro and CVAT read it; `<type>` says what a text alone would not. Empty when there are none. */
export function attributesXml(
  attributes: Attributes,
  indent: string,
  onDropped: OnDroppedAttribute,
  isSaidElsewhere: (name: string, value: AttributeValue) => boolean = () => false,
): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (isSaidElsewhere(name, value)) continue;
    const text = textOfValue(value);
    if (text === null || name === '' || name.length > 200 || !isXmlText(name)) {
      onDropped(name);
      continue;
    }
    const type = guessedValue(text) === value ? '' : `<type>${kindOfValue(value)}</type>`;
    lines.push(
      `${indent}\t<attribute><name>${escapedText(name)}</name><value>${escapedText(text)}</value>${type}</attribute>\n`,
    );
  }
  return lines.length === 0 ? '' : `${indent}<attributes>\n${lines.join('')}${indent}</attributes>\n`;
}
