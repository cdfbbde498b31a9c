import { unexpectedError } from '../../../result/app-error';
import { err, ok, type Result } from '../../../result/result';
import type {
  Attributes,
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../../format';
import { isWritable, tallyDroppedParts, tallyUnlabelled } from '../dropped-parts';
import { createLossTally, type LossTally } from '../loss-tally';
import { OWN_FIELD, type OwnRecord } from '../object-parts';
import { nameOf, withoutExtension } from '../picture-index';
import { classListText } from './class-list';
import { shapeRecords } from './labelme-shape-records';
import type { LabelmeDialect } from './sniff-labelme';

/** What a program of today writes; labelme warns about files of another major version. */
const VERSIONS: Readonly<Record<LabelmeDialect, string>> = { labelme: '6.3.1', xanylabeling: '4.2.1' };

const CLASS_LISTS: Readonly<Record<LabelmeDialect, string>> = {
  labelme: 'labels.txt',
  xanylabeling: 'classes.txt',
};

/** Where the label file of a picture is: beside it, with its name. */
export function labelPathFor(key: string): string {
  return `${withoutExtension(key)}.json`;
}

/**
 * One JSON file beside each picture, and a class list at the root. Both programs keep fields that they do not know when
 * they save, so what has no field of theirs stands in fields of ours: "attributes" and "score" of a shape (labelme),
 * "groundmark" of one that is a part or has holes, "image_attributes", "tags" (labelme) and "tag_details" of a picture.
 */
export async function writeLabelme(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
  dialect: LabelmeDialect,
  title: string,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss), dialect, title));
  } catch (thrown) {
    return err(unexpectedError(thrown, `writing ${title}`));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  tally: LossTally,
  dialect: LabelmeDialect,
  title: string,
): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  await writeClassList(labels, sink, tally, dialect);
  const names = new Map(labels.map(({ classIndex, name }) => [classIndex, name]));
  const paths = new Set<string>();
  const leftOutImages: string[] = [];
  let images = 0;
  let count = 0;
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (isUnlabelled(image, annotations)) {
      tallyUnlabelled(tally, image, annotations, title);
      continue;
    }
    if (!isNameUsable(image, paths, tally)) {
      leftOutImages.push(image.key);
      continue;
    }
    const writing: Writing = { tally, dialect, title, names };
    const { text, annotationCount } = fileText(image, annotations, writing);
    const file = await sink.open(labelPathFor(image.key));
    await file.write(text);
    await file.close();
    images += 1;
    count += annotationCount;
  }
  return { images, annotations: count, ...tally.report(), leftOutImages };
}

/** Work in progress without any shape would be read as a picture that holds nothing. */
function isUnlabelled(image: DatasetImage, annotations: readonly DatasetAnnotation[]): boolean {
  return image.state === 'unlabelled' || (image.state === 'inProgress' && annotations.length === 0);
}

async function writeClassList(
  labels: readonly DatasetLabel[],
  sink: DatasetSink,
  tally: LossTally,
  dialect: LabelmeDialect,
): Promise<void> {
  const path = CLASS_LISTS[dialect];
  const { text, left } = classListText(labels, dialect === 'labelme');
  for (const { name } of left) {
    tally.add(
      'class-order-dropped',
      path,
      `The class ${JSON.stringify(name)} cannot stand in ${path}; it is known by the shapes that carry it alone.`,
    );
  }
  for (const { name, supercategory } of labels) {
    if (supercategory === null) continue;
    tally.add(
      'supercategory-dropped',
      path,
      `${path} has no place for "${supercategory}", the group of "${name}".`,
    );
  }
  const file = await sink.open(path);
  await file.write(text);
  await file.close();
}

/** Paths are compared without case: two names that differ in case alone are one file on macOS and Windows. */
function isNameUsable({ key }: DatasetImage, paths: Set<string>, tally: LossTally): boolean {
  const path = labelPathFor(key);
  if (path.toLowerCase() === key.toLowerCase()) {
    tally.add(
      'image-name-unusable',
      key,
      `${key} has the name of a label file; the image was left out. Rename it.`,
    );
    return false;
  }
  if (paths.has(path.toLowerCase())) {
    tally.add(
      'label-file-clash',
      key,
      `${key} would share ${path} with another picture of the same name; it was left out. Rename one of them.`,
    );
    return false;
  }
  paths.add(path.toLowerCase());
  return true;
}

interface Writing {
  readonly tally: LossTally;
  readonly dialect: LabelmeDialect;
  readonly title: string;
  readonly names: ReadonlyMap<number, string>;
}

