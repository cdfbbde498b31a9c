import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type { Shape, Vertex } from '../../schema/shapes';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import {
  isWritable,
  tallyDroppedImageAttributes,
  tallyDroppedParts,
  tallyUnlabelled,
} from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { OWN_FIELD, type OwnRecord, partRecords } from '../parts/object-parts';
import { nameOf } from '../parts/picture-index';

const TITLE = 'VoTT';
const VERSION = '2.2.0';

/** VoTT's own first tag colours, for classes without one. */
const COLORS = ['#5db300', '#e81123', '#6917aa', '#015cda', '#4894fe', '#257ffd', '#70c400', '#7fba00'];

const VISITED = 1;
const TAGGED = 2;

interface OpenFile {
  readonly file: BufferedFile;
  images: number;
}

/**
 * One export a split, `<split>-export.json`, or `default-export.json` for images without one; pictures lie beside it
 * under the paths of their assets. An asset's id is the MD5 of its path, as in VoTT.
 */
export async function writeVott(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing VoTT'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  for (const { name, supercategory } of labels) {
    if (supercategory === null) continue;
    tally.add(
      'supercategory-dropped',
      '',
      `VoTT has no place for "${supercategory}", the group of "${name}".`,
    );
  }
  const tags = labels.map(({ name, color }, at) => ({ name, color: color ?? COLORS[at % COLORS.length] }));
  const names = new Map(labels.map(({ classIndex, name }) => [classIndex, name]));
  const files = new Map<Split | null, OpenFile>();
  const fileFor = async (split: Split | null): Promise<OpenFile> => {
    const known = files.get(split);
    if (known !== undefined) return known;
    const name = split ?? 'default';
    const open: OpenFile = { file: await openBuffered(sink, `${name}-export.json`), images: 0 };
    files.set(split, open);
    const head = { name, version: VERSION, videoSettings: { frameExtractionRate: 15 }, tags };
    await open.file.write(`${JSON.stringify(head).slice(0, -1)},\n"assets":{`);
    return open;
  };
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (image.state === 'unlabelled' || (image.state === 'inProgress' && ofImage.length === 0)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const held = ofImage.filter((annotation) =>
      isWritable(
        tally,
        annotation,
        TITLE,
        ({ shape }) => shape.type === 'box' || shape.type === 'polygon',
        names,
      ),
    );
    tallyImage(image, tally);
    const open = await fileFor(image.split);
    const id = bytesToHex(md5(utf8ToBytes(image.key)));
    const record = {
      asset: assetRecord(id, image, held.length > 0),
      regions: regionRecords(id, held, names, tally),
      version: VERSION,
    };
    await open.file.write(`${open.images === 0 ? '\n' : ',\n'}"${id}":${JSON.stringify(record)}`);
    open.images += 1;
    images += 1;
    annotations += held.length;
  }
  if (files.size === 0) await fileFor(null);
  for (const { file } of files.values()) {
    await file.write('\n}}\n');
    await file.close();
  }
  return { images, annotations, ...tally.report() };
}

function tallyImage(image: DatasetImage, tally: LossTally): void {
  const { key, frame, size } = image;
  tallyDroppedImageAttributes(tally, image, TITLE);
  if (frame !== undefined) {
    tally.add(
      'frame-dropped',
      key,
      `VoTT has no place for ${key} being frame ${frame.index} of ${frame.sequence}.`,
    );
  }
  if (size === null) {
    tally.add('image-size-unknown', key, `The size of ${key} is not known; it was written without one.`);
  }
}

function assetRecord(id: string, { key, size }: DatasetImage, isTagged: boolean): object {
  const name = nameOf(key);
  return {
    format: name.slice(name.lastIndexOf('.') + 1),
    id,
    name,
    path: key,
    size,
    state: isTagged ? TAGGED : VISITED,
    type: 1,
  };
}

