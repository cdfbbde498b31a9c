/** What is wrong with a line, in words that end a sentence about it. */
export interface LineFault {
  readonly code: string;
  readonly reason: string;
}

/** No picture's fraction is near this: the line holds pixels. */
const LARGEST_FRACTION = 10;

/** A polygon of ten times the corners of any known tool's; a longer line is not one of labels. */
export const MAX_NUMBERS = 120_001;

/** Up to here a number without its point is exact, and so is its division by a power of ten: IEEE 754 rounds both once. */
const MAX_EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

const SPACE = 32;
const LF = 10;
const CR = 13;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const LETTER_A = 97;
const LETTER_E = 101;

/**
 * Goes through a label file line by line and number by number without cutting it into pieces: a million lines of five
 * numbers are a million strings and five million more otherwise. Lines end in LF, CRLF, or CR where the file has no LF.
 */
export class LabelScanner {
  #text: string;
  #lineEnd = LF;
  #at = 0;
  /** 1-based number of the current line. */
  lineNumber = 0;
  classIndex = 0;
  /** The numbers after the class, the first `count` of them; used again for the next line. */
  numbers = new Float64Array(16);
  count = 0;
  /** The most decimals that a number of the line has: tells what it was rounded to. */
  decimals = 0;
  /** Set when the line is none of labels; numbers then mean nothing. */
  fault: LineFault | null = null;

  constructor(text: string) {
    this.#text = text;
    this.reset(text);
  }

  /** Begins another file. */
  reset(text: string): void {
    this.#text = text;
    this.#lineEnd = text.includes('\n') || !text.includes('\r') ? LF : CR;
    this.#at = 0;
    this.lineNumber = 0;
  }

  /** Goes to the next line that holds something; false at the end of the file. */
  next(): boolean {
    const text = this.#text;
    while (this.#at < text.length) {
      this.lineNumber += 1;
      const start = this.#at;
      if (this.#scanLine()) {
        if (this.fault !== null) this.#explainFault(start);
        return true;
      }
    }
    return false;
  }

  /** False for a line of white space. */
  #scanLine(): boolean {
    const text = this.#text;
    const end = this.#lineEnd;
    let at = this.#at;
    let columns = 0;
    this.count = 0;
    this.decimals = 0;
    this.fault = null;
    for (; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (code === end) break;
      if (isBlank(code)) {
        at += 1;
        continue;
      }
      const from = at;
      // A plain decimal is put together on the way; everything else is left to Number.
      let mantissa = 0;
      let digits = 0;
      let pointAt = -1;
      let isPlain = true;
      let isNegative = false;
      for (; at < text.length; at += 1) {
        const char = text.charCodeAt(at);
        if (char >= ZERO && char <= NINE) {
          mantissa = mantissa * 10 + (char - ZERO);
          if (mantissa > 0) digits += 1;
        } else if (char === POINT && pointAt < 0) pointAt = at;
        else if (char === MINUS && at === from) isNegative = true;
        else if (char === end || isBlank(char)) break;
        else isPlain = false;
      }
      const decimals = pointAt < 0 ? 0 : at - pointAt - 1;
      const length = at - from - (pointAt < 0 ? 0 : 1) - (isNegative ? 1 : 0);
      let value: number;
      if (isPlain && length > 0 && digits <= MAX_EXACT_DIGITS && decimals < POWERS_OF_TEN.length) {
        value = mantissa / (POWERS_OF_TEN[decimals] ?? 1);
        if (isNegative) value = -value;
      } else value = numberFrom(text.slice(from, at));
      // Adding 0 makes 0 of -0.
      if (columns === 0) this.classIndex = value + 0;
      else if (this.count < MAX_NUMBERS) {
        if (this.count === this.numbers.length) this.#grow();
        this.numbers[this.count] = value + 0;
        this.count += 1;
      } else this.fault = UNEXPLAINED;
      if (columns > 0 && !(value <= LARGEST_FRACTION && value >= -LARGEST_FRACTION)) this.fault = UNEXPLAINED;
      if (decimals > this.decimals) this.decimals = decimals;
      columns += 1;
    }
    this.#at = at + 1;
    if (columns === 0) return false;
    if (columns < 5 || !Number.isInteger(this.classIndex) || this.classIndex < 0) this.fault = UNEXPLAINED;
    return true;
  }

  #grow(): void {
    const larger = new Float64Array(this.numbers.length * 4);
    larger.set(this.numbers);
    this.numbers = larger;
  }

  /** Faults are rare: only then is the line cut into words. */
  #explainFault(start: number): void {
    const columns = this.#text
      .slice(start, this.#at - 1)
      .trim()
      .split(/\s+/, MAX_NUMBERS + 2);
    this.fault = faultOf(columns);
  }
}

const UNEXPLAINED: LineFault = { code: 'yolo-bad-line', reason: 'is no line of labels' };

function faultOf(columns: readonly string[]): LineFault {
  const count = columns.length;
  if (count > MAX_NUMBERS + 1) return { code: 'yolo-bad-line', reason: 'has too many columns' };
  if (count < 5) {
    if (columns.some((column) => column.includes(',')))
      return {
        code: 'yolo-comma',
        reason: 'separates its numbers with commas; YOLO separates with spaces',
      };
    return {
      code: 'yolo-bad-line',
      reason: `has ${count} columns where "class x y width height" needs 5`,
    };
  }
  const [first = '', ...others] = columns;
  const classIndex = numberFrom(first);
  if (!Number.isInteger(classIndex) || classIndex < 0)
    return { code: 'yolo-bad-class', reason: `begins with "${shown(first)}", which is not a class number` };
  for (const text of others) {
    const value = numberFrom(text);
    if (Number.isNaN(value)) return notANumber(text);
    if (value > LARGEST_FRACTION || value < -LARGEST_FRACTION) {
      return {
        code: 'yolo-not-normalised',
        reason: `holds ${shown(text)}; YOLO needs fractions of the picture from 0 to 1, not pixels`,
      };
    }
  }
  return UNEXPLAINED;
}

/** A finite number, or NaN: `0x1` and `0b1` are numbers to JavaScript and to no other reader of these files. */
function numberFrom(text: string): number {
  if (text === '' || text.length > 400 || text.charCodeAt(0) === COMMA) return Number.NaN;
  const marked = text.charCodeAt(0) === PLUS || text.charCodeAt(0) === MINUS ? 2 : 1;
  const second = text.charCodeAt(marked) | 32;
  if (second >= LETTER_A && second !== LETTER_E) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function isBlank(code: number): boolean {
  return code <= SPACE || code === 0xa0 || code === 0xfeff;
}

function notANumber(text: string): LineFault {
  if (/^-?\d+,\d+$/.test(text)) {
    return {
      code: 'yolo-comma',
      reason: `writes ${shown(text)} with a comma; write ${shown(text.replace(',', '.'))}`,
    };
  }
  return { code: 'yolo-not-a-number', reason: `holds "${shown(text)}", which is not a number` };
}

function shown(text: string): string {
  return text.slice(0, 40);
}
