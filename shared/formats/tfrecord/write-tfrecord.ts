import { strToU8 } from 'fflate';
import type { Size } from '../../geometry/rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { BoxShape, MaskShape } from '../../schema/shapes';
import type {
  DatasetAnnotation,
  DatasetFile,
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
import { withoutExtension } from '../parts/picture-index';
import { encodePng } from '../parts/png/encode-png';
import { paintMask } from '../parts/png/mask-values';
import { annotationRecord } from '../parts/records/annotation-record';
import { imageRecord } from '../parts/records/image-record';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { exampleBytes, type Feature } from '../parts/tfrecord/example';
import { framedRecord } from '../parts/tfrecord/records';
import { labelMapItem } from './label-map';
import { OWN_IMAGE, OWN_OBJECTS } from './read-tfrecord';

const TITLE = 'TFRecord';

/** What leaves a picture by less is a rounding of sums. */
const SLACK = 1e-9;

/** Decoders refuse more; see `decodePng`. */
const MOST_PIXELS = 300_000_000;

type Writable = DatasetAnnotation & { readonly shape: BoxShape | MaskShape };

/** TensorFlow object detection: `<split>.tfrecord`, `default.tfrecord` for images without one, and label_map.pbtxt. */
export async function writeTfrecord(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing TFRecord'));
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
  const labelMap = await openBuffered(sink, 'label_map.pbtxt');
  const names = writtenNamesOf([...labels.values()], (name) => name);
  tallyRenamedLabels(tally, [...labels.values()], names, TITLE);
  for (const [classIndex, name] of [...names].sort((a, b) => a[0] - b[0])) {
    await labelMap.write(labelMapItem({ id: classIndex + 1, name }));
  }
  await labelMap.close();
  await writeLabelsFile(sink, [...labels.values()], names);
  const files = new Map<string, DatasetFile>();
  const fileOf = async (split: DatasetImage['split']): Promise<DatasetFile> => {
    const name = split ?? 'default';
    const file = files.get(name) ?? (await sink.open(`${name}.tfrecord`));
    files.set(name, file);
    return file;
  };
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  let withoutPicture = 0;
  let cut = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const { key } = image;
    const fault = faultOf(image, ofImage, tally);
    if (fault !== null) {
      if (fault !== 'unlabelled') leftOutImages.push(key);
      continue;
    }
    const kept = ofImage.filter((annotation): annotation is Writable =>
      isWritable(
        tally,
        annotation,
        TITLE,
        ({ shape }) => shape.type === 'box' || shape.type === 'mask',
        labels,
      ),
    );
    const picture = context?.pictureBytes === undefined ? null : await context.pictureBytes(key);
    if (picture?.ok === false) {
      tally.add(
        'picture-missing',
        key,
        `The picture ${key} could not be read: ${picture.error.message} Its labels were written without it.`,
      );
    } else if (picture === null) withoutPicture += 1;
    const bytes = picture?.ok === true ? picture.value : new Uint8Array();
    const made = features(image, kept, bytes, names, tally);
    const file = await fileOf(image.split);
    await file.write(framedRecord(exampleBytes(made.features)));
    images += 1;
    annotations += made.objects;
    cut += made.cut;
  }
  if (files.size === 0) await fileOf(null);
  for (const file of files.values()) await file.close();
  const notes =
    withoutPicture > 0
      ? [
          `${withoutPicture} records hold no picture ("image/encoded" is empty), because pictures were not asked for.`,
        ]
      : [];
  if (cut > 0) {
    notes.push(
      `${cut} objects leave their pictures; TensorFlow sees them cut at the edges, this app reads them whole.`,
    );
  }
  return { images, annotations, ...tally.report(), leftOutImages, notes };
}

function faultOf(
  image: DatasetImage,
  annotations: readonly DatasetAnnotation[],
  tally: LossTally,
): string | null {
  const { key, size, state } = image;
  if (state === 'unlabelled') {
    tallyUnlabelled(tally, image, annotations, TITLE);
    return 'unlabelled';
  }
  if (keyFromFileName(key)?.key !== key) {
    tally.add(
      'image-name-unusable',
      key,
      `${JSON.stringify(key)} reads as an address or a path of another machine; the image was left out.`,
    );
    return 'name';
  }
  if (size === null && annotations.length > 0) {
    tally.add(
      'image-size-unknown',
      key,
      `The size of ${key} is not known, and boxes are fractions of it; the image and its ${annotations.length} annotations were left out.`,
    );
    return 'size';
  }
  return null;
}

