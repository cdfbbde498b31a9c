import type { Size } from '../../geometry/rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { PolygonShape, Vertex } from '../../schema/shapes';
import { shapeOfRuns } from '../../shapes/mask/mask-pixels';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { chosen, type FormatOption } from '../format-options';
import { openBuffered } from '../parts/buffered-file';
import { keyFromFileName } from '../parts/dataset-key';
import { isWritable, tallyRenamedLabels, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { isPicturePath } from '../parts/picture-index';
import { pixelsOfPolygon } from '../parts/pixels-of-polygon';
import { encodePng } from '../parts/png/encode-png';
import { paintMask } from '../parts/png/mask-values';
import { annotationExtrasRecord } from '../parts/records/annotation-record';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { CITYSCAPES_LABELS, FIRST_OWN_ID, OFFICIAL_BY_NAME } from './cityscapes-labels';
import { idsOfLabels } from './label-table';
import { pictureOfImage, placeOfImage } from './place-of-image';
import { OWN_KEY } from './read-cityscapes';

const TITLE = 'Cityscapes';

/** instanceIds are 16 bit, and hold id * 1000 + number. */
const LARGEST_INSTANCE_CLASS = 64;
const LARGEST_BYTE_ID = 254;
const MOST_INSTANCES = 1000;
/** Decoders refuse more; see `decodePng`. */
const MOST_PIXELS = 300_000_000;

export const WRITE_PIXELS: FormatOption = {
  id: 'pixels',
  title: 'Label images',
  description: 'Files of pixels that trainers read, beside the polygons.',
  choices: [
    { id: 'ids', title: 'labelIds and instanceIds' },
    { id: 'train-ids', title: 'labelIds, instanceIds and labelTrainIds' },
    { id: 'none', title: 'None: polygons only' },
  ],
  defaultChoice: 'ids',
};

type PolygonAnnotation = DatasetAnnotation & { readonly shape: PolygonShape };

/** gtFine and what it takes to get every name back: see `placeOfImage`, and our own files of images and labels. */
export async function writeCityscapes(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Cityscapes'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const labels = new Map<number, DatasetLabel>();
  for await (const label of source.labels()) labels.set(label.classIndex, label);
  const names = writtenNamesOf([...labels.values()], (name) => name);
  tallyRenamedLabels(tally, [...labels.values()], names, TITLE);
  const named = [...labels.values()].map((label) => ({
    ...label,
    name: names.get(label.classIndex) ?? label.name,
  }));
  const ids = idsOfLabels(named);
  const pixels = chosen(WRITE_PIXELS, context?.options ?? {});
  await writeLabelsFile(sink, [...labels.values()], names);
  const notes = await writeLabelColors(sink, named, ids);
  const imagesFile = await openImagesFile(sink);
  const taken = new Set<string>();
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  let withHoles = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const place = placeOfImage(image);
    if (!isImageWritable(image, ofImage, place, taken, tally)) {
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    taken.add(place);
    const kept = ofImage.filter((annotation): annotation is PolygonAnnotation =>
      isWritable(tally, annotation, TITLE, ({ shape }) => shape.type === 'polygon', labels),
    );
    withHoles += kept.filter(({ shape }) => shape.parts.some((part) => part.holes.length > 0)).length;
    const nameOf = ({ classIndex }: DatasetAnnotation) => names.get(classIndex) ?? '';
    const json = await openBuffered(sink, `gtFine/${place}_gtFine_polygons.json`);
    await json.write(polygonsJson(image, kept, nameOf));
    await json.close();
    const size =
      image.size === null
        ? null
        : { width: Math.round(image.size.width), height: Math.round(image.size.height) };
    if (size === null || size.width < 1 || size.height < 1 || size.width * size.height > MOST_PIXELS) {
      if (pixels !== 'none') {
        tally.add(
          'image-size-unknown',
          image.key,
          `The size of ${image.key} is not known or too large; its polygons were written, but no label images.`,
        );
      }
    } else if (pixels !== 'none') {
      const files = paint(
        size,
        kept,
        (annotation) => ids.get(nameOf(annotation)) ?? -1,
        nameOf,
        pixels === 'train-ids',
      );
      for (const [kind, bytes] of files) {
        const file = await sink.open(`gtFine/${place}_gtFine_${kind}.png`);
        await file.write(bytes);
        await file.close();
      }
    }
    await imagesFile.write(imagesFileLine(pictureOfImage(image), image));
    images += 1;
    annotations += kept.length;
  }
  await imagesFile.close();
  if (withHoles > 0) {
    notes.push(
      `${withHoles} polygons have holes, which Cityscapes' polygon files cannot say: other readers of those fill them. The label images leave them open.`,
    );
  }
  return { images, annotations, ...tally.report(), leftOutImages, notes };
}

function isImageWritable(
  image: DatasetImage,
  annotations: readonly DatasetAnnotation[],
  place: string,
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
      `${JSON.stringify(key)} is no name of a picture inside a folder; the image was left out.`,
    );
    return false;
  }
  if (taken.has(place)) {
    tally.add(
      'label-file-clash',
      key,
      `${key} would share gtFine/${place}_gtFine_polygons.json with another picture; it was left out. Rename one of them.`,
    );
    return false;
  }
  return true;
}

