import { strFromU8 } from 'fflate';
import type { MaskShape, Shape } from '../../schema/shapes';
import { LARGEST_COORDINATE } from '../../schema/shapes/coordinate';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { parsedElement } from '../parts/json/element-texts';
import { attributesFrom, isRecord, type JsonRecord, recordFrom } from '../parts/json/json-values';
import { folderOf, isPicturePath, nameOf } from '../parts/picture-index';
import { decodePng, valuesOfPng } from '../parts/png/decode-png';
import { masksOfValues } from '../parts/png/mask-values';
import { ProblemQueue } from '../parts/problem-queue';
import { annotationExtrasFrom, scoreFrom } from '../parts/records/annotation-record';
import { imageFromRecord, sizeFrom } from '../parts/records/image-record';
import { labelNameFrom } from '../parts/records/label-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { reportUnseen } from '../parts/report-unseen';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { splitFromName } from '../parts/split-name';
import { exampleFrom, type Feature } from '../parts/tfrecord/example';
import { readRecords } from '../parts/tfrecord/records';
import { findRecords, type RecordFiles } from './find-records';
import { labelMapFrom } from './label-map';

const MAX_LABEL_MAP_BYTES = 16 * 1024 * 1024;

/** Features of our own, which TensorFlow's parsers do not ask for. */
export const OWN_IMAGE = 'groundmark/image';
export const OWN_OBJECTS = 'groundmark/objects';

type Features = ReadonlyMap<string, Feature>;

/** Ids begin at 1 in label maps; class numbers are ids - 1. Without a label map every file is read once for its classes. */
export async function* readTfrecord(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const files = await findRecords(folder);
  if (files.records.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No TFRecord file was found. They end in .tfrecord, .record or .tfrec.',
    );
    yield* problems.close('');
    return;
  }
  const table = await labelTable(folder, files, problems);
  for (const label of table.labels) yield { type: 'label', label };
  yield* problems.drain();
  const seen = new Set<string>();
  for (const path of files.records) {
    let number = 0;
    for await (const record of readRecords(folder, path)) {
      number += 1;
      if ('fault' in record) {
        problems.error(
          'tfrecord-damaged',
          path,
          `Record ${record.number} of ${path} ${record.fault}; it was left out. Copy or export the file again.`,
        );
        continue;
      }
      const features = exampleFrom(record.data);
      if (features === null) {
        problems.error(
          'tfrecord-bad-example',
          path,
          `Record ${number} of ${path} is no tf.train.Example; it was left out.`,
        );
        continue;
      }
      const events = new ExampleReader(features, path, number, table, problems).read(seen);
      yield* problems.drain();
      yield* events;
    }
  }
  yield* problems.close('');
}

/** Pictures inside the records, by the keys that reading gives their images. */
export async function* picturesOfRecords(folder: DatasetFolder) {
  const seen = new Set<string>();
  for (const path of (await findRecords(folder)).records) {
    let number = 0;
    for await (const record of readRecords(folder, path)) {
      number += 1;
      const features = 'data' in record ? exampleFrom(record.data) : null;
      const key = features === null ? null : keyOf(features, number);
      if (features === null || key === null || seen.has(key)) continue;
      seen.add(key);
      const [bytes] = bytesIn(features, 'image/encoded');
      if (bytes !== undefined && bytes.length > 0) yield { key, bytes: new Uint8Array(bytes) };
    }
  }
}

interface LabelTable {
  readonly labels: readonly DatasetLabel[];
  readonly byId: ReadonlyMap<number, DatasetLabel>;
  readonly byName: ReadonlyMap<string, DatasetLabel>;
}

async function labelTable(
  folder: DatasetFolder,
  files: RecordFiles,
  problems: ProblemQueue,
): Promise<LabelTable> {
  const root = sidecarRoot((await folder.list()).map((file) => file.path));
  const known = root === null ? null : await readLabelsFile(folder, root, problems);
  if (known !== null) {
    const byId = new Map(known.labels.map((label) => [label.classIndex + 1, label]));
    return { labels: known.labels, byId, byName: known.byWrittenName };
  }
  const nameById = new Map<number, string>();
  for (const path of files.labelMaps) {
    const read = await folder.readText(path, MAX_LABEL_MAP_BYTES);
    for (const { id, name } of read.ok ? labelMapFrom(read.value) : []) {
      const known = nameById.get(id);
      if (known === undefined) nameById.set(id, name);
      else if (known !== name) {
        problems.error(
          'tfrecord-label-maps-differ',
          path,
          `Id ${id} is called ${name} in ${path} and ${known} before; ${known} is used. Files of one dataset need one label map.`,
        );
      }
    }
  }
  if (nameById.size === 0) await gatherNames(folder, files.records, nameById);
  const keepsIds = [...nameById.keys()].every((id) => id >= 1 && id <= 100_001);
  const byId = new Map<number, DatasetLabel>();
  const byName = new Map<string, DatasetLabel>();
  [...nameById.keys()]
    .sort((a, b) => a - b)
    .forEach((id, position) => {
      const name = nameById.get(id) ?? '';
      const label = { classIndex: keepsIds ? id - 1 : position, name, supercategory: null };
      byId.set(id, label);
      if (!byName.has(name)) byName.set(name, label);
    });
  return { labels: [...byId.values()], byId, byName };
}

