/** Rows that are selected, as bits: all of 2,000,000 are 250 KB. Tells its listeners after each change. */
export interface RowSelection {
  readonly size: number;
  has(row: number): boolean;
  set(rows: Iterable<number>, isSelected: boolean): void;
  /** These and no others. */
  replace(rows: Iterable<number>): void;
  clear(): void;
  /** Selected rows, ascending. */
  rows(): Uint32Array;
  subscribe(listener: () => void): () => void;
}

export function createRowSelection(): RowSelection {
  let bits = new Uint8Array(1024);
  let size = 0;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  function put(row: number, isSelected: boolean): void {
    const byte = row >>> 3;
    if (byte >= bits.length) {
      if (!isSelected) return;
      const grown = new Uint8Array(Math.max(byte + 1, bits.length * 2));
      grown.set(bits);
      bits = grown;
    }
    const bit = 1 << (row & 7);
    const before = bits[byte] ?? 0;
    const after = isSelected ? before | bit : before & ~bit;
    if (after === before) return;
    bits[byte] = after;
    size += isSelected ? 1 : -1;
  }

  function empty(): void {
    bits.fill(0);
    size = 0;
  }

  return {
    get size() {
      return size;
    },
    has: (row) => ((bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0,
    set(rows, isSelected) {
      for (const row of rows) put(row, isSelected);
      tell();
    },
    replace(rows) {
      empty();
      for (const row of rows) put(row, true);
      tell();
    },
    clear() {
      if (size === 0) return;
      empty();
      tell();
    },
    rows() {
      const found = new Uint32Array(size);
      let count = 0;
      bits.forEach((byte, at) => {
        for (let bit = 0; byte !== 0 && bit < 8; bit += 1) {
          if ((byte & (1 << bit)) !== 0) found[count++] = at * 8 + bit;
        }
      });
      return found;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
