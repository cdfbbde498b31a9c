import { MAX_JOINTS } from '../../schema/shapes/skeleton';

/**
 * Reads the part of YAML that Ultralytics' dataset files use: top-level keys with scalars, lists and maps in block or
 * flow style. Anything else (anchors, tags, several documents, block text) is passed over when it stands under a key that
 * nobody asks for, and is a fault under one that somebody does.
 */
export interface DataYaml {
  /** Class names by number; null when there is no `names`. */
  readonly names: ReadonlyMap<number, string> | null;
  /** `path`, `train`, `val`, `test` as they stand; lists give several. */
  readonly path: string | null;
  readonly train: readonly string[];
  readonly val: readonly string[];
  readonly test: readonly string[];
  /** `nc`, the number of classes. */
  readonly classCount: number | null;
  /** `task`, which Ultralytics keeps in its models and some tools in their datasets. */
  readonly task: string | null;
  /** `kpt_shape`: how many joints an object has, and with how many numbers each: x, y and perhaps visibility. */
  readonly keypoints: { readonly count: number; readonly dimensions: 2 | 3 } | null;
  /** `kpt_names`: names of the joints by class number; under -1 those of all classes. */
  readonly jointNames: ReadonlyMap<number, readonly string[]>;
  /** `kpt_edges`, a key of ours: pairs of joints, `0-1`, by class number. */
  readonly jointEdges: ReadonlyMap<number, readonly string[]>;
  /** `box_outlines`, a key of ours: upright four-cornered outlines stand for boxes. */
  readonly hasBoxOutlines: boolean;
  /** Keys whose value is not read here though it concerns labels, with the reason. */
  readonly passedOver: readonly YamlFault[];
}

export interface YamlFault {
  readonly line: number;
  readonly reason: string;
}

const MAX_LINES = 200_000;
const MAX_NAMES = 100_001;
const MAX_SCALAR_CHARS = 4_096;

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/** Thrown inside this file alone, to leave nested parsing at once. */
class Fault extends Error {
  readonly line: number;
  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

export function parseDataYaml(
  text: string,
): { readonly ok: true; readonly value: DataYaml } | { readonly ok: false; readonly error: YamlFault } {
  try {
    return { ok: true, value: parsed(text) };
  } catch (thrown) {
    if (thrown instanceof Fault) return { ok: false, error: { line: thrown.line, reason: thrown.message } };
    throw thrown;
  }
}

function parsed(text: string): DataYaml {
  const lines = significantLines(text);
  let names: ReadonlyMap<number, string> | null = null;
  let path: string | null = null;
  let classCount: number | null = null;
  let task: string | null = null;
  let keypoints: DataYaml['keypoints'] = null;
  let hasBoxOutlines = false;
  let jointNames: DataYaml['jointNames'] = new Map();
  let jointEdges: DataYaml['jointEdges'] = new Map();
  const passedOver: YamlFault[] = [];
  const splits: Record<'train' | 'val' | 'test', readonly string[]> = { train: [], val: [], test: [] };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line === undefined) break;
    const entry = line.indent === 0 ? keyAndRest(line) : null;
    let end = at + 1;
    // A block list may stand at the indent of its key.
    while (end < lines.length && belongsTo(lines[end])) end += 1;
    const body = lines.slice(at + 1, end);
    at = end;
    if (entry === null) {
      if (line.text === '---' || line.text === '...' || line.text.startsWith('%')) continue;
      throw new Fault(line.number, 'a top-level line is not "key: value"');
    }
    const { key, rest } = entry;
    if (key === 'names') names = namesFrom(line, rest, body);
    else if (key === 'path') path = rest === '' ? null : scalar(rest, line.number);
    else if (key === 'train' || key === 'val' || key === 'test') splits[key] = stringsFrom(line, rest, body);
    else if (key === 'valid' && splits.val.length === 0) splits.val = stringsFrom(line, rest, body);
    else if (key === 'nc') classCount = wholeNumber(rest);
    else if (key === 'task') task = rest === '' ? null : scalar(rest, line.number);
    else if (key === 'kpt_shape') keypoints = keypointsFrom(line, rest, body);
    else if (key === 'box_outlines') hasBoxOutlines = rest === 'true';
    else if (key === 'kpt_names') jointNames = leniently(() => listsByNumber(line, rest, body), passedOver);
    else if (key === 'kpt_edges') jointEdges = leniently(() => listsByNumber(line, rest, body), passedOver);
  }
  return {
    names,
    path,
    ...splits,
    classCount,
    task,
    keypoints,
    jointNames,
    jointEdges,
    hasBoxOutlines,
    passedOver,
  };
}

