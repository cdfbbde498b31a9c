/** One row of delimited text. */
export interface CsvRow {
  /** 1-based line on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFault {
  readonly line: number;
  /** For a person, to follow "line 3". */
  readonly reason: string;
}

/** The runs of a mask of a 20,000 px picture fit; beyond this memory would follow the input. */
const MAX_ROW_CHARS = 32 * 1024 * 1024;

/** Each quote that is never closed costs a search to the end of what is held; a file with more of them is no CSV. */
const MAX_FAULTS = 100;

/** What such searches may cost together; more is an attack. */
const MAX_SEARCHED_CHARS = 2 * MAX_ROW_CHARS;

/** A wide table has hundreds; more is another kind of file. */
const MAX_CELLS = 10_000;

const QUOTE = 34;

/**
 * Cuts delimited text, given in pieces, into rows: RFC 4180 with any one-character delimiter, line ends LF, CRLF or CR,
 * quoted cells that hold delimiters, quotes (doubled) and line ends, and a byte order mark. Blank lines are no rows.
 *
 * A quote inside an unquoted cell, and text after a closing quote, stand for themselves, as spreadsheets read them. A
 * quote that is never closed costs its own line and a fault. Memory is bounded by the longest row.
 */
export class CsvRows {
  readonly #delimiter: string;
  #rest = '';
  /** A row that was cut off is looked at again when there is twice as much of it, so that each character is seen few times. */
  #waitFor = 0;
  #searchedInVain = 0;
  #line = 1;
  #isAtStart = true;
  #isStopped = false;
  #faultCount = 0;
  #faults: CsvFault[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** True when nothing more is given, because of a fault that no later row would mend. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  takeFaults(): readonly CsvFault[] {
    const taken = this.#faults;
    if (taken.length > 0) this.#faults = [];
    return taken;
  }

  push(chunk: string): readonly CsvRow[] {
    if (this.#isStopped || chunk === '') return [];
    let text = this.#rest + chunk;
    if (text.length < this.#waitFor) {
      this.#rest = text;
      return [];
    }
    if (this.#isAtStart) {
      this.#isAtStart = false;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    return this.#taken(text, false);
  }

  /** To be called after the last chunk. */
  end(): readonly CsvRow[] {
    return this.#isStopped ? [] : this.#taken(this.#rest, true);
  }

  #taken(text: string, isLast: boolean): readonly CsvRow[] {
    const rows: CsvRow[] = [];
    this.#waitFor = 0;
    const lf = new NextPlace(text, '\n');
    const cr = new NextPlace(text, '\r');
    const quotes = new NextPlace(text, '"');
    let at = 0;
    while (at < text.length && !this.#isStopped) {
      const end = Math.min(lf.from(at), cr.from(at));
      const isCut = end === text.length || (text[end] === '\r' && end === text.length - 1);
      if (quotes.from(at) >= end) {
        if (isCut && !isLast) break;
        const line = text.slice(at, end);
        if (line !== '') this.#add(rows, line.split(this.#delimiter, MAX_CELLS));
        at = afterBreak(text, end);
        this.#line += 1;
        continue;
      }
      const quoted = quotedRow(text, at, this.#delimiter, isLast);
      if (quoted === 'cut') {
        if (!isLast && text.length - at <= MAX_ROW_CHARS) {
          this.#waitFor = Math.min(2 * (text.length - at), MAX_ROW_CHARS);
          break;
        }
        this.#searchedInVain += text.length - at;
        this.#fault('opens a quote that is never closed; the line was left out');
        at = afterBreak(text, end);
        this.#line += 1;
        continue;
      }
      this.#add(rows, quoted.cells);
      this.#line += 1 + quoted.lineEndsInside;
      at = quoted.next;
    }
    this.#rest = at < text.length ? text.slice(at) : '';
    if (this.#rest.length > MAX_ROW_CHARS) {
      this.#fault('is longer than 32 MB; nothing after it was read');
      this.#isStopped = true;
      this.#rest = '';
    }
    return rows;
  }

  #add(rows: CsvRow[], cells: readonly string[]): void {
    rows.push({ line: this.#line, cells });
  }

  #fault(reason: string): void {
    this.#faults.push({ line: this.#line, reason });
    this.#faultCount += 1;
    if (this.#faultCount >= MAX_FAULTS || this.#searchedInVain > MAX_SEARCHED_CHARS) this.#isStopped = true;
  }
}

/** Where a character comes next; looked for once, not again for every row. */
class NextPlace {
  readonly #text: string;
  readonly #character: string;
  #place = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** The first place at or after `at`, which never falls from call to call; the length of the text when there is none. */
  from(at: number): number {
    if (this.#place < at) {
      const found = this.#text.indexOf(this.#character, at);
      this.#place = found < 0 ? this.#text.length : found;
    }
    return this.#place;
  }
}

function afterBreak(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

interface QuotedRow {
  readonly cells: readonly string[];
  readonly next: number;
  readonly lineEndsInside: number;
}

/** A row with a quote somewhere in it; `'cut'` when it may go on behind the end of the text. */
function quotedRow(text: string, start: number, delimiter: string, isLast: boolean): QuotedRow | 'cut' {
  const cells: string[] = [];
  let lineEndsInside = 0;
  let at = start;
  for (;;) {
    let cell = '';
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at + 1, isLast);
      if (close < 0) return 'cut';
      const inner = text.slice(at + 1, close);
      lineEndsInside += lineEndsIn(inner);
      cell = inner.includes('"') ? inner.replaceAll('""', '"') : inner;
      at = close + 1;
    }
    const from = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
    cell += text.slice(from, at);
    if (cells.length < MAX_CELLS) cells.push(cell);
    if (at >= text.length || (text[at] === '\r' && at === text.length - 1)) {
      return isLast ? { cells, next: text.length, lineEndsInside } : 'cut';
    }
    if (text[at] !== delimiter) return { cells, next: afterBreak(text, at), lineEndsInside };
    at += 1;
  }
}

/** The quote that closes a cell, -1 when the text may end before it. */
function closingQuote(text: string, from: number, isLast: boolean): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (at === text.length - 1) return isLast ? at : -1;
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  return -1;
}

function lineEndsIn(text: string): number {
  return text.includes('\n') || text.includes('\r') ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}
