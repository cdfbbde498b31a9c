import type { DatasetFolder } from '../format';
import { type DataYaml, parseDataYaml } from '../parts/parse-data-yaml';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitOfFolder } from '../parts/split-name';
import { LabelScanner } from './label-scanner';

/** A file that names classes, and what it says. */
export interface ClassList {
  readonly path: string;
  /** The folder that the dataset's paths are relative to. */
  readonly root: string;
  readonly names: ReadonlyMap<number, string>;
  /** Null for a plain list of names. */
  readonly yaml: DataYaml | null;
}

export interface FileFault {
  readonly path: string;
  readonly line: number | null;
  readonly reason: string;
}

export const MAX_CONFIG_BYTES = 4 * 1024 * 1024;
const MAX_LISTS = 200;

/** Files with one class name a line: of Darknet, LabelImg and Roboflow. */
const NAMES_FILE = /^(?:classes\.txt|.+\.names|_darknet\.labels)$/i;

/**
 * Every file below a folder that names classes. Faults are of files that mean to and cannot be read.
 *
 * @param hasPicture tells whether a file has a picture of its name: then `classes.txt` is the label file of one.
 */
export async function findClassLists(
  folder: DatasetFolder,
  paths: readonly string[],
  hasPicture: (path: string) => boolean,
  faults: FileFault[],
): Promise<readonly ClassList[]> {
  const lists: ClassList[] = [];
  for (const path of paths.filter((each) => /\.ya?ml$/i.test(each)).slice(0, MAX_LISTS)) {
    const text = await folder.readText(path, MAX_CONFIG_BYTES);
    if (!text.ok) {
      faults.push({ path, line: null, reason: text.error.message });
      continue;
    }
    const parsed = parseDataYaml(text.value);
    if (!parsed.ok) {
      // YAML of other programs may lie about; only one that means to name classes is a fault.
      if (/^names\s*:/m.test(text.value))
        faults.push({ path, line: parsed.error.line, reason: parsed.error.reason });
      continue;
    }
    if (parsed.value.names === null) continue;
    lists.push({ path, root: folderOf(path), names: parsed.value.names, yaml: parsed.value });
  }
  for (const path of paths.filter((each) => NAMES_FILE.test(nameOf(each))).slice(0, MAX_LISTS)) {
    if (hasPicture(path)) continue;
    const text = await folder.readText(path, MAX_CONFIG_BYTES);
    if (text.ok && holdsLabels(text.value)) continue;
    if (text.ok) lists.push({ path, root: rootOfNamesFile(path), names: namesIn(text.value), yaml: null });
    else faults.push({ path, line: null, reason: text.error.message });
  }
  return lists;
}

/** A picture may be called `classes.jpg` without being at hand; its label file is no list of names. */
function holdsLabels(text: string): boolean {
  const line = new LabelScanner(text);
  let count = 0;
  while (line.next()) {
    if (line.fault !== null) return false;
    count += 1;
  }
  return count > 0;
}

function namesIn(text: string): ReadonlyMap<number, string> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return new Map(lines.map((name, index) => [index, name] as const));
}

/** LabelImg puts its list among the labels, Roboflow one into each split: the dataset begins above both. */
function rootOfNamesFile(path: string): string {
  let root = folderOf(path);
  while (root !== '' && (/^labels$/i.test(nameOf(root)) || splitOfFolder(nameOf(root)) !== null))
    root = folderOf(root);
  return root;
}
