/** An element with everything in it. Names are as written, prefixes included. */
export interface XmlElement {
  readonly name: string;
  /** Empty and shared where there are none. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands directly in it, entities resolved; '' when that is nothing but white space between children. */
  readonly text: string;
  /** Of its start tag, from 1. */
  readonly line: number;
}

/** Why a document was not read to its end. `code` is that of the problem a reader reports. */
export interface XmlFault {
  readonly code: 'xml-malformed' | 'xml-truncated' | 'xml-entities' | 'xml-too-deep' | 'xml-too-large';
  /** A clause that follows `file, line n: `. */
  readonly reason: string;
  readonly line: number;
}

/** Formats of labels nest less than ten deep. */
export const MAX_DEPTH = 64;

/** CVAT's cuboid has about 30. */
export const MAX_ATTRIBUTES = 256;

/** A million elements in one tree are about 200 MB. */
export const MAX_ELEMENTS = 1_000_000;

/** One value or text, and all of them in one tree: the longest run-length encoding of a mask has 64 Mi characters. */
export const MAX_CHARS = 128 * 1024 * 1024;

export const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** The first child of that name. */
export function childOf(element: XmlElement, name: string): XmlElement | null {
  for (const child of element.children) if (child.name === name) return child;
  return null;
}

/** The text of the first child of that name without white space around it; '' when there is none. */
export function textOf(element: XmlElement, name: string): string {
  return childOf(element, name)?.text.trim() ?? '';
}

/** A number written in decimals, as every format of labels writes them; null for all else (`NaN`, `0x10`, `1,5`, ''). */
export function decimalOf(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !DECIMAL.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A copy that does not keep alive the chunk of a file that it was cut from; for texts that are held while reading goes on. */
export function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