/** Names of joints matter less than names of classes: where they cannot be read, the rest still is. */
function leniently(
  read: () => ReadonlyMap<number, readonly string[]>,
  passedOver: YamlFault[],
): ReadonlyMap<number, readonly string[]> {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    passedOver.push({ line: thrown.line, reason: thrown.message });
    return new Map();
  }
}

function wholeNumber(text: string): number | null {
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}

function keypointsFrom(line: Line, rest: string, body: readonly Line[]): DataYaml['keypoints'] {
  const [count = 0, dimensions = 0, ...more] = stringsFrom(line, rest, body).map(
    (text) => wholeNumber(text) ?? 0,
  );
  const isShape =
    count >= 1 && count <= MAX_JOINTS && (dimensions === 2 || dimensions === 3) && more.length === 0;
  if (!isShape)
    throw new Fault(line.number, `"kpt_shape" is not [number of joints up to ${MAX_JOINTS}, 2 or 3]`);
  return { count, dimensions };
}

/** `0: [a, b]`, `0:` above a block list, or one list for all classes, which is kept under -1. */
function listsByNumber(
  line: Line,
  rest: string,
  body: readonly Line[],
): ReadonlyMap<number, readonly string[]> {
  const lists = new Map<number, readonly string[]>();
  if (rest.startsWith('[') || body.every((entry) => entry.text.startsWith('-'))) {
    return lists.set(-1, stringsFrom(line, rest, body));
  }
  if (rest !== '') throw new Fault(line.number, 'a list or a map of lists was expected');
  for (let at = 0; at < body.length; ) {
    const entry = body[at];
    const pair = entry === undefined ? null : keyAndRest(entry);
    const index = wholeNumber(pair?.key ?? '');
    if (entry === undefined || pair === null || index === null || index >= MAX_NAMES) {
      throw new Fault(entry?.number ?? line.number, 'an entry is not "class number: list"');
    }
    let end = at + 1;
    // A flow list may go on over lines; a block list has one item a line.
    while (end < body.length && !/^\d+\s*:/.test(body[end]?.text ?? '')) end += 1;
    lists.set(index, stringsFrom(entry, pair.rest, body.slice(at + 1, end)));
    at = end;
  }
  return lists;
}

function belongsTo(line: Line | undefined): boolean {
  return line !== undefined && (line.indent > 0 || /^(?:-(?:\s|$)|[\]}])/.test(line.text));
}

function significantLines(text: string): readonly Line[] {
  const raw = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (raw.length > MAX_LINES) throw new Fault(MAX_LINES, `it has more than ${MAX_LINES} lines`);
  const lines: Line[] = [];
  raw.forEach((full, index) => {
    const content = withoutComment(full).trimEnd();
    const trimmed = content.trimStart();
    if (trimmed === '') return;
    lines.push({ number: index + 1, indent: content.length - trimmed.length, text: trimmed });
  });
  return lines;
}

/** Cuts a comment: a `#` at the start or after white space, outside quotes. */
function withoutComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== '') {
      if (char === '\\' && quote === '"') at += 1;
      else if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && (at === 0 || /[\s[{,:]/.test(line.charAt(at - 1))))
      quote = char;
    else if (char === '#' && (at === 0 || /\s/.test(line.charAt(at - 1)))) return line.slice(0, at);
  }
  return line;
}

/** `key: rest`, the key plain or quoted; null when the line is no such pair. */
function keyAndRest({ text, number }: Line): { readonly key: string; readonly rest: string } | null {
  const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:'"[\]{},-][^:]*?|-?\d+)\s*:(?:\s+(.*))?$/.exec(text);
  if (match === null) return null;
  return { key: scalar(match[1] ?? '', number), rest: match[2] ?? '' };
}

