import type { DatasetFolder } from '../format';
import { type CocoFile, findCocoFiles } from '../parts/coco/find-coco-files';
import { folderOf, joinedPath, nameOf, withoutExtension } from '../parts/picture-index';

export interface PanopticFile extends CocoFile {
  /** Where its PNG files lie; null when no folder of them was found. */
  readonly pngFolder: string | null;
}

/** The panoptic files below a folder in code-unit order, and why there are none where there are none. */
export async function findPanopticFiles(
  folder: DatasetFolder,
): Promise<{ readonly files: readonly PanopticFile[]; readonly reasons: readonly string[] }> {
  const found = await findCocoFiles(folder);
  if (found.panoptic.length === 0) {
    const reasons = [
      ...found.files.map(({ path }) => `${path} is COCO without "segments_info"`),
      ...found.nearMisses,
    ];
    return { files: [], reasons: reasons.length > 0 ? reasons : ['no .json file with "segments_info"'] };
  }
  const pngFolders = new Set<string>();
  for (const { path } of await folder.list())
    if (/\.png$/i.test(path)) addFolders(pngFolders, folderOf(path));
  const files = found.panoptic.map((file) => ({
    ...file,
    pngFolder: candidatesFor(file.path).find((candidate) => pngFolders.has(candidate)) ?? null,
  }));
  return { files, reasons: [] };
}

/** A folder and all that it lies in: keys may have folders of their own. */
function addFolders(folders: Set<string>, deepest: string): void {
  for (let folder = deepest; !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
}

/** The folder that is called like the file, as in COCO, the file's own (Mapillary), or one of another usual name. */
function candidatesFor(path: string): readonly string[] {
  const own = folderOf(path);
  const stem = withoutExtension(nameOf(path));
  const named = [stem, stem.replace(/^panoptic_/, ''), stem.replace(/^panoptic_/, 'panoptic_masks_')];
  return [
    ...named.map((name) => joinedPath(own, name)),
    ...named.map((name) => joinedPath(folderOf(own), name)),
    joinedPath(own, 'panoptic'),
    joinedPath(own, 'masks'),
    own,
  ];
}
