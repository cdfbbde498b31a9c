import type { Size } from '../../geometry/rect';
import type { Shape, Vertex } from '../../schema/shapes';
import { isKnownShape } from '../../schema/shapes/known-shape';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { attributesFrom, isRecord, type JsonRecord, listFrom, recordFrom } from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { withoutExtension } from '../parts/picture-index';
import { decodePng, valuesOfPng } from '../parts/png/decode-png';
import { masksOfValues } from '../parts/png/mask-values';
import { ProblemQueue } from '../parts/problem-queue';
import { annotationExtrasFrom, scoreFrom } from '../parts/records/annotation-record';
import { sizeFrom } from '../parts/records/image-record';
import { labelNameFrom } from '../parts/records/label-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { reportUnseen } from '../parts/report-unseen';
import { type KnownImage, readImagesFile } from '../parts/sidecar/images-file';
import { classOfGroup } from './cityscapes-labels';
import {
  type CityscapesEntry,
  findCityscapes,
  type GroundTruth,
  keyOfEntry,
  PICTURES,
} from './find-cityscapes';
import { type LabelTable, labelTable } from './label-table';

/** The largest polygon files of Cityscapes have 200 KB. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;
const MAX_PNG_BYTES = 256 * 1024 * 1024;

/** Key of what Cityscapes has no place for, in a file and in its objects. */
export const OWN_KEY = 'groundmark';

/** What 0 is mostly called: it fills what nobody labelled. */
const NO_OBJECT = /^(?:unlabell?ed|background|void)$/i;

/**
 * Polygons where they are there, because they know what is covered; else the pixels of instanceIds, labelIds or
 * labelTrainIds. Objects come in the order in which they are painted.
 */
export async function* readCityscapes(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const found = await findCityscapes(folder);
  if (found === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No Cityscapes files were found. They are called gtFine/<split>/<city>/<name>_gtFine_polygons.json, …_instanceIds.png or …_labelIds.png.',
    );
    yield* problems.close('');
    return;
  }
  const listed = await readImagesFile(folder, found.root, problems);
  const known =
    listed === null
      ? null
      : new Map([...listed].map(([picture, image]) => [withoutExtension(picture), image] as const));
  const table = await labelTable(folder, found, problems, namesIn(folder, found.entries));
  for (const label of table.labels) yield { type: 'label', label };
  yield* problems.drain();
  const seen = new Set<string>();
  for (const entry of ordered(found.entries, known)) {
    const image = known?.get(pictureKey(entry));
    const key = image?.key ?? keyOfEntry(entry);
    if (seen.has(key)) {
      problems.error(
        'cityscapes-duplicate-image',
        entry.place,
        `${key} is there in two splits; the files of ${entry.place} were left out. Keep each picture in one split.`,
      );
      continue;
    }
    seen.add(key);
    const events = await new EntryReader(folder, entry, key, table, problems).read(image ?? null);
    yield* problems.drain();
    yield* events;
  }
  yield* problems.close('');
}

/** The place of a picture without its extension, by which our own file of images names it. */
function pictureKey({ place }: CityscapesEntry): string {
  return `${PICTURES}/${place}_leftImg8bit`;
}

/** In the order of our own file where there is one. */
function ordered(
  entries: readonly CityscapesEntry[],
  known: ReadonlyMap<string, KnownImage> | null,
): readonly CityscapesEntry[] {
  if (known === null) return entries;
  const order = new Map([...known.keys()].map((key, at) => [key, at]));
  const at = (entry: CityscapesEntry) => order.get(pictureKey(entry)) ?? order.size;
  return [...entries].sort((a, b) => at(a) - at(b));
}

/** All labels that polygon files name, for lists that do not. */
async function* namesIn(
  folder: DatasetFolder,
  entries: readonly CityscapesEntry[],
): AsyncGenerator<readonly string[]> {
  for (const { files } of entries) {
    const path = files.get('polygons');
    const parsed = path === undefined ? null : await parseJsonFile(folder, path, MAX_JSON_BYTES);
    if (parsed === null || !parsed.ok) continue;
    yield listFrom(recordFrom(parsed.value).objects).flatMap((object) => {
      const name = labelNameFrom(recordFrom(object).label);
      return name === null ? [] : [name];
    });
  }
}

interface Read {
  readonly annotations: readonly DatasetAnnotation[];
  readonly size: Size | null;
  readonly attributes?: DatasetImage['attributes'];
  /** Labelled though nothing is there: what was there could not be written. */
  readonly isLabelled?: boolean;
}

class EntryReader {
  readonly #folder: DatasetFolder;
  readonly #entry: CityscapesEntry;
  readonly #key: string;
  readonly #table: LabelTable;
  readonly #problems: ProblemQueue;

  constructor(
    folder: DatasetFolder,
    entry: CityscapesEntry,
    key: string,
    table: LabelTable,
    problems: ProblemQueue,
  ) {
    this.#folder = folder;
    this.#entry = entry;
    this.#key = key;
    this.#table = table;
    this.#problems = problems;
  }

