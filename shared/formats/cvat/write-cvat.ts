import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import { SPLITS, type Split } from '../../schema/dataset-version';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { openBuffered } from '../parts/buffered-file';
import { labelsXml } from '../parts/cvat/cvat-meta-xml';
import { attributesXml, type CvatElement, cvatElements, flagsXml } from '../parts/cvat/cvat-shape-xml';
import { GroupNumbers } from '../parts/cvat/group-numbers';
import { type LabelToWrite, labelsToWrite } from '../parts/cvat/survey-annotations';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { escapedAttribute, isXmlText } from '../parts/xml/escape-xml';

/**
 * `annotations.xml` of a task, or of a project with a task for each split where images have one; pictures belong in
 * `images/`. Numbers are written with all their decimals, of which CVAT's own files have two.
 */
export async function writeCvat(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing CVAT for images'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const labels = await labelsToWrite(source, tally);
  const counts = await countsBySplit(source);
  const hasSplits = SPLITS.some((split) => (counts.get(split) ?? 0) > 0);
  const file = await openBuffered(sink, 'annotations.xml');
  await file.write(
    `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n${hasSplits ? projectXml(labels, counts) : taskXml(labels, counts)}  </meta>\n`,
  );
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  let inParts = 0;
  let withHoles = 0;
  for await (const { image, annotations: given } of source.annotationsByImage()) {
    if (!isWritable(image, tally)) {
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    const kept = given.filter((annotation) => isKept(annotation, image.key, labels, tally));
    const groups = new GroupNumbers(kept.map(({ groupId }) => groupId));
    const pieces: string[] = [imageHead(image, images, hasSplits, given.length === 0)];
    for (const annotation of kept) {
      const label = labels.get(annotation.classIndex);
      const xml = label === undefined ? null : annotationXml(annotation, label, groups, image.key, tally);
      if (xml === null) continue;
      pieces.push(xml);
      annotations += 1;
      if (annotation.shape.type === 'polygon') {
        if (annotation.shape.parts.length > 1) inParts += 1;
        if (annotation.shape.parts.some(({ holes }) => holes.length > 0)) withHoles += 1;
      }
    }
    pieces.push('  </image>\n');
    images += 1;
    const flushed = file.write(pieces.join(''));
    if (flushed !== undefined) await flushed;
  }
  await file.write('</annotations>\n');
  await file.close();
  const notes = [
    ...(inParts === 0
      ? []
      : [`${inParts} polygons have several parts, which CVAT shows as as many polygons in one group.`]),
    ...(withHoles === 0 ? [] : [`${withHoles} polygons have holes, which CVAT shows filled.`]),
  ];
  return { images, annotations, ...tally.report(), leftOutImages, notes };
}

async function countsBySplit(source: DatasetSource): Promise<ReadonlyMap<Split | null, number>> {
  const counts = new Map<Split | null, number>();
  for await (const { split, state } of source.images()) {
    if (state !== 'unlabelled') counts.set(split, (counts.get(split) ?? 0) + 1);
  }
  return counts;
}

function taskXml(
  labels: ReadonlyMap<number, LabelToWrite>,
  counts: ReadonlyMap<Split | null, number>,
): string {
  const size = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return `    <task>\n      <name>Groundmark</name>\n      <size>${size}</size>\n      <mode>annotation</mode>\n${labelsXml(labels.values(), '      ', false)}    </task>\n`;
}

/** Images without a split go into CVAT's subset for such, `default`. */
function projectXml(
  labels: ReadonlyMap<number, LabelToWrite>,
  counts: ReadonlyMap<Split | null, number>,
): string {
  const subsets = [...SPLITS, null].filter((split) => (counts.get(split) ?? 0) > 0);
  const tasks = subsets.map(
    (split) =>
      `        <task>\n          <id>${taskIdOf(split)}</id>\n          <name>${split ?? 'default'}</name>\n          <size>${counts.get(split) ?? 0}</size>\n          <mode>annotation</mode>\n          <subset>${split ?? 'default'}</subset>\n        </task>\n`,
  );
  return `    <project>\n      <name>Groundmark</name>\n      <tasks>\n${tasks.join('')}      </tasks>\n      <subsets>${subsets.map((split) => split ?? 'default').join('\n')}</subsets>\n${labelsXml(labels.values(), '      ', false)}    </project>\n`;
}

function taskIdOf(split: Split | null): number {
  return split === null ? SPLITS.length + 1 : SPLITS.indexOf(split) + 1;
}

/** `empty` is ours: CVAT lists pictures whether or not a person has looked at them. */
function imageHead(
  { key, size, split, state }: DatasetImage,
  id: number,
  hasSplits: boolean,
  isEmpty: boolean,
): string {
  const subset = hasSplits ? ` subset="${split ?? 'default'}" task_id="${taskIdOf(split)}"` : '';
  const ofSize = size === null ? '' : ` width="${size.width}" height="${size.height}"`;
  const empty = isEmpty || state === 'confirmedEmpty' ? ' empty="confirmed"' : '';
  return `  <image id="${id}" name="${escapedAttribute(key)}"${subset}${ofSize}${empty}>\n`;
}

function isWritable({ key, state, size, attributes, frame }: DatasetImage, tally: LossTally): boolean {
  if (state === 'unlabelled') {
    tally.add(
      'unlabelled-image-left-out',
      key,
      `${key} is not labelled yet; CVAT cannot say so, so it was left out.`,
    );
    return false;
  }
  if (!isXmlText(key)) {
    tally.add(
      'image-name-unusable',
      key,
      `${JSON.stringify(key)} cannot stand in XML; the image was left out.`,
    );
    return false;
  }
  if (size === null) {
    tally.add('image-size-unknown', key, `The size of ${key} is not known; it was written without one.`);
  }
  for (const name in attributes) {
    tally.add(
      'image-attribute-dropped',
      key,
      `The attribute "${name}" of ${key} was left out: CVAT has attributes of objects alone.`,
    );
  }
  if (frame !== undefined) {
    tally.add('frame-dropped', key, `${key} is written as a picture by itself; CVAT for video keeps frames.`);
  }
  return true;
}

function isKept(
  { classIndex, isCrowd, trackId, note }: DatasetAnnotation,
  key: string,
  labels: ReadonlyMap<number, LabelToWrite>,
  tally: LossTally,
): boolean {
  if (!labels.has(classIndex)) {
    tally.add(
      'unknown-class',
      key,
      `An annotation in ${key} has class ${classIndex}, which the label list does not name; it was left out.`,
    );
    return false;
  }
  if (isCrowd)
    tally.add('crowd-flag-dropped', key, `A crowd region in ${key} was written as an ordinary object.`);
  if (trackId !== undefined) {
    tally.add(
      'track-dropped',
      key,
      `A track was left out of ${key}: CVAT keeps tracks in its format for video.`,
    );
  }
  if (note !== undefined) {
    tally.add('note-dropped', key, `The note on an object in ${key} was left out: CVAT has no place for it.`);
  }
  return true;
}

function annotationXml(
  { shape, attributes, score, groupId }: DatasetAnnotation,
  label: LabelToWrite,
  groups: GroupNumbers,
  key: string,
  tally: LossTally,
): string | null {
  const elements = cvatElements(shape);
  if (elements.length === 0) {
    tally.add(
      'shape-unwritable',
      key,
      `A ${shape.type} in ${key} is too small or too large for CVAT's numbers; it was left out.`,
    );
    return null;
  }
  // CVAT needs a group to keep parts together; the empty name tells that the polygon as a whole has none.
  const isSplit = elements.length > 1;
  const group =
    isSplit && groupId === undefined ? ` group_id="${groups.free()}" group=""` : groups.xml(groupId);
  const head = `label="${escapedAttribute(label.name)}"${flagsXml(attributes)}`;
  const tail = `${shape.type === 'tag' ? '' : ' z_order="0"'}${group}${score === null ? '' : ` score="${score}"`}`;
  const inside = attributesXml(attributes, label.kinds, '      ', (name) =>
    tally.add(
      'attribute-dropped',
      key,
      `The attribute ${JSON.stringify(name.slice(0, 100))} in ${key} cannot stand in XML; it was left out.`,
    ),
  );
  return elements.map((element) => elementXml(element, head, tail, inside)).join('');
}

function elementXml(
  { name, geometry, joints }: CvatElement,
  head: string,
  tail: string,
  inside: string,
): string {
  const ofJoints = joints.map(
    ({ head: joint }) => `      <points ${joint} source="manual">\n      </points>\n`,
  );
  return `    <${name} ${head}${geometry}${tail}>\n${ofJoints.join('')}${inside}    </${name}>\n`;
}
