import type { DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import {
  attributesFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { streamElements } from '../parts/json/stream-elements';
import {
  createPictureIndex,
  joinedPath,
  nameOf,
  type PictureIndex,
  withoutExtension,
} from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { frameFromRecord, sizeFrom } from '../parts/records/image-record';
import { reportUnseen } from '../parts/report-unseen';
import { splitFromName } from '../parts/split-name';
import { type DatumaroFile, findDatumaroFiles } from './find-datumaro-files';
import { OWN_KEY } from './own-key';
import { type LabelsOfFile, parseAnnotations } from './parse-annotations';
import { type Categories, categoriesFrom, readCategories } from './read-categories';

const ITEMS = new Set(['items']);

/** Datumaro's default for an item that names no picture. */
const DEFAULT_EXTENSION = '.jpg';

/**
 * Reads the categories of all files first, so that labels come before the first image, then streams the items of one file
 * after another. Names of pictures are looked through beforehand only where there are several files: a name that stands
 * in two of them gets its subset in front.
 */
export async function* readDatumaro(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  const { files, setAside } = await findDatumaroFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No Datumaro file was found. Datumaro is annotations/<subset>.json with "categories" (an object) and "items".',
    );
  }
  for (const { path, reason } of setAside) {
    problems.warning('datumaro-file-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const keys = new KeyBook(createPictureIndex((await folder.list()).map((file) => file.path)));
  const labels = new LabelBook(problems);
  const labelsByPath = new Map<string, LabelsOfFile>();
  for (const file of files) {
    const entries = await readCategories(folder, file.path, files.length > 1 ? keys.noteOf(file) : null);
    labelsByPath.set(file.path, labels.add(categoriesFrom(entries, file.path, problems), file.path));
  }
  for (const label of labels.labels) yield { type: 'label', label };
  yield* problems.drain();
  for (const file of files) {
    const ofFile = labelsByPath.get(file.path);
    if (ofFile === undefined) continue;
    const reader = new ItemReader(folder, file, ofFile, keys, problems);
    const stream = streamElements(folder, file.path, ITEMS);
    let next = await stream.next();
    for (; !next.done; next = await stream.next()) {
      for (const item of next.value.elements) {
        const events = await reader.read(item);
        yield* problems.drain();
        yield* events;
      }
    }
    if (next.value.fault !== null) {
      problems.error(
        'datumaro-malformed',
        file.path,
        `${file.path} is not a whole Datumaro file: ${next.value.fault}. What came before was read; export the file again to get the rest.`,
      );
    }
    reader.reportDropped();
    yield* problems.drain();
  }
  yield* problems.close('');
}

/** Labels of several files under one numbering. Files of one dataset have one list; where they do not, names decide. */
class LabelBook {
  readonly #problems: ProblemQueue;
  readonly #byNumber = new Map<number, DatasetLabel>();
  readonly #numberByName = new Map<string, number>();

  constructor(problems: ProblemQueue) {
    this.#problems = problems;
  }

  get labels(): readonly DatasetLabel[] {
    return [...this.#byNumber.values()].sort((a, b) => a.classIndex - b.classIndex);
  }

  add({ labels, nameById, skeletonById }: Categories, path: string): LabelsOfFile {
    const isFirst = this.#byNumber.size === 0;
    const classIndexById: (number | null)[] = nameById.map(() => null);
    const added: string[] = [];
    for (const label of labels) {
      const same = this.#byNumber.get(label.classIndex);
      let classIndex =
        same?.name === label.name || isFirst ? label.classIndex : this.#numberByName.get(label.name);
      if (classIndex === undefined) {
        classIndex = same === undefined ? label.classIndex : Math.max(...this.#byNumber.keys()) + 1;
        added.push(label.name);
      }
      classIndexById[label.classIndex] = classIndex;
      if (this.#byNumber.has(classIndex)) continue;
      this.#byNumber.set(classIndex, { ...label, classIndex });
      if (!this.#numberByName.has(label.name)) this.#numberByName.set(label.name, classIndex);
    }
    if (added.length > 0) {
      this.#problems.warning(
        'datumaro-labels-differ',
        path,
        `${path} has labels that an earlier file has not: ${added.slice(0, 10).join(', ')}. They were added; labels of one name were taken for the same.`,
      );
    }
    return { classIndexById, nameById, skeletonById };
  }
}

/** Keys of images, unique over all files. */
class KeyBook {
  readonly #pictures: PictureIndex;
  readonly #seen = new Set<string>();
  readonly #clashing = new Set<string>();
  readonly #given = new Set<string>();

  constructor(pictures: PictureIndex) {
    this.#pictures = pictures;
  }

  /** Hears the items of a file before any is given out. */
  noteOf(file: DatumaroFile): (item: unknown) => void {
    const ofFile = new Set<string>();
    return (item) => {
      const key = this.#bareKey(item, file)?.key;
      if (key === undefined || ofFile.has(key)) return;
      ofFile.add(key);
      if (this.#seen.has(key)) this.#clashing.add(key);
      this.#seen.add(key);
    };
  }

  keyOf(item: JsonRecord, file: DatumaroFile): { readonly key: string; readonly isForeign: boolean } | null {
    const bare = this.#bareKey(item, file);
    if (bare === null || !this.#clashing.has(bare.key)) return bare;
    return { ...bare, key: joinedPath(file.subset, bare.key) };
  }

  /** False when an image of this key was given before. */
  give(key: string): boolean {
    if (this.#given.has(key)) return false;
    this.#given.add(key);
    return true;
  }

  pictureOf(key: string, { subset }: DatumaroFile): string | null {
    return this.#pictures.find(`images/${subset}/${key}`) ?? this.#pictures.find(key);
  }

  #bareKey(item: unknown, file: DatumaroFile) {
    if (!isRecord(item)) return null;
    const path = textFrom(recordFrom(item.image).path) ?? textFrom(recordFrom(item.media).path);
    if (path !== null && path !== '') return keyFromFileName(path);
    const id = textFrom(item.id);
    if (id === null || id === '') return null;
    const picture = this.#pictures.find(`images/${file.subset}/${id}`);
    const extension =
      picture === null ? DEFAULT_EXTENSION : nameOf(picture).slice(nameOf(withoutExtension(picture)).length);
    return keyFromFileName(`${id}${extension}`);
  }
}

class ItemReader {
  readonly #folder: DatasetFolder;
  readonly #file: DatumaroFile;
  readonly #labels: LabelsOfFile;
  readonly #keys: KeyBook;
  readonly #problems: ProblemQueue;
  #position = 0;
  #droppedAttributes = 0;
  #foreignNames = 0;

  constructor(
    folder: DatasetFolder,
    file: DatumaroFile,
    labels: LabelsOfFile,
    keys: KeyBook,
    problems: ProblemQueue,
  ) {
    this.#folder = folder;
    this.#file = file;
    this.#labels = labels;
    this.#keys = keys;
    this.#problems = problems;
  }

  /** The image and annotation events of one item; none when it is no picture. */
  async read(item: unknown): Promise<readonly DatasetEvent[]> {
    const { path } = this.#file;
    const place = `items[${this.#position}] of ${path}`;
    this.#position += 1;
    if (!isRecord(item)) {
      this.#problems.error('datumaro-bad-item', path, `${place} is no JSON object; it was left out.`);
      return [];
    }
    if (item.point_cloud !== undefined) {
      this.#problems.warning('datumaro-no-picture', path, `${place} is a point cloud; it was left out.`);
      return [];
    }
    const named = this.#keys.keyOf(item, this.#file);
    if (named === null) {
      this.#problems.error(
        'datumaro-bad-item',
        path,
        `${place} names no picture inside the folder by "image" or "id"; it and its annotations were left out.`,
      );
      return [];
    }
    const { key } = named;
    if (!this.#keys.give(key)) {
      this.#problems.error(
        'datumaro-duplicate-image',
        path,
        `${path} lists ${key} a second time; this entry and its annotations were left out. List each picture once.`,
      );
      return [];
    }
    if (named.isForeign) this.#foreignNames += 1;
    const dropped = () => {
      this.#droppedAttributes += 1;
    };
    const { annotations, captions } = parseAnnotations(item.annotations, key, this.#labels, {
      onBad: (code, position, reason) =>
        this.#problems.error(
          code,
          path,
          `Annotation ${position} of ${key} in ${path} ${reason}; it was left out.`,
        ),
      onDroppedAttribute: dropped,
    });
    const events: DatasetEvent[] = [
      { type: 'image', image: await this.#image(item, key, annotations.length === 0, captions, dropped) },
    ];
    for (const annotation of annotations) events.push({ type: 'annotation', annotation });
    return events;
  }

  async #image(
    item: JsonRecord,
    key: string,
    isEmpty: boolean,
    captions: readonly string[],
    dropped: () => void,
  ): Promise<DatasetImage> {
    const [height, width] = listFrom(recordFrom(item.image).size);
    const picture = this.#keys.pictureOf(key, this.#file);
    const own = recordFrom(item[OWN_KEY]);
    const frame = frameFromRecord(own.frame) ?? videoFrame(item.video_frame);
    const attributes = {
      ...Object.fromEntries(captions.map((text, at) => [at === 0 ? 'caption' : `caption_${at + 1}`, text])),
      ...(item.attr === undefined ? {} : attributesFrom(item.attr, dropped)),
    };
    return {
      key,
      size: sizeFrom(width, height) ?? (picture === null ? null : await this.#folder.imageSize(picture)),
      split: splitFromName(this.#file.subset),
      state: isEmpty && own.state !== 'labelled' ? 'confirmedEmpty' : 'labelled',
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
      ...(frame === null ? {} : { frame }),
    };
  }

  reportDropped(): void {
    const { path } = this.#file;
    if (this.#droppedAttributes > 0) {
      this.#problems.warning(
        'attribute-dropped',
        path,
        `${this.#droppedAttributes} attribute values in ${path} were not taken; only texts, numbers and yes/no are.`,
      );
    }
    if (this.#foreignNames > 0) {
      this.#problems.warning(
        'datumaro-foreign-path',
        path,
        `${this.#foreignNames} picture paths in ${path} are absolute or addresses; what says where they were was cut off, and pictures are found by the rest.`,
      );
    }
  }
}

/** Intel's Datumaro: a frame by the video's path and its number, from 0. */
function videoFrame(value: unknown) {
  const { video_path: sequence, frame_index: index } = recordFrom(value);
  return frameFromRecord({ sequence, index });
}