function features(
  image: DatasetImage,
  annotations: readonly Writable[],
  picture: Uint8Array,
  names: ReadonlyMap<number, string>,
  tally: LossTally,
): { readonly features: ReadonlyMap<string, Feature>; readonly objects: number; readonly cut: number } {
  const { key, size } = image;
  const text = (value: string): Feature => ({ bytes: [strToU8(value)] });
  const made = new Map<string, Feature>([
    ['image/encoded', { bytes: [picture] }],
    ['image/filename', text(key)],
    ['image/source_id', text(withoutExtension(key))],
    ['image/format', text(/\.png$/i.test(key) ? 'png' : 'jpeg')],
    [OWN_IMAGE, text(JSON.stringify(imageRecord(image)))],
  ]);
  if (size === null) return { features: made, objects: 0, cut: 0 };
  made.set('image/width', { ints: [Math.round(size.width)] });
  made.set('image/height', { ints: [Math.round(size.height)] });
  const rounded = {
    width: Math.max(1, Math.round(size.width)),
    height: Math.max(1, Math.round(size.height)),
  };
  const hasMasks = annotations.some(({ shape }) => shape.type === 'mask');
  const sides: Record<'xmin' | 'xmax' | 'ymin' | 'ymax', number[]> = {
    xmin: [],
    xmax: [],
    ymin: [],
    ymax: [],
  };
  const kept: Writable[] = [];
  for (const annotation of annotations) {
    const box = fractions(annotation, rounded, tally);
    if (box === null) continue;
    for (const side of ['xmin', 'xmax', 'ymin', 'ymax'] as const) sides[side].push(box[side]);
    kept.push(annotation);
  }
  for (const side of ['xmin', 'xmax', 'ymin', 'ymax'] as const) {
    made.set(`image/object/bbox/${side}`, { floats: sides[side] });
  }
  const flag = (name: string) => ({
    ints: kept.map(({ attributes }) => (attributes[name] === true ? 1 : 0)),
  });
  made.set('image/object/class/label', { ints: kept.map(({ classIndex }) => classIndex + 1) });
  made.set('image/object/class/text', {
    bytes: kept.map(({ classIndex }) => strToU8(names.get(classIndex) ?? '')),
  });
  made.set('image/object/is_crowd', { ints: kept.map(({ isCrowd }) => (isCrowd ? 1 : 0)) });
  made.set('image/object/difficult', flag('difficult'));
  made.set('image/object/truncated', flag('truncated'));
  made.set(OWN_OBJECTS, {
    bytes: kept.map((annotation) => strToU8(JSON.stringify(ownRecord(annotation, rounded)))),
  });
  if (hasMasks && rounded.width * rounded.height <= MOST_PIXELS) {
    made.set('image/object/mask', { bytes: kept.map(({ shape }) => maskPng(shape, rounded)) });
  }
  return {
    features: made,
    objects: kept.length,
    cut: kept.filter(({ shape }) => leaves(shape, rounded)).length,
  };
}

/** Everything but what the features say; a mask that leaves the picture stands here whole. */
function ownRecord(annotation: Writable, size: Size): unknown {
  const {
    shape,
    class_index: _class,
    is_crowd: _crowd,
    ...rest
  } = annotationRecord(annotation) as Record<string, unknown>;
  const isWhole = !leaves(annotation.shape, size);
  return { kind: annotation.shape.type, attributes: {}, ...rest, ...(isWhole ? {} : { shape }) };
}

/** The bounds as fractions of the picture, cut at its edges, because TensorFlow refuses what lies beyond them. */
function fractions({ shape, imageKey }: Writable, { width, height }: Size, tally: LossTally) {
  const { x, y } = shape;
  const [right, bottom] = [x + shape.width, y + shape.height];
  const within = (value: number, side: number) => Math.min(Math.max(value / side, 0), 1);
  const box = {
    xmin: Math.fround(within(x, width)),
    xmax: Math.fround(within(right, width)),
    ymin: Math.fround(within(y, height)),
    ymax: Math.fround(within(bottom, height)),
  };
  const isBox = shape.type === 'box';
  if (isBox && (box.xmax <= box.xmin || box.ymax <= box.ymin)) {
    tally.add(
      'box-outside-image',
      imageKey,
      `A box in ${imageKey} lies outside the picture or is thinner than a 32 bit fraction of it; it was left out.`,
    );
    return null;
  }
  return box;
}

/** What leaves the picture by more than a rounding of sums is cut in the features and stands whole beside them. */
function leaves({ x, y, width, height }: BoxShape | MaskShape, size: Size): boolean {
  const slack = SLACK * (size.width + size.height);
  return x < -slack || y < -slack || x + width > size.width + slack || y + height > size.height + slack;
}

/** 1 where the object is. Of a box in a picture with masks, all of its pixels: every object must have a mask then. */
function maskPng(shape: BoxShape | MaskShape, size: Size): Uint8Array {
  const samples = new Uint8Array(size.width * size.height);
  if (shape.type === 'mask') paintMask(samples, size, shape, 1);
  else {
    const [left, top] = [Math.max(0, Math.round(shape.x)), Math.max(0, Math.round(shape.y))];
    const right = Math.min(size.width, Math.round(shape.x + shape.width));
    const bottom = Math.min(size.height, Math.round(shape.y + shape.height));
    for (let row = top; row < bottom; row += 1) {
      if (right > left) samples.fill(1, row * size.width + left, row * size.width + right);
    }
  }
  return encodePng({ ...size, channels: 1, samples });
}
