import type { DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { ClassNames } from '../parts/class-names';
import { keyFromFileName } from '../parts/dataset-key';
import { attributesFrom, isRecord, type JsonRecord, listFrom, recordFrom } from '../parts/json/json-values';
import { streamElements } from '../parts/json/stream-elements';
import { ObjectJoiner, OWN_FIELD } from '../parts/object-parts';
import {
  createPictureIndex,
  folderOf,
  isPicturePath,
  joinedPath,
  type PictureIndex,
} from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { findViaFiles, type ViaFile } from './find-via-files';
import { parseViaRegion } from './parse-via-region';
import { classesOf, RegionAttributes, regionDetails } from './region-attributes';

/** Said of a picture by this app: VIA lists pictures that nobody looked at like those that hold nothing. */
export const EMPTY_ATTRIBUTE = 'confirmed_empty';

const NOTHING: ReadonlySet<string> = new Set();
const PARTS: ReadonlySet<string> = new Set(['_via_img_metadata', '_via_attributes']);
const ROOT: ReadonlySet<string> = new Set(['']);

interface Scan {
  readonly file: ViaFile;
  readonly attributes: RegionAttributes;
  readonly className: string | null;
}

/** Reads each file twice: for the classes, and picture by picture. Memory follows the number of pictures. */
export async function* readVia(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  const { files, nearMisses } = await findViaFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No file of VIA 2 was found. It is a .json file with "_via_img_metadata", or with pictures and their "regions".',
    );
  }
  for (const { path, reason } of nearMisses) {
    problems.warning('via-file-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const classes = new ClassNames();
  const scans: Scan[] = [];
  for (const file of files) scans.push(await scanned(folder, file, classes, problems));
  for (const label of classes.labels()) yield { type: 'label', label };
  yield* problems.drain();

  const paths = (await folder.list()).map(({ path }) => path);
  const reading: Reading = {
    folder,
    classes,
    problems,
    pictures: createPictureIndex(paths),
    isPicture: new Set(paths.filter(isPicturePath)),
    given: new Map(),
  };
  for (const scan of scans) {
    for await (const [key, value] of pictureEntries(folder, scan.file)) {
      yield* eventsOfPicture(key, value, scan, reading);
      yield* problems.drain();
    }
  }
  yield* problems.close('');
}

/** The entries of a file that are pictures, in file order. */
async function* pictureEntries(
  folder: DatasetFolder,
  file: ViaFile,
): AsyncGenerator<readonly [string, unknown]> {
  for await (const { name, elements, keys } of streamElements(folder, file.path, NOTHING, partsOf(file))) {
    if (name === '_via_attributes') continue;
    for (const [at, value] of elements.entries()) yield [keys?.[at] ?? '', value];
  }
}

function partsOf({ isProject }: ViaFile): ReadonlySet<string> {
  return isProject ? PARTS : ROOT;
}

async function scanned(
  folder: DatasetFolder,
  file: ViaFile,
  classes: ClassNames,
  problems: ProblemQueue,
): Promise<Scan> {
  const attributes = new RegionAttributes();
  const { path } = file;
  const stream = streamElements(folder, path, NOTHING, partsOf(file));
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    const { name, elements, keys } = next.value;
    for (const [at, value] of elements.entries()) {
      if (name !== '_via_attributes') {
        for (const region of regionsOf(value)) attributes.count(recordFrom(region).region_attributes);
      } else if (keys?.[at] === 'region') attributes.define(value);
    }
  }
  const { fault } = next.value;
  if (fault !== null) {
    problems.error(
      'via-malformed',
      path,
      `${path} is not a whole VIA file: ${fault}. What came before was read; save it again from VIA to get the rest.`,
    );
  }
  const found = attributes.classAttribute();
  if (found?.isGuess === true) {
    problems.warning(
      'via-class-guessed',
      path,
      `VIA has no classes, and no region attribute of ${path} is called "label" or "class"; "${found.name}" was taken for the class. Rename the right one to "label" if it is another.`,
    );
  }
  const className = found?.name ?? null;
  const names = className === null ? { declared: [], found: [] } : attributes.classNames(className);
  const questions = attributes.questions(className);
  for (const name of names.declared) {
    classes.declare(name, questions.length === 0 ? {} : { attributes: questions });
  }
  for (const name of names.found) classes.find(name);
  return { file, attributes, className };
}

/** VIA 1 numbers regions in an object, VIA 2 lists them. */
function regionsOf(picture: unknown): readonly unknown[] {
  const { regions } = recordFrom(picture);
  return isRecord(regions) ? Object.values(regions) : listFrom(regions);
}

