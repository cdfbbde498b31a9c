/** A UUID is 128 bits. */
export const WORDS_PER_UUID = 4;

/** A longer array with the same values at its beginning. */
export function grownTo<Column extends Uint8Array | Uint16Array | Uint32Array | Float32Array>(
  column: Column,
  length: number,
): Column {
  const Kind = column.constructor as new (length: number) => Column;
  const grown = new Kind(length);
  grown.set(column);
  return grown;
}

/** A UUID as `readUuid` writes it: ids are compared without regard to case, as the schema allows both. */
export function uuidKey(id: string): string {
  return id.toLowerCase();
}

/** Writes the 16 bytes of a UUID to its row. */
export function writeUuid(words: Uint32Array, row: number, id: string): void {
  const at = row * WORDS_PER_UUID;
  words[at] = Number.parseInt(id.slice(0, 8), 16);
  words[at + 1] = Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16);
  words[at + 2] = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16);
  words[at + 3] = Number.parseInt(id.slice(28, 36), 16);
}

/** The UUID of a row, in lower case. */
export function readUuid(words: Uint32Array, row: number): string {
  const at = row * WORDS_PER_UUID;
  const a = hex(words[at]);
  const b = hex(words[at + 1]);
  const c = hex(words[at + 2]);
  const d = hex(words[at + 3]);
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}

export function equalsUuid(words: Uint32Array, row: number, id: string): boolean {
  const at = row * WORDS_PER_UUID;
  return (
    words[at] === Number.parseInt(id.slice(0, 8), 16) &&
    words[at + 3] === Number.parseInt(id.slice(28, 36), 16) &&
    readUuid(words, row) === uuidKey(id)
  );
}

function hex(word: number | undefined): string {
  return (word ?? 0).toString(16).padStart(8, '0');
}