function polygonsJson(
  image: DatasetImage,
  annotations: readonly PolygonAnnotation[],
  nameOf: (annotation: DatasetAnnotation) => string,
): string {
  const objects = annotations.flatMap((annotation) => objectsOf(annotation, nameOf(annotation)));
  const own = {
    // Without objects a picture counts as looked at and empty.
    ...(objects.length === 0 && image.state !== 'confirmedEmpty' ? { state: 'labelled' } : {}),
    ...(image.attributes === undefined ? {} : { attributes: image.attributes }),
  };
  return `${JSON.stringify({
    imgHeight: image.size?.height ?? null,
    imgWidth: image.size?.width ?? null,
    objects,
    ...(Object.keys(own).length === 0 ? {} : { [OWN_KEY]: own }),
  })}\n`;
}

/** One object, or one a part for a polygon in pieces, of which the first holds it whole. */
function objectsOf(annotation: PolygonAnnotation, name: string): readonly unknown[] {
  const { shape, isCrowd, attributes, score } = annotation;
  const isGroup = isCrowd && OFFICIAL_BY_NAME.get(name)?.hasInstances === true;
  const isSimple = shape.parts.length === 1 && shape.parts[0]?.holes.length === 0;
  const own = {
    ...(isSimple ? {} : { shape }),
    ...(isCrowd && !isGroup ? { is_crowd: true } : {}),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(score === null ? {} : { score }),
    ...annotationExtrasRecord(annotation),
  };
  const label = isGroup ? `${name}group` : name;
  return shape.parts.map(({ exterior }, at) => ({
    label,
    polygon: exterior.map(({ x, y }: Vertex) => [x, y]),
    ...(at > 0 ? { [OWN_KEY]: { is_part: true } } : Object.keys(own).length === 0 ? {} : { [OWN_KEY]: own }),
  }));
}

/** Label images in paint order. Classes without an id stay what is below them, as in Cityscapes' own scripts. */
function paint(
  size: Size,
  annotations: readonly PolygonAnnotation[],
  idOf: (annotation: DatasetAnnotation) => number,
  nameOf: (annotation: DatasetAnnotation) => string,
  hasTrainIds: boolean,
): ReadonlyMap<string, Uint8Array> {
  const pixels = size.width * size.height;
  const labelIds = new Uint8Array(pixels);
  const instanceIds = new Uint16Array(pixels);
  const trainIds = hasTrainIds ? new Uint8Array(pixels).fill(255) : null;
  const counts = new Map<number, number>();
  for (const annotation of annotations) {
    const id = idOf(annotation);
    const runs = pixelsOfPolygon(annotation.shape, size);
    if (id < 0 || id > LARGEST_BYTE_ID || runs === null) continue;
    const mask = shapeOfRuns(runs);
    paintMask(labelIds, size, mask, id);
    const official = OFFICIAL_BY_NAME.get(nameOf(annotation));
    const count = counts.get(id) ?? 0;
    const isObject = (official?.hasInstances ?? true) && !annotation.isCrowd && count < MOST_INSTANCES;
    const isNumbered = isObject && id <= LARGEST_INSTANCE_CLASS;
    if (isNumbered) counts.set(id, count + 1);
    paintMask(instanceIds, size, mask, isNumbered ? id * 1000 + count : id);
    if (trainIds !== null) paintMask(trainIds, size, mask, official?.trainId ?? 255);
  }
  return new Map([
    ['labelIds', encodePng({ ...size, channels: 1, samples: labelIds })],
    ['instanceIds', encodePng({ ...size, channels: 1, samples: instanceIds })],
    ...(trainIds === null
      ? []
      : [['labelTrainIds', encodePng({ ...size, channels: 1, samples: trainIds })] as const]),
  ]);
}

/** Datumaro takes the last word of a line for the name. Our own file of labels knows the names as they are. */
function asOneWord(name: string): string {
  return name.replace(/[\s\p{Cc}\u2028\u2029]/gu, '_');
}

/** Datumaro's list, whose lines are numbers: needed, and written, only where there are classes that Cityscapes has not. */
async function writeLabelColors(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  ids: ReadonlyMap<string, number>,
): Promise<string[]> {
  const others = labels.filter((label) => (ids.get(label.name) ?? 0) >= FIRST_OWN_ID);
  if (others.length === 0) return [];
  const file = await openBuffered(sink, 'label_colors.txt');
  for (const { name, id, color } of CITYSCAPES_LABELS)
    if (id >= 0) await file.write(`${color.join(' ')} ${asOneWord(name)}\n`);
  for (const { name, color = '#000000' } of others) {
    const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)).join(' ');
    await file.write(`${rgb} ${asOneWord(name)}\n`);
  }
  await file.close();
  const beyond = others.filter((label) => (ids.get(label.name) ?? 0) > LARGEST_INSTANCE_CLASS).length;
  const notes = [
    `${others.length} classes are none of Cityscapes' own; they have the numbers from ${FIRST_OWN_ID} on in label_colors.txt and in the label images.`,
  ];
  if (beyond > 0) {
    notes.push(
      `${beyond} classes have numbers that 16 bits do not hold times 1000: instanceIds shows them without their objects, or not at all.`,
    );
  }
  return notes;
}