interface Reading {
  readonly folder: DatasetFolder;
  readonly classes: ClassNames;
  readonly problems: ProblemQueue;
  readonly pictures: PictureIndex;
  readonly isPicture: ReadonlySet<string>;
  /** The file that gave an image, by its key. */
  readonly given: Map<string, string>;
}

async function* eventsOfPicture(
  entry: string,
  value: unknown,
  scan: Scan,
  reading: Reading,
): AsyncGenerator<DatasetEvent> {
  const { problems, given } = reading;
  const { path } = scan.file;
  if (!isRecord(value)) {
    problems.error(
      'via-bad-picture',
      path,
      `The entry ${JSON.stringify(entry.slice(0, 200))} of ${path} is no picture; it was left out.`,
    );
    return;
  }
  const key = keyOf(value.filename, path, reading);
  if (key === null) {
    problems.error(
      'via-bad-picture',
      path,
      `"filename" of the entry ${JSON.stringify(entry.slice(0, 200))} of ${path} is not a path inside a folder; the picture and its regions were left out.`,
    );
    return;
  }
  if (given.has(key)) {
    problems.error(
      'via-duplicate-image',
      path,
      `${key} stands in ${given.get(key) ?? ''} and again in ${path}; the second was left out with its regions. Give each picture its own name.`,
    );
    return;
  }
  given.set(key, path);
  yield { type: 'image', image: await imageOf(key, value, scan, reading) };
  const objects = new ObjectJoiner();
  for (const [at, region] of regionsOf(value).entries()) {
    addRegion(region, `Region ${at + 1} of ${key} in ${path}`, key, scan, reading, objects);
  }
  yield* problems.drain();
  for (const annotation of objects.annotations()) yield { type: 'annotation', annotation };
}

/** Pictures lie beside the file, or where the file's folder was when the dataset was put together. */
function keyOf(filename: unknown, path: string, { isPicture, problems }: Reading): string | null {
  const named = typeof filename === 'string' ? keyFromFileName(filename) : null;
  if (named === null) return null;
  if (named.isForeign) {
    problems.warning(
      'via-foreign-name',
      path,
      `${JSON.stringify(String(filename).slice(0, 200))} in ${path} is a place on another machine or the web; the picture is called ${named.key}.`,
    );
  }
  const beside = joinedPath(folderOf(path), named.key);
  return isPicture.has(named.key) && !isPicture.has(beside) ? named.key : beside;
}

async function imageOf(
  key: string,
  picture: JsonRecord,
  { file }: Scan,
  { folder, pictures, problems }: Reading,
): Promise<DatasetImage> {
  const dropped = (name: string) =>
    problems.warning(
      'attribute-dropped',
      file.path,
      `The attribute "${name.slice(0, 100)}" of ${key} in ${file.path} is no text, number, true or false; it was not read.`,
    );
  const { [EMPTY_ATTRIBUTE]: isEmpty, ...attributes } = attributesFrom(picture.file_attributes, dropped);
  const found = pictures.find(key);
  const isLabelled = regionsOf(picture).length > 0;
  return {
    key,
    size: found === null ? null : await folder.imageSize(found),
    split: file.split,
    state: isLabelled ? 'labelled' : isEmpty === true ? 'confirmedEmpty' : 'unlabelled',
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}

function addRegion(
  region: unknown,
  place: string,
  imageKey: string,
  { file, className }: Scan,
  { classes, problems }: Reading,
  objects: ObjectJoiner,
): void {
  const { path } = file;
  const record = recordFrom(region);
  const given = recordFrom(record.region_attributes);
  const shapeAttributes = recordFrom(record.shape_attributes);
  const names = className === null ? [] : classesOf(given[className]);
  const numbers = names.map((name) => classes.indexOf(name)).filter((number) => number !== null);
  const parsed = parseViaRegion(shapeAttributes);
  if (!('shape' in parsed)) {
    problems.error(parsed.code, path, `${place} ${parsed.reason}; it was left out. Draw it again in VIA.`);
    return;
  }
  if (numbers.length === 0) {
    problems.error(
      'via-no-class',
      path,
      `${place} has no ${className === null ? 'attribute that could be its class' : `"${className}"`}; it was left out.`,
    );
    return;
  }
  if (parsed.hasLostHoles === true) {
    problems.warning(
      'polygon-holes-dropped',
      path,
      `${place} had holes, but its outline was changed since; it was read without.`,
    );
  }
  const dropped = (name: string) =>
    problems.warning(
      'attribute-dropped',
      path,
      `${place} has an attribute "${name.slice(0, 100)}" that is no text, number, true or false; it was not read.`,
    );
  const details = regionDetails(given, className, dropped);
  for (const classIndex of numbers) {
    objects.add({ imageKey, classIndex, shape: parsed.shape, ...details }, shapeAttributes[OWN_FIELD]);
  }
}
