import { canonicalJson } from '../../document/canonical-json';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { openBuffered } from '../parts/buffered-file';
import { keyFromFileName } from '../parts/dataset-key';
import { isWritable, tallyRenamedLabels, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { isPicturePath } from '../parts/picture-index';
import { annotationExtrasRecord, annotationRecord } from '../parts/records/annotation-record';
import { frameRecord } from '../parts/records/image-record';
import { labelRecord } from '../parts/records/label-record';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writtenNamesOf } from '../parts/sidecar/labels-file';
import { GEOMETRY_OF, graphKey, objectFields, shapeOfObject } from './geometry';
import { OWN_KEY } from './own-key';
import type { GraphTemplate, TagType } from './project-meta';
import { attributesOfTags, CONFIDENCE, TagKinds, tagsOfAttributes } from './tags';

const TITLE = 'Supervisely';

/** Classes without a colour of their own. */
const DEFAULT_COLOR = '#0f138a';

/** The dataset of a split; images without one are in Supervisely's first dataset. */
export function datasetOfImage({ split }: DatasetImage): string {
  return split ?? 'ds0';
}

/** Names of pictures have no folders in Supervisely. */
export function nameOfImage({ key }: DatasetImage): string {
  return key.replaceAll('/', '__');
}

/**
 * A project with a dataset a split. Two passes: meta.json must know the kinds of all tags before the first is written,
 * because text and number are kept apart there and not in the tags.
 */
export async function writeSupervisely(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Supervisely'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels = new Map<number, DatasetLabel>();
  for await (const label of source.labels()) labels.set(label.classIndex, label);
  const titles = writtenNamesOf([...labels.values()], (name) => name);
  tallyRenamedLabels(tally, [...labels.values()], titles, TITLE);
  const kinds = new TagKinds();
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (image.state === 'unlabelled') continue;
    kinds.note(image.attributes ?? {}, true);
    for (const { attributes, score, shape, classIndex } of annotations) {
      // The label of a picture is a tag called like its class.
      const title = shape.type === 'tag' ? titles.get(classIndex) : undefined;
      if (title !== undefined) kinds.note({ [title]: true }, true);
      kinds.note(attributes, false);
      if (score !== null) kinds.note({ [CONFIDENCE]: score }, false);
    }
  }
  const tagTypes = kinds.types();
  const meta = await openBuffered(sink, 'meta.json');
  await meta.write(
    `${JSON.stringify({ classes: [...labels.values()].map((label) => classJson(label, titles)), tags: kinds.json(), projectType: 'images' })}\n`,
  );
  await meta.close();
  const imagesFile = await openImagesFile(sink);
  const taken = new Set<string>();
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const path = `${datasetOfImage(image)}/ann/${nameOfImage(image)}.json`;
    if (!isImageWritable(image, ofImage, path, taken, tally)) {
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    taken.add(path);
    const kept = ofImage.filter((annotation) =>
      isWritable(tally, annotation, TITLE, ({ shape }) => shape.type !== 'ellipse', labels),
    );
    const file = await openBuffered(sink, path);
    await file.write(`${JSON.stringify(imageJson(image, kept, { labels, titles, tagTypes }))}\n`);
    await file.close();
    await imagesFile.write(imagesFileLine(`${datasetOfImage(image)}/img/${nameOfImage(image)}`, image));
    images += 1;
    annotations += kept.length;
  }
  await imagesFile.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

function isImageWritable(
  image: DatasetImage,
  annotations: readonly DatasetAnnotation[],
  path: string,
  taken: ReadonlySet<string>,
  tally: LossTally,
): boolean {
  const { key } = image;
  if (image.state === 'unlabelled') {
    tallyUnlabelled(tally, image, annotations, TITLE);
    return false;
  }
  if (keyFromFileName(key)?.key !== key || !isPicturePath(key)) {
    tally.add(
      'image-name-unusable',
      key,
      `${JSON.stringify(key)} is no name of a picture; the image was left out.`,
    );
    return false;
  }
  if (taken.has(path)) {
    tally.add(
      'label-file-clash',
      key,
      `${key} would share ${path} with another picture, because Supervisely has no folders in a dataset; it was left out. Rename one of them.`,
    );
    return false;
  }
  return true;
}

/** What classes are called in the project, by class number: no two have one title. */
type Titles = ReadonlyMap<number, string>;

/** What all pictures of a project share. */
interface Project {
  readonly labels: ReadonlyMap<number, DatasetLabel>;
  readonly titles: Titles;
  readonly tagTypes: ReadonlyMap<string, TagType>;
}

