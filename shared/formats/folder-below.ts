import { detectFormats, LEAST_CONFIDENCE } from './detect-formats';
import type { DatasetFolder } from './format';
import { joinedPath } from './parts/picture-index';

/** A folder of a folder, as formats see it. */
export function folderBelow(folder: DatasetFolder, name: string): DatasetFolder {
  const inside = (path: string) => joinedPath(name, path);
  const prefix = `${name}/`;
  const stripped = <F extends { readonly path: string }>(files: readonly F[]) =>
    files
      .filter(({ path }) => path.startsWith(prefix))
      .map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
  return {
    list: async () => stripped(await folder.list()),
    // What lies beside it was not seen either, and labels may be in it.
    unseen: async () => (await folder.unseen?.()) ?? [],
    readText: (path, maxBytes) => folder.readText(inside(path), maxBytes),
    streamText: (path) => folder.streamText(inside(path)),
    head: (path) => folder.head(inside(path)),
    readBytes: (path, maxBytes) => folder.readBytes(inside(path), maxBytes),
    streamBytes: (path) => folder.streamBytes(inside(path)),
    readRange: (path, start, end) => folder.readRange(inside(path), start, end),
    imageSize: async (path) => (await folder.imageSize(inside(path))) ?? folder.imageSize(path),
  };
}

/** Archives are packed with a folder around them or two, seldom more. */
const MOST_LEVELS = 3;

/**
 * The dataset in an archive: the archive itself when a format is recognised in it, else the only folder in which all of it
 * lies, or the only folder of that. The archive itself when none is recognised anywhere.
 */
export async function datasetInArchive(archive: DatasetFolder): Promise<DatasetFolder> {
  let folder = archive;
  for (let level = 0; level <= MOST_LEVELS; level += 1) {
    const [best] = await detectFormats(folder);
    if (best !== undefined && best.confidence >= LEAST_CONFIDENCE) return folder;
    const only = onlyFolder((await folder.list()).map(({ path }) => path));
    if (only === null) return archive;
    folder = folderBelow(folder, only);
  }
  return archive;
}

/** The first part of all paths when they share it; null for files that lie at the top. */
function onlyFolder(paths: readonly string[]): string | null {
  const [first = ''] = paths;
  const slash = first.indexOf('/');
  if (slash < 0) return null;
  const prefix = first.slice(0, slash + 1);
  return paths.every((path) => path.startsWith(prefix)) ? first.slice(0, slash) : null;
}
