import { isXmlText } from './escape-xml';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, NO_ATTRIBUTES, type XmlElement } from './xml-element';

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  text: string;
  readonly line: number;
}

/** What the full parser judges: characters that XML does not know, and halves of pairs, right or wrong. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNCOMMON = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;
const DECLARATION = /\uFEFF?<\?xml\s[^?<>]*\?>/y;
const NAME = /^[A-Za-z_][\w.-]*$/;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<&\n\t]*)"|'([^'<&\n\t]*)')/y;
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads documents made of nothing but elements, attributes and text, which is how tools write labels, several times as
 * fast as a full parser. Null for all else (comments, CDATA, document types, faults of any kind), which is not judged here:
 * the full parser then says what it is.
 */
export function parsePlainXml(text: string): XmlElement | null {
  if (UNCOMMON.test(text) || text.includes(']]>')) return null;
  DECLARATION.lastIndex = 0;
  const declaration = DECLARATION.exec(text)?.[0] ?? '';
  if (declaration !== '' && !declaration.includes('1.0')) return null;
  let at = declaration.length > 0 ? declaration.length : text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const whole = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (whole !== text && declaration.includes('\r')) return null;
  let line = 1 + (declaration.split('\n').length - 1);
  let elements = 0;
  const open: OpenElement[] = [];
  let current: OpenElement | null = null;

  for (;;) {
    const tag = whole.indexOf('<', at);
    if (tag < 0) return null;
    const isClosing = whole.charCodeAt(tag + 1) === 0x2f;
    if (tag > at) {
      // One look at each character counts lines and finds out whether there is more than white space.
      let isBlank = true;
      for (let index = at; index < tag; index += 1) {
        const code = whole.charCodeAt(index);
        if (code === 0x0a) line += 1;
        else if (code !== 0x20 && code !== 0x09) isBlank = false;
      }
      if (!isBlank || (isClosing && current !== null && current.children.length === 0)) {
        const between = whole.slice(at, tag);
        const resolved = between.includes('&') ? resolvedReferences(between) : between;
        if (resolved === null || current === null) return null;
        current.text += resolved;
      }
    }
    const end = whole.indexOf('>', tag);
    if (end < 0) return null;
    if (isClosing) {
      const length = end - tag - 2;
      if (current === null || length !== current.name.length || !whole.startsWith(current.name, tag + 2)) {
        return null;
      }
      at = end + 1;
      const parent: OpenElement | null = open.pop() ?? null;
      if (parent === null) return whole.slice(at).trim() === '' ? current : null;
      attach(parent, current);
      current = parent;
      continue;
    }
    const isEmpty = whole.charCodeAt(end - 1) === 0x2f;
    const inside = whole.slice(tag + 1, isEmpty ? end - 1 : end);
    const opened = openedBy(inside, line);
    elements += 1;
    if (opened === null || elements > MAX_ELEMENTS || open.length >= MAX_DEPTH - 1) return null;
    if (inside.includes('\n')) line += inside.split('\n').length - 1;
    at = end + 1;
    if (isEmpty) {
      if (current === null) return whole.slice(at).trim() === '' ? opened : null;
      attach(current, opened);
    } else {
      if (current !== null) open.push(current);
      current = opened;
    }
  }
}

/** Most elements have no children; they share one list until they get some. */
const CHILDLESS: XmlElement[] = [];

function attach(parent: OpenElement, child: OpenElement): void {
  if (parent.children === CHILDLESS) parent.children = [child];
  else parent.children.push(child);
}

/** The names of elements repeat; what was a name once is one again. */
const knownNames = new Set<string>();

function openedBy(inside: string, line: number): OpenElement | null {
  if (knownNames.has(inside)) {
    return { name: inside, attributes: NO_ATTRIBUTES, children: CHILDLESS, text: '', line };
  }
  if (NAME.test(inside)) {
    if (knownNames.size < 1000 && inside.length < 40) knownNames.add(inside);
    return { name: inside, attributes: NO_ATTRIBUTES, children: CHILDLESS, text: '', line };
  }
  const gap = inside.search(/\s/);
  const name = gap < 0 ? inside : inside.slice(0, gap);
  if (!NAME.test(name)) return null;
  const attributes = new Map<string, string>();
  let at = gap;
  while (gap >= 0) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(inside);
    if (found === null) break;
    const key = found[1] ?? '';
    if (attributes.has(key) || attributes.size === MAX_ATTRIBUTES) return null;
    attributes.set(key, found[2] ?? found[3] ?? '');
    at = ATTRIBUTE.lastIndex;
  }
  if (gap >= 0 && inside.slice(at).trim() !== '') return null;
  return { name, attributes, children: CHILDLESS, text: '', line };
}

function resolvedReferences(text: string): string | null {
  let isWhole = true;
  const resolved = text.replace(REFERENCE, (_, decimal?: string, hex?: string, named?: string) => {
    if (named !== undefined) return NAMED[named] ?? '';
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
    if (!isXmlText(character)) isWhole = false;
    return character;
  });
  // A reference that is none of these is left as it stands, and shows by its `&`.
  const references = text.split('&').length - 1;
  const known = [...text.matchAll(REFERENCE)].length;
  return isWhole && references === known ? resolved : null;
}