/** Names that stand with the objects; those without a number get one behind all others, in code-unit order. */
async function gatherNames(
  folder: DatasetFolder,
  paths: readonly string[],
  nameById: Map<number, string>,
): Promise<void> {
  const names = new Set<string>();
  for (const path of paths) {
    for await (const record of readRecords(folder, path)) {
      const features = 'data' in record ? exampleFrom(record.data) : null;
      if (features === null) continue;
      const ids = numbersIn(features, 'image/object/class/label');
      const texts = bytesIn(features, 'image/object/class/text');
      for (let at = 0; at < Math.max(ids.length, texts.length); at += 1) {
        const name = labelNameFrom(texts[at] === undefined ? '' : strFromU8(texts[at] ?? new Uint8Array()));
        const id = ids[at];
        if (id !== undefined && id >= 1) {
          if (!nameById.has(id)) nameById.set(id, name ?? `class-${id}`);
        } else if (name !== null) names.add(name);
      }
    }
  }
  const known = new Set(nameById.values());
  let next = Math.max(0, ...nameById.keys()) + 1;
  for (const name of [...names].sort()) {
    if (known.has(name)) continue;
    nameById.set(next, name);
    next += 1;
  }
}

function bytesIn(features: Features, name: string): readonly Uint8Array[] {
  const feature = features.get(name);
  return feature !== undefined && 'bytes' in feature ? feature.bytes : [];
}

function numbersIn(features: Features, name: string): readonly number[] {
  const feature = features.get(name);
  if (feature === undefined || 'bytes' in feature) return [];
  return 'floats' in feature ? feature.floats : feature.ints;
}

function textIn(features: Features, name: string): string {
  const [bytes] = bytesIn(features, name);
  return bytes === undefined ? '' : strFromU8(bytes.subarray(0, 8_192));
}

function jsonOf(bytes: Uint8Array | undefined): JsonRecord | null {
  const value = bytes === undefined ? undefined : parsedElement(strFromU8(bytes));
  return isRecord(value) ? value : null;
}

/** `image/filename`, or `image/source_id` with the extension of its format; the number of the record where both are missing. */
function keyOf(features: Features, number: number): string | null {
  const own = jsonOf(bytesIn(features, OWN_IMAGE)[0]);
  if (typeof own?.key === 'string') return keyFromFileName(own.key)?.key ?? null;
  const extension = /png/i.test(textIn(features, 'image/format')) ? 'png' : 'jpg';
  const name =
    textIn(features, 'image/filename') || textIn(features, 'image/source_id') || `record-${number}`;
  return keyFromFileName(isPicturePath(name) ? name : `${name}.${extension}`)?.key ?? null;
}

class ExampleReader {
  readonly #features: Features;
  readonly #path: string;
  readonly #number: number;
  readonly #table: LabelTable;
  readonly #problems: ProblemQueue;

  constructor(features: Features, path: string, number: number, table: LabelTable, problems: ProblemQueue) {
    this.#features = features;
    this.#path = path;
    this.#number = number;
    this.#table = table;
    this.#problems = problems;
  }

