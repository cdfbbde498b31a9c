import { elementTexts, endOfNextString, endsInEscape, parsedElement } from './element-texts';
import { FieldPlucker } from './pluck-field';

/** A run of whole elements of one array (or entries of one object), separated by commas, as they stand in the file. */
export interface ArraySlice {
  /** The key of the array, '' for the root of the file. */
  readonly name: string;
  readonly text: string;
  /** True when `text` is entries, `"key": value, …`; `parseEntries` takes them. */
  readonly isEntries: boolean;
  /** The elements, when finding the end of the run meant parsing it anyway; of a plucked array the fields' values. */
  readonly elements?: readonly unknown[];
}

/** A file whose elements hold lists of objects defeats the quick way; after this many failures it is not tried again. */
const MAX_QUICK_FAILURES = 3;

/** COCO nests five deep; anything near this is an attack on the parser's stack. */
const MAX_DEPTH = 64;

/** One image's uncompressed masks of a 20,000 px picture fit; beyond this memory would follow the input. */
const MAX_ELEMENT_CHARS = 32 * 1024 * 1024;

const MAX_KEY_CHARS = 1_000;

const MORE_TEXT = 'more text follows its end';
const TOO_DEEP = `it is nested more than ${MAX_DEPTH} levels deep`;
const UNOPENED = 'a bracket closes what was not opened';
const TOO_LARGE = 'one element is larger than 32 MB';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** A hostile object of millions of keys must not become millions of strings. */
const MAX_KEYS = 10_000;

/** Which parts of a file are wanted, by key; '' is the root itself. */
export interface WantedParts {
  /** Arrays, of which the elements are given. */
  array(name: string): boolean;
  /** Objects, of which the entries are given. Where the root's entries are given, nothing inside them is cut out. */
  entries(name: string): boolean;
  /** The one field of the objects in this wanted array that is asked for, see `FieldPlucker`; null or absent for all of them. */
  field?(name: string): string | null;
}

/**
 * Cuts the text of one JSON value, given in pieces, into slices of its root array, its top-level arrays or the entries
 * of its top-level objects that JSON.parse takes one by one, so that memory is bounded by a slice and not by the file.
 * It looks at every character once (about 3 ns each on the reference machine) and leaves the grammar inside elements to
 * JSON.parse.
 *
 * After a fault nothing more is given; what was given before stands.
 */
export class TopLevelArrays {
  readonly #wanted: WantedParts;
  readonly #closers = new Uint8Array(MAX_DEPTH + 1);
  readonly #keys: string[] = [];
  #kept = '';
  /** Where in `kept + next chunk` scanning goes on; beyond `kept` when an escape was cut in two. */
  #resumeAt = 0;
  #charsBefore = 0;
  #depth = 0;
  #isInString = false;
  #expects: 'key' | 'colon' | 'value' = 'value';
  #key = '';
  #region: string | null = null;
  /** Depth of the brackets around the elements of the region: 1 for the root, 2 below a key. */
  #regionDepth = 0;
  #isEntries = false;
  /** Looks through the region when one field of its elements is wanted. */
  #plucker: FieldPlucker | null = null;
  #root: 'array' | 'object' | null = null;
  #isDone = false;
  #fault: string | null = null;
  #quickFailures = 0;

  /** @param wanted a function stands for the arrays of these names. */
  constructor(wanted: WantedParts | ((name: string) => boolean)) {
    this.#wanted = typeof wanted === 'function' ? { array: wanted, entries: () => false } : wanted;
  }

  /** What the file is; null before its beginning was seen. */
  get root(): 'array' | 'object' | null {
    return this.#root;
  }