  async read(known: KnownImage | null): Promise<readonly DatasetEvent[]> {
    const { split, picturePath, files } = this.#entry;
    const read = await this.#groundTruth(files);
    const annotations = read?.annotations ?? [];
    const size =
      read?.size ?? known?.size ?? (picturePath === null ? null : await this.#folder.imageSize(picturePath));
    const image: DatasetImage = {
      key: this.#key,
      size,
      split,
      state:
        read === null
          ? 'unlabelled'
          : annotations.length > 0 || read.isLabelled === true
            ? 'labelled'
            : 'confirmedEmpty',
      ...(read?.attributes === undefined ? {} : { attributes: read.attributes }),
      ...(known?.frame == null ? {} : { frame: known.frame }),
    };
    return [
      { type: 'image', image },
      ...annotations.map((annotation) => ({ type: 'annotation' as const, annotation })),
    ];
  }

  /** What the best of the files says that can be read; null when none can. */
  async #groundTruth(files: ReadonlyMap<GroundTruth, string>): Promise<Read | null> {
    const polygons = files.get('polygons');
    const read = polygons === undefined ? null : await this.#polygons(polygons);
    if (read !== null) return read;
    for (const kind of ['instanceIds', 'labelIds', 'labelTrainIds'] as const) {
      const path = files.get(kind);
      const pixels = path === undefined ? null : await this.#pixels(path, kind);
      if (pixels !== null) return pixels;
    }
    return null;
  }

  async #polygons(path: string): Promise<Read | null> {
    const parsed = await parseJsonFile(this.#folder, path, MAX_JSON_BYTES);
    if (!parsed.ok || !isRecord(parsed.value)) {
      const reason = parsed.ok ? 'it is no JSON object' : parsed.reason;
      this.#problems.error(
        'cityscapes-malformed',
        path,
        `${path} cannot be read: ${reason}. Its pixels are used where there are any.`,
      );
      return null;
    }
    const { imgWidth, imgHeight, objects } = parsed.value;
    const own = recordFrom(parsed.value[OWN_KEY]);
    const dropped = (name: string) => this.#reportDropped(path, name);
    const attributes = attributesFrom(own.attributes, dropped);
    const annotations: DatasetAnnotation[] = [];
    listFrom(objects).forEach((object, at) => {
      const record = recordFrom(object);
      // A part of the object before it, or something that its author took back.
      if (recordFrom(record[OWN_KEY]).is_part === true || isTrue(record.deleted)) return;
      const made = this.#object(record, dropped);
      if (typeof made === 'string') {
        this.#problems.error(
          'cityscapes-bad-object',
          path,
          `Object ${at} in ${path} ${made}; it was left out.`,
        );
      } else annotations.push(made);
    });
    return {
      annotations,
      size: sizeFrom(imgWidth, imgHeight),
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
      ...(own.state === 'labelled' ? { isLabelled: true } : {}),
    };
  }

  /** The annotation of an object, or why it is none. */
  #object(record: JsonRecord, onDropped: (name: string) => void): DatasetAnnotation | string {
    const own = recordFrom(record[OWN_KEY]);
    const name = labelNameFrom(record.label);
    if (name === null) return 'has no "label"';
    const single = this.#table.byName.has(name) ? null : classOfGroup(name);
    const label = this.#table.byName.get(single ?? name);
    if (label === undefined) return `has the unknown label ${JSON.stringify(name)}`;
    const shape = own.shape === undefined ? polygonFrom(record.polygon) : shapeFromRecord(own.shape);
    if (shape === null) return 'has fewer than three corners, or one that is no pair of numbers';
    return {
      imageKey: this.#key,
      classIndex: label.classIndex,
      shape,
      isCrowd: single !== null || own.is_crowd === true,
      attributes: attributesFrom(own.attributes, onDropped),
      score: scoreFrom(own.score),
      ...annotationExtrasFrom(own),
    };
  }

  async #pixels(path: string, kind: 'instanceIds' | 'labelIds' | 'labelTrainIds'): Promise<Read | null> {
    const bytes = await this.#folder.readBytes(path, MAX_PNG_BYTES);
    const png = bytes.ok ? decodePng(bytes.value, path) : bytes;
    if (!png.ok) {
      this.#problems.error('cityscapes-undecodable', path, png.error.message);
      return null;
    }
    const masks = masksOfValues(valuesOfPng(png.value), png.value, () => true);
    const annotations: DatasetAnnotation[] = [];
    for (const [value, shape] of masks ?? []) {
      if (value === 0 && kind !== 'labelTrainIds' && NO_OBJECT.test(this.#table.byId.get(0)?.name ?? ''))
        continue;
      const isInstance = kind === 'instanceIds' && value >= 1000;
      const id = isInstance ? Math.floor(value / 1000) : value;
      const label = kind === 'labelTrainIds' ? this.#table.byTrainId.get(id) : this.#table.byId.get(id);
      if (label === undefined) {
        // 0 and 255 are for what has no label, in every list.
        if (id !== 0 && id !== 255) this.#reportUnknown(path, value);
        continue;
      }
      const isCrowd = kind === 'instanceIds' && !isInstance && this.#table.hasInstances(label);
      annotations.push({
        imageKey: this.#key,
        classIndex: label.classIndex,
        shape,
        isCrowd,
        attributes: {},
        score: null,
      });
    }
    return { annotations, size: { width: png.value.width, height: png.value.height } };
  }

  #reportUnknown(path: string, value: number): void {
    this.#problems.error(
      'cityscapes-unknown-id',
      path,
      `The value ${value} in ${path} belongs to no label; its pixels were left out. Add a label_colors.txt with the labels in the order of their numbers.`,
    );
  }

  #reportDropped(path: string, name: string): void {
    this.#problems.warning(
      'attribute-dropped',
      path,
      `The attribute "${name.slice(0, 100)}" in ${path} is neither text, number nor yes/no; it was left out.`,
    );
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1;
}

function polygonFrom(value: unknown): Shape | null {
  const exterior: Vertex[] = [];
  for (const pair of listFrom(value)) {
    const [x, y] = listFrom(pair);
    exterior.push({ x: x as number, y: y as number });
  }
  const shape = { type: 'polygon', parts: [{ exterior, holes: [] }] };
  return isKnownShape(shape) ? (shape as Shape) : null;
}
