/** Takes bytes of a stream in pieces of any size, without holding more than a piece and a chunk. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, or null when fewer are left; pieces are gathered first, so a lie about `count` costs nothing. */
  async take(count: number): Promise<Uint8Array | null> {
    if (this.#at + count <= this.#chunk.length) {
      const piece = this.#chunk.subarray(this.#at, this.#at + count);
      this.#at += count;
      return piece;
    }
    const pieces: Uint8Array[] = [];
    let gathered = 0;
    while (gathered < count) {
      if (this.#at >= this.#chunk.length && !(await this.#next())) return null;
      const piece = this.#chunk.subarray(this.#at, this.#at + count - gathered);
      this.#at += piece.length;
      gathered += piece.length;
      pieces.push(piece);
    }
    const whole = new Uint8Array(count);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** Passes over `count` bytes; false when fewer are left. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    for (;;) {
      const here = Math.min(left, this.#chunk.length - this.#at);
      this.#at += here;
      left -= here;
      if (left === 0) return true;
      if (!(await this.#next())) return false;
    }
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) if (!(await this.#next())) return true;
    return false;
  }

  /** To be called when nothing more is taken, so that what is read from is closed. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#chunk = next.value;
    this.#at = 0;
    return true;
  }
}
