import type { DatasetEvent, DatasetFolder, DatasetLabel } from '../format';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type KnownLabels, LABELS_FILE, readLabelsFile } from '../parts/sidecar/labels-file';
import { type ClassedPicture, findClassFolders } from './find-class-folders';
import { readPlacesFile } from './places-file';

const NO_ATTRIBUTES = {};

/** One picture of a dataset is held in memory at a time. */
const MAX_PICTURE_BYTES = 2 * 1024 * 1024 * 1024;

/** A tag for each class folder that a picture lies in. Memory follows the number of images. */
export async function* readClassFolders(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const pictures = await picturesOf(folder, problems);
  const known = await readLabelsFile(folder, '', problems);
  const { labels, indexOf } = classesOf(pictures, known);
  for (const label of labels) yield { type: 'label', label };
  yield* problems.drain();
  for (const [key, places] of byKey(pictures)) {
    const [first] = places;
    if (first === undefined) continue;
    const size = first.size ?? (await folder.imageSize(first.path));
    const classes = places.flatMap(({ className }) => (className === null ? [] : (indexOf(className) ?? [])));
    const state = classes.length === 0 ? 'unlabelled' : 'labelled';
    yield { type: 'image', image: { key, size, split: first.split, state } };
    for (const classIndex of classes) {
      yield {
        type: 'annotation',
        annotation: {
          imageKey: key,
          classIndex,
          shape: { type: 'tag' },
          isCrowd: false,
          attributes: NO_ATTRIBUTES,
          score: null,
        },
      };
    }
  }
  yield* problems.close('');
}

/** The bytes of the pictures by the key of their image. */
export async function* picturesInClassFolders(
  folder: DatasetFolder,
): AsyncGenerator<{ readonly key: string; readonly bytes: Uint8Array }> {
  for (const [key, places] of byKey(await picturesOf(folder, new ProblemQueue()))) {
    for (const { path } of places) {
      const bytes = await folder.readBytes(path, MAX_PICTURE_BYTES);
      if (!bytes.ok) continue;
      yield { key, bytes: bytes.value };
      break;
    }
  }
}

async function picturesOf(folder: DatasetFolder, problems: ProblemQueue): Promise<readonly ClassedPicture[]> {
  const noted = await readPlacesFile(folder, problems);
  if (noted !== null) return noted;
  const found = await findClassFolders(folder);
  if (found === null) {
    const isEmptyOne = (await folder.list()).some(({ path }) => path === LABELS_FILE);
    if (!isEmptyOne) {
      problems.error(
        'format-unrecognised',
        '',
        'No folders of classes were found. Each class has a folder with its pictures, in a folder "train", "val" or "test" where there are splits.',
      );
    }
    return [];
  }
  if (found.outside.length > 0) {
    problems.warning(
      'classify-outside-splits',
      found.outside[0] ?? '',
      `${found.outside.length} pictures, the first ${found.outside[0]}, lie outside of the folders of splits and were not read. Move them into a class of a split.`,
    );
  }
  return found.pictures;
}

function byKey(pictures: readonly ClassedPicture[]): ReadonlyMap<string, readonly ClassedPicture[]> {
  const places = new Map<string, ClassedPicture[]>();
  for (const picture of pictures) {
    const known = places.get(picture.key);
    if (known === undefined) places.set(picture.key, [picture]);
    else known.push(picture);
  }
  return places;
}

/** Classes by the names of their folders in code-unit order, as trainers number them; our own list comes first. */
function classesOf(pictures: readonly ClassedPicture[], known: KnownLabels | null) {
  const labels: DatasetLabel[] = [...(known?.labels ?? [])];
  const indexByFolder = new Map<string, number>();
  for (const [name, label] of known?.byWrittenName ?? []) indexByFolder.set(name, label.classIndex);
  let next = Math.max(-1, ...labels.map(({ classIndex }) => classIndex)) + 1;
  for (const name of [...new Set(pictures.flatMap(({ className }) => className ?? []))].sort()) {
    if (indexByFolder.has(name)) continue;
    indexByFolder.set(name, next);
    labels.push({
      classIndex: next,
      name: name.trim().slice(0, 100).trim() || `class-${next}`,
      supercategory: null,
    });
    next += 1;
  }
  return { labels, indexOf: (name: string) => indexByFolder.get(name) };
}
