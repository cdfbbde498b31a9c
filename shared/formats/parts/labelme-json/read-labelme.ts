import type { DatasetEvent, DatasetFolder } from '../../format';
import { ClassNames } from '../class-names';
import type { JsonRecord } from '../json/json-values';
import { parseJsonFile } from '../json/parse-json-file';
import { folderOf, isPicturePath } from '../picture-index';
import { ProblemQueue } from '../problem-queue';
import { reportUnseen } from '../report-unseen';
import { declareClassList, findClassList } from './class-list';
import { annotationsOfFile, imageOfFile, namesOfFile } from './parse-labelme-file';
import { pictureFinder } from './picture-of-file';
import { isLabelmeFile, sniffLabelme } from './sniff-labelme';

/** A file may hold its picture as base64: 90 MB of it and the shapes. */
const MAX_BYTES = 128 * 1024 * 1024;

/** From this size on a file's beginning is looked at before it is parsed: it may be of another kind. */
const LARGE_BYTES = 8 * 1024 * 1024;

/**
 * Reads one JSON file a picture, of labelme or X-AnyLabeling, twice: for the names of classes, and for the shapes.
 * Memory is bounded by one file and one key an image.
 */
export async function* readLabelme(folder: DatasetFolder, title: string): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  const classes = new ClassNames();
  const listed = await folder.list();
  const listedPaths = listed.map(({ path }) => path);
  const paths = await usableFiles(folder, classes, problems);
  const classList = await findClassList(folder, folderOf(paths[0] ?? ''));
  if (classList !== null) await declareClassList(folder, classList, classes);
  await reportUnseen(folder, problems);
  if (paths.length === 0 && classList === null) {
    problems.error(
      'format-unrecognised',
      '',
      `No file of ${title} was found. There is one .json file a picture with "shapes" and "imagePath".`,
    );
  }
  for (const label of classes.labels()) yield { type: 'label', label };
  yield* problems.drain();

  const pictures = pictureFinder(listedPaths);
  const given = new Map<string, string>();
  for (const path of paths) {
    const file = await parsedFile(folder, path);
    if (file === null) continue;
    yield* eventsOfFile(file, { folder, path, problems, classes, pictures, given });
    yield* problems.drain();
  }
  const folders = new Set(paths.map(folderOf));
  for (const path of listedPaths) {
    if (!isPicturePath(path) || given.has(path) || !folders.has(folderOf(path))) continue;
    const size = await folder.imageSize(path);
    yield { type: 'image', image: { key: path, size, split: null, state: 'unlabelled' } };
  }
  yield* problems.close('');
}

/** The files that are of the format, in order; their classes are gathered and what is wrong is said. */
async function usableFiles(
  folder: DatasetFolder,
  classes: ClassNames,
  problems: ProblemQueue,
): Promise<readonly string[]> {
  const paths: string[] = [];
  const setAside: string[] = [];
  for (const { path, byteSize } of await folder.list()) {
    if (!/\.json$/i.test(path)) continue;
    if (byteSize > LARGE_BYTES && sniffLabelme(await folder.head(path)) === null) {
      setAside.push(path);
      continue;
    }
    const parsed = await parseJsonFile(folder, path, MAX_BYTES);
    if (!parsed.ok) {
      problems.error(
        parsed.code,
        path,
        `${path} could not be read: ${parsed.reason}. Save it again from its program.`,
      );
      continue;
    }
    if (!isLabelmeFile(parsed.value)) {
      setAside.push(path);
      continue;
    }
    if (parsed.duplicateKeys.length > 0) {
      problems.warning(
        'json-duplicate-keys',
        path,
        `${path} has ${parsed.duplicateKeys.map((key) => JSON.stringify(key)).join(', ')} twice in one object; the last one was read.`,
      );
    }
    if (parsed.hasBadEncoding) {
      problems.warning(
        'bad-encoding',
        path,
        `${path} is not UTF-8 throughout; names in it may be damaged. Save it again as UTF-8.`,
      );
    }
    for (const name of namesOfFile(parsed.value)) classes.find(name);
    paths.push(path);
  }
  if (paths.length > 0) {
    for (const path of setAside) {
      problems.warning('labelme-file-set-aside', path, `${path} was not read: it has no "shapes".`);
    }
  }
  return paths;
}

async function parsedFile(folder: DatasetFolder, path: string): Promise<JsonRecord | null> {
  const parsed = await parseJsonFile(folder, path, MAX_BYTES);
  return parsed.ok && isLabelmeFile(parsed.value) ? parsed.value : null;
}

interface Reading {
  readonly folder: DatasetFolder;
  readonly path: string;
  readonly problems: ProblemQueue;
  readonly classes: ClassNames;
  readonly pictures: ReturnType<typeof pictureFinder>;
  /** The label file by the key of each image that was given. */
  readonly given: Map<string, string>;
}

async function* eventsOfFile(file: JsonRecord, reading: Reading): AsyncGenerator<DatasetEvent> {
  const { folder, path, problems, classes, pictures, given } = reading;
  const picture = pictures.of(path, file);
  if (picture === null) {
    problems.error(
      'labelme-no-picture',
      path,
      `${path} names no picture: its "imagePath" is missing or no path in the folder. Its shapes were left out.`,
    );
    return;
  }
  const { key, isForeign } = picture;
  const other = given.get(key);
  if (other !== undefined) {
    problems.error(
      'labelme-duplicate-image',
      path,
      `${path} is about ${key}, as ${other} is; it was left out. Keep one label file a picture.`,
    );
    return;
  }
  given.set(key, path);
  if (isForeign) {
    problems.warning(
      'labelme-foreign-name',
      path,
      `"imagePath" of ${path} leads out of the folder; its picture was taken to be ${key}.`,
    );
  }
  const image = imageOfFile(file, key, await folder.imageSize(key), { path, problems });
  yield { type: 'image', image };
  for (const annotation of annotationsOfFile(file, image, (name) => classes.indexOf(name), {
    path,
    problems,
  })) {
    if (!problems.isEmpty) yield* problems.drain();
    yield { type: 'annotation', annotation };
  }
}
