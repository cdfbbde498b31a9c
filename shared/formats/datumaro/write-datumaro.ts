import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
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
import { keyFromFileName } from '../parts/dataset-key';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { withoutExtension } from '../parts/picture-index';
import { frameRecord } from '../parts/records/image-record';
import { labelRecord } from '../parts/records/label-record';
import { type AnnotationPlace, annotationJson } from './annotation-json';
import { OWN_KEY } from './own-key';

/** Beyond this a hole-filled list of labels is a mistake, not a label schema; same as the largest class number. */
const MAX_LABELS = 100_001;

/** A number as Datumaro has groups and tracks, in the one way of writing it. */
const PLAIN_NUMBER = /^[1-9]\d{0,8}$/;

/**
 * One file a split, `annotations/<split>.json`, `default.json` for images without one. `label_id` is the permanent class
 * number, so numbers that no class has are filled with labels that reading passes over.
 */
export async function writeDatumaro(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Datumaro'));
  }
}

/** The name of the file of a split. */
export function subsetOf(split: Split | null): string {
  return split ?? 'default';
}

interface SubsetFile {
  readonly file: BufferedFile;
  readonly ids: Set<string>;
  items: number;
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels = new Map<number, DatasetLabel>();
  for await (const label of source.labels()) labels.set(label.classIndex, label);
  const categories = categoriesJson([...labels.values()]);
  const files = new Map<string, SubsetFile>();
  const fileOf = async (split: Split | null): Promise<SubsetFile> => {
    const subset = subsetOf(split);
    let open = files.get(subset);
    if (open === undefined) {
      open = { file: await openBuffered(sink, `annotations/${subset}.json`), ids: new Set(), items: 0 };
      files.set(subset, open);
      // 2 is Datumaro's number for pictures.
      await open.file.write(
        `{"dm_format_version":"1.0","media_type":2,"infos":{"description":"Written by Groundmark","pixel_frame":"displayed"},"info":{},\n"categories":${categories},\n"items":[`,
      );
    }
    return open;
  };
  const trackNumber = trackNumbers();
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (!isWritable(image, ofImage, tally)) {
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    const kept = ofImage.filter(({ classIndex }) => {
      if (labels.has(classIndex)) return true;
      tally.add(
        'unknown-class',
        image.key,
        `An annotation in ${image.key} has class ${classIndex}, which the label list does not name; it was left out.`,
      );
      return false;
    });
    const open = await fileOf(image.split);
    open.items += 1;
    images += 1;
    annotations += kept.length;
    const { groups, freeGroup } = groupNumbers(kept);
    const written = kept.flatMap((annotation, at) =>
      annotationJson(annotation, {
        id: at + 1,
        zOrder: at,
        groups,
        freeGroup: freeGroup + at,
        trackNumber,
        size: image.size,
        skeleton: labels.get(annotation.classIndex)?.skeleton ?? null,
      }),
    );
    const item = JSON.stringify(itemJson(image, written, open.ids));
    const flushed = open.file.write(`${open.items === 1 ? '\n' : ',\n'}${item}`);
    if (flushed !== undefined) await flushed;
  }
  if (files.size === 0) await fileOf(null);
  for (const { file } of files.values()) {
    await file.write('\n]}\n');
    await file.close();
  }
  return { images, annotations, ...tally.report(), leftOutImages };
}

function isWritable(image: DatasetImage, annotations: readonly unknown[], tally: LossTally): boolean {
  if (image.state === 'unlabelled') {
    tally.add(
      'unlabelled-image-left-out',
      image.key,
      `${image.key} is not labelled yet; Datumaro would take it for empty, so it was left out${annotations.length > 0 ? ` with its ${annotations.length} annotations` : ''}.`,
    );
    return false;
  }
  if (keyFromFileName(image.key)?.key !== image.key) {
    tally.add(
      'image-name-unusable',
      image.key,
      `${JSON.stringify(image.key)} reads as an address or a path of another machine; the image was left out.`,
    );
    return false;
  }
  return true;
}

