import type { DatasetFolder } from '../format';
import { folderOf, nameOf, withoutExtension } from '../parts/picture-index';

/** A dataset of one JSON a picture may hold 100,000 of them; files in `annotations/` are looked into first. */
const MAX_SNIFFED_FILES = 200;

export interface DatumaroFile {
  readonly path: string;
  /** The file's name is the subset's name. */
  readonly subset: string;
}

export interface DatumaroFiles {
  readonly files: readonly DatumaroFile[];
  /** Datumaro files that hold no pictures, each with the reason. */
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
}

/** The Datumaro files below a folder in code-unit order; a file that cannot be read is none. */
export async function findDatumaroFiles(folder: DatasetFolder): Promise<DatumaroFiles> {
  const candidates = (await folder.list())
    .filter(({ path }) => /\.json$/i.test(path))
    .map(({ path }) => ({ path, isLikely: /(^|\/)annotations$/i.test(folderOf(path)) }))
    .sort((a, b) => Number(b.isLikely) - Number(a.isLikely) || (a.path < b.path ? -1 : 1))
    .slice(0, MAX_SNIFFED_FILES);
  const files: DatumaroFile[] = [];
  const setAside: { path: string; reason: string }[] = [];
  for (const { path } of candidates) {
    const head = await folder.head(path);
    if (!looksLikeDatumaro(head)) continue;
    if (/"point_cloud"\s*:|"media_type"\s*:\s*[36]\b/.test(head)) {
      setAside.push({ path, reason: 'it is about point clouds, not pictures' });
    } else files.push({ path, subset: nameOf(withoutExtension(path)) });
  }
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  return { files: files.sort(byPath), setAside: setAside.sort(byPath) };
}

/** `categories` is an object of kinds (a list in COCO), and `items` is a list; a long list of labels may hide the latter. */
function looksLikeDatumaro(head: string): boolean {
  const text = head.trimStart();
  if (!/^\ufeff?\s*\{/.test(text)) return false;
  const hasCategories =
    /"categories"\s*:\s*\{\s*(?:\}|"(?:label|mask|points)"\s*:\s*\{\s*"(?:labels|label_groups|attributes|colormap|items)")/.test(
      text,
    );
  const hasItems = /"items"\s*:\s*\[\s*(?:\]|\{\s*"(?:id|annotations|attr|image|media)")/.test(text);
  return (
    (hasCategories && (hasItems || text.length > 32 * 1024)) ||
    (hasItems && text.includes('"dm_format_version"'))
  );
}
