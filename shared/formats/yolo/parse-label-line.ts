/** A box as fractions of the picture's sides, by its edges, not yet clamped. */
export interface LabelLine {
  readonly classIndex: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number | null;
  /** True for a line of polygon corners, of which only the box around them is taken. */
  readonly isPolygon: boolean;
}

/** What a line says, or what is wrong with it in words that end a sentence about the line. */
export type ParsedLine = LabelLine | { readonly code: string; readonly reason: string };

/** No picture's fraction is near this: the line holds pixels. */
const LARGEST_FRACTION = 10;

const LETTER_A = 97;
const LETTER_E = 101;

/** A polygon of ten times the corners of any known tool's; a longer line is not one of labels. */
const MAX_COLUMNS = 120_002;

/**
 * One line of a YOLO label file: `class cx cy w h [confidence]`, or `class x1 y1 x2 y2 x3 y3 …` for a polygon.
 * With `hasKeypoints` the columns after the box are keypoints and are not looked at.
 */
export function parseLabelLine(line: string, hasKeypoints: boolean): ParsedLine {
  const columns = line.split(line.includes('\t') || line.includes('  ') ? /\s+/ : ' ', MAX_COLUMNS + 1);
  const count = columns.length;
  if (count > MAX_COLUMNS) return fault('yolo-bad-line', 'has too many columns');
  if (count < 5) {
    if (line.includes(','))
      return fault('yolo-comma', 'separates its numbers with commas; YOLO separates with spaces');
    return fault('yolo-bad-line', `has ${count} columns where "class x y width height" needs 5`);
  }
  const classIndex = Number(columns[0]);
  if (!Number.isInteger(classIndex) || classIndex < 0 || columns[0] === '' || isPrefixed(columns[0] ?? '')) {
    return fault('yolo-bad-class', `begins with "${shown(columns[0])}", which is not a class number`);
  }
  const isBox = count <= 6 || hasKeypoints;
  const numbers: number[] = [];
  const used = isBox ? (hasKeypoints ? 5 : count) : count;
  for (let index = 1; index < used; index += 1) {
    const text = columns[index] ?? '';
    const value = Number(text);
    if (text === '' || !Number.isFinite(value) || isPrefixed(text)) return notANumber(text);
    if (value > LARGEST_FRACTION || value < -LARGEST_FRACTION) {
      return fault(
        'yolo-not-normalised',
        `holds ${shown(text)}; YOLO needs fractions of the picture from 0 to 1, not pixels`,
      );
    }
    numbers.push(value);
  }
  return isBox ? boxLine(classIndex, numbers) : polygonLine(classIndex, numbers);
}

function boxLine(classIndex: number, numbers: readonly number[]): ParsedLine {
  const [x = 0, y = 0, width = 0, height = 0, score] = numbers;
  if (width <= 0 || height <= 0) return fault('yolo-degenerate-box', 'has a box without width or height');
  if (score !== undefined && (score < 0 || score > 1)) {
    return fault('yolo-bad-line', `has a sixth column ${score} that is no confidence from 0 to 1`);
  }
  return {
    classIndex,
    left: x - width / 2,
    top: y - height / 2,
    right: x + width / 2,
    bottom: y + height / 2,
    score: score ?? null,
    isPolygon: false,
  };
}

function polygonLine(classIndex: number, numbers: readonly number[]): ParsedLine {
  // An odd number of values after the class means a confidence at the end, as Ultralytics' predictions have.
  const score = numbers.length % 2 === 1 ? (numbers.at(-1) ?? null) : null;
  const corners = score === null ? numbers.length : numbers.length - 1;
  if (corners < 6)
    return fault('yolo-bad-line', `has ${numbers.length + 1} columns, which is neither a box nor a polygon`);
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < corners; index += 2) {
    const x = numbers[index] ?? 0;
    const y = numbers[index + 1] ?? 0;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  if (right <= left || bottom <= top)
    return fault('yolo-degenerate-box', 'has a polygon without width or height');
  const isScore = score !== null && score >= 0 && score <= 1;
  return { classIndex, left, top, right, bottom, score: isScore ? score : null, isPolygon: true };
}

/** `0x1` and `0b1` are numbers to JavaScript and to no other reader of these files. */
function isPrefixed(text: string): boolean {
  return text.length > 2 && (text.charCodeAt(1) | 32) >= LETTER_A && (text.charCodeAt(1) | 32) !== LETTER_E;
}

function notANumber(text: string): ParsedLine {
  if (/^-?\d+,\d+$/.test(text)) {
    return fault('yolo-comma', `writes ${shown(text)} with a comma; write ${shown(text.replace(',', '.'))}`);
  }
  return fault('yolo-not-a-number', `holds "${shown(text)}", which is not a number`);
}

function fault(code: string, reason: string): ParsedLine {
  return { code, reason };
}

function shown(text: string | undefined): string {
  return (text ?? '').slice(0, 40);
}
