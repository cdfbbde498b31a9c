import type { Size } from '../../geometry/rect';
import type { DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { chosen, NO_OPTIONS, type OptionValues } from '../format-options';
import { keyFromFileName } from '../parts/dataset-key';
import {
  createPictureIndex,
  folderOf,
  joinedPath,
  nameOf,
  type PictureIndex,
  withoutExtension,
} from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { splitFromName } from '../parts/split-name';
import { parseXml } from '../parts/xml/parse-xml';
import { ownCopy, type XmlElement } from '../parts/xml/xml-element';
import { imageAttributesOf, sizeOf } from './parse-voc-annotation';
import { type MaskClasses, maskClasses, readVocMasks } from './read-voc-masks';
import { likelyOrigin, MAX_VOC_FILE_BYTES, surveyVoc } from './survey-voc';
import { labelsOf, readClassList } from './voc-classes';
import { findVocFiles, pictureFolders, placeOfPicture, type VocEntry, type VocFiles } from './voc-files';
import { type ImageContent, vocImageContent } from './voc-image-content';
import { readVocLists, type VocLists } from './voc-lists';
import { type Origin, READ_ORIGIN } from './voc-options';

/**
 * Reads each file twice: once for the names of classes and the convention of the numbers, once for what is in it. Memory
 * follows the number of images, not of boxes.
 */
export async function* readVoc(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  // Inside, events travel by the image: a step of an async generator costs as much as parsing half a box.
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

interface Reading {
  readonly folder: DatasetFolder;
  readonly files: VocFiles;
  readonly problems: ProblemQueue;
  readonly lists: VocLists;
  readonly pictures: () => PictureIndex;
  readonly classIndexOf: ReadonlyMap<string, number>;
  readonly masks: MaskClasses;
  /** Of files that state none. */
  readonly origin: Origin;
  /** What a person chose goes before what a file states. */
  readonly isChosen: boolean;
  /** Ids that occur below several roots: their images are called by root and id. */
  readonly sharedIds: ReadonlySet<string>;
  readonly keys: Set<string>;
}

async function* eventBatches(
  folder: DatasetFolder,
  options: OptionValues,
): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  const files = await findVocFiles(folder);
  await reportUnseen(folder, problems);
  const survey = await surveyVoc(folder, files.entries);
  const entries = files.entries.filter(
    (_, index) => survey.kinds[index] === 'voc' || survey.kinds[index] === null,
  );
  if (entries.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No Pascal VOC file was found. They are .xml files with <annotation>, mostly in a folder "Annotations".',
    );
    yield problems.close('');
    return;
  }
  reportSetAside(files, survey.kinds, problems);
  const list = await readClassList(folder, files.classFiles, problems);
  const labels = labelsOf(list, files.hasMasks, survey.names);
  yield labels.map((label) => ({ type: 'label', label }));

  const chosenOrigin = chosen(READ_ORIGIN, options);
  const likely = likelyOrigin(survey.evidence);
  if (chosenOrigin === 'one-based' && survey.evidence.belowOne > 0) {
    problems.warning(
      'voc-origin-doubtful',
      '',
      `${survey.evidence.belowOne} boxes begin below 1 and were read as pixels counted from 1. If they lie one pixel too far to the left, read them again with edges counted from 0.`,
    );
  }
  let index: PictureIndex | null = null;
  const known = new Set(entries.map((entry) => `${entry.root}\n${entry.id}`));
  const unlabelled = unlabelledPictures(files, entries, known);
  for (const { entry } of unlabelled) known.add(`${entry.root}\n${entry.id}`);
  const reading: Reading = {
    folder,
    files,
    problems,
    lists: await readVocLists(folder, files.listPaths, (root, id) => known.has(`${root}\n${id}`), problems),
    pictures: () => {
      index ??= createPictureIndex(files.picturePaths);
      return index;
    },
    classIndexOf: new Map(labels.map((label) => [label.name, label.classIndex])),
    masks: maskClasses(list, labels),
    origin:
      chosenOrigin === 'zero-based' || (chosenOrigin === 'auto' && likely === 'zero-based')
        ? 'zero-based'
        : 'one-based',
    isChosen: chosenOrigin !== 'auto',
    sharedIds: sharedIds(entries),
    keys: new Set(),
  };
  yield problems.drain();
  for (const entry of entries) yield await eventsOf(reading, entry);
  for (const { entry, path } of unlabelled) yield await unlabelledEvents(reading, entry, path);
  yield problems.close('');
}

