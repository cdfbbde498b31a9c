import type { DatasetFolder } from '../../format';
import { streamXml } from '../xml/stream-xml';
import type { XmlItem } from '../xml/xml-parser';
import { XmlParser } from '../xml/xml-parser';

/** What an XML file of CVAT lists: pictures with shapes, or tracks with frames. Null when it is none of CVAT's. */
export type CvatKind = 'images' | 'video';

export interface CvatFiles {
  readonly paths: readonly string[];
  /** Files of the other kind. */
  readonly others: readonly string[];
}

/** A folder with one XML a picture may hold 100,000 of them; CVAT writes one a task. */
const MAX_LOOKED_AT = 200;

/** The meta of a project with thousands of labels and tasks. */
const MAX_META_CHARS = 32 * 1024 * 1024;

/** `frames` is ours: the names and sizes of a video's frames. */
export function isCvatShell(name: string, depth: number): boolean {
  if (depth === 0) return true;
  if (depth === 1) return name === 'image' || name === 'track' || name === 'meta';
  return depth === 2 && name === 'frames';
}

/** The CVAT files below a folder, sorted by path; a file that cannot be read is none. */
export async function findCvatFiles(folder: DatasetFolder, kind: CvatKind): Promise<CvatFiles> {
  const paths: string[] = [];
  const others: string[] = [];
  const candidates = (await folder.list()).filter(({ path }) => /\.xml$/i.test(path));
  const likely = candidates.sort((a, b) => b.byteSize - a.byteSize || (a.path < b.path ? -1 : 1));
  for (const { path } of likely.slice(0, MAX_LOOKED_AT)) {
    const found = await kindOfFile(folder, path);
    if (found === kind) paths.push(path);
    else if (found !== null) others.push(path);
  }
  return { paths: paths.sort(), others: others.sort() };
}

async function kindOfFile(folder: DatasetFolder, path: string): Promise<CvatKind | null> {
  const head = await folder.head(path);
  if (!/<annotations[\s>/]/.test(head)) return null;
  const parser = new XmlParser(isCvatShell);
  const sight = { isCvat: false, isVideo: false };
  const early = kindOfItems(parser.push(head), sight);
  if (early !== 'unknown') return early;
  // The meta may be longer than a head.
  let chars = 0;
  const later = { isCvat: false, isVideo: false };
  try {
    for await (const { items, fault, chars: length } of streamXml(folder, path, isCvatShell)) {
      const kind = kindOfItems(items, later);
      if (kind !== 'unknown') return kind;
      chars += length;
      if (fault !== null || chars > MAX_META_CHARS) break;
    }
  } catch {
    return null;
  }
  // Without a picture or a track only what the meta says of itself tells.
  return later.isCvat ? (later.isVideo ? 'video' : 'images') : null;
}

function kindOfItems(
  items: readonly XmlItem[],
  sight: { isCvat: boolean; isVideo: boolean },
): CvatKind | null | 'unknown' {
  for (const item of items) {
    if (item.type === 'open') {
      if (item.name === 'track') return 'video';
      if (item.name === 'image') return 'images';
      if (item.name === 'frames') sight.isVideo = true;
      if (item.name === 'meta') sight.isCvat = true;
      else if (item.name !== 'annotations' && item.name !== 'frames') return null;
    } else if (item.type === 'element' && item.element.name === 'task') {
      if (item.element.children.some(({ name, text }) => name === 'mode' && text === 'interpolation')) {
        sight.isVideo = true;
      }
    }
  }
  return 'unknown';
}
