import type { DatasetFolder } from '../../format';
import { parseSlice, TopLevelArrays } from './top-level-arrays';

/** Small enough that the parsed objects of one piece are few megabytes, large enough that calls cost nothing. */
const PIECE_CHARS = 128 * 1024;

export interface ElementRun {
  readonly name: string;
  /** Elements in file order; `undefined` stands for one that is not JSON. */
  readonly elements: readonly unknown[];
}

/** What a whole read of a file says at its end. */
export interface StreamEnd {
  readonly fault: string | null;
  readonly keys: readonly string[];
}

/** The elements of the wanted top-level arrays of a JSON file, run by run; memory is bounded by one run. */
export async function* streamElements(
  folder: DatasetFolder,
  path: string,
  wanted: ReadonlySet<string>,
): AsyncGenerator<ElementRun, StreamEnd> {
  const arrays = new TopLevelArrays((name) => wanted.has(name));
  try {
    for await (const chunk of folder.streamText(path)) {
      for (let from = 0; from < chunk.length; from += PIECE_CHARS) {
        const piece = chunk.length <= PIECE_CHARS ? chunk : chunk.slice(from, from + PIECE_CHARS);
        for (const { name, text, elements } of arrays.push(piece)) {
          yield { name, elements: elements ?? parseSlice(text) };
        }
      }
      if (arrays.fault !== null) return { fault: arrays.fault, keys: arrays.keys };
    }
  } catch (thrown) {
    return { fault: `it cannot be read further: ${reasonOf(thrown)}`, keys: arrays.keys };
  }
  return { fault: arrays.end(), keys: arrays.keys };
}

/** `streamText` throws an AppError, which is not an Error but has a message as well. */
function reasonOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}