function reportSetAside(files: VocFiles, kinds: readonly (string | null)[], problems: ProblemQueue): void {
  for (const path of files.secondFiles) {
    problems.error(
      'voc-duplicate-file',
      path,
      `${path} describes a picture that another .xml file describes; it was not read. Remove one of the two.`,
    );
  }
  files.entries.forEach(({ xmlPath }, position) => {
    const kind = kinds[position];
    if (xmlPath === null || kind === 'voc' || kind === null) return;
    problems.warning(
      'voc-file-set-aside',
      xmlPath,
      kind === 'labelme-xml'
        ? `${xmlPath} was not read: it is LabelMe 3.0, which lists the points of polygons.`
        : `${xmlPath} was not read: it has no <annotation> of Pascal VOC.`,
    );
  });
}

function sharedIds(entries: readonly VocEntry[]): ReadonlySet<string> {
  const rootOf = new Map<string, string>();
  const found = new Set<string>();
  for (const { root, id } of entries) {
    const other = rootOf.get(id);
    if (other === undefined) rootOf.set(id, root);
    else if (other !== root) found.add(id);
  }
  return found;
}

async function eventsOf(reading: Reading, entry: VocEntry): Promise<readonly DatasetEvent[]> {
  const { problems, folder } = reading;
  const path = entry.xmlPath ?? entry.classMaskPath ?? entry.objectMaskPath ?? '';
  const root = await readDocument(reading, entry);
  if (entry.xmlPath !== null && root === null) return problems.drain();
  const named = keyOf(reading, entry, root);
  // Cut out of the file's text, which it would keep alive for as long as anybody holds it.
  const key = named === null ? null : ownCopy(named);
  if (key === null || reading.keys.has(key)) {
    const why =
      key === null
        ? 'gives no name that a picture can have'
        : `describes ${key}, which another file describes`;
    problems.error('voc-duplicate-image', path, `${path} ${why}; it was left out.`);
    return problems.drain();
  }
  reading.keys.add(key);
  const masks = await readVocMasks(folder, entry, reading.masks, problems);
  const given = root === null ? { size: null, isBad: false } : sizeOf(root);
  if (given.isBad) {
    problems.warning(
      'voc-bad-size',
      path,
      `${path} gives a <size> that is none; the size is taken from the picture.`,
    );
  }
  const size = given.size ?? masks?.size ?? (await pictureSize(reading, entry, key));
  const content: ImageContent = vocImageContent({
    path,
    key,
    root,
    masks: masks?.masks ?? [],
    origin: reading.origin,
    isChosen: reading.isChosen,
    classIndexOf: reading.classIndexOf,
    problems,
  });
  const attributes = root === null ? null : imageAttributesOf(root, masks !== null, content.dropped);
  content.reportDropped();
  if (size === null && content.annotations.length > 0) {
    problems.warning('image-size-unknown', path, `${path} gives no size and its picture was not found.`);
  }
  const image: DatasetImage = {
    key,
    size,
    split: splitOf(reading, entry),
    state: content.annotations.length > 0 || content.faults > 0 ? 'labelled' : 'confirmedEmpty',
    ...(attributes === null ? {} : { attributes }),
  };
  const events: DatasetEvent[] = [...problems.drain(), { type: 'image', image }];
  for (const annotation of content.annotations) events.push({ type: 'annotation', annotation });
  return events;
}

/** The root of an entry's file; what is wrong with the file is reported. */
async function readDocument(
  { folder, problems }: Reading,
  { xmlPath }: VocEntry,
): Promise<XmlElement | null> {
  if (xmlPath === null) return null;
  const text = await folder.readText(xmlPath, MAX_VOC_FILE_BYTES);
  if (!text.ok) {
    problems.error('voc-unreadable', xmlPath, text.error.message);
    return null;
  }
  if (text.value.includes('\uFFFD')) {
    problems.warning(
      'bad-encoding',
      xmlPath,
      `${xmlPath} has bytes that are no text in its encoding; names may be wrong. Save it as UTF-8.`,
    );
  }
  const { root, fault } = parseXml(text.value);
  if (fault !== null) {
    problems.error(
      fault.code,
      xmlPath,
      `${xmlPath}, line ${fault.line}: ${fault.reason}. Objects that were whole before it are kept. Export the file again from its source.`,
      fault.line,
    );
  }
  return root;
}