function fileText(
  image: DatasetImage,
  annotations: readonly DatasetAnnotation[],
  writing: Writing,
): { readonly text: string; readonly annotationCount: number } {
  const { tally, dialect, title, names } = writing;
  const groups = new GroupNumbers(annotations);
  const shapes: unknown[] = [];
  const tags: string[] = [];
  const tagDetails: unknown[] = [];
  let annotationCount = 0;
  let objects = 0;
  for (const annotation of annotations) {
    const { shape, classIndex } = annotation;
    const written = shapeRecords(shape, dialect);
    if (!isWritable(tally, annotation, title, () => written !== null || shape.type === 'tag', names))
      continue;
    const label = names.get(classIndex) ?? '';
    tallyDroppedParts(tally, annotation, title, ['isCrowd', 'tracks']);
    annotationCount += 1;
    if (written === null) {
      const details = detailsOf(annotation, groups.of(annotation.groupId));
      tags.push(label);
      if (Object.keys(details).length > 0) tagDetails.push({ label, ...details });
      continue;
    }
    for (const { code, reason } of written.losses) {
      tally.add(code, image.key, `A ${shape.type} of "${label}" in ${image.key} ${reason}.`);
    }
    // Parts of one object share a group, by which both programs and their converters know them as one.
    const isSplit = written.records.length > 1;
    const isAlone = annotation.groupId === undefined;
    const group = isSplit && isAlone ? groups.fresh() : groups.of(annotation.groupId);
    if (isSplit) objects += 1;
    const ofObject: OwnRecord = isSplit ? { object: objects, ...(isAlone ? { isAlone } : {}) } : {};
    for (const { shape_type, points, direction, mask, [OWN_FIELD]: holes } of written.records) {
      const own: OwnRecord = { ...ofObject, ...holes };
      shapes.push({
        ...{ label, points, group_id: group, description: annotation.note ?? '', shape_type },
        ...(direction === undefined ? {} : { direction }),
        ...shapeFields(annotation, dialect),
        ...(mask === undefined ? {} : { mask }),
        ...(Object.keys(own).length === 0 ? {} : { [OWN_FIELD]: own }),
      });
    }
  }
  const { flags, others } = splitAttributes(image.attributes ?? {});
  const { checked, ...flagsOfOthers } = flags;
  const hasChecked = dialect === 'xanylabeling' && checked === true;
  tallyImageParts(image, writing);
  const file = {
    version: VERSIONS[dialect],
    flags: hasChecked ? flagsOfOthers : flags,
    ...(dialect === 'xanylabeling' ? { checked: hasChecked } : {}),
    shapes,
    imagePath: nameOf(image.key),
    imageData: null,
    imageHeight: image.size?.height ?? null,
    imageWidth: image.size?.width ?? null,
    ...(Object.keys(others).length > 0 ? { image_attributes: others } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(tagDetails.length > 0 ? { tag_details: tagDetails } : {}),
  };
  return { text: `${JSON.stringify(file, null, 2)}\n`, annotationCount };
}

function tallyImageParts({ key, split, frame, size }: DatasetImage, { tally, title }: Writing): void {
  if (split !== null)
    tally.add('split-dropped', key, `${title} has no place for the split ${split} of ${key}.`);
  if (frame !== undefined) {
    tally.add(
      'frame-dropped',
      key,
      `${title} has no place for ${key} being frame ${frame.index} of ${frame.sequence}.`,
    );
  }
  if (size === null) {
    tally.add('image-size-unknown', key, `The size of ${key} is not known; it was written without one.`);
  }
}

/** Flags are true or false in both programs; X-AnyLabeling has a field for one of them and for all else. */
function shapeFields({ attributes, score }: DatasetAnnotation, dialect: LabelmeDialect): object {
  const { flags, others } = splitAttributes(attributes);
  if (dialect === 'labelme') {
    return {
      flags,
      ...(Object.keys(others).length > 0 ? { attributes: others } : {}),
      ...(score === null ? {} : { score }),
    };
  }
  const { difficult, ...flagsOfOthers } = flags;
  const isDifficult = difficult === true;
  return {
    score,
    difficult: isDifficult,
    flags: isDifficult ? flagsOfOthers : flags,
    attributes: others,
    kie_linking: [],
  };
}

function detailsOf({ attributes, score, note }: DatasetAnnotation, group: number | null): object {
  return {
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...(score === null ? {} : { score }),
    ...(group === null ? {} : { group_id: group }),
    ...(note === undefined ? {} : { description: note }),
  };
}

function splitAttributes(attributes: Attributes): {
  readonly flags: Readonly<Record<string, boolean>>;
  readonly others: Attributes;
} {
  const entries = Object.entries(attributes);
  return {
    flags: Object.fromEntries(
      entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    ),
    others: Object.fromEntries(entries.filter(([, value]) => typeof value !== 'boolean')),
  };
}

/** Groups are whole numbers in both programs, of at most 31 bits. */
const GROUP_NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** The numbers of one picture's groups: an id that is a number stays it, the others follow the largest. */
class GroupNumbers {
  readonly #numbers = new Map<string, number>();
  #next = 0;

  constructor(annotations: readonly DatasetAnnotation[]) {
    for (const { groupId } of annotations) {
      if (groupId === undefined || !GROUP_NUMBER.test(groupId)) continue;
      this.#numbers.set(groupId, Number(groupId));
      this.#next = Math.max(this.#next, Number(groupId) + 1);
    }
  }

  of(groupId: string | undefined): number | null {
    if (groupId === undefined) return null;
    const known = this.#numbers.get(groupId) ?? this.fresh();
    this.#numbers.set(groupId, known);
    return known;
  }

  fresh(): number {
    const number = this.#next;
    this.#next += 1;
    return number;
  }
}