  /** Why reading stopped, for a person; null while all is well. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Keys of a root object whose entries are not given themselves, in the order they came; the first 10,000. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  push(chunk: string): readonly ArraySlice[] {
    if (this.#fault !== null || chunk === '') return [];
    let text = this.#kept + chunk;
    const slices: ArraySlice[] = [];
    if (this.#plucker !== null) {
      const end = this.#pluck(this.#plucker, text, this.#resumeAt, slices);
      if (end < 0) return slices;
      this.#resumeAt = end;
    }
    const quick =
      this.#region === null || this.#isEntries ? null : this.#takeWholeElements(this.#region, chunk);
    if (quick !== null) slices.push(quick);
    // What follows the whole elements is looked at now: the file may end in it.
    if (quick !== null) text = this.#kept;
    const length = text.length;
    // While a region or a key is open, `kept` starts exactly at its unfinished part.
    let partStart = 0;
    let boundary = -1;
    let at = this.#resumeAt;
    let isInString = this.#isInString;
    let depth = this.#depth;
    scan: for (; at < length; at += 1) {
      if (isInString) {
        const from = at - 1;
        at = endOfNextString(text, from);
        if (at < length) {
          isInString = false;
          if (this.#isKeyPlace(depth) && !this.#takeKey(text.slice(partStart, at + 1))) {
            break;
          }
          continue;
        }
        if (endsInEscape(text, from)) at += 1;
        break;
      }
      const code = text.charCodeAt(at);
      switch (code) {
        case QUOTE:
          isInString = true;
          if (this.#isKeyPlace(depth)) partStart = at;
          break;
        case COMMA:
          if (this.#region !== null) {
            if (depth === this.#regionDepth) boundary = at;
          } else if (depth === 1 && this.#root === 'object') this.#expects = 'key';
          break;
        case COLON:
          if (depth === 1) this.#expects = 'value';
          break;
        case OPEN_ARRAY:
        case OPEN_OBJECT:
          if (depth === 0 && !this.#beginRoot(code, at)) break scan;
          if (depth === MAX_DEPTH) {
            this.#fail(TOO_DEEP, at);
            break scan;
          }
          depth += 1;
          this.#closers[depth] = code === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT;
          if (this.#region === null && this.#beginRegion(depth, code)) {
            partStart = at + 1;
            boundary = -1;
            if (this.#plucker !== null) {
              this.#depth = depth;
              this.#isInString = false;
              const end = this.#pluck(this.#plucker, text, at + 1, slices);
              if (end < 0) return slices;
              at = end - 1;
            }
          }
          break;
        case CLOSE_ARRAY:
        case CLOSE_OBJECT:
          if (depth === 0 || this.#closers[depth] !== code) {
            this.#fail(UNOPENED, at);
            break scan;
          }
          depth -= 1;
          if (depth === 0) this.#isDone = true;
          if (this.#region !== null && depth === this.#regionDepth - 1) {
            addSlice(slices, this.#region, text.slice(partStart, at), this.#isEntries);
            this.#region = null;
          }
          break;
        default:
          // Outside the root only white space and a byte order mark may stand.
          if (depth === 0 && code > 32 && code !== 0xfeff) {
            this.#fail(this.#isDone ? MORE_TEXT : 'it does not begin as a JSON object or list', at);
            break scan;
          }
      }
    }
    this.#depth = depth;
    this.#isInString = isInString;
    if (this.#region !== null && depth >= this.#regionDepth && boundary >= partStart) {
      addSlice(slices, this.#region, text.slice(partStart, boundary), this.#isEntries);
      partStart = boundary + 1;
    }
    const isKeyOpen = isInString && this.#isKeyPlace(depth);
    const keepFrom = this.#region !== null || isKeyOpen ? partStart : length;
    this.#kept = keepFrom < length ? text.slice(keepFrom) : '';
    this.#resumeAt = Math.max(at, length) - keepFrom;
    this.#charsBefore += keepFrom;
    if (this.#kept.length > (isKeyOpen ? MAX_KEY_CHARS : MAX_ELEMENT_CHARS)) {
      this.#fail(TOO_LARGE, 0);
    }
    return slices;
  }

  /**
   * Goes through the region from `from` on; answers the index of the bracket that closes it, where the scan goes on, or -1
   * when the piece ends before that or a fault stops it.
   */
  #pluck(plucker: FieldPlucker, text: string, from: number, slices: ArraySlice[]): number {
    const values: unknown[] = [];
    const end = plucker.push(text, from, values);
    if (values.length > 0)
      slices.push({ name: this.#region ?? '', text: '', isEntries: false, elements: values });
    if (plucker.fault !== null) {
      this.#fail(plucker.fault === 'depth' ? TOO_DEEP : UNOPENED, end);
      return -1;
    }
    if (end >= 0) {
      this.#plucker = null;
      // Nothing of it is wanted as text, and the brackets around it are as they were.
      this.#region = null;
      return end;
    }
    this.#kept = text.slice(plucker.keepFrom);
    this.#resumeAt = 0;
    this.#charsBefore += plucker.keepFrom;
    if (this.#kept.length > MAX_ELEMENT_CHARS) this.#fail(TOO_LARGE, 0);
    return -1;
  }

  /** To be called after the last chunk: a file that ends in the middle is a fault. */
  end(): string | null {
    if (this.#fault === null && !this.#isDone) {
      const place =
        this.#region === null || this.#region === ''
          ? 'before it is complete'
          : `in the middle of "${this.#region}"`;
      this.#fail(`it ends ${place}`, this.#kept.length);
    }
    return this.#fault;
  }

  /**
   * The quick way; null when the guess was wrong and nothing was changed. What was kept holds no end of an element, so that
   * one is looked for in the new piece alone.
   */
  #takeWholeElements(name: string, chunk: string): ArraySlice | null {
    if (this.#quickFailures >= MAX_QUICK_FAILURES) return null;
    const comma = lastCommaBetweenObjects(chunk);
    if (comma < 0) return null;
    const run = this.#kept + chunk.slice(0, comma);
    let elements: readonly unknown[];
    try {
      elements = JSON.parse(`[${run}]`) as unknown[];
    } catch {
      this.#quickFailures += 1;
      return null;
    }
    this.#quickFailures = 0;
    this.#kept = chunk.slice(comma + 1);
    this.#charsBefore += run.length + 1;
    this.#resumeAt = 0;
    this.#depth = this.#regionDepth;
    this.#isInString = false;
    return { name, text: run, isEntries: false, elements };
  }

  /** True where a string is a key of the root object and none of a region. */
  #isKeyPlace(depth: number): boolean {
    return depth === 1 && this.#region === null && this.#expects === 'key';
  }

  #beginRoot(code: number, at: number): boolean {
    if (this.#isDone) this.#fail(MORE_TEXT, at);
    else {
      this.#root = code === OPEN_ARRAY ? 'array' : 'object';
      if (this.#root === 'object') this.#expects = 'key';
      else if (!this.#wanted.array('')) this.#fail('it is a list, not an object', at);
    }
    return this.#fault === null;
  }

  /** True when the bracket that leads to `depth` opens something wanted. */
  #beginRegion(depth: number, code: number): boolean {
    const name = depth === 1 ? '' : this.#key;
    // The name '' is the root's: a key '' below it is not asked for.
    if (depth > 2 || this.#isDone || (depth === 2 && (name === '' || this.#root === 'array'))) return false;
    this.#isEntries = code === OPEN_OBJECT;
    if (!(this.#isEntries ? this.#wanted.entries(name) : this.#wanted.array(name))) return false;
    this.#region = name;
    this.#regionDepth = depth;
    this.#quickFailures = 0;
    const field = this.#isEntries ? null : (this.#wanted.field?.(name) ?? null);
    this.#plucker = field === null ? null : new FieldPlucker(field, MAX_DEPTH - depth);
    return true;
  }

  #takeKey(quoted: string): boolean {
    const key = quoted.length > MAX_KEY_CHARS ? null : parsedString(quoted);
    if (key === null) {
      this.#fail('a key is not a JSON string', 0);
      return false;
    }
    this.#key = key;
    if (this.#keys.length < MAX_KEYS) this.#keys.push(key);
    this.#expects = 'colon';
    return true;
  }

  #fail(reason: string, at: number): void {
    this.#fault = `${reason} (near character ${this.#charsBefore + at + 1})`;
    this.#region = null;
  }
}

/** The comma of the last `}, {`; -1 when there is none among the last few closing braces. */
function lastCommaBetweenObjects(text: string): number {
  let brace = text.length;
  for (let tries = 0; tries < 16; tries += 1) {
    brace = brace <= 0 ? -1 : text.lastIndexOf('}', brace - 1);
    if (brace < 0) return -1;
    const comma = nextVisible(text, brace + 1);
    if (text.charCodeAt(comma) === COMMA && text.charCodeAt(nextVisible(text, comma + 1)) === OPEN_OBJECT) {
      return comma;
    }
  }
  return -1;
}

function nextVisible(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}

function addSlice(slices: ArraySlice[], name: string, text: string, isEntries: boolean): void {
  if (text.trim() !== '') slices.push({ name, text, isEntries });
}

function parsedString(quoted: string): string | null {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** The elements of a slice; one that is not JSON stands as `undefined`, which JSON cannot say. */
export function parseSlice(text: string): readonly unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[];
  } catch {
    return elementTexts(text).map(parsedElement);
  }
}
