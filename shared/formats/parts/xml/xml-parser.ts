import { SaxesParser, type SaxesTagPlain } from 'saxes';
import {
  MAX_ATTRIBUTES,
  MAX_CHARS,
  MAX_DEPTH,
  MAX_ELEMENTS,
  NO_ATTRIBUTES,
  type XmlElement,
  type XmlFault,
} from './xml-element';

/** A piece of a document: an element that is given whole, or the start or end of one whose children are given one by one. */
export type XmlItem =
  | {
      readonly type: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly line: number;
    }
  | { readonly type: 'element'; readonly element: XmlElement }
  | { readonly type: 'close'; readonly name: string };

interface Building {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
  readonly line: number;
}

/** Stops the parser from inside its callbacks; never leaves this file. */
class Stop extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/**
 * A full XML 1.0 parser that is fed text and gives items. Nothing outside the text is ever read: a document type that
 * declares entities ends the reading, one that points to a file elsewhere is passed over.
 */
export class XmlParser {
  readonly #parser = new SaxesParser();
  readonly #isShell: (name: string, depth: number) => boolean;
  readonly #building: Building[] = [];
  #items: XmlItem[] = [];
  #depth = 0;
  #attributes = 0;
  #elements = 0;
  #chars = 0;
  #lastEvent = 0;
  #tagLine = 1;
  #fault: XmlFault | null = null;

  /** @param isShell which elements are opened and closed rather than given whole; asked only inside shells, the root at depth 0. */
  constructor(isShell: (name: string, depth: number) => boolean) {
    this.#isShell = isShell;
    const parser = this.#parser;
    parser.on('error', (error) => this.#stop('xml-malformed', reasonOf(error)));
    parser.on('doctype', (text) => {
      this.#seen();
      if (/<!ENTITY|%/i.test(text)) {
        this.#stop(
          'xml-entities',
          'it declares entities of its own, which can hide other files or grow without end',
        );
      }
    });
    parser.on('comment', () => this.#seen());
    parser.on('processinginstruction', () => this.#seen());
    parser.on('opentagstart', () => {
      this.#tagLine = parser.line;
      this.#attributes = 0;
      this.#seen();
    });
    parser.on('attribute', ({ value }) => {
      this.#attributes += 1;
      if (this.#attributes > MAX_ATTRIBUTES) {
        this.#stop('xml-too-large', `an element has more than ${MAX_ATTRIBUTES} attributes`);
      }
      this.#count(value.length);
      this.#seen();
    });
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', (tag) => this.#close(tag.name));
  }

  get fault(): XmlFault | null {
    return this.#fault;
  }

  /** The items that the text completes. After a fault there are no more. */
  push(text: string): readonly XmlItem[] {
    if (this.#fault !== null) return [];
    this.#guarded(() => {
      this.#parser.write(text);
      if (this.#parser.position - this.#lastEvent > MAX_CHARS) {
        this.#stop('xml-too-large', `a text or value is longer than ${MAX_CHARS} characters`);
      }
    });
    return this.#taken();
  }

  /** To be called at the end of the text, which may show that it was cut off. */
  end(): readonly XmlItem[] {
    if (this.#fault !== null) return [];
    this.#guarded(() => this.#parser.close(), 'xml-truncated');
    return this.#taken();
  }

  #taken(): readonly XmlItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #guarded(act: () => unknown, code?: XmlFault['code']): void {
    try {
      act();
    } catch (thrown) {
      const fault: XmlFault =
        thrown instanceof Stop
          ? thrown.fault
          : { code: 'xml-malformed', reason: reasonOf(thrown), line: this.#parser.line };
      this.#fault = code === undefined || fault.code !== 'xml-malformed' ? fault : cutOff(fault, code);
    }
  }

  #stop(code: XmlFault['code'], reason: string): never {
    throw new Stop({ code, reason, line: this.#parser.line });
  }

  #seen(): void {
    this.#lastEvent = this.#parser.position;
  }

  #count(chars: number): void {
    this.#chars += chars;
    if (this.#chars > MAX_CHARS)
      this.#stop('xml-too-large', `an element holds more than ${MAX_CHARS} characters`);
  }

  #text(text: string): void {
    this.#seen();
    const current = this.#building.at(-1);
    if (current === undefined) return;
    this.#count(text.length);
    current.text += text;
  }

  #open(tag: SaxesTagPlain): void {
    this.#seen();
    if (this.#depth >= MAX_DEPTH)
      this.#stop('xml-too-deep', `elements lie in one another more than ${MAX_DEPTH} deep`);
    let attributes = NO_ATTRIBUTES;
    if (this.#attributes > 0) attributes = new Map(Object.entries(tag.attributes));
    const isShell = this.#building.length === 0 && this.#isShell(tag.name, this.#depth);
    this.#depth += 1;
    if (isShell) {
      this.#items.push({ type: 'open', name: tag.name, attributes, line: this.#tagLine });
      return;
    }
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS)
      this.#stop('xml-too-large', `an element holds more than ${MAX_ELEMENTS} others`);
    this.#building.push({ name: tag.name, attributes, children: [], text: '', line: this.#tagLine });
  }

  #close(name: string): void {
    this.#seen();
    this.#depth -= 1;
    const built = this.#building.pop();
    if (built === undefined) {
      this.#items.push({ type: 'close', name });
      return;
    }
    if (built.children.length > 0 && built.text.trim() === '') built.text = '';
    const parent = this.#building.at(-1);
    // Attached when complete: what a fault cuts short is never given.
    if (parent !== undefined) parent.children.push(built);
    else {
      this.#items.push({ type: 'element', element: built });
      this.#elements = 0;
      this.#chars = 0;
    }
  }
}

/** The parser's words without the place it puts in front. */
function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
    .slice(0, 200);
}

function cutOff({ line, reason }: XmlFault, code: XmlFault['code']): XmlFault {
  return { code, reason: `it ends too early (${reason})`, line };
}
