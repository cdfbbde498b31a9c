/** A run of whole elements of one top-level array, separated by commas, as they stand in the file. */
export interface ArraySlice {
  readonly name: string;
  readonly text: string;
  /** The elements, when finding the end of the run meant parsing it anyway. */
  readonly elements?: readonly unknown[];
}

/** A file whose elements hold lists of objects defeats the quick way; after this many failures it is not tried again. */
const MAX_QUICK_FAILURES = 3;

/** COCO nests five deep; anything near this is an attack on the parser's stack. */
const MAX_DEPTH = 64;

/** One image's uncompressed masks of a 20,000 px picture fit; beyond this memory would follow the input. */
const MAX_ELEMENT_CHARS = 32 * 1024 * 1024;

const MAX_KEY_CHARS = 1_000;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Cuts the text of one JSON object, given in pieces, into slices of its top-level arrays that JSON.parse takes one by
 * one, so that memory is bounded by a slice and not by the file. It looks at every character once (about 3 ns each
 * on the reference machine) and leaves the grammar inside elements to JSON.parse.
 *
 * After a fault nothing more is given; what was given before stands.
 */
export class TopLevelArrays {
  readonly #isWanted: (name: string) => boolean;
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
  #isDone = false;
  #fault: string | null = null;
  #quickFailures = 0;

  constructor(isWanted: (name: string) => boolean) {
    this.#isWanted = isWanted;
  }

  /** Why reading stopped, for a person; null while all is well. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Keys of the object, in the order they came. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  push(chunk: string): readonly ArraySlice[] {
    if (this.#fault !== null || chunk === '') return [];
    let text = this.#kept + chunk;
    const quick = this.#region === null ? null : this.#takeWholeElements(this.#region, text);
    const slices: ArraySlice[] = quick === null ? [] : [quick];
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
      const code = text.charCodeAt(at);
      if (isInString) {
        if (code === BACKSLASH) at += 1;
        else if (code === QUOTE) {
          isInString = false;
          if (depth === 1 && this.#expects === 'key' && !this.#takeKey(text.slice(partStart, at + 1))) {
            break;
          }
        }
        continue;
      }
      switch (code) {
        case QUOTE:
          isInString = true;
          if (depth === 1 && this.#expects === 'key') partStart = at;
          break;
        case COMMA:
          if (depth === 2) boundary = at;
          else if (depth === 1) this.#expects = 'key';
          break;
        case COLON:
          if (depth === 1) this.#expects = 'value';
          break;
        case OPEN_ARRAY:
        case OPEN_OBJECT:
          if (depth === 0 && (code === OPEN_ARRAY || this.#isDone)) {
            this.#fail(
              this.#isDone ? 'more text follows the end of the object' : 'it is a list, not an object',
              at,
            );
            break scan;
          }
          if (depth === MAX_DEPTH) {
            this.#fail(`it is nested more than ${MAX_DEPTH} levels deep`, at);
            break scan;
          }
          depth += 1;
          this.#closers[depth] = code === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT;
          if (depth === 1) this.#expects = 'key';
          else if (depth === 2 && code === OPEN_ARRAY && this.#isWanted(this.#key)) {
            this.#region = this.#key;
            this.#quickFailures = 0;
            partStart = at + 1;
            boundary = -1;
          }
          break;
        case CLOSE_ARRAY:
        case CLOSE_OBJECT:
          if (depth === 0 || this.#closers[depth] !== code) {
            this.#fail(`a bracket closes what was not opened`, at);
            break scan;
          }
          depth -= 1;
          if (depth === 0) this.#isDone = true;
          else if (depth === 1 && this.#region !== null) {
            addSlice(slices, this.#region, text.slice(partStart, at));
            this.#region = null;
          }
          break;
        default:
          // Outside the object only white space and a byte order mark may stand.
          if (depth === 0 && code > 32 && code !== 0xfeff) {
            this.#fail('it does not begin as a JSON object', at);
            break scan;
          }
      }
    }
    this.#depth = depth;
    this.#isInString = isInString;
    if (this.#region !== null && depth >= 2 && boundary >= partStart) {
      addSlice(slices, this.#region, text.slice(partStart, boundary));
      partStart = boundary + 1;
    }
    const isKeyOpen = isInString && depth === 1 && this.#expects === 'key';
    const keepFrom = this.#region !== null || isKeyOpen ? partStart : length;
    this.#kept = keepFrom < length ? text.slice(keepFrom) : '';
    this.#resumeAt = Math.max(at, length) - keepFrom;
    this.#charsBefore += keepFrom;
    if (this.#kept.length > (isKeyOpen ? MAX_KEY_CHARS : MAX_ELEMENT_CHARS)) {
      this.#fail('one element is larger than 32 MB', 0);
    }
    return slices;
  }

  /** To be called after the last chunk: a file that ends in the middle is a fault. */
  end(): string | null {
    if (this.#fault === null && !this.#isDone) {
      const place =
        this.#region === null ? 'before its object is complete' : `in the middle of "${this.#region}"`;
      this.#fail(`it ends ${place}`, this.#kept.length);
    }
    return this.#fault;
  }

  /** The quick way; null when the guess was wrong and nothing was changed. */
  #takeWholeElements(name: string, text: string): ArraySlice | null {
    if (this.#quickFailures >= MAX_QUICK_FAILURES) return null;
    const comma = lastCommaBetweenObjects(text);
    if (comma < 0) return null;
    const run = text.slice(0, comma);
    let elements: readonly unknown[];
    try {
      elements = JSON.parse(`[${run}]`) as unknown[];
    } catch {
      this.#quickFailures += 1;
      return null;
    }
    this.#quickFailures = 0;
    this.#kept = text.slice(comma + 1);
    this.#charsBefore += comma + 1;
    this.#resumeAt = 0;
    this.#depth = 2;
    this.#isInString = false;
    return { name, text: run, elements };
  }

  #takeKey(quoted: string): boolean {
    const key = quoted.length > MAX_KEY_CHARS ? null : parsedString(quoted);
    if (key === null) {
      this.#fail('a key is not a JSON string', 0);
      return false;
    }
    this.#key = key;
    this.#keys.push(key);
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

function addSlice(slices: ArraySlice[], name: string, text: string): void {
  if (text.trim() !== '') slices.push({ name, text });
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
    return elementTexts(text).map(
      (element) => parsedElement(element) ?? parsedElement(withoutNonNumbers(element)),
    );
  }
}

function parsedElement(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Python writes NaN and Infinity, which JSON does not know; as null they cost the field they stand in and no more. */
function withoutNonNumbers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
    found.startsWith('"') ? found : 'null',
  );
}

/** The slow path for a slice with something broken in it: one text an element. */
function elementTexts(text: string): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  let isInString = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) depth += 1;
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1;
    else if (code === COMMA && depth === 0) {
      texts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  texts.push(text.slice(start));
  return texts;
}
