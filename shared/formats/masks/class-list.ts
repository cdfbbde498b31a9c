import type { DatasetFolder } from '../format';
import { isRecord, listFrom } from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { colorFrom, type LabelColor, labelColorsFrom, linesOf } from '../parts/label-colors';
import { nameOf } from '../parts/picture-index';
import { labelNameFrom } from '../parts/records/label-record';

/** What one value of a mask stands for. */
export interface MaskClass {
  /** The number in a palette or grey mask; null for a list that knows colours alone. */
  readonly value: number | null;
  readonly name: string;
  /** 0xRRGGBB; null where the list has no colours. */
  readonly color: number | null;
  readonly isBackground: boolean;
}

export interface ClassList {
  readonly path: string;
  readonly classes: readonly MaskClass[];
}

const MAX_LIST_BYTES = 4 * 1024 * 1024;
/** A mask of 16 bits tells this many classes apart. */
const MAX_CLASSES = 65_536;

/** Names of what is no object. */
const BACKGROUND = /^_*(?:background|bg|void|unlabell?ed|none|nothing|ignored?|dontcare|don't care)_*$/i;

/** Kinds of list by file name, the most telling first. */
const LISTS: readonly (readonly [RegExp, (text: string) => readonly LabelColor[]])[] = [
  [/^(?:labelmap|label_map)\.txt$/i, labelMapEntries],
  [/^label_?colors?\.txt$/i, labelColorsFrom],
  [/^(?:classes|labels?|class_?names|label_?names|names|obj)\.(?:txt|names)$/i, nameEntries],
  [/^(?:label_?map|class_dict|classes|labels)\.csv$/i, tableEntries],
  [/^[\w-]*\.ya?ml$/i, yamlEntries],
];

/** The list of classes that stands nearest to the root, or null when no file is one. */
export async function findClassList(folder: DatasetFolder): Promise<ClassList | null> {
  const files = [...(await folder.list())]
    .map(({ path }) => path)
    .filter((path) => /\.(?:txt|json|csv|ya?ml|names)$/i.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .slice(0, 2_000);
  const meta = files.find((path) => /(^|\/)dataset_meta\.json$/i.test(path));
  if (meta !== undefined) {
    const list = await metaList(folder, meta);
    if (list !== null) return list;
  }
  for (const [pattern, entriesOf] of LISTS) {
    for (const path of files.filter((candidate) => pattern.test(nameOf(candidate))).slice(0, 5)) {
      const read = await folder.readText(path, MAX_LIST_BYTES);
      const classes = read.ok ? classesOf(entriesOf(read.value.replace(/^\ufeff/, ''))) : [];
      if (classes.length > 0) return { path, classes };
    }
  }
  return null;
}

function classesOf(entries: readonly LabelColor[]): readonly MaskClass[] {
  return entries
    .slice(0, MAX_CLASSES)
    .map(({ value, name, color }) => ({ value, name, color, isBackground: BACKGROUND.test(name) }));
}

/** Datumaro's `{"label_map": {"0": "background"}, "segmentation_colors": [[r, g, b]], "background_label": "0"}`. */
async function metaList(folder: DatasetFolder, path: string): Promise<ClassList | null> {
  const parsed = await parseJsonFile(folder, path, MAX_LIST_BYTES);
  if (!parsed.ok || !isRecord(parsed.value) || !isRecord(parsed.value.label_map)) return null;
  const colors = listFrom(parsed.value.segmentation_colors);
  const background = parsed.value.background_label;
  const classes = Object.entries(parsed.value.label_map)
    .slice(0, MAX_CLASSES)
    .flatMap(([key, given]): readonly MaskClass[] => {
      const name = labelNameFrom(given);
      if (name === null || !/^\d{1,5}$/.test(key)) return [];
      const isBackground = background === undefined ? BACKGROUND.test(name) : String(background) === key;
      return [{ value: Number(key), name, color: colorFrom(listFrom(colors[Number(key)])), isBackground }];
    });
  return classes.length === 0 ? null : { path, classes };
}

/** CVAT and Datumaro: `name:r,g,b:parts:actions`, numbered in the order of lines; `#` begins a comment. */
function labelMapEntries(text: string): readonly LabelColor[] {
  return linesOf(text)
    .flatMap((line) => {
      if (line.startsWith('#')) return [];
      const match = /^(.*?)\s*:\s*(\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3})?\s*(?::.*)?$/.exec(line);
      const name = labelNameFrom(match?.[1]);
      return name === null ? [] : [{ name, color: colorFrom((match?.[2] ?? '').split(',').map(Number)) }];
    })
    .map((entry, value) => ({ ...entry, value }));
}

/** Kaggle's class_dict.csv: `name,r,g,b` in the order of numbers, below a header of these words. */
function tableEntries(text: string): readonly LabelColor[] {
  return linesOf(text)
    .flatMap((line) => {
      const match = /^"?(.*?)"?\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*$/.exec(line);
      const name = labelNameFrom(match?.[1]);
      const color = colorFrom([match?.[2], match?.[3], match?.[4]].map(Number));
      return name === null || color === null ? [] : [{ name, color }];
    })
    .map((entry, value) => ({ ...entry, value }));
}

/** A name a line, numbered from 0, or from -1 (which is 255) after labelme's `__ignore__`; or `number name` on each line. */
function nameEntries(text: string): readonly LabelColor[] {
  const lines = linesOf(text);
  const numbered = lines.map((line) => /^(\d{1,5})\s*[:,=\t ]\s*(\S.*)$/.exec(line));
  if (lines.length > 0 && numbered.every((match) => match !== null)) {
    return numbered.flatMap((match) => {
      const name = labelNameFrom(match?.[2]);
      return name === null ? [] : [{ value: Number(match?.[1]), name, color: null }];
    });
  }
  const first = lines[0] === '__ignore__' ? -1 : 0;
  return lines.flatMap((line, at) => {
    const name = labelNameFrom(line);
    return name === null || at + first < 0 ? [] : [{ value: at + first, name, color: null }];
  });
}

/** `classes:` or `names:` with `number: name` below, in a file that speaks of masks; only that much of YAML is looked at. */
function yamlEntries(text: string): readonly LabelColor[] {
  if (!/^\s*masks?\s*:/m.test(text)) return [];
  const entries: LabelColor[] = [];
  let isInside = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^(?:classes|names)\s*:\s*(?:#.*)?$/.test(line)) isInside = true;
    else if (/^\S/.test(line) && !line.startsWith('#')) isInside = false;
    const match = isInside ? /^\s+(\d{1,5})\s*:\s*(.+?)\s*$/.exec(line) : null;
    const name = labelNameFrom(match?.[2]?.replace(/^(["'])(.*)\1$/, '$2'));
    if (name !== null) entries.push({ value: Number(match?.[1]), name, color: null });
  }
  return entries;
}