function namesFrom(line: Line, rest: string, body: readonly Line[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const add = (index: number, name: string, at: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= MAX_NAMES) {
      throw new Fault(at, `a class number must be a whole number from 0 to ${MAX_NAMES - 1}`);
    }
    if (names.has(index)) throw new Fault(at, `class ${index} is named twice`);
    names.set(index, name);
  };
  if (rest !== '') {
    const flow = flowText(rest, body);
    const items = flowItems(flow, line.number);
    const isMap = flow.startsWith('{');
    items.forEach((item, position) => {
      if (!isMap) {
        add(position, scalar(item, line.number), line.number);
        return;
      }
      const pair = keyAndRest({ text: item, number: line.number, indent: 0 });
      if (pair === null) throw new Fault(line.number, 'an entry of "names" is not "number: name"');
      add(Number(pair.key), scalar(pair.rest, line.number), line.number);
    });
    return names;
  }
  let position = 0;
  for (const entry of body) {
    const item = /^-(?:\s+(.*))?$/.exec(entry.text);
    if (item !== null) {
      add(position, scalar(item[1] ?? '', entry.number), entry.number);
      position += 1;
      continue;
    }
    const pair = keyAndRest(entry);
    if (pair === null || pair.key.trim() === '') {
      throw new Fault(entry.number, 'an entry of "names" is neither "- name" nor "number: name"');
    }
    add(Number(pair.key), scalar(pair.rest, entry.number), entry.number);
  }
  return names;
}

function stringsFrom(line: Line, rest: string, body: readonly Line[]): readonly string[] {
  if (rest.startsWith('[')) {
    return flowItems(flowText(rest, body), line.number).map((item) => scalar(item, line.number));
  }
  if (rest !== '') return isNull(rest) ? [] : [scalar(rest, line.number)];
  const strings: string[] = [];
  for (const entry of body) {
    const item = /^-(?:\s+(.*))?$/.exec(entry.text);
    // A map here belongs to another kind of dataset (masks beside images); it names no box labels.
    if (item === null) return [];
    strings.push(scalar(item[1] ?? '', entry.number));
  }
  return strings;
}

function isNull(text: string): boolean {
  return text === '~' || text === 'null' || text === 'None';
}

function flowText(rest: string, body: readonly Line[]): string {
  return [rest, ...body.map((line) => line.text)].join(' ').trim();
}

/** The comma-separated items of a one-level flow list or map. */
function flowItems(flow: string, line: number): readonly string[] {
  const opener = flow.charAt(0);
  const closer = opener === '[' ? ']' : opener === '{' ? '}' : '';
  if (closer === '') throw new Fault(line, `"${flow.slice(0, 40)}" is neither a list nor a map`);
  const items: string[] = [];
  let item = '';
  let quote = '';
  for (let at = 1; at < flow.length; at += 1) {
    const char = flow.charAt(at);
    if (quote !== '') {
      item += char;
      if (char === '\\' && quote === '"') {
        at += 1;
        item += flow.charAt(at);
      } else if (char === quote) quote = '';
    } else if (char === closer) {
      if (flow.slice(at + 1).trim() !== '') throw new Fault(line, `more text follows the ${closer}`);
      if (item.trim() !== '') items.push(item.trim());
      return items;
    } else if (char === ',') {
      items.push(item.trim());
      item = '';
    } else if (char === '[' || char === '{') {
      throw new Fault(line, 'lists inside lists are not read here');
    } else {
      if ((char === '"' || char === "'") && /^\s*$|:\s*$/.test(item)) quote = char;
      item += char;
    }
    if (items.length > MAX_NAMES) throw new Fault(line, 'the list is too long');
  }
  throw new Fault(line, `a ${closer} is missing`);
}

function scalar(text: string, line: number): string {
  const trimmed = text.trim();
  if (trimmed.length > MAX_SCALAR_CHARS) throw new Fault(line, 'a value is too long');
  const first = trimmed.charAt(0);
  if (first === "'") {
    if (!/^'(?:[^']|'')*'$/.test(trimmed)) throw new Fault(line, "a closing ' is missing");
    return trimmed.slice(1, -1).replaceAll("''", "'");
  }
  if (first === '"') {
    // YAML's escapes are JSON's and some more that dataset files do not use.
    try {
      return String(JSON.parse(trimmed));
    } catch {
      throw new Fault(line, `${trimmed.slice(0, 40)} is not a well-formed quoted text`);
    }
  }
  if (/^[&*!|>@`]/.test(trimmed))
    throw new Fault(line, `"${trimmed.slice(0, 40)}" uses YAML that is not read here`);
  return trimmed;
}
