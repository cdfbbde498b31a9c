import type { DatasetEvent, DatasetFolder, DatasetLabel } from '../format';
import { ClassNames } from '../parts/class-names';
import { keyFromFileName } from '../parts/dataset-key';
import { isRecord, listFrom, recordFrom } from '../parts/json/json-values';
import { streamElements } from '../parts/json/stream-elements';
import {
  createPictureIndex,
  folderOf,
  isPicturePath,
  joinedPath,
  nameOf,
  type PictureIndex,
} from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { LABELS_FILE, readLabelsFile } from '../parts/sidecar/labels-file';
import { type CreatemlFile, findCreatemlFiles } from './find-createml-files';
import { parseCreatemlBox } from './parse-createml-box';

const ROOT: ReadonlySet<string> = new Set(['']);

interface Reading {
  readonly folder: DatasetFolder;
  readonly problems: ProblemQueue;
  readonly classIndexOf: (name: string) => number | null;
  readonly pictures: PictureIndex;
  readonly picturePaths: ReadonlySet<string>;
  /** Names that stand in several files: their key is the path of the picture. */
  readonly ambiguous: ReadonlySet<string>;
  readonly given: Set<string>;
  /** Pictures that some file lists. */
  readonly listed: Set<string>;
}

/** Reads each file twice: for classes and names, and picture by picture. Memory follows the number of images. */
export async function* readCreateml(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const files = await findCreatemlFiles(folder);
  const paths = (await folder.list()).map(({ path }) => path);
  if (files.length === 0 && !paths.includes(LABELS_FILE)) {
    problems.error(
      'format-unrecognised',
      '',
      'No file of Create ML was found. It is a .json file with a list of pictures, their "annotations" and "coordinates".',
    );
  }
  const { labels, classIndexOf, ambiguous } = await scanned(folder, files, problems);
  yield [...labels.map((label): DatasetEvent => ({ type: 'label', label })), ...problems.drain()];
  const reading: Reading = {
    folder,
    problems,
    classIndexOf,
    pictures: createPictureIndex(paths),
    picturePaths: new Set(paths.filter(isPicturePath)),
    ambiguous,
    given: new Set(),
    listed: new Set(),
  };
  for (const file of files) {
    let position = 0;
    for await (const { elements } of streamElements(folder, file.path, ROOT)) {
      for (const element of elements) {
        yield await eventsOf(reading, file, element, position);
        position += 1;
      }
    }
  }
  yield* unlistedPictures(reading, files);
  yield problems.close('');
}

async function scanned(folder: DatasetFolder, files: readonly CreatemlFile[], problems: ProblemQueue) {
  const known = await readLabelsFile(folder, '', problems);
  const names = new ClassNames();
  const seen = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { path } of files) {
    const stream = streamElements(folder, path, ROOT);
    let next = await stream.next();
    for (; next.done !== true; next = await stream.next()) {
      for (const element of next.value.elements) {
        const image = nameOfPicture(element);
        if (image !== null) {
          if ((seen.get(image) ?? path) !== path) ambiguous.add(image);
          seen.set(image, path);
        }
        for (const annotation of annotationsOf(element)) {
          const { label } = recordFrom(annotation);
          if (typeof label === 'string' && known?.byWrittenName.has(label.trim()) !== true) names.find(label);
        }
      }
    }
    const { fault } = next.value;
    if (fault !== null) {
      problems.error(
        'createml-malformed',
        path,
        `${path} is not a whole list of pictures: ${fault}. What came before was read; write it again to get the rest.`,
      );
    }
  }
  const start = Math.max(-1, ...(known?.labels ?? []).map(({ classIndex }) => classIndex)) + 1;
  const others = names.labels().map((label) => ({ ...label, classIndex: start + label.classIndex }));
  const labels: readonly DatasetLabel[] = [...(known?.labels ?? []), ...others];
  const classIndexOf = (name: string): number | null => {
    const index = names.indexOf(name);
    return known?.byWrittenName.get(name)?.classIndex ?? (index === null ? null : start + index);
  };
  return { labels, classIndexOf, ambiguous };
}

