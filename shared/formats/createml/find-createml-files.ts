import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitFromName, splitOfFolder } from '../parts/split-name';

export interface CreatemlFile {
  readonly path: string;
  /** The folder that its pictures lie in. */
  readonly folder: string;
  readonly split: Split | null;
}

const MAX_FILES = 1_000;

/** Roboflow's name, which Create ML's users have taken up. */
export const ANNOTATIONS_FILE = '_annotations.createml.json';

/** JSON files of a folder that are Create ML's, by their names or beginnings; sorted by path. Never throws. */
export async function findCreatemlFiles(folder: DatasetFolder): Promise<readonly CreatemlFile[]> {
  const found: CreatemlFile[] = [];
  const paths = (await folder.list()).map(({ path }) => path).filter((path) => /\.json$/i.test(path));
  for (const path of paths.slice(0, MAX_FILES)) {
    const head = await folder.head(path);
    if (!isCreateml(head, /\.createml\.json$/i.test(path))) continue;
    found.push({ path, folder: folderOf(path), split: splitOf(path) });
  }
  return found;
}

function splitOf(path: string): Split | null {
  return splitOfFolder(nameOf(folderOf(path))) ?? splitFromName(nameOf(path));
}

/** A list whose first element names a picture and boxes in Create ML's words. A file of its name may be empty. */
function isCreateml(head: string, isNamed: boolean): boolean {
  const text = head.slice(0, 16 * 1024).replace(/^\uFEFF/, '');
  if (!/^\s*\[\s*[{\]]/.test(text)) return false;
  if (isNamed) return true;
  const hasPicture = /"image(?:filename)?"\s*:\s*"/.test(text) && /"annotations?"\s*:\s*\[/.test(text);
  const hasBox = /"coordinates"\s*:\s*\{[^{}]*"width"\s*:/.test(text) && /"label"\s*:/.test(text);
  return hasPicture && hasBox;
}
