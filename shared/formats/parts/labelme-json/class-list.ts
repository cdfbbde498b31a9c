import type { DatasetFolder, DatasetLabel } from '../../format';
import type { ClassNames } from '../class-names';
import { folderOf, nameOf } from '../picture-index';

/** labelme's `--labels labels.txt`, X-AnyLabeling's `classes.txt`: one name a line. */
const LIST_NAMES = ['labels.txt', 'classes.txt'];

/**
 * labelme's own converters number by line from -1 and ask for these first: what is ignored, and what is no class.
 * They are classes only where a shape carries them.
 */
const PSEUDO_CLASSES = ['__ignore__', '_background_'];

const MAX_BYTES = 1024 * 1024;

/** The class list for files of a folder: the nearest one in it or above it. Null when there is none. */
export async function findClassList(folder: DatasetFolder, labelFolder: string): Promise<string | null> {
  const paths = new Set((await folder.list()).map((file) => file.path));
  for (let at = labelFolder; ; at = folderOf(at)) {
    const found = LIST_NAMES.map((name) => (at === '' ? name : `${at}/${name}`)).find((path) =>
      paths.has(path),
    );
    if (found !== undefined) return found;
    if (at === '') return null;
  }
}

export async function declareClassList(
  folder: DatasetFolder,
  path: string,
  classes: ClassNames,
): Promise<void> {
  const read = await folder.readText(path, MAX_BYTES);
  if (!read.ok) return;
  const names = read.value.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const isOfLabelme = nameOf(path) === 'labels.txt' && names[0]?.trim() === PSEUDO_CLASSES[0];
  for (const name of names) {
    if (!(isOfLabelme && PSEUDO_CLASSES.includes(name.trim()))) classes.declare(name);
  }
}

/**
 * The lines of a class list, and the classes that cannot stand in it. Those that are none to labelme stand in it anyway.
 */
export function classListText(
  labels: readonly DatasetLabel[],
  withPseudoClasses: boolean,
): { readonly text: string; readonly left: readonly DatasetLabel[] } {
  const pseudo = withPseudoClasses ? PSEUDO_CLASSES : [];
  const isOfTwoLines = ({ name }: DatasetLabel) => /[\r\n]/.test(name);
  const names = labels.filter((label) => !isOfTwoLines(label)).map(({ name }) => name);
  const lines = [...pseudo, ...names.filter((name) => !pseudo.includes(name))];
  return { text: lines.map((line) => `${line}\n`).join(''), left: labels.filter(isOfTwoLines) };
}
