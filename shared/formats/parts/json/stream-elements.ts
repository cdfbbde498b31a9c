import type { DatasetFolder } from '../../format';
import { parseEntries } from './element-texts';
import { type ArraySlice, parseSlice, TopLevelArrays } from './top-level-arrays';

/** Small enough that the parsed objects of one piece are few megabytes, large enough that calls cost nothing. */
const PIECE_CHARS = 128 * 1024;

export interface ElementRun {
  /** The key of the array or object; '' is the root of the file. */
  readonly name: string;
  /** Elements, or values of entries, in file order; `undefined` stands for one that is not JSON. */
  readonly elements: readonly unknown[];
  /** The keys of the values, when these are the entries of an object. */
  readonly keys?: readonly string[];
  /** Length of their text, 0 where single fields were asked for. */
  readonly chars: number;
}

/** What a whole read of a file says at its end. */
export interface StreamEnd {
  readonly fault: string | null;
  readonly keys: readonly string[];
  /** What the file is; null when it has no beginning. */
  readonly root: 'array' | 'object' | null;
}

/**
 * The elements of the wanted top-level arrays of a JSON file, run by run; memory is bounded by one run.
 *
 * @param wanted keys of arrays below a root object; '' is a root that is an array itself. A root array that is not wanted
 *   is a fault, a root object never is: `root` at the end tells.
 * @param wantedEntries keys of objects whose entries are given one by one; '' is the root object itself.
 * @param fieldOf the one field that is asked for of the objects of a wanted array: its values are given as the elements,
 *   `undefined` for objects without it, at a fifth of the cost.
 */
export async function* streamElements(
  folder: DatasetFolder,
  path: string,
  wanted: ReadonlySet<string>,
  wantedEntries: ReadonlySet<string> = NOTHING,
  fieldOf: ReadonlyMap<string, string> = NO_FIELDS,
): AsyncGenerator<ElementRun, StreamEnd> {
  const arrays = new TopLevelArrays({
    array: (name) => wanted.has(name),
    entries: (name) => wantedEntries.has(name),
    field: (name) => fieldOf.get(name) ?? null,
  });
  const endWith = (fault: string | null): StreamEnd => ({ fault, keys: arrays.keys, root: arrays.root });
  try {
    for await (const chunk of folder.streamText(path)) {
      for (let from = 0; from < chunk.length; from += PIECE_CHARS) {
        const piece = chunk.length <= PIECE_CHARS ? chunk : chunk.slice(from, from + PIECE_CHARS);
        for (const slice of arrays.push(piece)) yield runOf(slice);
      }
      if (arrays.fault !== null) return endWith(arrays.fault);
    }
  } catch (thrown) {
    return endWith(`it cannot be read further: ${reasonOf(thrown)}`);
  }
  return endWith(arrays.end());
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_FIELDS: ReadonlyMap<string, string> = new Map();

function runOf({ name, text, isEntries, elements }: ArraySlice): ElementRun {
  if (!isEntries) return { name, elements: elements ?? parseSlice(text), chars: text.length };
  const entries = parseEntries(text);
  return {
    name,
    elements: entries.map((entry) => entry.value),
    keys: entries.map((entry) => entry.key),
    chars: text.length,
  };
}

/** `streamText` throws an AppError, which is not an Error but has a message as well. */
function reasonOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}