function itemJson(image: DatasetImage, annotations: readonly unknown[], ids: Set<string>) {
  const { key, size, attributes, frame, state } = image;
  const own = {
    // Without annotations an item counts as looked at and empty.
    ...(annotations.length === 0 && state !== 'confirmedEmpty' ? { state: 'labelled' } : {}),
    ...(frame === undefined ? {} : { frame: frameRecord(frame) }),
  };
  // Datumaro's ids are names without extension, and unique in a subset.
  const bare = withoutExtension(key);
  const id = ids.has(bare) ? key : bare;
  ids.add(id);
  return {
    id,
    annotations,
    ...(attributes === undefined ? {} : { attr: attributes }),
    image: { path: key, ...(size === null ? {} : { size: [size.height, size.width] }) },
    ...(Object.keys(own).length === 0 ? {} : { [OWN_KEY]: own }),
  };
}

function categoriesJson(labels: readonly DatasetLabel[]): string {
  const byNumber = new Map(labels.map((label) => [label.classIndex, label]));
  const names = new Set(labels.map((label) => label.name));
  const count = Math.min(Math.max(-1, ...byNumber.keys()) + 1, MAX_LABELS);
  const entries: unknown[] = [];
  for (let number = 0; number < count; number += 1) {
    const label = byNumber.get(number);
    entries.push(label === undefined ? fillerJson(number, names) : labelJson(label));
  }
  const colors = labels.flatMap(({ classIndex, color }) =>
    color === undefined ? [] : [{ label_id: classIndex, ...rgb(color) }],
  );
  const skeletons = labels.flatMap(({ classIndex, skeleton }) =>
    skeleton === undefined
      ? []
      : [
          {
            label_id: classIndex,
            labels: skeleton.joints,
            joints: skeleton.edges.map(([from, to]) => [from + 1, to + 1]),
          },
        ],
  );
  return JSON.stringify({
    label: { labels: entries, label_groups: [], attributes: [] },
    ...(colors.length === 0 ? {} : { mask: { colormap: colors } }),
    ...(skeletons.length === 0 ? {} : { points: { items: skeletons } }),
  });
}

function labelJson(label: DatasetLabel) {
  const { name, supercategory, attributes } = label;
  const { attributes: asked, allowed_shapes: allowedShapes } = labelRecord(label);
  const own = {
    ...(asked === undefined ? {} : { attributes: asked }),
    ...(allowedShapes === undefined ? {} : { allowed_shapes: allowedShapes }),
  };
  return {
    name,
    parent: supercategory ?? '',
    attributes: (attributes ?? []).map((attribute) => attribute.name).sort(),
    ...(Object.keys(own).length === 0 ? {} : { [OWN_KEY]: own }),
  };
}

function fillerJson(number: number, names: ReadonlySet<string>) {
  let name = `unused-${number}`;
  while (names.has(name)) name += '-';
  return { name, parent: '', attributes: [], [OWN_KEY]: { is_filler: true } };
}

function rgb(color: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return { r, g, b };
}

/** Groups of an image by number: their own where they are called by one, free numbers for the others. */
function groupNumbers(annotations: readonly DatasetAnnotation[]): {
  readonly groups: AnnotationPlace['groups'];
  readonly freeGroup: number;
} {
  const sizes = new Map<string, number>();
  for (const { groupId } of annotations) {
    if (groupId !== undefined) sizes.set(groupId, (sizes.get(groupId) ?? 0) + 1);
  }
  const plain = [...sizes.keys()].filter((id) => PLAIN_NUMBER.test(id));
  let next = Math.max(0, ...plain.map(Number)) + 1;
  const groups = new Map<string, { number: number; size: number }>();
  for (const [id, size] of sizes) {
    const isPlain = PLAIN_NUMBER.test(id);
    groups.set(id, { number: isPlain ? Number(id) : next, size });
    if (!isPlain) next += 1;
  }
  return { groups, freeGroup: next };
}

/** Tracks as numbers, the same through the whole dataset; other names are numbered from a range of their own. */
function trackNumbers(): (trackId: string) => number {
  const numbers = new Map<string, number>();
  // Above every plain number of nine digits.
  let next = 1_000_000_000;
  return (trackId) => {
    if (PLAIN_NUMBER.test(trackId)) return Number(trackId);
    let number = numbers.get(trackId);
    if (number === undefined) {
      number = next;
      next += 1;
      numbers.set(trackId, number);
    }
    return number;
  };
}
