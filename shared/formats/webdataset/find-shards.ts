import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, joinedPath, nameOf } from '../parts/picture-index';
import { tarHeader } from '../parts/tar/read-tar';

/** Beside the shards: the classes, which no sample says. */
export const LABELS_OF_SHARDS = 'dataset.json';
export const SHARDS_MARK = 'groundmark-webdataset';

export interface Shards {
  readonly paths: readonly string[];
  /** Our own file of classes, or null. */
  readonly labelsPath: string | null;
  /** Whether a file of a sample was seen whose kind this format reads. */
  readonly hasSamples: boolean;
}

/** Members that are looked at to tell what an archive holds. */
const SNIFFED_MEMBERS = 6;
const BLOCK = 512;

/** The tar files of a folder, sorted, and what they seem to hold; empty when there are none. */
export async function findShards(folder: DatasetFolder): Promise<Shards> {
  const files = await folder.list();
  const tars = files.filter(({ path }) => /\.tar$/i.test(path)).map(({ path }) => path);
  let labelsPath: string | null = null;
  for (const { path } of files) {
    if (labelsPath !== null || nameOf(path) !== LABELS_OF_SHARDS) continue;
    if ((await folder.head(path)).slice(0, 200).includes(`"${SHARDS_MARK}"`)) labelsPath = path;
  }
  const ours = labelsPath === null ? null : folderOf(labelsPath);
  const paths = ours === null ? tars : tars.filter((path) => folderOf(path) === ours);
  const first = paths[0];
  return { paths, labelsPath, hasSamples: first !== undefined && (await holdsSamples(folder, first)) };
}

/** Whether the first files of an archive are a picture or what is said of one, called alike. */
async function holdsSamples(folder: DatasetFolder, path: string): Promise<boolean> {
  let at = 0;
  for (let member = 0; member < SNIFFED_MEMBERS; member += 1) {
    const read = await folder.readRange(path, at, at + BLOCK);
    const head = read.ok ? tarHeader(read.value) : null;
    if (head === null) return false;
    if (head.type === '0' || head.type === '\0') {
      const { extension } = sampleName(head.name);
      if (isPicturePath(`x.${extension}`) || extension === 'cls') return true;
    }
    at += BLOCK + Math.ceil(head.byteSize / BLOCK) * BLOCK;
  }
  return false;
}

/** WebDataset's rule: a sample is called by what stands before the first dot of a file's name, folders included. */
export function sampleName(name: string): { readonly key: string; readonly extension: string } {
  const base = nameOf(name);
  const dot = base.indexOf('.', 1);
  if (dot < 0) return { key: name, extension: '' };
  return {
    key: joinedPath(folderOf(name), base.slice(0, dot)),
    extension: base.slice(dot + 1).toLowerCase(),
  };
}