function templateOf(label: DatasetLabel | undefined): GraphTemplate | null {
  if (label?.skeleton === undefined) return null;
  const { joints, edges } = label.skeleton;
  return { keys: joints.map((_, at) => graphKey(at)), joints, edges };
}

function classJson(label: DatasetLabel, titles: Titles) {
  const { classIndex, color, allowedShapes } = label;
  const template = templateOf(label);
  const only = allowedShapes?.length === 1 ? allowedShapes[0] : undefined;
  const nodes =
    template?.keys.map((key, at) => [key, { label: template.joints[at], loc: [0, at] }] as const) ?? [];
  const edges =
    template?.edges.map(([from, to]) => ({ src: template.keys[from], dst: template.keys[to] })) ?? [];
  return {
    id: classIndex + 1,
    title: titles.get(classIndex),
    shape: (only === undefined ? null : GEOMETRY_OF[only]) ?? 'any',
    color: (color ?? DEFAULT_COLOR).toUpperCase(),
    geometry_config: template === null ? {} : { nodes: Object.fromEntries(nodes), edges },
    hotkey: '',
    [OWN_KEY]: labelRecord(label),
  };
}

function imageJson(image: DatasetImage, annotations: readonly DatasetAnnotation[], project: Project) {
  const { titles, tagTypes } = project;
  const { size, attributes = {}, frame, state } = image;
  const tags = tagsOfAttributes(attributes, tagTypes);
  const read = attributesOfTags(tags, tagTypes, () => {}, false).attributes;
  const ofPicture = annotations.flatMap((annotation, at) =>
    annotation.shape.type === 'tag' ? [{ at, ...annotationRecord(annotation) }] : [],
  );
  const own = {
    ...(annotations.length === 0 ? { state } : {}),
    ...(canonicalJson(read) === canonicalJson(attributes) && ofPicture.length === 0 ? {} : { attributes }),
    ...(ofPicture.length === 0 ? {} : { tags: ofPicture }),
    ...(frame === undefined ? {} : { frame: frameRecord(frame) }),
  };
  const classTags = annotations
    .filter(({ shape }) => shape.type === 'tag')
    .map(({ classIndex }) => ({ name: titles.get(classIndex), value: null }));
  return {
    description: '',
    tags: [...tags, ...classTags],
    ...(size === null ? {} : { size: { height: size.height, width: size.width } }),
    objects: annotations.flatMap((annotation, at) =>
      annotation.shape.type === 'tag' ? [] : objectsJson(annotation, at, project),
    ),
    ...(Object.keys(own).length === 0 ? {} : { [OWN_KEY]: own }),
  };
}

function objectsJson(
  annotation: DatasetAnnotation,
  at: number,
  { labels, titles, tagTypes }: Project,
): readonly unknown[] {
  const { shape, classIndex, attributes, score, isCrowd, groupId, note = '' } = annotation;
  const template = templateOf(labels.get(classIndex));
  const fields = objectFields(shape, template) ?? [];
  const scored = score === null ? [] : tagsOfAttributes({ [CONFIDENCE]: score }, tagTypes);
  const tags = [...tagsOfAttributes(attributes, tagTypes), ...scored];
  const read = attributesOfTags(tags, tagTypes, () => {}, true);
  const isSaid = read.score === score && canonicalJson(read.attributes) === canonicalJson(attributes);
  const first =
    fields.length === 1 && fields[0] !== undefined ? shapeOfObject(fields[0], template, false) : null;
  const isShapeSaid =
    first !== null && 'shape' in first && canonicalJson(first.shape) === canonicalJson(shape);
  const { group_id: _group, note: _note, ...track } = annotationExtrasRecord(annotation);
  const own = {
    ...(isShapeSaid ? {} : { shape }),
    ...(isSaid ? {} : { attributes, ...(score === null ? {} : { score }) }),
    ...(isCrowd ? { is_crowd: true } : {}),
    ...(fields.length > 1 && groupId === undefined ? { is_alone: true } : {}),
    ...track,
  };
  // Several points are one object by their instance key.
  const instance = groupId ?? (fields.length > 1 ? `points-${at + 1}` : undefined);
  return fields.map((geometry, part) => ({
    classId: classIndex + 1,
    classTitle: titles.get(classIndex),
    description: part === 0 ? note : '',
    tags: part === 0 ? tags : [],
    ...geometry,
    ...(instance === undefined ? {} : { instance }),
    ...(part > 0
      ? { [OWN_KEY]: { is_part: true } }
      : Object.keys(own).length === 0
        ? {}
        : { [OWN_KEY]: own }),
  }));
}