  read(seen: Set<string>): readonly DatasetEvent[] {
    const place = `Record ${this.#number} of ${this.#path}`;
    const key = keyOf(this.#features, this.#number);
    if (key === null || seen.has(key)) {
      this.#problems.error(
        key === null ? 'tfrecord-bad-name' : 'tfrecord-duplicate-image',
        this.#path,
        key === null
          ? `${place} names no picture inside a folder; it was left out.`
          : `${place} is ${key} a second time; it was left out. Keep each picture in one record.`,
      );
      return [];
    }
    seen.add(key);
    const own = jsonOf(bytesIn(this.#features, OWN_IMAGE)[0]);
    const size = sizeFrom(
      numbersIn(this.#features, 'image/width')[0],
      numbersIn(this.#features, 'image/height')[0],
    );
    const annotations = this.#objects(key, size ?? { width: 0, height: 0 });
    const state = annotations.length > 0 ? 'labelled' : 'confirmedEmpty';
    const split = splitFromName(nameOf(this.#path)) ?? splitFromName(nameOf(folderOf(this.#path)));
    const ofOwn = own === null ? null : imageFromRecord(own, key, (name) => this.#reportDropped(key, name));
    const image: DatasetImage =
      ofOwn === null
        ? { key, size, split, state }
        : { ...ofOwn, state: annotations.length > 0 ? 'labelled' : ofOwn.state };
    return [
      { type: 'image', image },
      ...annotations.map((annotation) => ({ type: 'annotation' as const, annotation })),
    ];
  }

  #objects(
    key: string,
    size: { readonly width: number; readonly height: number },
  ): readonly DatasetAnnotation[] {
    const features = this.#features;
    const [xmin, xmax, ymin, ymax] = (['xmin', 'xmax', 'ymin', 'ymax'] as const).map((side) =>
      numbersIn(features, `image/object/bbox/${side}`),
    );
    const ids = numbersIn(features, 'image/object/class/label');
    const texts = bytesIn(features, 'image/object/class/text');
    const masks = bytesIn(features, 'image/object/mask');
    const ownObjects = bytesIn(features, OWN_OBJECTS);
    const count = Math.max(xmin?.length ?? 0, xmax?.length ?? 0, ymin?.length ?? 0, ymax?.length ?? 0);
    const annotations: DatasetAnnotation[] = [];
    for (let at = 0; at < count; at += 1) {
      const label = this.#label(ids[at], texts[at]);
      const own = recordFrom(jsonOf(ownObjects[at]));
      const sides = [xmin?.[at], ymin?.[at], xmax?.[at], ymax?.[at]];
      const shape = this.#shape(own, sides, size, masks[at]);
      if (label === undefined || typeof shape === 'string') {
        const reason = typeof shape === 'string' ? shape : 'has no class that the label map names';
        this.#problems.error(
          label === undefined ? 'tfrecord-unknown-label' : 'tfrecord-bad-box',
          this.#path,
          `Object ${at} of ${key} in ${this.#path} ${reason}; it was left out.`,
        );
      } else annotations.push(this.#annotation(key, at, label.classIndex, shape, own));
    }
    return annotations;
  }

  #label(id: number | undefined, text: Uint8Array | undefined): DatasetLabel | undefined {
    const byId = id === undefined ? undefined : this.#table.byId.get(id);
    const name = text === undefined ? null : labelNameFrom(strFromU8(text));
    return byId ?? (name === null ? undefined : this.#table.byName.get(name));
  }

  #annotation(
    imageKey: string,
    at: number,
    classIndex: number,
    shape: Shape,
    own: JsonRecord,
  ): DatasetAnnotation {
    const flag = (name: string) => numbersIn(this.#features, `image/object/${name}`)[at];
    const flags = {
      ...(flag('difficult') === undefined ? {} : { difficult: flag('difficult') === 1 }),
      ...(flag('truncated') === undefined ? {} : { truncated: flag('truncated') === 1 }),
    };
    const attributes =
      own.attributes === undefined
        ? flags
        : attributesFrom(own.attributes, (name) => this.#reportDropped(imageKey, name));
    return {
      imageKey,
      classIndex,
      shape,
      isCrowd: flag('is_crowd') === 1 || flag('group_of') === 1,
      attributes,
      score: scoreFrom(own.score ?? flag('score')),
      ...annotationExtrasFrom(own),
    };
  }

  #shape(
    own: JsonRecord,
    sides: readonly (number | undefined)[],
    { width, height }: { readonly width: number; readonly height: number },
    mask: Uint8Array | undefined,
  ): Shape | string {
    const ownShape = own.shape === undefined ? null : shapeFromRecord(own.shape);
    if (ownShape !== null) return ownShape;
    if (mask !== undefined && mask.length > 0 && own.kind !== 'box') {
      return maskFrom(mask) ?? 'has a mask that is no PNG with a pixel set';
    }
    const [left = Number.NaN, top = Number.NaN, right = Number.NaN, bottom = Number.NaN] = sides;
    if (width === 0 || height === 0) return 'has a box in fractions of a picture whose size is not given';
    const box = {
      type: 'box',
      x: left * width,
      y: top * height,
      width: (right - left) * width,
      height: (bottom - top) * height,
    } as const;
    const isBox = box.width > 0 && box.height > 0 && Math.abs(box.x) + Math.abs(box.y) < LARGEST_COORDINATE;
    return isBox && box.width + box.height < LARGEST_COORDINATE ? box : 'has sides that make no box';
  }

  #reportDropped(key: string, name: string): void {
    this.#problems.warning(
      'attribute-dropped',
      this.#path,
      `The attribute "${name.slice(0, 100)}" of ${key} in ${this.#path} is neither text, number nor yes/no; it was left out.`,
    );
  }
}

/** Every pixel of a PNG that is not 0. */
function maskFrom(bytes: Uint8Array): MaskShape | null {
  const png = decodePng(bytes, 'a mask');
  if (!png.ok) return null;
  const values = valuesOfPng(png.value);
  const set = new Uint8Array(values.length);
  for (let at = 0; at < set.length; at += 1) set[at] = values[at] === 0 ? 0 : 1;
  return masksOfValues(set, png.value, (value) => value === 1)?.get(1) ?? null;
}