/** One region an annotation; annotations of one group and place are one region with several tags, as VoTT has them. */
function regionRecords(
  assetId: string,
  annotations: readonly DatasetAnnotation[],
  names: ReadonlyMap<number, string>,
  tally: LossTally,
): readonly object[] {
  const records: {
    id: string;
    type: string;
    tags: string[];
    points: readonly Vertex[];
    boundingBox: object;
  }[] = [];
  const byPlace = new Map<string, number>();
  const places = placesOfGroups(annotations);
  for (const annotation of annotations) {
    const { imageKey: key, classIndex, groupId, shape } = annotation;
    const tag = names.get(classIndex) ?? '';
    const place = groupId === undefined ? null : JSON.stringify([groupId, shape]);
    const isGroupKept = groupId !== undefined && places.get(groupId)?.isOneRegion === true;
    const same = place === null ? undefined : records[byPlace.get(place) ?? -1];
    const isTagOfSame = same !== undefined && !same.tags.includes(tag);
    tallyDroppedParts(tally, annotation, TITLE, [
      ...(['isCrowd', 'score', 'tracks', 'notes'] as const),
      ...(isGroupKept ? [] : (['groups'] as const)),
    ]);
    for (const name of Object.keys(annotation.attributes)) {
      tally.add('attribute-dropped', key, `VoTT has no place for "${name}" of an object in ${key}.`);
    }
    if (isTagOfSame) {
      same.tags.push(tag);
      continue;
    }
    if (place !== null) byPlace.set(place, records.length);
    // Shared by the parts of one object, so that a further tag of it is one of all.
    const tags = [tag];
    const regions = geometryOf(shape, key, tally);
    const object = records.length + 1;
    for (const { type, points, boundingBox, own } of regions) {
      const id = `${assetId.slice(0, 8)}-${records.length + 1}`;
      const whole: OwnRecord = regions.length > 1 ? { object, ...own } : { ...own };
      const ofOwn = Object.keys(whole).length === 0 ? {} : { [OWN_FIELD]: whole };
      records.push({ id, type, tags, points, boundingBox, ...ofOwn });
    }
  }
  return records;
}

/** Of each group whether it is several classes in one place, which VoTT holds as one region. */
function placesOfGroups(
  annotations: readonly DatasetAnnotation[],
): ReadonlyMap<string, { readonly isOneRegion: boolean }> {
  const groups = new Map<
    string,
    { readonly place: string; readonly classes: Set<number>; isOneRegion: boolean }
  >();
  for (const { groupId, shape, classIndex } of annotations) {
    if (groupId === undefined) continue;
    const place = JSON.stringify(shape);
    const known = groups.get(groupId);
    if (known === undefined)
      groups.set(groupId, { place, classes: new Set([classIndex]), isOneRegion: false });
    else {
      known.isOneRegion =
        known.place === place &&
        !known.classes.has(classIndex) &&
        (known.isOneRegion || known.classes.size === 1);
      known.classes.add(classIndex);
    }
  }
  return groups;
}

interface RegionGeometry {
  readonly type: 'RECTANGLE' | 'POLYGON';
  readonly points: readonly Vertex[];
  readonly boundingBox: object;
  readonly own?: OwnRecord;
}

function geometryOf(shape: Shape, key: string, tally: LossTally): readonly RegionGeometry[] {
  if (shape.type === 'box') {
    const { x, y, width, height } = shape;
    const [right, bottom] = [x + width, y + height];
    const points = [
      { x, y },
      { x: right, y },
      { x: right, y: bottom },
      { x, y: bottom },
    ];
    return [{ type: 'RECTANGLE', points, boundingBox: { height, width, left: x, top: y } }];
  }
  if (shape.type !== 'polygon') return [];
  if (shape.parts.some(({ holes }) => holes.length > 0)) {
    tally.add(
      'polygon-holes-not-shown',
      key,
      `Holes of a polygon in ${key} are kept in the file, but VoTT and others that read it fill them.`,
    );
  }
  return partRecords(shape).map(({ exterior, own }) => {
    const xs = exterior.map(({ x }) => x);
    const ys = exterior.map(({ y }) => y);
    const [left, top] = [least(xs), least(ys)];
    const boundingBox = { height: most(ys) - top, width: most(xs) - left, left, top };
    return { type: 'POLYGON', points: exterior, boundingBox, own };
  });
}

// A polygon may have more vertices than a call has arguments.
function least(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}
