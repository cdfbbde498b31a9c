import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { TopLevelArrays } from '../parts/json/top-level-arrays';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';

export interface ViaFile {
  readonly path: string;
  /** A saved project names its parts; an export of annotations is the pictures alone. */
  readonly isProject: boolean;
  readonly split: Split | null;
}

export interface ViaFiles {
  /** In code-unit order of their paths. */
  readonly files: readonly ViaFile[];
  /** Files of this program that are not read, each with the reason. */
  readonly nearMisses: readonly { readonly path: string; readonly reason: string }[];
}

/** A dataset is one file, or one a split; a folder with a JSON file a picture holds none of them. */
const MOST_SNIFFED_FILES = 200;

/** What a region or a picture has in an export; one of them is in its beginning. */
const OF_PICTURE = /"(?:shape_attributes|file_attributes|region_attributes)"\s*:/;

const PARTS_OF_PROJECT = [
  '_via_img_metadata',
  '_via_settings',
  '_via_attributes',
  '_via_data_format_version',
];

export async function findViaFiles(folder: DatasetFolder): Promise<ViaFiles> {
  const files: ViaFile[] = [];
  const nearMisses: { path: string; reason: string }[] = [];
  const candidates = (await folder.list()).filter(({ path }) => /\.(?:json|csv)$/i.test(path));
  for (const { path } of candidates.slice(0, MOST_SNIFFED_FILES)) {
    const head = await folder.head(path);
    if (/\.csv$/i.test(path)) {
      if (/^\ufeff?#?filename,file_size,file_attributes,region_count/.test(head)) {
        nearMisses.push({ path, reason: 'it is the CSV of VIA; export the annotations as JSON' });
      }
      continue;
    }
    const kind = sniffVia(head);
    if (kind === 'newer') {
      nearMisses.push({
        path,
        reason: 'it is of VIA 3, which is laid out differently; export it from VIA 2',
      });
    } else if (kind !== null) {
      const split = splitFromName(nameOf(path)) ?? splitFromName(nameOf(folderOf(path)));
      files.push({ path, isProject: kind === 'project', split });
    }
  }
  return { files, nearMisses };
}

/** What the beginning of a JSON file is; null when VIA did not write it. */
function sniffVia(head: string): 'project' | 'annotations' | 'newer' | null {
  const arrays = new TopLevelArrays(() => false);
  arrays.push(head);
  const { keys } = arrays;
  if (keys.some((key) => PARTS_OF_PROJECT.includes(key))) return 'project';
  if (keys.includes('metadata') && keys.includes('view') && keys.includes('attribute')) return 'newer';
  const isOfPictures = /"filename"\s*:/.test(head) && /"regions"\s*:/.test(head) && OF_PICTURE.test(head);
  return arrays.root === 'object' && isOfPictures ? 'annotations' : null;
}