/** `image`, or `imagefilename` as Apple's first examples had it. */
function nameOfPicture(element: unknown): string | null {
  const { image, imagefilename } = recordFrom(element);
  const name = typeof image === 'string' ? image : imagefilename;
  return typeof name === 'string' ? (keyFromFileName(name)?.key ?? null) : null;
}

function annotationsOf(element: unknown): readonly unknown[] {
  const { annotations, annotation } = recordFrom(element);
  return Array.isArray(annotations) ? annotations : listFrom(annotation);
}

async function eventsOf(
  reading: Reading,
  file: CreatemlFile,
  element: unknown,
  position: number,
): Promise<readonly DatasetEvent[]> {
  const { problems, folder, given } = reading;
  const name = nameOfPicture(element);
  const place = `entry ${position + 1} of ${file.path}`;
  if (name === null || !isRecord(element)) {
    problems.error(
      'createml-bad-entry',
      file.path,
      `The ${place} does not name a picture inside the dataset; it was left out. Give it an "image".`,
    );
    return problems.drain();
  }
  const { key, picturePath } = located(reading, file, name);
  if (given.has(key)) {
    problems.error(
      'duplicate-image',
      file.path,
      `The ${place} lists ${key} a second time; it was left out with its annotations. List each picture once.`,
    );
    return problems.drain();
  }
  given.add(key);
  reading.listed.add(picturePath);
  const annotations: DatasetEvent[] = [];
  for (const value of annotationsOf(element)) {
    const parsed = parseCreatemlBox(value, (field) =>
      problems.warning(
        'attribute-dropped',
        file.path,
        `The field "${field}" of an annotation of ${key} is neither text, number nor yes or no; it was left out.`,
      ),
    );
    const classIndex = 'className' in parsed ? reading.classIndexOf(parsed.className) : null;
    if (!('className' in parsed) || classIndex === null) {
      const { code, reason } =
        'reason' in parsed
          ? parsed
          : { code: 'createml-bad-annotation', reason: 'has a class beyond all that are held' };
      problems.error(code, file.path, `An annotation of ${key} in ${file.path} ${reason}; it was left out.`);
      continue;
    }
    const { shape, attributes, score } = parsed;
    annotations.push({
      type: 'annotation',
      annotation: { imageKey: key, classIndex, shape, isCrowd: false, attributes, score },
    });
  }
  const size = await folder.imageSize(picturePath);
  const state = annotationsOf(element).length === 0 ? 'confirmedEmpty' : 'labelled';
  return [
    ...problems.drain(),
    { type: 'image', image: { key, size, split: file.split, state } },
    ...annotations,
  ];
}

/** Pictures lie beside their file; some tools put them elsewhere. */
function located({ pictures, picturePaths, ambiguous }: Reading, { folder }: CreatemlFile, name: string) {
  const beside = joinedPath(folder, name);
  const picturePath = picturePaths.has(beside) ? beside : (pictures.find(beside) ?? beside);
  return { key: ambiguous.has(name) ? beside : name, picturePath };
}

/** Pictures beside a file that it does not list: nobody said anything of them. */
async function* unlistedPictures(
  { folder, picturePaths, listed, given, ambiguous }: Reading,
  files: readonly CreatemlFile[],
): AsyncGenerator<readonly DatasetEvent[]> {
  const fileOf = new Map(files.map((file) => [file.folder, file]));
  for (const path of picturePaths) {
    const file = fileOf.get(folderOf(path));
    if (file === undefined || listed.has(path)) continue;
    const name = nameOf(path);
    const key = ambiguous.has(name) || given.has(name) ? path : name;
    if (given.has(key)) continue;
    given.add(key);
    const size = await folder.imageSize(path);
    yield [{ type: 'image', image: { key, size, split: file.split, state: 'unlabelled' } }];
  }
}
