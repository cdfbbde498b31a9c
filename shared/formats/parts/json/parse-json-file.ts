import type { DatasetFolder } from '../../format';
import { endOfString, parsedElement } from './element-texts';

/** No format nests nearly as deep; anything near this is an attack on the parser's stack. */
const MAX_DEPTH = 64;

/** Enough to see what is wrong. */
const MAX_NAMED_DUPLICATES = 20;

export type ParsedJsonFile =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Keys that come twice in one object, of which the last stands; the first 20. */
      readonly duplicateKeys: readonly string[];
      /** True when bytes that are no text were replaced by U+FFFD, so that names may be damaged. */
      readonly hasBadEncoding: boolean;
    }
  | {
      readonly ok: false;
      readonly code: 'json-unreadable' | 'json-malformed';
      /** For a person, to follow the path: why it could not be read. */
      readonly reason: string;
    };

/**
 * A small JSON file as a whole. NaN and Infinity, as Python writes them, are read as null; a byte order mark is passed
 * over. Nesting beyond 64 levels is refused before JSON.parse sees it.
 */
export async function parseJsonFile(
  folder: DatasetFolder,
  path: string,
  maxBytes: number,
): Promise<ParsedJsonFile> {
  const read = await folder.readText(path, maxBytes);
  if (!read.ok) return { ok: false, code: 'json-unreadable', reason: read.error.message };
  const text = read.value.startsWith('\ufeff') ? read.value.slice(1) : read.value;
  const { isTooDeep, duplicateKeys } = looked(text);
  if (isTooDeep) {
    return { ok: false, code: 'json-malformed', reason: `it is nested more than ${MAX_DEPTH} levels deep` };
  }
  const value = parsedElement(text);
  if (value === undefined) return { ok: false, code: 'json-malformed', reason: faultOf(text) };
  return { ok: true, value, duplicateKeys, hasBadEncoding: text.includes('\ufffd') };
}

function faultOf(text: string): string {
  if (text.trim() === '') return 'it is empty';
  try {
    JSON.parse(text);
    return 'it is not JSON';
  } catch (thrown) {
    // The engine's words quote the text and tell the place.
    return thrown instanceof Error ? `it is not JSON: ${thrown.message.slice(0, 200)}` : 'it is not JSON';
  }
}

/** One look over the brackets and keys; strings are jumped over, so that pictures inside a file cost little. */
function looked(text: string): { readonly isTooDeep: boolean; readonly duplicateKeys: readonly string[] } {
  const duplicates = new Set<string>();
  /** Keys of the open objects; null for a list. */
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        const keys = open.at(-1);
        if (expectsKey && keys instanceof Set) {
          const key = text.slice(at + 1, end);
          if (keys.has(key) && duplicates.size < MAX_NAMED_DUPLICATES) duplicates.add(key.slice(0, 100));
          keys.add(key);
        }
        at = end;
        break;
      }
      case '{':
      case '[':
        if (open.length === MAX_DEPTH) return { isTooDeep: true, duplicateKeys: [] };
        open.push(text[at] === '{' ? new Set() : null);
        expectsKey = text[at] === '{';
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        expectsKey = open.at(-1) instanceof Set;
        break;
      case ':':
        expectsKey = false;
        break;
    }
  }
  return { isTooDeep: false, duplicateKeys: [...duplicates] };
}
