const BITS_A_PAGE = 4096;
const BITS_A_WORD = 32;

/** 16 MB of pages; ids beyond are not watched, so that memory stays flat. */
const MAX_PAGES = 32_768;

/**
 * Ids that were seen, a bit each, for telling repeated ones. Whole numbers only; ids that lie far apart take a page each,
 * and those that come when all pages are taken are not watched.
 */
export class SeenIds {
  readonly #pages = new Map<number, Uint32Array>();
  #lastNumber = -1;
  #lastPage: Uint32Array = new Uint32Array(0);

  /** True when the id was seen before. */
  add(id: unknown): boolean {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) return false;
    const number = Math.floor(id / BITS_A_PAGE);
    if (number !== this.#lastNumber) {
      let page = this.#pages.get(number);
      if (page === undefined) {
        if (this.#pages.size >= MAX_PAGES) return false;
        page = new Uint32Array(BITS_A_PAGE / BITS_A_WORD);
        this.#pages.set(number, page);
      }
      this.#lastNumber = number;
      this.#lastPage = page;
    }
    const at = id - number * BITS_A_PAGE;
    const word = at >>> 5;
    const bit = 1 << (at & 31);
    const known = this.#lastPage[word] ?? 0;
    this.#lastPage[word] = known | bit;
    return (known & bit) !== 0;
  }
}
