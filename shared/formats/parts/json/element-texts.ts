const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** A run of elements or entries, separated by commas, as one text each; nothing is said of whether they are JSON. */
export function elementTexts(run: string): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < run.length; at += 1) {
    const code = run.charCodeAt(at);
    if (code === QUOTE) at = endOfString(run, at);
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) depth += 1;
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1;
    else if (code === COMMA && depth === 0) {
      texts.push(run.slice(start, at));
      start = at + 1;
    }
  }
  texts.push(run.slice(start));
  return texts;
}

/** One element; `undefined` when it is not JSON even with Python's NaN and Infinity read as null. */
export function parsedElement(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    try {
      return JSON.parse(withoutNonNumbers(text)) as unknown;
    } catch {
      return undefined;
    }
  }
}

export interface JsonEntry {
  readonly key: string;
  /** `undefined` stands for a value that is not JSON. */
  readonly value: unknown;
}

/** The entries of a run `"key": value, …` in file order, a key that comes twice as often as it comes. */
export function parseEntries(run: string): readonly JsonEntry[] {
  return elementTexts(run).map((text) => {
    const from = text.indexOf('"');
    const to = from < 0 ? text.length : endOfString(text, from);
    const colon = text.slice(to + 1).search(/\S/) + to + 1;
    const key = parsedElement(text.slice(0, to + 1));
    const isEntry = typeof key === 'string' && text.charCodeAt(colon) === COLON;
    return isEntry ? { key, value: parsedElement(text.slice(colon + 1)) } : { key: '', value: undefined };
  });
}

/** Strings up to this long are looked through by the character, which is cheaper than a call; longer ones are searched. */
const SHORT_STRING = 32;

/** As `endOfString`, quicker for the keys and short texts that most strings are. */
export function endOfNextString(text: string, from: number): number {
  const limit = Math.min(text.length, from + SHORT_STRING);
  for (let at = from + 1; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) break;
  }
  return endOfString(text, from);
}

/** Whether the character behind the end of a text, which ends inside a string that begins at `from`, is escaped. */
export function endsInEscape(text: string, from: number): boolean {
  let backslashes = 0;
  while (
    text.length - backslashes - 1 > from &&
    text.charCodeAt(text.length - backslashes - 1) === BACKSLASH
  ) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

/** The index of the quote that ends the string which begins at `from`, or the text's length. */
export function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - backslashes - 1 > from && text.charCodeAt(at - backslashes - 1) === BACKSLASH)
      backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

/** Python writes NaN and Infinity, which JSON does not know; as null they cost the field they stand in and no more. */
function withoutNonNumbers(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const bare = text.slice(at, quote < 0 ? text.length : quote);
    parts.push(bare.replace(/-?\b(?:NaN|Infinity)\b/g, 'null'));
    if (quote < 0) break;
    const end = endOfString(text, quote) + 1;
    parts.push(text.slice(quote, end));
    at = end;
  }
  return parts.join('');
}
