import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../parts/picture-index';

/** One picture of a project. */
export interface SuperviselyEntry {
  /** Path of the dataset below the project, e.g. `train`; '' when the project is its only one. */
  readonly dataset: string;
  /** Name of the picture with its extension. */
  readonly name: string;
  readonly annotationPath: string | null;
  readonly picturePath: string | null;
}

export interface SuperviselyProject {
  /** The folder of meta.json. */
  readonly root: string;
  readonly metaPath: string;
  readonly entries: readonly SuperviselyEntry[];
}

export interface FoundProjects {
  readonly project: SuperviselyProject | null;
  /** Why a project that is there is not read. */
  readonly refusals: readonly string[];
}

/** The project that lies nearest to the root of the folder. */
export async function findSupervisely(folder: DatasetFolder): Promise<FoundProjects> {
  const paths = (await folder.list()).map((file) => file.path);
  const metas = paths
    .filter((path) => nameOf(path) === 'meta.json')
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  const refusals: string[] = [];
  for (const metaPath of metas.slice(0, 20)) {
    const head = await folder.head(metaPath);
    if (!/"classes"\s*:\s*\[/.test(head) || !/"tags"\s*:/.test(head)) continue;
    const kind = /"projectType"\s*:\s*"(?!images")([a-z_]{1,40})"/.exec(head)?.[1];
    if (kind !== undefined) {
      refusals.push(`${metaPath} is of a Supervisely project of ${kind.replaceAll('_', ' ')}, not of images`);
      continue;
    }
    return {
      project: { root: folderOf(metaPath), metaPath, entries: entriesOf(paths, folderOf(metaPath)) },
      refusals,
    };
  }
  return { project: null, refusals };
}

function entriesOf(paths: readonly string[], root: string): readonly SuperviselyEntry[] {
  const below = paths.filter((path) => root === '' || path.startsWith(`${root}/`));
  const entries = new Map<
    string,
    { dataset: string; name: string; annotationPath: string | null; picturePath: string | null }
  >();
  const pictures = new Map<string, string>();
  for (const path of below) {
    if (nameOf(folderOf(path)) === 'img' && isPicturePath(path)) {
      const place = `${folderOf(folderOf(path))}/${nameOf(path)}`;
      pictures.set(place, path);
      // Old exports name the annotation without the picture's extension.
      pictures.set(withoutExtension(place), path);
    }
  }
  for (const path of below) {
    if (nameOf(folderOf(path)) !== 'ann' || !/\.json$/i.test(path)) continue;
    const folder = folderOf(folderOf(path));
    const picturePath = pictures.get(withoutExtension(`${folder}/${nameOf(path)}`)) ?? null;
    const bare = withoutExtension(nameOf(path));
    const name = picturePath === null ? (isPicturePath(bare) ? bare : `${bare}.jpg`) : nameOf(picturePath);
    const place = `${folder}/${name}`;
    if (!entries.has(place))
      entries.set(place, { dataset: datasetOf(folder, root), name, annotationPath: path, picturePath });
  }
  for (const path of new Set(pictures.values())) {
    const folder = folderOf(folderOf(path));
    const place = `${folder}/${nameOf(path)}`;
    if (!entries.has(place)) {
      entries.set(place, {
        dataset: datasetOf(folder, root),
        name: nameOf(path),
        annotationPath: null,
        picturePath: path,
      });
    }
  }
  return [...entries.keys()].sort().flatMap((place) => entries.get(place) ?? []);
}

/** Datasets inside datasets lie in a folder `datasets` of theirs, which says nothing. */
function datasetOf(folder: string, root: string): string {
  const path = root === '' ? folder : folder.slice(root.length + 1);
  return path
    .split('/')
    .filter((part) => part !== 'datasets')
    .join('/');
}

/** Where a picture lies below the project, by which our own file of images names it. */
export function placeOfEntry({ dataset, name }: SuperviselyEntry): string {
  return joinedPath(dataset, `img/${name}`);
}