/** The picture that an entry speaks of: by its id, as VOC has it, with the extension that the file or the picture has. */
function keyOf(reading: Reading, entry: VocEntry, root: XmlElement | null): string | null {
  const { id } = entry;
  const given = root === null ? '' : rawName(root);
  const isShared = reading.sharedIds.has(id);
  if (!isShared && given !== '' && withoutExtension(given) === id && given !== id) {
    const key = keyFromFileName(given);
    if (key !== null && !key.isForeign) return key.key;
  }
  const name = keyFromFileName(given.trim());
  const named = name === null ? '' : name.key;
  const picture = pictureOf(reading, entry, named);
  if (picture !== null) {
    if (named !== '' && nameOf(withoutExtension(picture)) !== nameOf(withoutExtension(named))) {
      reading.problems.warning(
        'voc-filename-differs',
        entry.xmlPath ?? '',
        `${entry.xmlPath} speaks of ${named} and is called like ${picture}; it is taken for the latter, as readers of VOC do.`,
      );
    }
    return isShared
      ? joinedPath(entry.root, keyOfPicture(entry.root, picture))
      : keyOfPicture(entry.root, picture);
  }
  const isOwn = named !== '' && nameOf(withoutExtension(named)) === nameOf(id);
  if (named !== '' && !isOwn) {
    reading.problems.warning(
      'voc-filename-differs',
      entry.xmlPath ?? '',
      `${entry.xmlPath} speaks of ${named}; the image is called by the name of the file, as readers of VOC do.`,
    );
  }
  const extension = named === '' ? '' : nameOf(named).slice(nameOf(withoutExtension(named)).length);
  // Some tools leave the extension out.
  const key =
    isOwn && extension !== ''
      ? joinedPath(folderOf(id), nameOf(named))
      : `${id}${extension === '' ? '.jpg' : extension}`;
  return keyFromFileName(isShared ? joinedPath(entry.root, key) : key)?.key ?? null;
}

function rawName(root: XmlElement): string {
  for (const child of root.children) if (child.name === 'filename') return child.text;
  return '';
}

/** The path of the picture, when it is at hand: where VOC has it, else the one that fits best. */
function pictureOf({ files, pictures }: Reading, { root, id }: VocEntry, named: string): string | null {
  if (files.picturePaths.size === 0) return null;
  const extension = named === '' ? '.jpg' : nameOf(named).slice(nameOf(withoutExtension(named)).length);
  for (const folder of pictureFolders(root)) {
    const path = `${joinedPath(folder, id)}${extension}`;
    if (files.picturePaths.has(path)) return path;
  }
  const found = pictures().find(joinedPath(root, id));
  return found ?? (named === '' ? null : pictures().find(joinedPath(root, named)));
}

/** A picture's path below the folder of pictures of its root. */
function keyOfPicture(root: string, path: string): string {
  for (const folder of pictureFolders(root)) {
    if (folder === '') return path;
    if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  }
  return path;
}

async function pictureSize(reading: Reading, entry: VocEntry, key: string): Promise<Size | null> {
  const path = pictureOf(reading, entry, key);
  if (path !== null) return reading.folder.imageSize(path);
  // The folder may know the size of a picture that lies elsewhere.
  return (
    (await reading.folder.imageSize(joinedPath(entry.root, `JPEGImages/${key}`))) ??
    (await reading.folder.imageSize(joinedPath(entry.root, key)))
  );
}

/** By the lists; where there are none, by the folders that the file lies in. */
function splitOf({ lists }: Reading, { root, id }: VocEntry): DatasetImage['split'] {
  if (lists.hasLists) return lists.splitOf(root, id);
  for (const part of `${root}/${folderOf(id)}`.split('/').reverse()) {
    const split = splitFromName(part);
    if (split !== null) return split;
  }
  return null;
}

interface Unlabelled {
  readonly entry: VocEntry;
  readonly path: string;
}

/** Pictures among those of the dataset that no file describes. */
function unlabelledPictures(
  files: VocFiles,
  entries: readonly VocEntry[],
  known: ReadonlySet<string>,
): readonly Unlabelled[] {
  const roots = new Set<string>();
  // Beside their pictures, files share folders with them; below Annotations they do not.
  const shared = new Set<string>();
  for (const { root, id, xmlPath } of entries) {
    roots.add(root);
    if (isBeside(root, id, xmlPath)) shared.add(folderOf(id));
  }
  const found: Unlabelled[] = [];
  for (const path of files.picturePaths) {
    const place =
      placeOfPicture(path, roots) ?? (shared.has(folderOf(path)) ? { root: '', key: path } : null);
    if (place === null) continue;
    const id = withoutExtension(place.key);
    if (known.has(`${place.root}\n${id}`)) continue;
    const entry = { root: place.root, id, xmlPath: null, classMaskPath: null, objectMaskPath: null };
    found.push({ entry, path });
  }
  return found;
}

function isBeside(root: string, id: string, xmlPath: string | null): boolean {
  return root === '' && xmlPath !== null && withoutExtension(xmlPath) === id;
}

async function unlabelledEvents(
  reading: Reading,
  entry: VocEntry,
  path: string,
): Promise<readonly DatasetEvent[]> {
  const key = keyOfPicture(entry.root, path);
  if (reading.keys.has(key)) return [];
  reading.keys.add(key);
  const size = await reading.folder.imageSize(path);
  return [{ type: 'image', image: { key, size, split: splitOf(reading, entry), state: 'unlabelled' } }];
}
