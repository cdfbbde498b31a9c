import { parsePlainXml } from './parse-plain-xml';
import type { XmlElement, XmlFault } from './xml-element';
import { XmlParser } from './xml-parser';

export interface XmlDocument {
  /** Null when not even a root element was opened. With a fault it holds the children that were complete before it. */
  readonly root: XmlElement | null;
  readonly fault: XmlFault | null;
}

/** A whole document of a size that fits in memory, as a tree. Bounded in depth, attributes and elements; never throws. */
export function parseXml(text: string): XmlDocument {
  const plain = parsePlainXml(text);
  if (plain !== null) return { root: plain, fault: null };
  const whole = new XmlParser(() => false);
  const items = [...whole.push(text), ...whole.end()];
  const [item] = items;
  if (whole.fault === null && item?.type === 'element') return { root: item.element, fault: null };
  return cutShort(text);
}

/** A damaged document: its root is opened rather than built, so that the children before the damage come out. */
function cutShort(text: string): XmlDocument {
  const parser = new XmlParser((_, depth) => depth === 0);
  const children: XmlElement[] = [];
  let root: XmlElement | null = null;
  for (const item of [...parser.push(text), ...parser.end()]) {
    if (item.type === 'open') {
      root ??= { name: item.name, attributes: item.attributes, children, text: '', line: item.line };
    } else if (item.type === 'element') {
      children.push(item.element);
    }
  }
  return { root, fault: parser.fault };
}
