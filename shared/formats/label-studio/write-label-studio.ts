import { intersectRects } from '../../geometry/rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { ShapeType } from '../../schema/shapes';
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
import { isMaskInside } from '../parts/coco-rle';
import { isWritable, tallyDroppedParts, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { OWN_FIELD } from '../parts/object-parts';
import { isPicturePath } from '../parts/picture-index';
import { isXmlText } from '../parts/xml/escape-xml';
import { TAG_CONTROL } from './label-config';
import { CONTROLS, labelConfigText, Questions, resultNames } from './label-config-text';
import { CROWD_CONTROL } from './parse-result';
import { OWN_DATA } from './read-label-studio';
import { type RegionValue, regionValues } from './region-values';

const TITLE = 'Label Studio';
export const TASKS_FILE = 'tasks.json';
export const CONFIG_FILE = 'label_config.xml';

/** All tasks in one list, and the labelling config beside it; both are imported into a new project. */
export async function writeLabelStudio(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Label Studio'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  tallyLabels(labels, tally);
  const names = resultNames(labels);
  const writing: Writing = { tally, names, questions: new Questions(labels), usedShapes: new Set() };
  const leftOutImages: string[] = [];
  const file = await openBuffered(sink, TASKS_FILE);
  let images = 0;
  let annotations = 0;
  await file.write('[');
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (image.state === 'unlabelled' || (image.state === 'inProgress' && ofImage.length === 0)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    if (image.size === null && ofImage.some(({ shape }) => shape.type !== 'tag')) {
      tally.add(
        'image-size-unknown',
        image.key,
        `The size of ${image.key} is not known, and Label Studio gives percent of it; the image and its ${ofImage.length} annotations were left out.`,
      );
      leftOutImages.push(image.key);
      continue;
    }
    images += 1;
    const held = ofImage.filter((annotation) => isHeld(annotation, image, writing));
    annotations += held.length;
    const task = {
      id: images,
      data: dataOf(image, tally),
      annotations: [{ id: images, was_cancelled: false, result: resultOf(held, image, writing) }],
      predictions: [],
    };
    await file.write(`${images === 1 ? '\n' : ',\n'}${JSON.stringify(task)}`);
  }
  await file.write('\n]\n');
  await file.close();
  const config = await sink.open(CONFIG_FILE);
  await config.write(labelConfigText(labels, writing.usedShapes, writing.questions));
  await config.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

interface Writing {
  readonly tally: LossTally;
  readonly names: ReadonlyMap<number, string>;
  readonly questions: Questions;
  readonly usedShapes: Set<ShapeType>;
}

function tallyLabels(labels: readonly DatasetLabel[], tally: LossTally): void {
  for (const { name, supercategory } of labels) {
    if (supercategory !== null) {
      tally.add(
        'supercategory-dropped',
        CONFIG_FILE,
        `${CONFIG_FILE} has no place for "${supercategory}", the group of "${name}".`,
      );
    }
    if (!isXmlText(name)) {
      tally.add(
        'class-order-dropped',
        CONFIG_FILE,
        `The class ${JSON.stringify(name)} cannot stand in XML; it is known by the regions that carry it alone.`,
      );
    }
  }
}

function isHeld(
  annotation: DatasetAnnotation,
  { key, size }: DatasetImage,
  { tally, names }: Writing,
): boolean {
  const { shape } = annotation;
  const isOfShape = shape.type === 'tag' || (size !== null && regionValues(shape, size) !== null);
  if (!isWritable(tally, annotation, TITLE, () => isOfShape, names)) return false;
  if (shape.type !== 'mask' || size === null || isMaskInside(shape, size)) return true;
  const common = intersectRects(shape, { x: 0, y: 0, ...size });
  const isOutside = common === null || common.width === 0 || common.height === 0;
  if (isOutside) {
    tally.add('mask-outside-image', key, `A mask in ${key} lies outside the picture; it was left out.`);
  } else
    tally.add('mask-clipped', key, `A mask in ${key} reaches out of the picture and was cut at its edge.`);
  return !isOutside;
}

/** The picture's address in local storage, its size, split and attributes. */
function dataOf(image: DatasetImage, tally: LossTally): object {
  const { key, size, split, attributes, frame } = image;
  const kept = Object.entries(attributes ?? {}).filter(([name]) => {
    const isFree = name !== 'image' && !OWN_DATA.has(name);
    if (!isFree) {
      tally.add(
        'image-attribute-dropped',
        key,
        `"${name}" of the picture ${key} means something else in a task's data.`,
      );
    }
    return isFree;
  });
  if (frame !== undefined) {
    tally.add(
      'frame-dropped',
      key,
      `${TITLE} has no place for ${key} being frame ${frame.index} of ${frame.sequence}.`,
    );
  }
  return {
    image: addressOf(key),
    ...Object.fromEntries(kept),
    ...(split === null ? {} : { split }),
    ...(size === null ? {} : { original_width: size.width, original_height: size.height }),
  };
}

/** Label Studio serves files of its machine under this address, with the path below the folder that it was given. */
function addressOf(key: string): string {
  if (!isPicturePath(key)) return key;
  try {
    return `/data/local-files/?d=${key.split('/').map(encodeURIComponent).join('/')}`;
  } catch {
    // Half a character, which no address can hold.
    return key;
  }
}

function resultOf(
  annotations: readonly DatasetAnnotation[],
  { key, size }: DatasetImage,
  writing: Writing,
): readonly object[] {
  const { tally, names } = writing;
  const items: object[] = [];
  const lastOfGroup = new Map<string, string>();
  const relations: object[] = [];
  let count = 0;
  for (const annotation of annotations) {
    const { shape, classIndex, groupId, score, note } = annotation;
    writing.usedShapes.add(shape.type);
    tallyDroppedParts(tally, annotation, TITLE, ['tracks']);
    if (shape.type === 'polygon' && shape.parts.some(({ holes }) => holes.length > 0)) {
      tally.add(
        'polygon-holes-not-shown',
        key,
        `Holes of a polygon in ${key} are kept in the file, but Label Studio and others that read it fill them.`,
      );
    }
    const label = names.get(classIndex) ?? '';
    const values = shape.type === 'tag' || size === null ? TAG : (regionValues(shape, size) ?? []);
    const object = count + 1;
    for (const [part, { type, value, own }] of values.entries()) {
      count += 1;
      const id = `r${count}`;
      const whole = { ...own, ...(values.length > 1 ? { object } : {}) };
      const isTag = type === 'choices';
      const place = {
        ...(isTag || size === null
          ? {}
          : { original_width: size.width, original_height: size.height, image_rotation: 0 }),
      };
      items.push({
        ...place,
        value: { ...value, [type]: [label] },
        ...{
          id,
          from_name: isTag ? TAG_CONTROL : CONTROLS[type].name,
          to_name: 'image',
          type,
          origin: 'manual',
        },
        ...(score === null ? {} : { score }),
        ...(note === undefined ? {} : { meta: { text: [note] } }),
        ...(Object.keys(whole).length === 0 ? {} : { [OWN_FIELD]: whole }),
      });
      // A brush's pixels are too many to be repeated with each answer; its id says what they are about.
      const repeated = type === 'brushlabels' ? {} : value;
      items.push(...answerItems(annotation, id, { ...place, value: repeated }, writing));
      if (groupId === undefined || part > 0) continue;
      const last = lastOfGroup.get(groupId);
      // A region of its own group is joined with itself.
      relations.push({ from_id: last ?? id, to_id: id, type: 'relation', direction: 'right' });
      lastOfGroup.set(groupId, id);
    }
  }
  return [...items, ...relations];
}

const TAG: readonly (Omit<RegionValue, 'type'> & { readonly type: 'choices' })[] = [
  { type: 'choices', value: {}, own: {} },
];

/** Attributes as answers of the region with this id. */
function answerItems(
  { attributes, isCrowd, imageKey: key }: DatasetAnnotation,
  id: string,
  place: { readonly value: object },
  { questions, tally }: Writing,
): readonly object[] {
  const items: object[] = [];
  const add = (name: string, answer: { readonly type: string; readonly value: object }) => {
    const value = { ...place.value, ...answer.value };
    items.push({
      ...place,
      value,
      ...{ id, from_name: name, to_name: 'image', type: answer.type, origin: 'manual' },
    });
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (questions.isFree(name)) add(name, questions.answered(name, value));
    else
      tally.add(
        'attribute-dropped',
        key,
        `"${name}" of an object in ${key} means something else in ${CONFIG_FILE}.`,
      );
  }
  if (isCrowd) {
    questions.markCrowd();
    add(CROWD_CONTROL, { type: 'choices', value: { choices: ['true'] } });
  }
  return items;
}
